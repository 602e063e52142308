"""Inviting people by link, and the page where whoever holds such a link chooses a password."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import g, request
from werkzeug.wrappers import Response as AnyResponse

from sartor.platform.access import one_time
from sartor.platform.access.assign import Assignment
from sartor.platform.access.inviting import accept, invite, invited
from sartor.platform.access.people import Person
from sartor.platform.access.policy import ability, public
from sartor.platform.access.roles import ADMINISTER, ADMINISTRATOR
from sartor.platform.errors import Forbidden, Invalid, Problem, SartorError
from sartor.platform.text import gettext as _
from sartor.platform.text import pick, sort_key
from sartor.platform.ui.format import moment
from sartor.platform.ui.pages.form import Form, FormProblem, FormSection
from sartor.platform.ui.pages.invite import Invitation, InvitePage
from sartor.platform.ui.pages.parts import Action
from sartor.platform.ui.pages.setup import SetupPage
from sartor.platform.ui.pages.shell import TitleBar
from sartor.platform.ui.pages.widget import Option, Widget
from sartor.platform.work import Work
from sartor.runtime import gate
from sartor.runtime.gate import route, workspace
from sartor.runtime.pages import addresses, pages
from sartor.runtime.pages.account.outside import outside
from sartor.runtime.pages.account.signing_in import started
from sartor.runtime.pages.desk import Desk, desk
from sartor.runtime.pages.rendering import html
from sartor.runtime.pages.shell import shell

RULE = "/invite/<key>"
administer = ability(ADMINISTER)


@route(pages, addresses.INVITE, administer, methods=["GET"], endpoint="invite_people")
def ask_whom() -> AnyResponse:
    return html(invite_page(desk()))


@route(pages, addresses.INVITE, administer, methods=["POST"], endpoint="invite_person")
def invite_somebody() -> AnyResponse:
    """Make the person, unless there is one with this address, and a link; all of it or nothing."""
    here = desk()
    try:
        made = invitation(here, request.form.get("name", "").strip(), request.form.get("email", "").strip())
    except (Invalid, Forbidden) as refused:
        return html(invite_page(here, refused=refused), 422)
    return html(invite_page(here, made))


def invitation(here: Desk, name: str, email: str) -> Invitation:
    if not email:
        raise Invalid(_("Nobody was invited."), [Problem("email", "required", _("Give an e-mail address."))])
    known = here.directory.by_email(email)
    if known is not None and any(request.form.getlist("roles[]")):
        said = _("%(name)s is here already; the link only sets the password. Leave the roles out.", name=known.name)
        raise Invalid(_("Nobody was invited."), [Problem("roles", "known", said)])

    def job(work: Work) -> tuple[str, Any]:
        user = known.id if known else _made(here, work, name or email.partition("@")[0], email)
        key = invite(work, here.context, user)
        return key, work.now + one_time.LIFETIMES[one_time.INVITE]

    key, ends = workspace().database.run(job)
    link = f"{gate.origin()}{RULE.replace('<key>', key)}"
    until = moment(ends, here.zone, here.now)
    return Invitation(email=email, link=link, until=until, known=known is not None)


def _made(here: Desk, work: Work, name: str, email: str) -> int:
    user = here.here.writer.create(here.context, "user", {"name": name, "email": email}, work=work).id
    for role in request.form.getlist("roles[]"):
        if role:
            Assignment(workspace().database, here.here.tables).assign(work, here.context, user, role)
    return int(user)


def invite_page(here: Desk, made: Invitation | None = None, refused: SartorError | None = None) -> InvitePage:
    title = _("Invite somebody")
    return InvitePage(
        shell=shell(here, title, "invite"),
        bar=TitleBar(title=title),
        form=_form(here, {} if made else request.form, refused),
        made=made,
    )


def _form(here: Desk, given: Mapping[str, str], refused: SartorError | None) -> Form:
    documents = here.here.design.documents
    named = [
        Option(name, pick(role.label), hint=pick(documents.get(f"role/{name}", {}).get("description")) or None)
        for name, role in here.model.roles.items()
    ]
    roles = sorted(named, key=lambda each: sort_key(each.text))
    if here.access.rights.complete:
        roles.append(Option(ADMINISTRATOR, _("Administrator")))
    wrong = {each.field: each.message for each in refused.problems} if refused else {}
    email = Widget(
        name="email", label=_("E-mail"), kind="email", value=given.get("email", ""), span=6, required=True,
        autofocus=True, error=wrong.get("email"),
    )  # fmt: skip
    name = Widget(
        name="name", label=_("Name"), value=given.get("name", ""), span=6, error=wrong.get("name"),
        hint=_("The part before the @ when left out."),
    )  # fmt: skip
    chosen = Widget(name="roles", label=_("Roles"), kind="multiselect", options=tuple(roles), value=(), span=12)
    told = tuple(FormProblem(text, f"f-{field}") for field, text in wrong.items())
    return Form(
        label=_("Invite somebody"),
        url=addresses.INVITE,
        csrf=here.csrf,
        save=Action(text=_("Make the link"), url="", look="primary", icon="link"),
        sections=(FormSection("all", None, (email, name, chosen)),),
        lead=refused.message if refused else None,
        problems=told,
        saves=False,
    )


# ---- whoever holds the link


@route(pages, RULE, public, methods=["GET"], endpoint="accept_form")
def ask_password(key: str) -> AnyResponse:
    return html(_accept_page(key, _person(key)))


@route(pages, RULE, public, methods=["POST"], endpoint="accept_now")
def choose_password(key: str) -> AnyResponse:
    """Choose the password and be signed in with it; the link is spent."""
    here, person = workspace(), _person(key)
    try:
        accept(here.database, here.identity, person, key, request.form.get("password", ""))
    except Invalid as refused:
        return html(_accept_page(key, person, refused), 422)
    return started(person.id, addresses.HOME)


def _person(key: str) -> Person:
    here = workspace()
    return invited(here.database, here.directory(here.stamp()), key)


def _accept_page(key: str, person: Person, refused: Invalid | None = None) -> SetupPage:
    title = _("Welcome, %(name)s", name=person.name)
    wrong = next((each.message for each in refused.problems), refused.message) if refused else None
    password = Widget(
        name="password",
        label=_("Password"),
        kind="password",
        span=12,
        required=True,
        autofocus=True,
        error=wrong,
        hint=_("At least ten characters; a few words that only you put together are best."),
        settings={"autocomplete": "new-password"},
    )
    session = g.asker.session
    form = Form(
        label=title,
        url=RULE.replace("<key>", key),
        csrf=session.csrf if session else "",
        save=Action(text=_("Set the password and sign in"), url="", look="primary"),
        sections=(FormSection("all", None, (password,)),),
        lead=_("Nothing was saved.") if refused else None,
        problems=(FormProblem(wrong, password.id),) if wrong else (),
        saves=False,
    )
    text = _("Choose a password; from then on you sign in as %(email)s.", email=person.email)
    return SetupPage(outside=outside(title), title=title, text=text, form=form)
