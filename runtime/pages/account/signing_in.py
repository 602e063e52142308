"""Signing in and out."""

from __future__ import annotations

from flask import request
from werkzeug.wrappers import Response as AnyResponse

from sartor.platform.access.policy import public, signed_in
from sartor.platform.errors import SartorError, TooMany, Unauthenticated
from sartor.platform.text import gettext as _
from sartor.platform.ui.pages.form import Form, FormProblem, FormSection
from sartor.platform.ui.pages.parts import Action
from sartor.platform.ui.pages.signin import SignInPage
from sartor.platform.ui.pages.widget import Widget
from sartor.runtime import gate, sessions
from sartor.runtime.gate import route, workspace
from sartor.runtime.pages import addresses, pages
from sartor.runtime.pages.account.outside import outside
from sartor.runtime.pages.account.preferences import keep_cookies
from sartor.runtime.pages.rendering import html, see


@route(pages, addresses.SIGN_IN, public, methods=["GET"])
def sign_in_form() -> AnyResponse:
    if sessions.somebody() is not None:
        return see(next_address())
    return html(sign_in_page())


@route(pages, addresses.SIGN_IN, public, methods=["POST"], endpoint="sign_in_now")
def sign_in() -> AnyResponse:
    email, password = request.form.get("email", ""), request.form.get("password", "")
    here = workspace()
    directory = here.directory(here.stamp())
    try:
        person = here.identity.sign_in(directory, email, password, gate.remote_address())
    except (Unauthenticated, TooMany) as refused:
        status = 429 if isinstance(refused, TooMany) else 401
        return html(sign_in_page(email, refused), status)
    return started(person.id, next_address())


def started(user: int, url: str) -> AnyResponse:
    """A session for somebody who has proven to be this person, and on to an address."""
    response = see(url)
    sessions.start(workspace(), response, user, gate.remote_address())
    keep_cookies(response, user)
    return response


@route(pages, addresses.SIGN_OUT, signed_in, methods=["POST"])
def sign_out() -> AnyResponse:
    response = see(addresses.SIGN_IN)
    sessions.end(workspace(), response)
    return response


def next_address() -> str:
    """Where the person wanted to go; only ever a page of ours."""
    wanted = request.values.get("next", "")
    inside = wanted.startswith("/") and not wanted.startswith(("//", "/\\")) and "\n" not in wanted
    return wanted if inside else addresses.HOME


def sign_in_page(email: str = "", refused: SartorError | None = None) -> SignInPage:
    title = _("Sign in")
    password = Widget(
        name="password",
        label=_("Password"),
        kind="password",
        span=12,
        required=True,
        error=refused.message if refused else None,
        settings={"autocomplete": "current-password"},
        autofocus=bool(email),
    )
    mail = Widget(
        name="email", label=_("E-mail"), kind="email", value=email, span=12, required=True, autofocus=not email
    )
    form = Form(
        label=title,
        url=addresses.SIGN_IN,
        csrf="",
        save=Action(text=title, url="", look="primary"),
        sections=(FormSection("all", None, (mail, password)),),
        fields={"next": next_address()},
        problems=(FormProblem(refused.message, password.id),) if refused else (),
        lead=_("You are not signed in.") if refused else None,
        saves=False,
    )
    return SignInPage(
        outside=outside(title),
        title=_("Sign in to %(workspace)s", workspace=outside(title).workspace),
        form=form,
        help_text=_("No account, or the password forgotten? Ask whoever administers this workspace."),
    )
