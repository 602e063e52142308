"""Records as pages need them: every readable value with titles, and lines by field."""

from __future__ import annotations

from typing import Any

from sartor.platform.model import Entity
from sartor.platform.query.question import LARGEST_PAGE, Question, Term
from sartor.runtime.pages.desk import Desk


def read_record(desk: Desk, entity: Entity, number: int, *, deleted: bool | None = False) -> dict[str, Any]:
    """Everything of a record that the reader may see.

    :raises NotFound: where there is none, or none that is open.
    """
    paths = desk.names.paths(entity.name, None)
    wanted = tuple(dict.fromkeys([*paths, ("version",), (entity.title,)]))
    return desk.reader.record(desk.context, entity.name, number, wanted, deleted=deleted)


def read_lines(desk: Desk, entity: Entity, number: int) -> dict[str, list[dict[str, Any]]]:
    """The lines of a record by field, in the order in which they were made."""
    found = {}
    for field in desk.access.readable(entity.name):
        owned = field.type.owns(field)
        if owned is not None:
            lines, lookup = owned
            paths = desk.names.paths(lines, None)
            question = Question(
                lines, paths, equal=(lookup,), given={lookup: number}, sort=(Term("id"),), limit=LARGEST_PAGE
            )
            found[field.name] = desk.reader.page(desk.context, question).rows
    return found
