"""Records that point to a record: as a tab of its own, and the first few in the rail."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sartor.platform.errors import OverBudget
from sartor.platform.fields.base import quoted
from sartor.platform.model import Entity, Field, Operation, Tab
from sartor.platform.model.ids import decode_id
from sartor.platform.query.columns import Column
from sartor.platform.query.question import Page, Question, Term
from sartor.platform.text import gettext as _
from sartor.platform.text import pick
from sartor.platform.ui.pages.parts import Action, Cell, Empty, Head, Link, Table
from sartor.platform.ui.pages.record import Related, RelatedRow, TabTable
from sartor.runtime.pages import addresses
from sartor.runtime.pages.cells import drawer
from sartor.runtime.pages.desk import Desk
from sartor.runtime.pages.forms.coming_back import BACK
from sartor.runtime.pages.lists.heads import head_text, is_figure, is_number
from sartor.runtime.pages.lists.seeing import columns_of
from sartor.runtime.pages.lists.totals import total_of, words
from sartor.runtime.pages.titles import title_text

IN_TAB = 50
IN_RAIL = 3
COLUMNS = 5


def is_open(desk: Desk, tab: Tab) -> bool:
    """Whether the reader may see the list at all."""
    name, lookup = tab.entity or "", tab.lookup or ""
    return desk.access.may(Operation.READ, name) and desk.access.path_is_readable(name, (lookup,))


def rows_of(desk: Desk, tab: Tab, key: str, columns: list[Column], limit: int) -> Page:
    entity = desk.model.entity(tab.entity or "")
    lookup = entity.fields[tab.lookup or ""]
    many = lookup.type.members(lookup) is not None
    where = desk.names.conditions(entity.name, [f"{quoted(key)} in {lookup.name}"]) if many else ()
    readable = {field.name for field in desk.access.readable(entity.name)}
    sort = tuple(Term.parse(each) for each in tab.sort if each.removeprefix("-") in readable)
    question = Question(
        entity.name,
        tuple(dict.fromkeys([*(each.path for each in columns), (entity.title,)])),
        where=where,
        equal=() if many else (lookup.name,),
        given={} if many else {lookup.name: decode_id(key)},
        sort=sort,
        limit=limit,
    )
    return desk.reader.page(desk.context, question)


def columns_in(desk: Desk, tab: Tab) -> list[Column]:
    """The columns of a related list; its title where the definition names none."""
    entity = desk.model.entity(tab.entity or "")
    found = columns_of(desk, entity, tab.columns)
    return found or [Column((entity.title,), entity.title_field, pick(entity.title_field.label))]


def tab_table(desk: Desk, tab: Tab, key: str) -> TabTable:
    entity = desk.model.entity(tab.entity or "")
    columns = columns_in(desk, tab)
    page = rows_of(desk, tab, key, columns, IN_TAB)
    draw = [drawer(desk, each, rows=page.rows) for each in columns]
    heads = tuple(Head(head_text(desk, each), number=is_number(each)) for each in columns)
    rows = tuple(_row(desk, entity, columns, draw, row) for row in page.rows)
    label = pick(tab.label)
    new = add_action(desk, tab, key)
    empty = None
    if not rows:
        text = _("What is added here is linked with this record by itself.") if new else ""
        empty = Empty(title=_("Nothing here yet"), text=text, icon=entity.icon)
    foot = _foot(desk, tab, key, columns) if len(rows) > 1 else ()
    return TabTable(
        table=Table(label, heads, rows, foot=foot),
        add=new,
        more=more_link(desk, tab, key) if page.next else None,
        empty=empty,
    )


def _foot(desk: Desk, tab: Tab, key: str, columns: list[Column]) -> tuple[Cell, ...]:
    """The totals that columns ask for, over all records that point here; none where that would take too long."""
    if not any(each.total for each in columns):
        return ()
    entity = desk.model.entity(tab.entity or "")
    where = desk.names.conditions(entity.name, [pointing_text(desk, tab, key)])
    try:
        texts = [total_of(desk, entity, each, where) if _has_total(each) else "" for each in columns]
    except OverBudget:
        return ()
    led = [
        f"{words()[each.total]} {text}" if each.total and text else ""
        for each, text in zip(columns, texts, strict=True)
    ]
    return tuple(Cell(text=text, number=is_number(each)) for each, text in zip(columns, led, strict=True))


def _has_total(column: Column) -> bool:
    return column.total is not None and len(column.path) == 1


def _row(
    desk: Desk, entity: Entity, columns: list[Column], draw: list[Any], row: Mapping[str, Any]
) -> tuple[Cell, ...]:
    """The title leads to the record; without it among the columns the first one does."""
    cells = [each(row[column.name]) for column, each in zip(columns, draw, strict=True)]
    places = [place for place, column in enumerate(columns) if column.path == (entity.title,)]
    place = places[0] if places else 0
    href = addresses.record(desk.app.name, entity.name, row["id"])
    text = cells[place].text or title_text(desk, entity, dict(row))
    cells[place] = Cell(kind="link", text=text, href=href)
    return tuple(cells)


def add_action(desk: Desk, tab: Tab, key: str) -> Action | None:
    entity = desk.model.entity(tab.entity or "")
    if entity.line_of is not None or not desk.access.may(Operation.CREATE, entity.name):
        return None
    lookup = entity.fields[tab.lookup or ""]
    here = tab_owner(desk, tab)
    back = addresses.record(desk.app.name, here, key)
    state = pointing(lookup, here, key) | {BACK: back}
    url = addresses.of_entity(desk.app.name, entity.name, "new", **state)
    return Action(text=_("Add"), url=url, icon="plus")


def pointing(lookup: Field, entity: str, key: str) -> dict[str, str]:
    """The parameters that make a new record point to this one."""
    if len(lookup.type.targets(lookup)) < 2:
        return {lookup.name: key}
    return {f"{lookup.name}.entity": entity, f"{lookup.name}.id": key}


def tab_owner(desk: Desk, tab: Tab) -> str:
    """The entity whose form holds the tab."""
    return next((form.entity for form in desk.model.forms.values() if tab in form.tabs), "")


def more_link(desk: Desk, tab: Tab, key: str) -> Link:
    entity = desk.model.entity(tab.entity or "")
    filter_text = pointing_text(desk, tab, key)
    return Link(_("Open as a list"), addresses.entity(desk.app.name, entity.name, filter=filter_text))


def pointing_text(desk: Desk, tab: Tab, key: str) -> str:
    """The condition for what points here, as people could write it."""
    lookup = desk.model.entity(tab.entity or "").fields[tab.lookup or ""]
    many = lookup.type.members(lookup) is not None
    return f"{quoted(key)} in {lookup.name}" if many else f"{lookup.name} = {quoted(key)}"


def short_list(desk: Desk, tab: Tab, key: str, url: str) -> Related:
    """The first few, for the rail."""
    entity = desk.model.entity(tab.entity or "")
    columns = columns_in(desk, tab)[:COLUMNS]
    page = rows_of(desk, tab, key, columns, IN_RAIL)
    draw = [drawer(desk, each, full=True, rows=page.rows) for each in columns]
    rows = tuple(_short(desk, entity, columns, draw, row) for row in page.rows)
    add = add_action(desk, tab, key)
    plus = Action(text=_("Add"), url=add.url, icon="plus", look="quiet", compact=True) if add else None
    more = Link(_("Show all"), url) if page.next else None
    return Related(title=pick(tab.label), rows=rows, add=plus, more=more, empty=_("None yet"))


def _short(desk: Desk, entity: Entity, columns: list[Column], draw: list[Any], row: Mapping[str, Any]) -> RelatedRow:
    figure, words = None, []
    for column, each in zip(columns, draw, strict=True):
        if column.path == (entity.title,):
            continue
        cell = each(row[column.name])
        if is_figure(column):
            figure = figure or cell
        elif cell.text:
            words.append(cell.text)
    href = addresses.record(desk.app.name, entity.name, row["id"])
    return RelatedRow(title_text(desk, entity, dict(row)), href, " · ".join(words[:2]), value=figure)
