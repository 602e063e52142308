"""Views that ask for all records of a window at once (the days of a month) and arrange them in a way of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from flask import Response

from sartor.platform.errors import Invalid, OverBudget
from sartor.platform.model import Item, Operation
from sartor.platform.query.columns import Column, column
from sartor.platform.query.question import LARGEST_PAGE, Question
from sartor.platform.query.windows import Held, held
from sartor.platform.text import gettext as _
from sartor.platform.text import pick
from sartor.platform.ui.pages.parts import Link, Note
from sartor.platform.ui.pages.shell import TitleBar
from sartor.platform.ui.pages.window import WindowPage
from sartor.platform.views.base import Seen, Sight, Window
from sartor.runtime.pages import addresses
from sartor.runtime.pages.cells import drawer
from sartor.runtime.pages.desk import Desk
from sartor.runtime.pages.forms.coming_back import BACK
from sartor.runtime.pages.forms.layout import PARAMETER, QUICK
from sartor.runtime.pages.forms.widgets import is_closed
from sartor.runtime.pages.lists.filter_bar import filter_bar
from sartor.runtime.pages.lists.listing import actions, list_response, more_actions, switch, view_links
from sartor.runtime.pages.lists.row_marks import flags, tint
from sartor.runtime.pages.lists.seeing import PLAIN, Seeing, columns_of, count_text, find_view, question, views_of
from sartor.runtime.pages.reaching import is_changeable, reaches
from sartor.runtime.pages.rendering import html
from sartor.runtime.pages.shell import shell
from sartor.runtime.pages.titles import title_text


def window_response(desk: Desk, seeing: Seeing) -> Response:
    """The page of a window; of rows where the type of the view asks for no window."""
    sight = sight_of(desk, seeing)
    window = seeing.view.type.window(seeing.view, desk.model, sight)
    if window is None:
        return list_response(desk, seeing)
    return html(window_page(desk, seeing, sight, window), template=seeing.view.type.template)


def sight_of(desk: Desk, seeing: Seeing) -> Sight:
    entity = seeing.entity

    def new(values: Mapping[str, str]) -> str:
        state = {**values, PARAMETER: QUICK, BACK: seeing.url(desk)}
        return addresses.of_entity(desk.app.name, entity.name, "new", **state)

    return Sight(
        place=seeing.place,
        today=desk.today,
        zone=desk.zone,
        url=lambda **changes: seeing.url(desk, **changes),
        new=new if desk.access.may(Operation.CREATE, entity.name) and not entity.line_of else None,
        may_write=lambda name: not is_closed(desk, entity.fields[name]),
        rows=lambda condition: rows_url(desk, seeing, condition),
    )


def rows_url(desk: Desk, seeing: Seeing, condition: str) -> str:
    """The first view of rows, with the filter of this one and a further condition."""
    rows = [each for each in views_of(desk, seeing.entity) if each.type.canvas == "rows"]
    view = rows[0] if rows else find_view(desk, seeing.entity, PLAIN)
    text = f"({seeing.filter}) and {condition}" if seeing.filter else condition
    return addresses.entity(desk.app.name, seeing.entity.name, view, filter=text)


def window_page(desk: Desk, seeing: Seeing, sight: Sight, window: Window) -> WindowPage:
    notes: list[Note] = []
    found = Held()
    try:
        found = held(desk.reader, desk.context, window, lambda where: asked(desk, seeing, window, where))
    except Invalid as refused:
        notes.append(Note(refused.message, "bad"))
    except OverBudget as refused:
        notes.append(Note(refused.message, "warn"))
    if found.cut:
        notes.append(Note(_("Only the first %(n)s records are shown here. Filter for fewer.", n=LARGEST_PAGE), "warn"))
    label, view = pick(seeing.entity.plural), seeing.view
    sight = replace(sight, counts=found.counts)
    return WindowPage(
        shell=shell(desk, f"{pick(view.label)} · {label}", f"view/{view.name}"),
        bar=TitleBar(title=label, actions=actions(desk, seeing), more=more_actions(desk, seeing)),
        label=pick(view.label),
        view=Link(pick(view.label), seeing.url(desk), view.type.icon, True, count_text(found.total)),
        views=view_links(desk, seeing),
        switch=switch(desk, seeing),
        filter=filter_bar(desk, seeing),
        arranged=view.type.arranged(view, desk.model, sight, records(desk, seeing, window, found.rows)),
        notes=tuple(notes),
    )


def asked(desk: Desk, seeing: Seeing, window: Window, where: Sequence[str]) -> Question:
    """:raises Invalid: for a filter that is wrong, or fields that are closed to the reader."""
    entity = seeing.entity
    columns = columns_of(desk, entity, seeing.view.columns)
    paths = [*(each.path for each in columns), *((name,) for name in readable(desk, seeing, window))]
    made = question(
        desk,
        seeing,
        [*paths, (entity.title,), ("version",)],
        limit=LARGEST_PAGE,
        flags=flags(desk, seeing.view),
        reaches=reaches(desk, entity.name),
    )
    inside = desk.names.conditions(entity.name, list(where))
    sort = desk.names.terms(entity.name, ",".join(window.sort))
    return replace(made, where=(*made.where, *inside), sort=sort)


def readable(desk: Desk, seeing: Seeing, window: Window) -> list[str]:
    return [name for name in window.fields if desk.access.path_is_readable(seeing.entity.name, (name,))]


def records(desk: Desk, seeing: Seeing, window: Window, rows: Sequence[Mapping[str, Any]]) -> list[Seen]:
    columns = columns_of(desk, seeing.entity, seeing.view.columns)
    shown = [each for each in columns if each.path != (seeing.entity.title,)]
    draw = {each.name: drawer(desk, each) for each in [*shown, *_fields(desk, seeing, window)]}
    return [_seen(desk, seeing, row, shown, draw) for row in rows]


def _fields(desk: Desk, seeing: Seeing, window: Window) -> list[Column]:
    names = readable(desk, seeing, window)
    return [column(desk.model, seeing.entity, Item((name,))) for name in names]


def _seen(desk: Desk, seeing: Seeing, row: Mapping[str, Any], shown: list[Column], draw: Mapping[str, Any]) -> Seen:
    entity, name = seeing.entity, desk.app.name
    place = seeing.kept() | {"view": addresses.short_name(seeing.view)}
    may = desk.access.may(Operation.UPDATE, entity.name) and is_changeable(row)
    return Seen(
        id=row["id"],
        title=title_text(desk, entity, dict(row)),
        href=addresses.record(name, entity.name, row["id"], **place),
        peek_url=addresses.record(name, entity.name, row["id"], "peek"),
        version=str(row["version"]),
        said={each: row[each] for each in draw if each in row},
        drawn={each: drawn(row[each]) for each, drawn in draw.items() if each in row},
        cells=tuple(draw[each.name](row[each.name]) for each in shown),
        api=f"/api/v1/records/{entity.name}/{row['id']}" if may else None,
        tint=tint(seeing.view, row),
    )
