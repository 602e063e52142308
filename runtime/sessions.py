"""The session of a browser: whose it is, how it begins and ends, and the cookie that holds its key."""

from __future__ import annotations

from typing import Any

from flask import request

from sartor.platform.errors import Unauthenticated
from sartor.platform.text import gettext as _
from sartor.platform.workspace import Workspace
from sartor.runtime.current import the_g

COOKIE = "sartor_session"
SECURE_COOKIE = "__Host-sartor_session"


def key() -> str:
    """What the browser brings; empty where it brings none."""
    return request.cookies.get(_cookie(), "")


def is_here() -> bool:
    """Whether the request came with a session, and not with a token or nothing."""
    return the_g().asker.session is not None


def somebody() -> int | None:
    """The person behind a public page, if anybody is signed in."""
    return the_g().asker.session.user if is_here() else None


def own() -> tuple[int, str]:
    """The person signed in at this browser, and the key of the session.

    :raises Unauthenticated: for a token: what belongs to the person alone is done in person.
    """
    if not is_here():
        raise Unauthenticated(_("Please sign in with a browser for this."))
    return the_g().asker.session.user, key()


def handle() -> str:
    """The name of the session on pages; it opens nothing."""
    return the_g().asker.session.handle if is_here() else ""


def start(here: Workspace, response: Any, user: int, address: str) -> None:
    """Sign somebody in who has proven to be this person. address: where the browser is."""
    agent, before = request.headers.get("User-Agent", ""), key()
    made = here.database.run(
        lambda work: here.sessions.start(work, user, address=address, agent=agent, instead_of=before)
    )
    response.set_cookie(_cookie(), made, httponly=True, samesite="Lax", secure=request.is_secure, path="/")


def end(here: Workspace, response: Any) -> None:
    ended = key()
    here.database.run(lambda work: here.sessions.end(work, ended))
    response.delete_cookie(_cookie(), path="/", secure=request.is_secure, httponly=True, samesite="Lax")


def _cookie() -> str:
    return SECURE_COOKIE if request.is_secure else COOKIE
