"""The page of one record: head with stage path and facts, details, tabs, next step, related lists."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import request
from werkzeug.wrappers import Response as AnyResponse

from sartor.platform.access.policy import signed_in
from sartor.platform.errors import Forbidden, NotFound
from sartor.platform.model import Operation, Tab
from sartor.platform.model.ids import decode_id
from sartor.platform.text import gettext as _
from sartor.platform.ui.pages.parts import Action, Note
from sartor.platform.ui.pages.record import RecordPage
from sartor.platform.ui.pages.shell import TitleBar
from sartor.runtime.gate import route
from sartor.runtime.pages import addresses, pages
from sartor.runtime.pages.boards.stage_path import dwell_pill, next_stage, next_step, stage_path
from sartor.runtime.pages.desk import Desk, desk
from sartor.runtime.pages.forms.layout import shown_for
from sartor.runtime.pages.reaching import is_reached
from sartor.runtime.pages.records.contributing import log_actions
from sartor.runtime.pages.records.details import facts, sections
from sartor.runtime.pages.records.main import main_of
from sartor.runtime.pages.records.neighbours import neighbours, place_of_request
from sartor.runtime.pages.records.opening import Opened, opened
from sartor.runtime.pages.records.papers import template_actions
from sartor.runtime.pages.records.pressing import buttons
from sartor.runtime.pages.records.related import short_list
from sartor.runtime.pages.records.tabs import shown_tabs, tab_url, tabs_of
from sartor.runtime.pages.rendering import html, is_fragment_wanted
from sartor.runtime.pages.shell import shell
from sartor.runtime.pages.titles import title_text

ONE = "/app/<app>/<entity>/r/<record>"
RAIL = 3
IN_HEAD = 2
"""Buttons beside Edit; further ones stand in the menu."""


@route(pages, ONE, signed_in, methods=["GET"])
def show_record(app: str, entity: str, record: str) -> AnyResponse:
    return html(record_page(desk(app), entity, record))


@route(pages, f"{ONE}/tab/<tab>", signed_in, methods=["GET"])
def show_tab(app: str, entity: str, record: str, tab: str) -> AnyResponse:
    page = record_page(desk(app), entity, record, tab)
    further = is_fragment_wanted() and "before" in request.args and page.feed
    return html(further or page)


def record_page(
    desk: Desk, name: str, key: str, tab_name: str | None = None, notes: tuple[Note, ...] = ()
) -> RecordPage:
    found = opened(desk, name, key)
    tabs = tabs_of(desk, found.entity, found.layout, found.values)
    current = _current(tabs, tab_name)
    place = place_of_request()
    around = neighbours(desk, found.entity, found.key)
    title = title_text(desk, found.entity, found.row)
    pills = (dwell_pill(desk, found.at, found.stays),) if found.at else ()
    may_edit = found.may_change and not found.entity.line_of
    details = sections(desk, found)
    pressed = buttons(desk, found)
    return RecordPage(
        shell=shell(desk, title, f"entity/{name}"),
        shown_for=shown_for(desk, name),
        bar=TitleBar(
            title=title,
            beside=number_text(desk, found),
            back=around.back,
            trail=(around.back,),
            actions=actions(desk, found, may_edit, pressed),
            more=(*_more_buttons(pressed), *template_actions(desk, found), *more_actions(desk, found)),
        ),
        title=title,
        previous=around.previous,
        next=around.next,
        place=around.place,
        pills=tuple(pill for pill in pills if pill),
        facts=facts(desk, found),
        path=stage_path(desk, found.entity, found.at, found.row, found.stays) if found.at else None,
        sections=details,
        tabs=shown_tabs(desk, found.entity, found.key, tabs, current, place),
        next_step=_next_step(desk, found) if may_edit else None,
        related=_related(desk, found, tabs, current, place),
        notes=(*notes, *_deleted_note(found)),
        edit_url=addresses.record(desk.app.name, name, found.key, "edit") if may_edit else None,
        **main_of(desk, found, current, details),
    )


def _current(tabs: list[Tab], name: str | None) -> Tab:
    if name is None:
        return tabs[0]
    for tab in tabs:
        if tab.name == name:
            return tab
    raise NotFound(_("This record has no tab “%(name)s”.", name=name))


def number_text(desk: Desk, found: Opened) -> str | None:
    """The record's number, where it has one beside its title."""
    for field in desk.access.readable(found.entity.name):
        if field.type.unique and field.type.computed and field.name != found.entity.title and not field.system:
            return str(found.row.get(field.name) or "") or None
    return None


def actions(desk: Desk, found: Opened, may_edit: bool, pressed: tuple[Action, ...]) -> tuple[Action, ...]:
    if found.deleted or found.entity.line_of:
        return ()
    logged = log_actions(desk, found.entity, found.key)
    if not may_edit:
        return tuple(replace(each, look="primary") for each in logged)
    url = addresses.record(desk.app.name, found.entity.name, found.key, "edit")
    edit = Action(text=_("Edit"), url=url, icon="pencil", key="E", look="default" if logged else "primary")
    head = tuple(replace(each, only="desk") for each in pressed[:IN_HEAD])
    return (*head, edit, *(replace(each, look="primary") for each in logged))


def _more_buttons(pressed: tuple[Action, ...]) -> tuple[Action, ...]:
    """Buttons for which the head has no room; on a phone it has none at all."""
    return (*(replace(each, only="phone") for each in pressed[:IN_HEAD]), *pressed[IN_HEAD:])


def more_actions(desk: Desk, found: Opened) -> tuple[Action, ...]:
    name, entity = desk.app.name, found.entity
    if not desk.access.may(Operation.DELETE, entity.name) or entity.line_of:
        return ()
    if found.deleted:
        url = addresses.record(name, entity.name, found.key, "restore")
        return (Action(text=_("Restore"), url=url, icon="arrow-back-up", method="post"),)
    if not is_reached(desk, Operation.DELETE, entity, found.row):
        return ()
    return (
        Action(
            text=_("Delete"),
            url=addresses.record(name, entity.name, found.key, "delete"),
            icon="trash",
            look="danger",
            method="post",
            fields={"_version": str(found.row["version"])},
            confirm=_("It goes to the recycle bin, from where it can be restored."),
        ),
    )


def _deleted_note(found: Opened) -> tuple[Note, ...]:
    return (Note(_("This record is in the recycle bin."), "warn", "trash"),) if found.deleted else ()


def _next_step(desk: Desk, found: Opened) -> Any:
    """What still stands against the next stage, as the writer itself says."""
    if found.at is None or not found.at.may_move:
        return None
    stage = next_stage(desk, found.at)
    if stage is None:
        return None
    number = decode_id(found.key)
    try:
        preview = desk.here.writer.preview(desk.context, found.entity.name, {found.at.field.name: stage.name}, number)
    except Forbidden:  # open on other records only
        return None
    return next_step(desk, found.at, {problem.message for problem in preview.problems})


def _related(desk: Desk, found: Opened, tabs: list[Tab], current: Tab, place: dict[str, str]) -> tuple[Any, ...]:
    wanted = [tab for tab in tabs if tab.kind == "related" and tab is not current][:RAIL]
    return tuple(
        short_list(desk, tab, found.key, tab_url(desk, found.entity, found.key, tabs, tab, place)) for tab in wanted
    )
