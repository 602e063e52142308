"""Dashboards: numbers in a strip, charts and lists as cards below; every number leads to its records."""

from __future__ import annotations

from dataclasses import replace

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from sartor.platform.access.policy import signed_in
from sartor.platform.errors import Invalid
from sartor.platform.reporting.answers import CardAnswer, DashboardAnswer
from sartor.platform.reporting.display import figure, is_figure, panel
from sartor.platform.text import gettext as _
from sartor.platform.ui.pages.dashboard import DashboardPage, Panel
from sartor.platform.ui.pages.parts import Empty, Note
from sartor.platform.ui.pages.shell import TitleBar
from sartor.runtime.answers import answer
from sartor.runtime.gate import route
from sartor.runtime.pages import addresses, pages
from sartor.runtime.pages.dashboard_filters import chosen, dashboard_filter
from sartor.runtime.pages.desk import Desk, desk
from sartor.runtime.pages.panels import view_panel
from sartor.runtime.pages.rendering import html
from sartor.runtime.pages.report_links import reporter
from sartor.runtime.pages.shell import shell

RULE = "/app/<app>/-/dashboard/<name>"


@route(pages, RULE, signed_in, methods=["GET"])
def show_dashboard(app: str, name: str) -> AnyResponse:
    return html(dashboard_page(desk(app), name))


@route(pages, "/app/<app>/-/report/<name>/figure", signed_in, methods=["GET"])
def report_figure(app: str, name: str) -> Response:
    """The figure of a report as plain data."""
    here = desk(app)
    opens = request.args.get("opens")
    found = reporter(here).run(here.context, name, filters=chosen(request.args), opens=opens)
    return answer(found.figure or {"data": [], "layout": {}})


def dashboard_page(desk: Desk, name: str) -> DashboardPage:
    notes: tuple[Note, ...] = ()
    filters = chosen(request.args)
    try:
        found = reporter(desk).dashboard(desk.context, name, filters)
    except Invalid as refused:
        notes, filters = (Note(refused.message, "warn"),), {}
        found = reporter(desk).dashboard(desk.context, name, filters)
    figures, panels = cards(desk, found, filters)
    empty = None if figures or panels else Empty(title=_("This dashboard has no cards yet"), icon="layout-dashboard")
    at = found.as_of.astimezone(desk.zone).strftime("%H:%M")
    return DashboardPage(
        shell=shell(desk, found.label, f"dashboard/{name}"),
        bar=TitleBar(title=found.label, beside=_("as of %(time)s", time=at)),
        figures=figures,
        panels=panels,
        filter=dashboard_filter(desk, name, found.filters, filters) if found.filters else None,
        notes=notes,
        empty=empty,
    )


def cards(desk: Desk, found: DashboardAnswer, filters: dict[str, str]) -> tuple[tuple, tuple]:
    """Numbers and panels, each in the order of the grid: row by row, from left to right."""
    ordered = sorted(found.cards, key=lambda card: (card.y, card.x, card.name))
    figures = tuple(figure(card) for card in ordered if is_figure(card))
    made = [_panel(desk, card, filters) for card in ordered if not is_figure(card)]
    return figures, tuple(each for each in made if each is not None)


def _panel(desk: Desk, card: CardAnswer, filters: dict[str, str]) -> Panel | None:
    if card.view is not None:
        view = desk.model.views[card.view]
        return view_panel(desk, view, name=card.name, title=card.label, span=card.width)
    if card.text:
        return Panel(name=card.name, title=card.label, span=card.width, text=card.text)
    assert card.report is not None
    url = f"{addresses.app(desk.app.name)}/-/report/{card.report.name}/figure"
    made = panel(card, addresses.with_query(url, {**filters, "opens": card.opens}))
    return replace(made, name=card.name.replace(".", "-"))
