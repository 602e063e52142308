"""Errors as pages: what went wrong and what to do, in the shell for those who are signed in."""

from __future__ import annotations

from collections.abc import Mapping

from flask import current_app, g, request
from werkzeug.wrappers import Response as AnyResponse

from sartor.platform.errors import SartorError, SpentLink
from sartor.platform.text import gettext as _
from sartor.platform.ui.pages.error import ErrorPage, Fault
from sartor.platform.ui.pages.parts import Action
from sartor.platform.ui.pages.shell import TitleBar
from sartor.runtime.gate import identify, workspace
from sartor.runtime.pages import addresses
from sartor.runtime.pages.account.outside import outside
from sartor.runtime.pages.desk import desk
from sartor.runtime.pages.rendering import html, see
from sartor.runtime.pages.shell import BUILDER, shell
from sartor.runtime.previewing import preview_here

ICONS = {
    401: "lock",
    403: "lock",
    404: "map-search",
    405: "ban",
    409: "users",
    410: "history",
    503: "clock-exclamation",
}
ICONS_OF = {SpentLink.code: "link", "preview": "eye"}
"""Of errors that say more than their status."""


def titles() -> Mapping[int, str]:
    return {
        400: _("This cannot be read"),
        401: _("Please sign in"),
        403: _("This is not open to you"),
        404: _("There is nothing here"),
        405: _("This cannot be done here"),
        409: _("Somebody was faster"),
        410: _("This has changed meanwhile"),
        413: _("This is too large"),
        422: _("This cannot be saved"),
        428: _("This page is out of date"),
        429: _("Too many attempts"),
        500: _("Something broke"),
        503: _("This takes too long"),
    }


def fault_response(
    status: int, text: str, *, details: tuple[str, ...] = (), number: str | None = None, code: str = ""
) -> AnyResponse:
    """The error in the form that a browser shows. code: of the error, where it is one of ours."""
    if status == 401 and request.method == "GET":
        wanted = request.full_path.rstrip("?")
        return see(addresses.with_query(addresses.SIGN_IN, {"next": wanted if wanted != "/" else None}))
    fault = Fault(
        title=_title(status, code),
        text=text,
        status=status,
        icon=ICONS_OF.get(code) or ICONS.get(status, "alert-circle"),
        tone="bad" if status >= 500 else "",
        number=number,
        details=details,
        actions=_ways_out(status, code),
    )
    return html(_page(fault), status)


def _title(status: int, code: str) -> str:
    if code == SpentLink.code:
        return _("This link does not work")
    if code == "preview":
        return _("Only to look at")
    if status == 422 and preview_here() is not None:
        return _("This cannot be looked at yet")
    return titles().get(status, _("Something went wrong"))


def details_of(error: SartorError) -> tuple[str, ...]:
    return tuple(problem.message for problem in error.problems if problem.message != error.message)


def _ways_out(status: int, code: str) -> tuple[Action, ...]:
    if status == 401 or (code == SpentLink.code and not _is_inside()):
        return (Action(text=_("Sign in"), url=addresses.SIGN_IN, look="primary"),)
    ahead = preview_here()
    if status == 422 and ahead is not None:
        plan = f"{current_app.blueprints[BUILDER].url_prefix}/{ahead.set}/plan"
        return (Action(text=_("See what does not hold together"), url=plan, icon="checklist", look="primary"),)
    return (Action(text=_("Home"), url=addresses.home(), icon="home"),)


def _page(fault: Fault) -> ErrorPage:
    if fault.status >= 500:
        return ErrorPage(fault, outside=outside(fault.title, workspace=workspace().name.last))
    if not _is_inside():
        return ErrorPage(fault, outside=outside(fault.title))
    frame = desk()
    return ErrorPage(fault, shell=shell(frame, fault.title), bar=TitleBar(title=fault.title))


def _is_inside() -> bool:
    """Whether somebody is signed in. An address that leads nowhere has not been through the gate."""
    if not hasattr(g, "asker"):
        try:
            g.asker = identify()
        except SartorError:
            return False
    return g.asker.context is not None and g.asker.session is not None
