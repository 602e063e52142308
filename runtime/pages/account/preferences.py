"""Language, theme and density: held in cookies for speed, kept with the person so that every browser has them."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from sartor.platform.access.policy import public
from sartor.platform.access.preferences import Preferences
from sartor.platform.text import LANGUAGES
from sartor.platform.ui.pages.shell import DENSITIES, THEMES
from sartor.runtime import sessions
from sartor.runtime.gate import route, workspace
from sartor.runtime.pages import addresses, pages
from sartor.runtime.pages.rendering import is_fragment_wanted, see

KNOWN = {"language": LANGUAGES, "theme": THEMES, "density": DENSITIES}
YEAR = 366 * 24 * 3600


@route(pages, addresses.PREFERENCES, public, methods=["POST"])
def set_preferences() -> AnyResponse:
    """Takes `language`, `theme` or `density`; what is none of the known values is left out."""
    chosen = {name: request.form[name] for name, known in KNOWN.items() if request.form.get(name) in known}
    response: AnyResponse = Response(status=204) if is_fragment_wanted() else see(_back())
    for name, value in chosen.items():
        set_cookie(response, name, value)
    user = sessions.somebody()
    if user is not None:
        Preferences(workspace().database).put(user, chosen)
    return response


def keep_cookies(response: AnyResponse, user: int) -> None:
    """At sign-in the browser takes over what the person chose before, wherever that was."""
    kept = Preferences(workspace().database).of(user)
    for name, known in KNOWN.items():
        if kept.get(name) in known:
            set_cookie(response, name, kept[name])


def set_cookie(response: AnyResponse, name: str, value: str) -> None:
    response.set_cookie(name, value, max_age=YEAR, samesite="Lax", secure=request.is_secure)


def _back() -> str:
    """The page that the form was on."""
    told = urlsplit(request.referrer or "")
    same = told.netloc == request.host
    return (
        (told.path + (f"?{told.query}" if told.query else "")) if same and told.path.startswith("/") else addresses.HOME
    )
