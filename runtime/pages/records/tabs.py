"""The tabs of a record's page: those of its form, or those that every record can have."""

from __future__ import annotations

from sartor.platform.model import Entity, Field, Form, Tab
from sartor.platform.text import gettext as _
from sartor.platform.text import pick
from sartor.platform.ui.pages.record import Tab as Shown
from sartor.runtime.pages import addresses
from sartor.runtime.pages.desk import Desk
from sartor.runtime.pages.records.related import is_open
from sartor.runtime.pages.row_values import RowValues

LINES = "lines"
DETAILS = "details"


def tabs_of(desk: Desk, entity: Entity, layout: Form | None, values: RowValues) -> list[Tab]:
    """What can be looked at, in order: what the form names, its lines, the details (first on phones)."""
    named = list(layout.tabs) if layout else []
    tabs = [each for each in named if _is_shown(desk, entity, each, values)] or plain_tabs(entity)
    lines = [Tab(each.name, each.label, LINES) for each in line_fields_of(desk, entity)]
    return [*tabs[:1], *lines, Tab(DETAILS, {"en": "Details", "zh": "详细信息"}, DETAILS), *tabs[1:]]


def _is_shown(desk: Desk, entity: Entity, tab: Tab, values: RowValues) -> bool:
    if tab.kind == "related" and not is_open(desk, tab):
        return False
    if tab.kind == "fields" and not _has_fields(desk, entity, tab):
        return False
    return values.holds(tab.visible_if)


def _has_fields(desk: Desk, entity: Entity, tab: Tab) -> bool:
    """A page without a field would be blank."""
    readable = {each.name for each in desk.access.readable(entity.name)}
    return any(item.path[0] in readable for section in tab.sections for item in section.items)


def plain_tabs(entity: Entity) -> list[Tab]:
    stages = any(field.type.pipelines(field) for field in entity.fields.values())
    found = [Tab("timeline", {"en": "Activity", "zh": "活动"}, "timeline")] if entity.timeline else []
    if stages:
        found.append(Tab("stages", {"en": "Stage history", "zh": "阶段记录"}, "stages"))
    return [*found, Tab("history", {"en": "Changes", "zh": "操作记录"}, "history")]


def line_fields_of(desk: Desk, entity: Entity) -> list[Field]:
    return [field for field in desk.access.readable(entity.name) if field.type.owns(field) is not None]


def shown_tabs(
    desk: Desk, entity: Entity, key: str, tabs: list[Tab], current: Tab, place: dict[str, str]
) -> tuple[Shown, ...]:
    return tuple(
        Shown(
            pick(each.label) or _("Details"), tab_url(desk, entity, key, tabs, each, place), each.name == current.name
        )
        for each in tabs
    )


def tab_url(desk: Desk, entity: Entity, key: str, tabs: list[Tab], tab: Tab, place: dict[str, str]) -> str:
    """The first tab is the record's own address."""
    rest = () if tab is tabs[0] else ("tab", tab.name)
    return addresses.record(desk.app.name, entity.name, key, *rest, **place)
