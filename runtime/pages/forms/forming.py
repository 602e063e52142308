"""A form of a record: its sections filled from the record, from the preview of a write, or from what was typed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sartor.platform.errors import SartorError
from sartor.platform.model import Field
from sartor.platform.model import Form as Layout
from sartor.platform.query.wording import title_of
from sartor.platform.text import pick
from sartor.platform.ui.pages.form import FormSection
from sartor.platform.ui.pages.widget import Widget
from sartor.runtime.pages.boards.reasons import reason_place, reason_widget
from sartor.runtime.pages.desk import Desk
from sartor.runtime.pages.forms.filling import Filling
from sartor.runtime.pages.forms.layout import Part, Placed, parts_of
from sartor.runtime.pages.forms.line_table import line_table
from sartor.runtime.pages.forms.typed import BLANK, json_of
from sartor.runtime.pages.forms.widgets import Shown, is_closed, widget


def form_sections(desk: Desk, filling: Filling, layout: Layout | None) -> tuple[FormSection, ...]:
    """The sections with their widgets."""
    return tuple(_section(desk, filling, part) for part in parts_of(desk, filling.entity, layout, new=filling.new))


def _section(desk: Desk, filling: Filling, part: Part) -> FormSection:
    section = part.section
    holds = filling.preview.holds.get(section.name, True) if filling.preview and section.visible_if else True
    widgets = tuple(made for each in part.fields for made in _widgets(desk, filling, each))
    visible = holds and any(each.visible for each in widgets)
    return FormSection(section.name, pick(section.label) or None, widgets, visible=visible)


def _widgets(desk: Desk, filling: Filling, placed: Placed) -> list[Widget]:
    item = placed.field
    if item.type.owns(item) is not None:
        return [line_table(desk, filling, placed)]
    seen = filling.seen(item.name)
    typed = None if filling.typed is None else filling.typed.form.get(item.name)
    shown = Shown(
        said=said_of(desk, item, filling, typed),
        typed=typed,
        problem=filling.problems.get(item.name),
        visible=seen.visible if seen else True,
        required=(seen.required if seen else item.required),
        read_only=seen.read_only if seen else False,
        span=placed.span,
    )
    return [widget(desk, filling.entity, item, shown), *_reason(filling, item.name)]


def _reason(filling: Filling, name: str) -> list[Widget]:
    """Where a move is explained, once the writer has asked for it."""
    text = filling.typed.notes.get(name, "") if filling.typed else ""
    missing = filling.problems.get(reason_place(name))
    return [reason_widget(name, text, missing)] if missing or text else []


def said_of(desk: Desk, item: Field, filling: Filling, typed: Any) -> Any:
    """The value as JSON, with the titles of records."""
    if typed is not None and item.type.targets(item) and not is_closed(desk, item):
        try:
            return with_titles(desk, item, _as_link(item, json_of(desk, item, typed)))
        except (ValueError, SartorError):
            return None
    seen = filling.seen(item.name)
    if filling.row and (seen is None or item.name in filling.row and item.type.targets(item)):
        return filling.row.get(item.name)
    return with_titles(desk, item, dumped(item, seen.value)) if seen else filling.given.get(item.name)


def dumped(item: Field, value: Any) -> Any:
    """A value as JSON; none stays none."""
    return None if value is None or value == () else item.type.dump(item, value)


def _as_link(item: Field, said: Any) -> Any:
    """What a form sends for a record, in the form in which reading gives it."""
    if isinstance(said, str):
        return {"id": said, "title": None}
    if isinstance(said, list):
        return [{"id": each, "title": None} if isinstance(each, str) else each for each in said]
    return said


def with_titles(desk: Desk, item: Field, said: Any) -> Any:
    """Titles of records that came as mere ids."""
    targets = item.type.targets(item)
    if not targets or not said:
        return said
    if isinstance(said, list):
        return [with_titles(desk, item, each) for each in said]
    if not isinstance(said, dict) or said.get("title") is not None:
        return said
    among = (said["entity"],) if "entity" in said else targets
    return {**said, "title": title_of(desk, among, said["id"])}


def first_seen(sections: tuple[FormSection, ...], given: Mapping[str, Any]) -> str:
    """What the inputs hold at first, as the form sends it back. What the address brought counts as typed."""
    found: dict[str, Any] = {}
    for each in (made for section in sections for made in section.widgets):
        if each.lines is not None:
            rows = {row.id: {_short(one): one.value for one in row.widgets} for row in each.lines.rows if row.id}
            found[each.name] = {**rows, BLANK: {_short(one): one.value for one in each.lines.blank.widgets}}
        elif each.kind != "readonly" and each.name not in given:
            found[each.name] = each.value
    return json.dumps(found, ensure_ascii=False, separators=(",", ":"))


def _short(each: Widget) -> str:
    return each.name.rpartition("].")[2]
