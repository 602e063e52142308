"""A dimension that a reader asks for: only what the reader may name exists."""

from __future__ import annotations

from collections.abc import Iterable

from sartor.platform.access.rights import Access
from sartor.platform.errors import Invalid, Problem
from sartor.platform.model import Dimension
from sartor.platform.query.asking import BUCKETS
from sartor.platform.reporting.axes import PERIOD
from sartor.platform.text import did_you_mean, near
from sartor.platform.text import gettext as _


def grouping(access: Access, entities: Iterable[str], text: str) -> Dimension:
    """`stage`, `account.industry`, `close_on:month`, `period:quarter`.

    :raises Invalid: for a field that the reader does not know in every one of the entities, with the near match.
    """
    dotted, _colon, bucket = text.partition(":")
    path = tuple(dotted.split("."))
    if bucket and bucket not in BUCKETS:
        guess = near(bucket, BUCKETS)
        said = _("%(bucket)s is not one of %(known)s.", bucket=bucket, known=", ".join(BUCKETS))
        raise Invalid(said, [Problem("group", "bucket", said, guess)])
    for entity in () if path == PERIOD else entities:
        if not access.path_is_readable(entity, path):
            raise _unknown(access, entity, dotted)
    return Dimension(path[-1], path, bucket or None)


def _unknown(access: Access, entity: str, dotted: str) -> Invalid:
    known = ["period", *(field.name for field in access.readable(entity))]
    guess = near(dotted, known)
    said = _("%(entity)s has no field %(name)s.", entity=entity, name=dotted) + did_you_mean(guess)
    return Invalid(said, [Problem("group", "unknown", said, guess)])
