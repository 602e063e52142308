"""Reports for pages: one reporter for each design and app, whose numbers lead to lists of that app."""

from __future__ import annotations

from dataclasses import asdict
from urllib.parse import quote

from flask import current_app

from sartor.platform.reporting.filters import Filters
from sartor.platform.reporting.job import Cohorts, Lists, Places
from sartor.platform.reporting.reporter import Reporter
from sartor.runtime.pages import addresses
from sartor.runtime.pages.desk import Desk
from sartor.runtime.pages.lists.seeing import PLAIN

KEPT = 16
"""Reporters kept: of the last designs and their apps."""


def reporter(desk: Desk) -> Reporter:
    kept: dict[tuple[int, str], Reporter] = current_app.extensions.setdefault("reporters", {})
    key = (desk.model.revision, desk.app.name)
    found = kept.get(key)
    if found is None or found.model is not desk.model:
        found = kept[key] = Reporter(desk.here, lists_of(desk), cohorts_of(desk), places_of(desk))
        for old in list(kept)[:-KEPT]:
            kept.pop(old, None)
    return found


def cohorts_of(desk: Desk) -> Cohorts:
    """Addresses of pages that find the records behind a number of stays."""
    app = desk.app.name

    def address(report: str, measure: str, key: tuple[str | None, ...], filters: Filters) -> str:
        url = f"{addresses.app(app)}/-/report/{quote(report)}/records/{quote(measure)}"
        return addresses.with_query(url, {"key": [each or "" for each in key], **asdict(filters)})

    return address


def places_of(desk: Desk) -> Places:
    """Addresses of dashboards, with the filters that are chosen, and of views."""
    model, app = desk.model, desk.app.name

    def address(key: str, filters: Filters) -> str | None:
        kind, _slash, name = key.partition("/")
        if kind == "dashboard" and name in model.dashboards:
            return addresses.dashboard(app, name, **asdict(filters))
        view = model.views.get(name) if kind == "view" else None
        return addresses.entity(app, view.entity, view) if view else None

    return address


def lists_of(desk: Desk) -> Lists:
    """Addresses of lists: the first view that is a list shows the records of a number, with the number's own filter.

    One that shows all records goes first: under the name “My deals” nobody looks for everybody's.
    """
    model, app = desk.model, desk.app.name

    def address(entity: str, text: str) -> str | None:
        found = model.entity(entity)
        if found.line_of is not None:
            return None
        views = [each for each in model.views_of(entity) if each.type.template == "list.html"]
        view = next(iter(sorted(views, key=lambda each: each.filter is not None)), None)
        name = addresses.short_name(view) if view else PLAIN
        return addresses.with_query(f"{addresses.entity(app, entity)}/{name}", {"filter": text})

    return address
