"""Every value that a plan would not bring over as it is, as a file that leads to the records, where they are mended."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import StringIO
from itertools import islice

import sqlalchemy as sa
from flask import Response, request, stream_with_context

from sartor.builder.bench import Bench, bench
from sartor.builder.palettes.record_lists import record_of
from sartor.builder.routes import route
from sartor.platform.errors import Forbidden
from sartor.platform.model import Entity
from sartor.platform.model.ids import encode_id
from sartor.platform.publishing.openness import is_open, shows_losses
from sartor.platform.publishing.plan import Plan, Sample
from sartor.platform.publishing.values.convert_rows import Conversion
from sartor.platform.publishing.values.losses import MOST, conversion_of
from sartor.platform.publishing.values.losses import losses as lost_values
from sartor.platform.publishing.values.titles import Titles
from sartor.platform.text import gettext as _
from sartor.platform.text import use_language
from sartor.platform.ui.format import number

CSV = "text/csv; charset=utf-8"
AT_ONCE = 100
"""Records whose titles are read together."""


@route("/plan/losses.csv")
def losses() -> Response:
    """What publishing the change set would lose."""
    here = bench()
    return _file(here, here.workspace.publisher.plan(here.set))


@route("/revisions/<int:number>/rollback/losses.csv")
def rollback_losses(number: int) -> Response:
    """What going back to an earlier revision would lose."""
    here = bench()
    return _file(here, here.workspace.publisher.plan_rollback(number))


def _file(here: Bench, made: Plan) -> Response:
    """Record by record: what it is called, where it is, the value, what becomes of it, and why.

    :raises NotFound: where the plan converts nothing of that name.
    """
    subject = request.args.get("subject", "")
    if not shows_losses(here.context, made, subject):
        raise Forbidden(_("The values of %(name)s are not all open to you.", name=subject[:120]))
    name = subject.replace("/", "-").replace("#", "-")
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    lines = stream_with_context(_lines(here, conversion_of(made, subject)))
    return Response(lines, content_type=CSV, headers=headers)


def _lines(here: Bench, conversion: Conversion) -> Iterator[str]:
    """As they are found: of a big table every value is tried, and a browser that hears nothing gives up."""
    use_language(here.context.language)
    entity = here.workspace.serving(here.revision).model.entities[conversion.old.entity]
    yield "\ufeff" + _line([_("Record"), _("Now"), _("Then"), _("Why"), _("Link"), "id"])
    count = 0
    with here.workspace.database.read() as connection:
        found = lost_values(connection, conversion)
        while samples := list(islice(found, AT_ONCE)):
            count += len(samples)
            yield "".join(_line(map(_harmless, cells)) for cells in _rows(here, connection, entity, samples))
    if count == MOST:
        yield _line([_("Only the first %(n)s are listed.", n=number(MOST))])


def _line(cells: Iterable[str]) -> str:
    text = StringIO()
    csv.writer(text).writerow(cells)
    return text.getvalue()


def _rows(
    here: Bench, connection: sa.Connection, entity: Entity, samples: Sequence[Sample]
) -> Iterator[tuple[str, ...]]:
    titles = _titles(here, connection, entity, samples)
    model = here.workspace.serving(here.revision).model
    for each in samples:
        key = encode_id(each.record)
        address = record_of(model, here.context, entity.name, key)
        link = request.host_url.rstrip("/") + address if address else ""
        yield (titles.get(each.record, ""), each.value, each.result or "", each.reason, link, key)


def _titles(here: Bench, connection: sa.Connection, entity: Entity, samples: Sequence[Sample]) -> Mapping[int, str]:
    """What the records are called, where the reader may know that of all of them."""
    if not is_open(here.context, f"entity/{entity.name}#{entity.title_field.name}"):
        return {}
    tables = here.workspace.serving(here.revision).design.tables
    return Titles(connection, tables).texts(entity, [each.record for each in samples])


def _harmless(cell: str) -> str:
    """A spreadsheet would take it for a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
