"""The set-up page: whoever holds the one-time link becomes the first administrator. Then the page is gone."""

from __future__ import annotations

from collections.abc import Mapping

from flask import current_app, request
from werkzeug.wrappers import Response as AnyResponse

from sartor.platform.access import one_time
from sartor.platform.access.assign import Assignment
from sartor.platform.access.people import Person
from sartor.platform.access.policy import setup
from sartor.platform.access.roles import ADMINISTRATOR
from sartor.platform.errors import Invalid
from sartor.platform.packaging.installing.install import installed
from sartor.platform.text import gettext as _
from sartor.platform.text import pick
from sartor.platform.ui.pages.form import Form, FormProblem, FormSection
from sartor.platform.ui.pages.parts import Action
from sartor.platform.ui.pages.setup import SetupPage
from sartor.platform.ui.pages.widget import Widget
from sartor.platform.work import Work
from sartor.runtime.gate import route, workspace
from sartor.runtime.pages import addresses, pages
from sartor.runtime.pages.account.outside import outside
from sartor.runtime.pages.account.signing_in import started
from sartor.runtime.pages.rendering import html
from sartor.runtime.pages.shell import BUILDER

RULE = "/setup/<key>"


@route(pages, RULE, setup, methods=["GET"])
def set_up_form(key: str) -> AnyResponse:
    return html(set_up_page(key))


@route(pages, RULE, setup, methods=["POST"], endpoint="set_up_now")
def set_up(key: str) -> AnyResponse:
    try:
        user = first_administrator(key, request.form)
    except Invalid as refused:
        return html(set_up_page(key, refused), 422)
    return started(user, first_page())


def first_page() -> str:
    """Where the first administrator begins: the guide, where there is a builder."""
    prefix = current_app.blueprints[BUILDER].url_prefix if BUILDER in current_app.blueprints else None
    return f"{prefix}/main/start" if prefix else addresses.HOME


def first_administrator(key: str, form: Mapping[str, str]) -> int:
    """Make the person, with the role that is no definition, and spend the link; all of it or nothing."""
    here = workspace()
    person = Person(0, form.get("name", "").strip(), form.get("email", "").strip())
    hashed = here.identity.hash_good(form.get("password", ""), person)
    serving, context = here.serving(), here.system("set-up link")

    def job(work: Work) -> int:
        one_time.use(work, one_time.SETUP, key)
        values = {"name": person.name or None, "email": person.email or None}
        made = serving.writer.create(context, "user", values, work=work).id
        Assignment(here.database, serving.tables).assign(work, context, made, ADMINISTRATOR)
        here.identity.set_password(work, made, hashed)
        return made

    return here.database.run(job)


def set_up_page(key: str, refused: Invalid | None = None) -> SetupPage:
    """The page of the link. refused: what was wrong with what was sent; the password is typed again."""
    title = _("Welcome to Sartor")
    wrong = {problem.field: problem.message for problem in refused.problems} if refused else {}
    form = Form(
        label=title,
        url=f"/setup/{key}",
        csrf="",
        save=Action(text=_("Create the first administrator"), url="", look="primary"),
        sections=(FormSection("all", None, _widgets(request.form, wrong)),),
        lead=_("Nothing was saved.") if refused else None,
        problems=tuple(FormProblem(message, f"f-{name}") for name, message in wrong.items()),
        saves=False,
    )
    return SetupPage(
        outside=outside(title),
        title=title,
        text=_("You hold the one-time link, so you become the first administrator."),
        form=form,
        installed=tuple(
            f"{pick(each.label)} {each.version}" for each in installed(workspace().serving().design.documents)
        ),
    )


def _widgets(given: Mapping[str, str], wrong: Mapping[str, str]) -> tuple[Widget, ...]:
    return (
        Widget(
            name="name",
            label=_("Your name"),
            value=given.get("name", ""),
            span=12,
            required=True,
            autofocus=True,
            error=wrong.get("name"),
        ),
        Widget(
            name="email",
            label=_("E-mail"),
            kind="email",
            value=given.get("email", ""),
            span=12,
            required=True,
            error=wrong.get("email"),
        ),
        Widget(
            name="password",
            label=_("Password"),
            kind="password",
            span=12,
            required=True,
            error=wrong.get("password"),
            hint=_("At least ten characters; a few words that only you put together are best."),
            settings={"autocomplete": "new-password"},
        ),
    )
