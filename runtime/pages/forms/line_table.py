"""The lines of a record as a table inside its form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sartor.platform.model import Entity, Field
from sartor.platform.query.columns import Column
from sartor.platform.query.wording import title_of
from sartor.platform.text import gettext as _
from sartor.platform.text import pick
from sartor.platform.ui.pages.parts import Head
from sartor.platform.ui.pages.widget import LineRow, Lines, Widget
from sartor.runtime.pages.cells import line_cells
from sartor.runtime.pages.desk import Desk
from sartor.runtime.pages.forms.filling import Filling
from sartor.runtime.pages.forms.layout import Placed
from sartor.runtime.pages.forms.line_columns import line_columns
from sartor.runtime.pages.forms.line_sums import line_sums, sums_lead
from sartor.runtime.pages.forms.widgets import Shown, is_closed, widget
from sartor.runtime.pages.lists.heads import head_text, is_number

BLANK_NUMBER = "+"


def line_table(desk: Desk, filling: Filling, placed: Placed) -> Widget:
    item = placed.field
    entity = desk.model.entity(item.type.owns(item)[0])
    columns = line_columns(desk, item, placed.lines)
    fields = [each.field for each in columns]
    rows = tuple(_rows(desk, filling, item, entity, fields))
    lines = Lines(
        heads=tuple(_head(desk, each.as_column) for each in columns),
        rows=rows,
        blank=_row(desk, entity, item, fields, (BLANK_NUMBER, {}, None, {})),
        add_text=_("Add line"),
        foot=line_sums(desk, columns, () if filling.typed else filling.lines.get(item.name, ())),
        foot_lead=sums_lead(columns),
        sortable=False,
    )
    seen = filling.seen(item.name)
    return Widget(
        name=item.name,
        label=pick(item.label),
        kind="lines",
        span=placed.span,
        lines=lines,
        readonly=is_closed(desk, item),
        visible=seen.visible if seen else True,
        error=filling.problems.get(item.name),
    )


def _head(desk: Desk, column: Column) -> Head:
    return Head(head_text(desk, column), number=is_number(column))


def _rows(desk: Desk, filling: Filling, item: Field, entity: Entity, fields: list[Field]) -> list[LineRow]:
    """The lines as they were typed, or as they are stored."""
    stored = {row["id"]: row for row in filling.lines.get(item.name, ())}
    closed = is_closed(desk, item)
    if filling.typed is None or closed:
        sources: list[Source] = [(str(place), row, None, {}) for place, row in enumerate(stored.values())]
        return [(_closed_row if closed else _row)(desk, entity, item, fields, one) for one in sources]
    typed = [row for row in filling.typed.form.get(item.name, ()) if isinstance(row, dict)]
    found = []
    for place, row in enumerate(typed):
        prefix = f"{item.name}.{place}."
        wrong = {key.removeprefix(prefix): said for key, said in filling.problems.items() if key.startswith(prefix)}
        found.append(_row(desk, entity, item, fields, (str(place), stored.get(row.get("id", ""), {}), row, wrong)))
    return found


Source = tuple[str, Mapping[str, Any], Mapping[str, Any] | None, Mapping[str, str]]
"""Number of the row in names, the line as JSON, what was typed, what is wrong with it."""


def _closed_row(desk: Desk, entity: Entity, item: Field, fields: list[Field], source: Source) -> LineRow:
    """A line that nobody changes here."""
    number, said, _typed, _wrong = source
    prefix = f"{item.name}[{number}]."
    cells = ((each, line_cells(desk, each)(said.get(each.name))) for each in fields)
    widgets = tuple(
        Widget(name=prefix + each.name, label=pick(each.label), kind="readonly", cell=cell) for each, cell in cells
    )
    return LineRow(str(said.get("id") or ""), widgets, removable=False)


def _row(desk: Desk, entity: Entity, item: Field, fields: list[Field], source: Source) -> LineRow:
    number, said, typed, wrong = source
    widgets = tuple(_cell(desk, entity, f"{item.name}[{number}].", each, (said, typed, wrong)) for each in fields)
    key = said.get("id") or (typed or {}).get("id") or ""
    return LineRow(str(key), widgets)


def _cell(desk: Desk, entity: Entity, prefix: str, field: Field, source: Any) -> Widget:
    said, typed, wrong = source
    value = said.get(field.name)
    text = typed.get(field.name) if typed is not None else None
    targets = field.type.targets(field)
    if text and targets and isinstance(text, str):
        value = {"id": text, "title": title_of(desk, targets, text)}
    shown = Shown(
        said=value, typed=text, problem=wrong.get(field.name), required=field.required, name=prefix + field.name
    )
    made = replace(widget(desk, entity, field, shown), hint=None)
    return replace(made, cell=line_cells(desk, field)(value)) if made.cell else made
