"""The reader's own page: language and look, password, API tokens, sessions."""

from __future__ import annotations

from datetime import timedelta

from flask import request
from werkzeug.wrappers import Response as AnyResponse

from sartor.platform.access.policy import ability, signed_in
from sartor.platform.access.roles import ADMINISTER
from sartor.platform.access.tokens import Token as Key
from sartor.platform.errors import Invalid, SartorError, TooMany
from sartor.platform.model.ids import decode_id, encode_id
from sartor.platform.settings import LONGEST_NAME
from sartor.platform.text import LANGUAGE_NAMES, listed, pick
from sartor.platform.text import gettext as _
from sartor.platform.ui.format import moment
from sartor.platform.ui.pages.form import Form, FormProblem, FormSection
from sartor.platform.ui.pages.parts import Action, Cell, Pair
from sartor.platform.ui.pages.profile import ProfilePage, Session, Token
from sartor.platform.ui.pages.shell import DENSITIES, THEMES, TitleBar
from sartor.platform.ui.pages.widget import Option, Widget
from sartor.platform.work import Work
from sartor.runtime import gate, sessions
from sartor.runtime.gate import route, workspace
from sartor.runtime.pages import addresses, pages
from sartor.runtime.pages.account.browsers import browser_name
from sartor.runtime.pages.desk import Desk, desk
from sartor.runtime.pages.rendering import html, see
from sartor.runtime.pages.shell import say, shell, workspace_name

PASSWORD = f"{addresses.PROFILE}/password"
TOKENS = f"{addresses.PROFILE}/tokens"
SESSIONS = f"{addresses.PROFILE}/sessions"
WORKSPACE = f"{addresses.PROFILE}/workspace"
DAYS = (30, 90, 365)


@route(pages, addresses.PROFILE, signed_in, methods=["GET"], endpoint="profile")
def show_profile() -> AnyResponse:
    return html(profile_page(desk()))


@route(pages, PASSWORD, signed_in, methods=["POST"])
def change_password() -> AnyResponse:
    """Another password; every other session of the person ends."""
    here = desk()
    user, key = sessions.own()
    identity = workspace().identity
    try:
        identity.confirm(user, request.form.get("current_password", ""), gate.remote_address())
        hashed = identity.hash_good(request.form.get("password", ""), here.directory.people[user])
    except (Invalid, TooMany) as refused:
        return html(profile_page(here, password=refused), 429 if isinstance(refused, TooMany) else 422)
    workspace().database.run(lambda work: identity.set_password(work, user, hashed, but=key))
    say(_("Your password was changed. Other browsers are signed out."))
    return see(addresses.PROFILE)


@route(pages, WORKSPACE, ability(ADMINISTER), methods=["POST"])
def rename_workspace() -> AnyResponse:
    """Another name for everybody; a look ahead has no say in it, for it is no part of the design."""
    here, name = desk(), request.form.get("name", "")
    try:
        workspace().database.run(lambda work: workspace().name.change(work, name))
    except Invalid as refused:
        return html(profile_page(here, renamed=refused), 422)
    say(_("The workspace has another name."))
    return see(addresses.PROFILE)


@route(pages, TOKENS, signed_in, methods=["POST"])
def create_token() -> AnyResponse:
    here = desk()
    user, _key = sessions.own()
    days, read_only = request.form.get("days", ""), request.form.get("read_only") == "true"

    def job(work: Work) -> str:
        ends = work.now + timedelta(days=int(days)) if days.isdigit() and int(days) in DAYS else None
        name = request.form.get("name", "")
        return workspace().tokens.create(work, user, name, expires_at=ends, read_only=read_only)[1]

    try:
        made = workspace().database.run(job)
    except Invalid as refused:
        return html(profile_page(here, token=refused), 422)
    return html(profile_page(here, new_token=made))


@route(pages, f"{TOKENS}/<token>/revoke", signed_in, methods=["POST"])
def revoke_token(token: str) -> AnyResponse:
    user, _key = sessions.own()
    workspace().database.run(lambda work: workspace().tokens.revoke(work, user, decode_id(token)))
    say(_("The token no longer works."))
    return see(addresses.PROFILE)


@route(pages, f"{SESSIONS}/<handle>/end", signed_in, methods=["POST"])
def end_session(handle: str) -> AnyResponse:
    user, _key = sessions.own()
    workspace().database.run(lambda work: workspace().sessions.end_one(work, user, handle))
    say(_("That browser is signed out."))
    return see(addresses.PROFILE)


def profile_page(
    desk: Desk,
    *,
    password: SartorError | None = None,
    token: SartorError | None = None,
    renamed: SartorError | None = None,
    new_token: str | None = None,
) -> ProfilePage:
    user, _key = sessions.own()
    title = _("Your profile")
    with workspace().database.read() as connection:
        keys = workspace().tokens.listed(connection, user)
        open_ = workspace().sessions.listed(connection, user)
    return ProfilePage(
        shell=shell(desk, title),
        bar=TitleBar(title=title),
        about=about(desk, user),
        look=look_form(desk),
        password=password_form(desk, password),
        tokens=tuple(_token(desk, each) for each in keys),
        token_form=token_form(desk, token),
        new_token=new_token,
        workspace=workspace_form(desk, renamed) if desk.access.ability(ADMINISTER) else None,
        sessions=tuple(
            Session(
                text=" · ".join(part for part in (browser_name(each.agent), each.address) if part),
                when=moment(each.seen_at, desk.zone, desk.now),
                this=each.handle == sessions.handle(),
                end=None if each.handle == sessions.handle() else _end(each.handle),
            )
            for each in open_
        ),
    )


