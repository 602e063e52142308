"""The gate: who asks, and whether the route lets them in.

A route declares its policy with `route`; the census at start refuses one without.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Blueprint, Flask, request

from sartor.platform.access import one_time
from sartor.platform.access.context import Context, setup_context
from sartor.platform.access.csrf import FIELD, HEADER, SAFE, is_same_origin, require_own_page
from sartor.platform.access.policy import Policy
from sartor.platform.access.sessions import Session
from sartor.platform.access.stamp import Assumed, Stamp
from sartor.platform.errors import Forbidden, Unauthenticated
from sartor.platform.fields.clock import use_zone
from sartor.platform.records.revision import StaleModel
from sartor.platform.text import gettext as _
from sartor.platform.text import use_language
from sartor.platform.workspace import Serving, Workspace
from sartor.runtime import sessions
from sartor.runtime.current import the_app, the_g, the_request
from sartor.runtime.headers import with_headers

T = TypeVar("T")


@dataclass(slots=True)
class Asker:
    """Who asks: the session or token behind a request, and the context that it gives.

    assumes: where the token was only remembered, what the database has told since; see `confirmed`. serving: the
    design under which the request began, once it was asked for.
    """

    stamp: Stamp
    context: Context | None
    session: Session | None = None
    assumes: Assumed | None = None
    serving: Serving | None = None

    @property
    def is_confirmed(self) -> bool:
        """Whether everything that was read or written stood under the stamp that was assumed."""
        return self.assumes is None or self.assumes.holds


def route(blueprint: Blueprint, rule: str, policy: Policy, **options: Any) -> Callable[[Callable], Callable]:
    """Declare a route with its policy. options: of Flask; `largest`: bytes of a body that may be more than usual;
    `confirms`: it answers through `confirmed`, so that a token need not be looked up first."""

    def declare(view: Callable) -> Callable:
        endpoint = options.pop("endpoint", None) or view.__name__
        largest, confirms = options.pop("largest", None), options.pop("confirms", False)
        blueprint.add_url_rule(rule, endpoint, view, **options)
        _declare(blueprint, "policies", endpoint, policy)
        if largest is not None:
            _declare(blueprint, "limits", endpoint, largest)
        if confirms:
            _declare(blueprint, "confirming", endpoint, True)
        return view

    return declare


def _declare(blueprint: Blueprint, table: str, endpoint: str, value: Any) -> None:
    """Note something about a route on its blueprint, where `guard` finds it."""
    declared = getattr(blueprint, table, {})
    declared[f"{blueprint.name}.{endpoint}"] = value
    setattr(blueprint, table, declared)


def guard(app: Flask, workspace: Workspace) -> None:
    """Put the gate before every route of the application."""
    app.extensions["sartor"] = workspace
    policies: dict[str, Policy] = {}
    limits: dict[str, int] = {}
    confirming: dict[str, bool] = {}
    app.extensions.update(policies=policies, limits=limits, confirming=confirming)
    for blueprint in app.blueprints.values():
        policies.update(getattr(blueprint, "policies", {}))
        limits.update(getattr(blueprint, "limits", {}))
        confirming.update(getattr(blueprint, "confirming", {}))
    missing = sorted({rule.endpoint for rule in app.url_map.iter_rules()} - policies.keys())
    if missing:
        raise RuntimeError(f"routes without a policy: {', '.join(missing)}; declare them with gate.route")
    app.before_request(_let_in)
    app.wsgi_app = with_headers(app.wsgi_app)  # type: ignore[assignment]


def _let_in() -> None:
    asking, known = the_request(), the_app().extensions
    endpoint = asking.endpoint
    policy: Policy | None = known["policies"].get(endpoint)
    if policy is None:
        return
    if endpoint in known["limits"]:
        # Before the form is looked into for its token: that reads the whole body.
        asking.max_content_length = known["limits"][endpoint]
    asker = _holder_of_the_link() if policy.setup else identify(endpoint in known["confirming"])
    the_g().asker = asker
    use_zone(known["sartor"].settings.timezone)
    if asker.context is not None:
        use_language(asker.context.language)
    policy.check(asker.context)
    _refuse_forged(asker)


def _refuse_forged(asker: Asker) -> None:
    """A change must come from a page of ours; before sign-in the browser's word for it is all there is."""
    if asker.session is not None:
        sent = request.headers.get(HEADER) or _form_token()
        require_own_page(request.method, request.headers, origin(), asker.session.csrf, sent)
    elif asker.context is None and request.method not in SAFE and not is_same_origin(request.headers, origin()):
        raise Forbidden(_("This request came from another site and was refused."), code="csrf")


