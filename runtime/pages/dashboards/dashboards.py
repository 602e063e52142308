"""Dashboards: numbers, charts and lists in the places that were designed; every number leads to its records."""

from __future__ import annotations

from flask import request
from werkzeug.wrappers import Response as AnyResponse

from sartor.platform.access.policy import signed_in
from sartor.platform.errors import Invalid
from sartor.platform.model.model import find
from sartor.platform.text import gettext as _
from sartor.platform.text import pick
from sartor.platform.ui.pages.dashboard import DashboardPage
from sartor.platform.ui.pages.parts import Empty, Note
from sartor.platform.ui.pages.shell import TitleBar
from sartor.runtime.gate import route
from sartor.runtime.pages import addresses, pages
from sartor.runtime.pages.dashboards.cards import Hand
from sartor.runtime.pages.dashboards.filters import chosen, dashboard_filter
from sartor.runtime.pages.desk import Desk, desk
from sartor.runtime.pages.rendering import html
from sartor.runtime.pages.shell import shell

RULE = "/app/<app>/-/dashboard/<name>"
WHOLE = "whole"
"""Parameter of the address: all cards are drawn with the page."""


@route(pages, RULE, signed_in, methods=["GET"])
def show_dashboard(app: str, name: str) -> AnyResponse:
    return html(dashboard_page(desk(app), name))


def dashboard_page(desk: Desk, name: str) -> DashboardPage:
    notes: tuple[Note, ...] = ()
    filters = chosen(request.args)
    board = find(desk.model.dashboards, name, "dashboard")
    try:
        hand = Hand(desk, board, filters)
    except Invalid as refused:
        notes, filters = (Note(refused.message, "warn"),), {}
        hand = Hand(desk, board, filters)
    cards = hand.all(WHOLE in request.args)
    title = pick(board.label)
    is_partly = any(card.shown is None for card in cards)
    return DashboardPage(
        shell=shell(desk, title, f"dashboard/{name}"),
        bar=TitleBar(title=title, beside=_("as of %(time)s", time=desk.now.astimezone(desk.zone).strftime("%H:%M"))),
        cards=cards,
        whole_url=addresses.dashboard(desk.app.name, name, **filters, **{WHOLE: "1"}) if is_partly else "",
        filter=dashboard_filter(desk, name, board.filters, filters) if board.filters else None,
        notes=notes,
        empty=None if cards else Empty(title=_("This dashboard has no cards yet"), icon="layout-dashboard"),
    )