def _end(handle: str) -> Action:
    return Action(text=_("Sign out there"), url=f"{SESSIONS}/{handle}/end", method="post", look="quiet")


def about(desk: Desk, user: int) -> tuple[Pair, ...]:
    person = desk.directory.people[user]
    roles = listed(pick(role.label) for role in desk.access.rights.roles)
    if desk.access.rights.complete:
        roles = listed(each for each in (_("Administrator"), roles) if each)
    department = desk.directory.department_name(person.department) if person.department else ""
    pairs = [(_("Name"), person.name), (_("E-mail"), person.email), (_("Department"), department), (_("Roles"), roles)]
    return tuple(Pair(label, Cell(text=text or "–")) for label, text in pairs)


def look_form(desk: Desk) -> Form:
    look = desk.look
    themes = {"light": _("Light"), "dark": _("Dark"), "auto": _("As the system")}
    densities = {"compact": _("Compact"), "normal": _("Normal"), "roomy": _("Roomy")}
    chosen = (
        ("language", _("Language"), look.language, [Option(key, text) for key, text in LANGUAGE_NAMES.items()]),
        ("theme", _("Theme"), look.theme, [Option(key, themes[key]) for key in THEMES]),
        ("density", _("Density"), look.density, [Option(key, densities[key]) for key in DENSITIES]),
    )
    widgets = tuple(
        Widget(
            name=name, label=label, kind="select", value=value, options=tuple(options), span=4, settings={"seg": True}
        )
        for name, label, value, options in chosen
    )
    return Form(
        label=_("Language and look"),
        url=addresses.PREFERENCES,
        csrf=desk.csrf,
        save=Action(text=_("Save"), url="", look="primary"),
        sections=(FormSection("look", None, widgets),),
    )


def workspace_form(desk: Desk, refused: SartorError | None) -> Form:
    """The name that stands on every page, on paper and at sign-in."""
    now = request.form.get("name", "") if refused else workspace_name()
    name = Widget(
        name="name", label=_("Name of the workspace"), value=now, required=True, span=6,
        error=refused.message if refused else None, settings={"max": LONGEST_NAME},
    )  # fmt: skip
    return Form(
        label=_("Workspace"),
        url=WORKSPACE,
        csrf=desk.csrf,
        save=Action(text=_("Rename"), url="", look="default"),
        sections=(FormSection("workspace", None, (name,)),),
        lead=_("The workspace was not renamed.") if refused else None,
    )


def password_form(desk: Desk, refused: SartorError | None) -> Form:
    wrong = {problem.field: problem.message for problem in refused.problems} if refused else {}
    if refused and not wrong:
        wrong = {"current_password": refused.message}
    names = (
        ("current_password", _("Present password"), "current-password"),
        ("password", _("New password"), "new-password"),
    )
    widgets = tuple(
        Widget(
            name=name,
            label=label,
            kind="password",
            required=True,
            error=wrong.get(name),
            settings={"autocomplete": autocomplete},
        )
        for name, label, autocomplete in names
    )
    return Form(
        label=_("Password"),
        url=PASSWORD,
        csrf=desk.csrf,
        save=Action(text=_("Change password"), url="", look="default"),
        sections=(FormSection("password", None, widgets),),
        lead=_("Your password was not changed.") if refused else None,
        problems=tuple(FormProblem(message, f"f-{name}".replace("_", "-")) for name, message in wrong.items()),
        saves=False,
    )


def token_form(desk: Desk, refused: SartorError | None) -> Form:
    wrong = {problem.field: problem.message for problem in refused.problems} if refused else {}
    ends = (Option("", _("Never")), *(Option(str(each), _("In %(n)s days", n=each)) for each in DAYS))
    widgets = (
        Widget(name="name", label=_("What is it for?"), required=True, error=wrong.get("name"), span=6),
        Widget(name="days", label=_("Ends"), kind="select", value="90", options=ends, span=3),
        Widget(name="read_only", label=_("Reads only"), kind="checkbox", span=3),
    )
    return Form(
        label=_("New token"),
        url=TOKENS,
        csrf=desk.csrf,
        save=Action(text=_("Make a token"), url="", look="default"),
        sections=(FormSection("token", None, widgets),),
        lead=_("No token was made.") if refused else None,
        saves=False,
    )


def _token(desk: Desk, key: Key) -> Token:
    used = moment(key.last_used_at, desk.zone, desk.now) if key.last_used_at else _("never")
    over = key.expires_at is not None and key.expires_at <= desk.now
    name = _("%(name)s (ended)", name=key.name) if over else key.name
    revoke = Action(
        text=_("Revoke"),
        url=f"{TOKENS}/{encode_id(key.id)}/revoke",
        method="post",
        look="danger",
        confirm=_("Programs that use this token stop working at once."),
    )
    return Token(name, moment(key.created_at, desk.zone, desk.now), used, revoke)
