"""What only the database itself notices (a rival was quicker), said like any other refusal."""

from __future__ import annotations

from sartor.platform.errors import Conflict, SartorError
from sartor.platform.storage.engine import Database
from sartor.platform.text import gettext as _


def raise_as_refusal(database: Database, error: Exception) -> None:
    """:raises Conflict: where a unique index or a foreign key refused a row; other errors are the caller's to raise."""
    refusal = as_refusal(database, error)
    if refusal is not None:
        raise refusal from error


def as_refusal(database: Database, error: Exception) -> Conflict | None:
    """The refusal that an error of the database stands for, if it is about one of our constraints."""
    violation = None if isinstance(error, SartorError) else database.violation(error)
    if violation is None or violation.kind not in ("unique", "foreign_key"):
        return None
    said = {
        "unique": _("Somebody else has just used the same value; nothing was saved."),
        "foreign_key": _("A record that it points to has just gone; nothing was saved."),
    }
    return Conflict(said[violation.kind])
