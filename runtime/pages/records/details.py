"""The values of a record in sections, and its key facts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sartor.platform.model import Item
from sartor.platform.query.columns import column
from sartor.platform.text import pick
from sartor.platform.ui.pages.parts import Pair
from sartor.platform.ui.pages.record import Section
from sartor.runtime.pages import addresses
from sartor.runtime.pages.cells import Cells, drawer
from sartor.runtime.pages.desk import Desk
from sartor.runtime.pages.forms.layout import parts_of
from sartor.runtime.pages.forms.widgets import WIDE, is_closed
from sartor.runtime.pages.records.opening import Opened

FACTS = 6


def sections(desk: Desk, found: Opened) -> tuple[Section, ...]:
    """Every section that shows for this record; lines have a tab of their own."""
    holds = found.values.holds
    shown = []
    for part in parts_of(desk, found.entity, found.layout):
        if not holds(part.section.visible_if):
            continue
        fields = [each.field for each in part.fields if each.field.type.owns(each.field) is None]
        pairs = tuple(_pair(desk, found, each) for each in fields if holds(each.visible_if))
        if pairs:
            shown.append(Section(pick(part.section.label), pairs, open=not part.section.collapsed))
    return tuple(shown)


def _pair(desk: Desk, found: Opened, field: Any) -> Pair:
    cell = Cells(desk, field, full=True)(found.row.get(field.name))
    edit = None
    if found.may_change and not is_closed(desk, field):
        edit = addresses.record(desk.app.name, found.entity.name, found.key, "edit") + f"#f-{field.name}"
    return Pair(pick(field.label), replace(cell, number=False), edit_url=edit, full=field.face.type.widget in WIDE)


def facts(desk: Desk, found: Opened) -> tuple[Pair, ...]:
    """What stands in the head of a record. Its stage stands there as a path."""
    pairs = []
    for path in found.layout.head if found.layout else ():
        if not desk.access.path_is_readable(found.entity.name, path):
            continue
        shown = column(desk.model, found.entity, Item(path))
        if shown.field.type.pipelines(shown.field) or shown.name not in found.row:
            continue
        pairs.append(Pair(shown.label, drawer(desk, shown, full=True)(found.row[shown.name])))
    return tuple(pairs[:FACTS])
