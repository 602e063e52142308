"""The values of a record in sections, and its key facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sartor.platform.model import Entity, Form, Item, Operation
from sartor.platform.query.columns import column
from sartor.platform.text import pick
from sartor.platform.ui.pages.parts import Pair
from sartor.platform.ui.pages.record import Section
from sartor.runtime.pages import addresses
from sartor.runtime.pages.cells import Cells, drawer
from sartor.runtime.pages.desk import Desk
from sartor.runtime.pages.forms.layout import parts_of
from sartor.runtime.pages.forms.widgets import WIDE, is_closed
from sartor.runtime.pages.lists.row_values import RowValues

FACTS = 6


def sections(
    desk: Desk, entity: Entity, layout: Form | None, row: Mapping[str, Any], values: RowValues
) -> tuple[Section, ...]:
    """Every section that shows for this record; lines have a tab of their own."""
    found = []
    for part in parts_of(desk, entity, layout):
        if not values.holds(part.section.visible_if):
            continue
        fields = [each.field for each in part.fields if each.field.type.owns(each.field) is None]
        pairs = tuple(_pair(desk, entity, each, row) for each in fields if values.holds(each.visible_if))
        if pairs:
            found.append(Section(pick(part.section.label), pairs, open=not part.section.collapsed))
    return tuple(found)


def _pair(desk: Desk, entity: Entity, field: Any, row: Mapping[str, Any]) -> Pair:
    cell = Cells(desk, field, full=True)(row.get(field.name))
    edit = None
    if not is_closed(desk, field) and desk.access.may(Operation.UPDATE, entity.name) and not row.get("deleted_at"):
        edit = addresses.record(desk.app.name, entity.name, row["id"], "edit") + f"#f-{field.name}"
    return Pair(pick(field.label), replace(cell, number=False), edit_url=edit, full=field.face.type.widget in WIDE)


def facts(desk: Desk, entity: Entity, layout: Form | None, row: Mapping[str, Any]) -> tuple[Pair, ...]:
    """What stands in the head of a record. Its stage stands there as a path."""
    found = []
    for path in layout.head if layout else ():
        if not desk.access.path_is_readable(entity.name, path):
            continue
        shown = column(desk.model, entity, Item(path))
        if shown.field.type.pipelines(shown.field) or shown.name not in row:
            continue
        found.append(Pair(shown.label, drawer(desk, shown, full=True)(row[shown.name])))
    return tuple(found[:FACTS])


def head_paths(layout: Form | None) -> list[tuple[str, ...]]:
    """Paths through lookups that the head asks for beside the record's own fields."""
    return [path for path in (layout.head if layout else ()) if len(path) > 1]
