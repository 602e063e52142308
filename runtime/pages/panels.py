"""A view as a card: its first records, each with what matters most, and the way to all of them."""

from __future__ import annotations

from typing import Any

from sartor.platform.errors import SartorError
from sartor.platform.model import Operation, View
from sartor.platform.text import gettext as _
from sartor.platform.text import pick
from sartor.platform.ui.pages.dashboard import Panel
from sartor.platform.ui.pages.parts import Cell, Empty, Link
from sartor.runtime.pages import addresses
from sartor.runtime.pages.cells import drawer
from sartor.runtime.pages.desk import Desk
from sartor.runtime.pages.heads import is_number
from sartor.runtime.pages.listing import count_text
from sartor.runtime.pages.paths import Column
from sartor.runtime.pages.seeing import Seeing, columns_of, question, seen
from sartor.runtime.pages.titles import title_text

ROWS = 6


def view_panel(desk: Desk, view: View, *, name: str = "", title: str = "", span: int = 6) -> Panel | None:
    """The card; None where the reader may not see the entity."""
    if not desk.access.may(Operation.READ, view.entity):
        return None
    seeing = seen(desk, view.entity, addresses.short_name(view), {})
    title = title or pick(view.label)
    try:
        rows, counted = _rows(desk, seeing)
    except SartorError as refused:
        return Panel(name=name or view.name.replace(".", "-"), title=title, span=span, error=refused.message)
    columns = columns_of(desk, seeing.entity, view.columns)
    empty = None if rows else Empty(title=_("Nothing here"), icon=seeing.entity.icon)
    more = Link(_("Show all"), seeing.url(desk)) if rows else None
    return Panel(
        name=name or view.name.replace(".", "-"),
        title=title,
        span=span,
        beside=count_text(counted),
        items=tuple(_item(desk, seeing, columns, row) for row in rows),
        more=more,
        empty=empty,
    )


def _rows(desk: Desk, seeing: Seeing) -> tuple[list[dict[str, Any]], tuple[int, bool]]:
    columns = columns_of(desk, seeing.entity, seeing.view.columns)
    paths = [each.path for each in columns] + [(seeing.entity.title,)]
    page = desk.reader.page(desk.context, question(desk, seeing, paths, limit=ROWS))
    if page.next is None:
        return page.rows, (len(page.rows), False)
    return page.rows, desk.reader.count(desk.context, question(desk, seeing, [("id",)]))


def _item(desk: Desk, seeing: Seeing, columns: list[Column], row: dict[str, Any]) -> tuple[Link, Cell]:
    place = seeing.kept() | {"view": addresses.short_name(seeing.view)}
    href = addresses.record(desk.app.name, seeing.entity.name, row["id"], **place)
    return Link(title_text(desk, seeing.entity, row), href), _figure(desk, seeing, columns, row)


def _figure(desk: Desk, seeing: Seeing, columns: list[Column], row: dict[str, Any]) -> Cell:
    """The first number of the row, or the first day."""
    others = [each for each in columns if each.path != (seeing.entity.title,)]
    numbers = [each for each in others if is_number(each)]
    for column in [*numbers, *others]:
        if row[column.name] in (None, [], ""):
            continue
        cell = drawer(desk, column, full=True)(row[column.name])
        if is_number(column) or cell.kind == "date":
            return cell
    return Cell()