def _holder_of_the_link() -> Asker:
    """Whoever comes with the one-time link of the set-up (`key` in the address)."""
    use_language(preferred_language())
    here, key = workspace(), (request.view_args or {}).get("key", "")
    with here.database.read() as connection:
        holds = one_time.holds(connection, one_time.SETUP, key, here.database.clock())
    context = setup_context(here.serving().model, language=preferred_language()) if holds else None
    return Asker(here.stamp(), context)


def _form_token() -> str | None:
    return request.form.get(FIELD) if request.mimetype != "application/json" else None


def identify(assuming: bool = False) -> Asker:
    """The session or token behind this request. assuming: a token may be taken as it was when it was last looked up."""
    use_language(preferred_language())
    bearer = the_request().environ.get("HTTP_AUTHORIZATION", "")
    if bearer:
        return _by_token(bearer, assuming)
    found = workspace().sessions.find(sessions.key())
    if found.session is None:
        return Asker(found.stamp, None)
    try:
        context = workspace().person(found.stamp, found.session.user, language=preferred_language())
    except Unauthenticated:
        return Asker(found.stamp, None)
    return Asker(found.stamp, context, found.session)


def _by_token(bearer: str, assuming: bool) -> Asker:
    here, (scheme, _space, key) = workspace(), bearer.partition(" ")
    if scheme.lower() != "bearer":
        raise Unauthenticated(_("The token is unknown, has ended, or was revoked."))
    known = here.tokens.remembered(key.strip()) if assuming else None
    found = known or here.tokens.find(key.strip())
    if found.token is None:
        raise Unauthenticated(_("The token is unknown, has ended, or was revoked."))
    token, assumes = found.token, Assumed(found.stamp.number) if known else None
    context = here.person(found.stamp, token.user, token=token.id, read_only=token.read_only, assumes=assumes)
    return Asker(found.stamp, context, assumes=assumes)


def preferred_language() -> str:
    """The language of somebody of whom nothing is known: by cookie, by browser, by the workspace."""
    environ = the_request().environ
    if "HTTP_COOKIE" not in environ and "HTTP_ACCEPT_LANGUAGE" not in environ:
        return workspace().settings.language[:2]
    chosen = request.cookies.get("language")
    if chosen in ("en", "zh"):
        return str(chosen)
    best = request.accept_languages.best_match(["en", "zh", "zh-CN", "zh-Hans"])
    return (best or workspace().settings.language)[:2]


# ---- for handlers


def workspace() -> Workspace:
    found: Workspace = the_app().extensions["sartor"]
    return found


def context() -> Context:
    """The context of the request; only behind a policy that asks for somebody."""
    found: Context | None = the_g().asker.context
    if found is None:
        raise Unauthenticated(_("Please sign in."))
    return found


def serving() -> Serving:
    """The design under which this request began."""
    asker: Asker = the_g().asker
    if asker.serving is None:
        asker.serving = workspace().serving(asker.stamp.revision)
    return asker.serving


def confirmed(job: Callable[[], T], refusals: type[Exception] = Exception) -> T:
    """Answer a request for a token that was remembered: every statement that reads tells the number of the stamp, a
    write is bound to it. Where it moved, or nothing told it, the token is looked up, and if anything is different the
    answer, or the refusal, is made again.

    refusals: errors after which nothing has happened, so that the job may be done again.
    """
    try:
        made = job()
    except refusals:
        if not _has_moved():
            raise
        return job()
    return job() if _has_moved() else made


def _has_moved() -> bool:
    asker: Asker = the_g().asker
    if asker.is_confirmed:
        return False
    the_g().asker = identify()
    return bool(the_g().asker.stamp != asker.stamp)


def with_current_design(job: Callable[[Serving, Context], T]) -> T:
    """Do something that writes; once more under the new design if a publish came between."""
    try:
        return job(serving(), context())
    except StaleModel:
        the_g().asker = identify()
        return job(serving(), context())


def origin() -> str:
    """How people reach this workspace; only a configured address ever goes into mail."""
    return workspace().settings.base_url or request.host_url.rstrip("/")


def remote_address() -> str:
    return request.remote_addr or ""
