"""A view as a card: its first records, each with what matters most, and the way to all of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sartor.platform.errors import SartorError
from sartor.platform.model import Operation, View
from sartor.platform.query.columns import Column
from sartor.platform.reporting.filters import Filters, not_narrowed
from sartor.platform.reporting.links import narrowed
from sartor.platform.reporting.places import room
from sartor.platform.text import gettext as _
from sartor.platform.text import ngettext, pick
from sartor.platform.ui.pages.dashboard import Panel, PanelItem
from sartor.platform.ui.pages.parts import Empty, Link
from sartor.runtime.pages import addresses
from sartor.runtime.pages.cells import drawer
from sartor.runtime.pages.desk import Desk
from sartor.runtime.pages.lists.emptiness import nothing_here
from sartor.runtime.pages.lists.heads import is_figure, phone_places
from sartor.runtime.pages.lists.listing import new_action
from sartor.runtime.pages.lists.seeing import Seeing, columns_of, count_text, question, seen
from sartor.runtime.pages.titles import title_text

ROWS = 6


def view_panel(
    desk: Desk, view: View, *, name: str = "", title: str = "", filters: Filters | None = None, height: int = 0
) -> Panel | None:
    """The card; None where the reader may not see the entity. filters, height: of the dashboard that it stands on, and
    in rows of that."""
    if not desk.access.may(Operation.READ, view.entity):
        return None
    title = title or pick(view.label)
    try:
        seeing, unmoved = _narrowed(desk, seen(desk, view.entity, addresses.short_name(view), {}), filters or Filters())
        columns = columns_of(desk, seeing.entity, view.columns)
        most = room(height, bool(_belonging(desk, seeing, columns))) if height else ROWS
        rows, counted = _rows(desk, seeing, most)
    except SartorError as refused:
        return Panel(name=name or view.name.replace(".", "-"), title=title, error=refused.message)
    told = _telling(desk, seeing, columns, rows)
    empty = None if rows else _nothing(desk, seeing)
    more = Link(_more(len(rows), counted), seeing.url(desk)) if rows else None
    return Panel(
        name=name or view.name.replace(".", "-"),
        title=title,
        beside=told.label if told else None,
        count=count_text(counted),
        items=_items(desk, seeing, columns, told, rows),
        more=more,
        empty=empty,
        unmoved=not_narrowed(desk.model, unmoved),
    )


def _more(shown: int, counted: tuple[int, bool]) -> str:
    """How many records are not on the card; where they are very many, nobody counted them."""
    rest = counted[0] - shown
    return _("Show all") if counted[1] or rest <= 0 else ngettext("%(n)s more", "%(n)s more", rest)


def _nothing(desk: Desk, seeing: Seeing) -> Empty:
    """An entity without records leads to the first one; what a filter leaves out is nobody's task."""
    if seeing.filter:
        return Empty(title=_("Nothing here"), icon=seeing.entity.icon)
    new = new_action(desk, seeing.entity.name)
    return nothing_here(desk, seeing, None, replace(new, key=None, look="default") if new else None)


def _narrowed(desk: Desk, seeing: Seeing, filters: Filters) -> tuple[Seeing, list[str]]:
    """The list under the filters of a dashboard, and those that do not narrow it."""
    whole, unmoved = narrowed(desk.model, seeing.entity, seeing.filter, filters, desk.context)
    return replace(seeing, filter=whole, own=True) if whole else seeing, unmoved


def _rows(desk: Desk, seeing: Seeing, most: int) -> tuple[list[dict[str, Any]], tuple[int, bool]]:
    columns = columns_of(desk, seeing.entity, seeing.view.columns)
    paths = [each.path for each in columns] + [(seeing.entity.title,)]
    page = desk.reader.page(desk.context, question(desk, seeing, paths, limit=most))
    if page.next is None:
        return page.rows, (len(page.rows), False)
    return page.rows, desk.reader.count(desk.context, question(desk, seeing, [("id",)]))


def _items(
    desk: Desk, seeing: Seeing, columns: list[Column], told: Column | None, rows: list[dict[str, Any]]
) -> tuple[PanelItem, ...]:
    place = seeing.kept() | {"view": addresses.short_name(seeing.view)}
    draw = drawer(desk, told, full=True, rows=rows) if told else None
    belongs = _belonging(desk, seeing, columns)
    words = [drawer(desk, each, full=True) for each in belongs]
    found = []
    for row in rows:
        title = title_text(desk, seeing.entity, row)
        link = Link(title, addresses.record(desk.app.name, seeing.entity.name, row["id"], **place))
        about = [each(row[column.name]).text for column, each in zip(belongs, words, strict=True)]
        said = " · ".join(text for text in about if text and text != title)
        found.append(PanelItem(link, said, draw(row[told.name]) if told and draw else None))
    return tuple(found)


def _belonging(desk: Desk, seeing: Seeing, columns: list[Column]) -> list[Column]:
    """What tells records of a name apart: whom they belong to and how they stand."""
    places = phone_places(desk, seeing.entity, columns)
    return [
        column for place in ("second", "state") for column, own in zip(columns, places, strict=True) if own == place
    ]


def _telling(desk: Desk, seeing: Seeing, columns: list[Column], rows: list[dict[str, Any]]) -> Column | None:
    """The column that stands beside the names: the number or the day that most of the rows have."""
    fit = [each for each in columns if each.path != (seeing.entity.title,) and (is_figure(each) or _is_day(desk, each))]
    filled = [(sum(row[each.name] not in (None, "") for row in rows), is_figure(each), each) for each in fit]
    return max(filled, key=lambda each: each[:2], default=(0, False, None))[2]


def _is_day(desk: Desk, column: Column) -> bool:
    face = column.field.face
    return not column.rest and face.type.expression_type(face, desk.model).name in ("date", "instant")
