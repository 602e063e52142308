"""Records as pages need them: every readable value with titles, and lines by field."""

from __future__ import annotations

from typing import Any

from sartor.platform.model import Entity
from sartor.platform.query.question import LARGEST_PAGE, Question
from sartor.runtime.pages.desk import Desk
from sartor.runtime.pages.forms.layout import lines_on, page_form
from sartor.runtime.pages.forms.line_columns import line_order


def read_record(desk: Desk, entity: Entity, number: int, *, deleted: bool | None = False) -> dict[str, Any]:
    """Everything of a record that the reader may see.

    :raises NotFound: where there is none, or none that is open.
    """
    paths = desk.names.paths(entity.name, None)
    wanted = tuple(dict.fromkeys([*paths, ("version",), (entity.title,)]))
    return desk.reader.record(desk.context, entity.name, number, wanted, deleted=deleted)


def read_lines(desk: Desk, entity: Entity, number: int) -> dict[str, list[dict[str, Any]]]:
    """The lines of a record by field, in the order that its form gives them."""
    form = page_form(desk, entity.name)
    found = {}
    for field in desk.access.readable(entity.name):
        owned = field.type.owns(field)
        if owned is not None:
            lines, lookup = owned
            paths = desk.names.paths(lines, None)
            sort = line_order(desk, field, lines_on(form, field.name))
            question = Question(lines, paths, equal=(lookup,), given={lookup: number}, sort=sort, limit=LARGEST_PAGE)
            found[field.name] = desk.reader.page(desk.context, question).rows
    return found
