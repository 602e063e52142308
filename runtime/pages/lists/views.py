"""Routes of lists and boards: the view's own type says which template draws it, and that which function fills it.

A type that brings a template of its own gets what a list gets: columns, rows, filter, totals.
"""

from __future__ import annotations

from collections.abc import Callable

from flask import Response
from werkzeug.wrappers import Response as AnyResponse

from sartor.platform.access.policy import signed_in
from sartor.runtime.gate import route
from sartor.runtime.pages import pages
from sartor.runtime.pages.boards.board import board_response
from sartor.runtime.pages.desk import Desk, desk
from sartor.runtime.pages.lists.seeing import Seeing, seen
from sartor.runtime.pages.lists.windows import window_response

FILLED: dict[str, Callable[[Desk, Seeing], Response]] = {"board.html": board_response}


@route(pages, "/app/<app>/<entity>", signed_in, methods=["GET"])
def show_entity(app: str, entity: str) -> AnyResponse:
    return _shown(desk(app), entity, None)


@route(pages, "/app/<app>/<entity>/<view>", signed_in, methods=["GET"])
def show_view(app: str, entity: str, view: str) -> AnyResponse:
    return _shown(desk(app), entity, view)


def _shown(desk: Desk, entity: str, view: str | None) -> AnyResponse:
    seeing = seen(desk, entity, view)
    filled = FILLED.get(seeing.view.type.template) or window_response
    return filled(desk, seeing)
