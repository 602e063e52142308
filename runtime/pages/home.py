"""Home: the reader's own lists of an app, and the way to the others."""

from __future__ import annotations

from dataclasses import replace

from werkzeug.wrappers import Response as AnyResponse

from sartor.platform.access.policy import signed_in
from sartor.platform.model import Operation, View
from sartor.platform.reporting.display import figure, is_figure
from sartor.platform.text import gettext as _
from sartor.platform.text import pick
from sartor.platform.ui.format import day_long
from sartor.platform.ui.pages.dashboard import Figure, Panel
from sartor.platform.ui.pages.home import HomePage
from sartor.platform.ui.pages.parts import Link, Note
from sartor.platform.ui.pages.shell import TitleBar
from sartor.runtime.gate import route
from sartor.runtime.pages import addresses, pages
from sartor.runtime.pages.apps import is_open, menu
from sartor.runtime.pages.dashboards.report_links import reporter
from sartor.runtime.pages.desk import Desk, desk
from sartor.runtime.pages.lists.panels import view_panel
from sartor.runtime.pages.rendering import html, see
from sartor.runtime.pages.shell import address_of, shell

MOST = 6


@route(pages, "/", signed_in, methods=["GET"])
def root() -> AnyResponse:
    return see(addresses.HOME)


@route(pages, addresses.HOME, signed_in, methods=["GET"], endpoint="home")
def show_home() -> AnyResponse:
    return html(home_page(desk()))


@route(pages, "/app/<app>", signed_in, methods=["GET"])
def show_app(app: str) -> AnyResponse:
    """Where the app says that one begins; else its own home."""
    here = desk(app)
    home = here.app.home
    if home and is_open(here.model, home, here.context):
        return see(address_of(here, home))
    return html(home_page(here))


def home_page(desk: Desk) -> HomePage:
    title = _("Home")
    panels = tuple(own_lists(desk))
    notes = (
        ()
        if panels or desk.app.items
        else (Note(_("Nothing is open to you yet. An administrator can give you a role."), "warn"),)
    )
    return HomePage(
        shell=shell(desk, title, "home"),
        bar=TitleBar(title=greeting(desk), beside=day_long(desk.today, desk.today)),
        notes=notes,
        figures=own_numbers(desk),
        panels=panels,
        apps=_other_apps(desk),
    )


def greeting(desk: Desk) -> str:
    hour = desk.now.astimezone(desk.zone).hour
    name = desk.context.actor.name
    if hour < 12:
        return _("Good morning, %(name)s", name=name)
    return _("Good afternoon, %(name)s", name=name) if hour < 18 else _("Good evening, %(name)s", name=name)


def own_numbers(desk: Desk) -> tuple[Figure, ...]:
    """The numbers of the first dashboard in the menu."""
    targets = (item.target for item in menu(desk.model, desk.app, desk.context))
    name = next((target.partition("/")[2] for target in targets if target.startswith("dashboard/")), None)
    if name is None:
        return ()
    found = sorted(reporter(desk).numbers(desk.context, name), key=lambda card: (card.y, card.x, card.name))
    return tuple(figure(card) for card in found if is_figure(card))


def own_lists(desk: Desk) -> list[Panel]:
    """The lists of the app that are about the reader: views that ask for `me()`, the menu's own first."""
    named = [item.target.removeprefix("view/") for item in menu(desk.model, desk.app, desk.context)]
    shown = {desk.model.views[name].entity for name in named if name in desk.model.views}
    first = [desk.model.views[name] for name in named if name in desk.model.views]
    others = [view for view in desk.model.views.values() if view.entity in shown and view not in first]
    chosen: dict[str, View] = {}
    for view in [*first, *sorted(others, key=lambda view: (view.order, view.name))]:
        if _is_own(view) and desk.access.may(Operation.READ, view.entity):
            chosen.setdefault(view.entity, view)
    wanted = list(chosen.values()) or first
    panels = [panel for view in wanted if (panel := view_panel(desk, view)) is not None]
    filled = [panel for panel in panels if panel.items or panel.error][:MOST] or panels[:2]
    if len(filled) % 2:
        filled[-1] = replace(filled[-1], span=12)
    return filled


def _is_own(view: View) -> bool:
    return view.filter is not None and "me" in getattr(view.filter, "functions", ())


def _other_apps(desk: Desk) -> tuple[Link, ...]:
    if len(desk.apps) < 2:
        return ()
    return tuple(Link(pick(each.label), addresses.app(each.name), each.icon) for each in desk.apps)
