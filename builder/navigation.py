"""What the builder's navigation offers: the one list of its pages. An entry is shown once a page with its endpoint is
there."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from flask import current_app, url_for

from sartor.builder import builder
from sartor.platform.text import gettext as _
from sartor.platform.ui.pages.parts import Link
from sartor.platform.ui.pages.shell import NavGroup

ON_PHONE = ("overview", "entities", "forms", "changes")


@dataclass(frozen=True, slots=True)
class Entry:
    """endpoint: of the page that it leads to, by which the page also says that it is the current one."""

    endpoint: str
    text: str
    icon: str
    group: str = ""


def entries() -> tuple[Entry, ...]:
    """All entries in their order, in the reader's language."""
    data, numbers = _("Data"), _("Numbers")
    people, publish = _("Who and where"), _("Publish")
    return (
        Entry("overview", _("Overview"), icon="layout-grid"),
        Entry("entities", _("Entities"), icon="table", group=data),
        Entry("relations", _("Relations"), icon="schema", group=data),
        Entry("forms", _("Forms"), icon="forms", group=data),
        Entry("views", _("Views"), icon="list-details", group=data),
        Entry("templates", _("Templates"), icon="file-text", group=data),
        Entry("pipelines", _("Pipelines"), icon="arrow-ramp-right", group=data),
        Entry("options", _("Options"), icon="list-check", group=data),
        Entry("reports", _("Reports"), icon="report", group=numbers),
        Entry("dashboards", _("Dashboards"), icon="chart-bar", group=numbers),
        Entry("roles", _("Roles"), icon="shield-lock", group=people),
        Entry("apps", _("Apps"), icon="layout-sidebar", group=people),
        Entry("changes", _("Changes"), icon="versions", group=publish),
        Entry("revisions", _("Revisions"), icon="history", group=publish),
        Entry("check", _("Check"), icon="checkup-list", group=publish),
        Entry("blueprints", _("Blueprints"), icon="box-multiple", group=publish),
    )


def address(endpoint: str, **values: Any) -> str | None:
    """Where a page of the builder is, in the change set in use; None while there is no such page."""
    name = f"{builder.name}.{endpoint}"
    return url_for(name, **values) if name in current_app.view_functions else None


def groups(current: str, counts: dict[str, str]) -> tuple[NavGroup, ...]:
    """The navigation. current: the endpoint that is shown; counts: a number beside an entry."""
    links = [(entry.group, _link(entry, current, counts)) for entry in entries()]
    shown = [(group, link) for group, link in links if link is not None]
    runs = groupby(shown, lambda pair: pair[0])
    return tuple(NavGroup(group or None, tuple(link for _group, link in run)) for group, run in runs)


def on_phone(current: str) -> tuple[Link, ...]:
    """The phone's tab bar."""
    known = {entry.endpoint: entry for entry in entries()}
    links = (_link(known[name], current, {}) for name in ON_PHONE)
    return (*(link for link in links if link is not None), Link(_("More"), "#menu", "menu-2"))


def _link(entry: Entry, current: str, counts: dict[str, str]) -> Link | None:
    url = address(entry.endpoint)
    if url is None:
        return None
    return Link(entry.text, url, entry.icon, entry.endpoint == current, counts.get(entry.endpoint))
