"""What stands in the middle of a record's page, by the kind of its tab."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sartor.platform.model import Tab
from sartor.platform.model.ids import decode_id
from sartor.platform.records.history.story import Story
from sartor.platform.text import gettext as _
from sartor.platform.text import pick
from sartor.platform.ui.format import moment, span
from sartor.platform.ui.pages.feed import Composer
from sartor.platform.ui.pages.parts import Cell, Empty, Head, Table
from sartor.platform.ui.pages.record import Section, TabTable
from sartor.platform.ui.tones import dot_of_stage
from sartor.runtime.gate import workspace
from sartor.runtime.pages import addresses
from sartor.runtime.pages.cells import drawer
from sartor.runtime.pages.desk import Desk
from sartor.runtime.pages.forms.layout import lines_on
from sartor.runtime.pages.forms.line_columns import LineColumn, line_columns
from sartor.runtime.pages.forms.line_sums import line_sums, sums_lead
from sartor.runtime.pages.lists.heads import head_text, is_number
from sartor.runtime.pages.reading import read_lines
from sartor.runtime.pages.records.details import sections
from sartor.runtime.pages.records.happenings import feed, mark_of_request
from sartor.runtime.pages.records.opening import Opened
from sartor.runtime.pages.records.related import tab_table
from sartor.runtime.pages.records.tabs import DETAILS, LINES


def main_of(desk: Desk, found: Opened, tab: Tab, details: tuple[Section, ...]) -> dict[str, Any]:
    """The parts of `RecordPage` that the tab fills."""
    if tab.kind == DETAILS or tab.kind not in FILLED:
        return {"sections_main": details}
    return FILLED[tab.kind](desk, found, tab)


def story(desk: Desk) -> Story:
    return Story(workspace().database, desk.reader)


def timeline(desk: Desk, found: Opened, tab: Tab) -> dict[str, Any]:
    before = mark_of_request()
    happenings = story(desk).timeline(desk.context, found.entity.name, decode_id(found.key), before)
    composer = None
    if not found.deleted and before is None:
        composer = Composer(
            url=addresses.record(desk.app.name, found.entity.name, found.key, "comments"),
            csrf=desk.csrf,
            label=_("Comment"),
            placeholder=_("What happened, and what is next?"),
            save=_("Post"),
        )
    return {"feed": feed(desk, found, tab, happenings, _("Nothing has happened yet.")), "composer": composer}


def history(desk: Desk, found: Opened, tab: Tab) -> dict[str, Any]:
    before = mark_of_request()
    number = decode_id(before[1]) if before else None
    happenings = story(desk).history(desk.context, found.entity.name, decode_id(found.key), number)
    return {"feed": feed(desk, found, tab, happenings, _("Nothing was changed yet."))}


def stages(desk: Desk, found: Opened, tab: Tab) -> dict[str, Any]:
    """From which stage to which, when, who, for how long, and why."""
    heads = tuple(Head(text) for text in (_("Stage"), _("Entered"), _("Stayed"), _("By"), _("Reason")))
    rows = tuple(_stay(desk, stay) for stay in reversed(found.stays))
    empty = None if rows else Empty(title=_("No stage was entered yet"), icon="progress")
    return {"tables": (TabTable(table=Table(pick(tab.label), heads, rows), empty=empty),)}


def _stay(desk: Desk, stay: dict[str, Any]) -> tuple[Cell, ...]:
    pipeline = desk.model.pipelines.get(stay["pipeline"])
    stage = pipeline.stages.get(stay["stage"]) if pipeline else None
    name = pick(stage.label if stage else stay["label"]) or stay["stage"]
    at = datetime.fromisoformat(stay["at"])
    seconds = stay["seconds"] if stay["seconds"] is not None else int((desk.now - at).total_seconds())
    length = (
        _("passed by")
        if stay["skipped"]
        else span(seconds)
        if stay["left_at"]
        else _("%(span)s so far", span=span(seconds))
    )
    by = desk.directory.name_of(stay["by"]) if stay["by"] else _("The system")
    return (
        Cell(kind="stage", text=name, dot=dot_of_stage(pipeline, stage) if pipeline and stage else None),
        Cell(text=moment(at, desk.zone, desk.now)),
        Cell(text=length),
        Cell(text=by or ""),
        Cell(kind="long", text=stay["note"] or ""),
    )


def related(desk: Desk, found: Opened, tab: Tab) -> dict[str, Any]:
    return {"tables": (tab_table(desk, tab, found.key),)}


def lines(desk: Desk, found: Opened, tab: Tab) -> dict[str, Any]:
    """The lines of the record; they are changed in its form."""
    field = found.entity.fields[tab.name]
    entity = desk.model.entity(field.type.owns(field)[0])
    chosen = line_columns(desk, field, lines_on(found.layout, tab.name))
    columns = [each.as_column for each in chosen]
    rows = read_lines(desk, found.entity, decode_id(found.key)).get(tab.name, [])
    draw = [drawer(desk, each, rows=rows) for each in columns]
    table = Table(
        pick(tab.label),
        tuple(Head(head_text(desk, each), number=is_number(each)) for each in columns),
        tuple(tuple(each(row.get(column.name)) for column, each in zip(columns, draw, strict=True)) for row in rows),
        foot=_sums(desk, chosen, rows),
    )
    empty = (
        None
        if rows
        else Empty(title=_("No lines yet"), text=_("They are added in the form of the record."), icon=entity.icon)
    )
    return {"tables": (TabTable(table=table, empty=empty),)}


def _sums(desk: Desk, columns: list[LineColumn], rows: list[dict[str, Any]]) -> tuple[Cell, ...]:
    sums = line_sums(desk, columns, rows)
    if len(rows) < 2 or not any(sums.values()):
        return ()
    cells = [Cell(text=sums.get(each.name, ""), number=True) for each in columns]
    return (cells[0] if cells[0].text else Cell(text=sums_lead(columns)), *cells[1:])


def fields(desk: Desk, found: Opened, tab: Tab) -> dict[str, Any]:
    wanted = {pick(section.label) for section in tab.sections}
    from_tab = tuple(each for each in sections(desk, found) if each.title in wanted)
    return {"sections_main": from_tab}


FILLED: dict[str, Callable[[Desk, Any, Tab], dict[str, Any]]] = {
    "timeline": timeline,
    "history": history,
    "stages": stages,
    "related": related,
    LINES: lines,
    "fields": fields,
}
