"""A request's way through Flask, without what no route of the API uses.

Flask asks at each request for a session of its own, for functions before, after and around it by application and by
blueprint, and sends six signals: for a short answer that is more work than the answer. Here `request`, `g`,
`current_app`, `before_request` of the application and the error handlers are as ever. A route whose blueprint brings
functions of its own, and every route while somebody listens to a signal, goes Flask's own way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from flask import Flask, Request, Response, signals
from flask.ctx import AppContext, RequestContext
from flask.globals import _cv_app, _cv_request
from flask.sessions import NullSession
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter, Rule

from sartor.runtime.answers import Answer

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

ADDRESSES = 2048
"""How many addresses keep their route at hand: those of lists and new records are few and asked for all day."""

LARGEST_BODY = 16 * 1024 * 1024
_NO_SESSION = NullSession()


class Asking(Request):
    """A request that knows the longest body without asking the application at each look; a route may set another."""

    max_content_length: int | None = LARGEST_BODY


class Turn(RequestContext):
    """The context of one request to a route that was found. `url_adapter` is made when somebody asks for an address."""

    def __init__(self, app: Application, environ: WSGIEnvironment) -> None:
        self.app = app
        self.request = request = app.request_class(environ)
        request.json_module = app.json
        self.flashes = None
        self._session = _NO_SESSION
        self._after_request_functions = []
        self._cv_tokens = []
        try:
            request.url_rule, found = app.route_of(request.path, request.method)
        except HTTPException:
            return
        request.view_args = found.copy()

    @cached_property
    def url_adapter(self) -> MapAdapter | None:  # type: ignore[override]
        return self.app.create_url_adapter(self.request)


class Route(Rule):
    """A rule whose addresses are worked out by code that is made when somebody first asks for one: Werkzeug makes it
    for every rule at the start, which is a sixth of that."""

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        compile_now = super()._compile_builder
        made: list[Callable[..., tuple[str, str]]] = []

        def build(rule: Rule, **values: Any) -> tuple[str, str]:
            if not made:
                made.append(compile_now(append_unknown))
            return made[0](rule, **values)

        return build


class Application(Flask):
    """Flask with `Turn`, and without views that are coroutines or rules that differ by host."""

    request_class = Asking
    url_rule_class = Route

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        return func

    def create_url_adapter(self, request: Request | None) -> MapAdapter | None:
        if request is None:
            return None
        return MapAdapter(
            self.url_map,
            request.host,
            request.root_path,
            "",
            request.scheme,
            request.path,
            request.method,
            request.environ.get("QUERY_STRING", ""),
        )

    @cached_property
    def route_of(self) -> Callable[[str, str], tuple[Rule, dict[str, Any]]]:
        """The route of a path and a method, and its arguments, which are shared: copy them.

        :raises HTTPException: where there is none, or only one at another address.
        """
        anywhere = self.url_map.bind("localhost", subdomain="")

        @lru_cache(ADDRESSES)
        def match(path: str, method: str) -> Any:
            return anywhere.match(path, method, return_rule=True)

        return match

    @cached_property
    def plain(self) -> frozenset[str]:
        """Endpoints that nothing but the application's own `before_request` has to do with."""
        tables = (
            self.url_value_preprocessors,
            self.before_request_funcs,
            self.after_request_funcs,
            self.teardown_request_funcs,
        )
        hooked = {name for table in tables for name in table if table is not self.before_request_funcs or name}
        if None in hooked or self.teardown_appcontext_funcs:
            return frozenset()
        every = {rule.endpoint for rule in self.url_map.iter_rules()}
        return frozenset(each for each in every if hooked.isdisjoint(_blueprints_of(each)))

    def wsgi_app(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        turn = Turn(self, environ)
        request = turn.request
        if request.endpoint not in self.plain or _is_watched(environ):
            return super().wsgi_app(environ, start_response)
        outer, inner = _cv_app.set(AppContext(self)), _cv_request.set(turn)
        try:
            return self._answered(request)(environ, start_response)
        finally:
            if "files" in request.__dict__:
                request.close()
            environ["werkzeug.request"] = None  # without this circle nothing waits for the collector
            _cv_request.reset(inner)
            _cv_app.reset(outer)

    def _answered(self, request: Request) -> Response:
        """What the route says, or whoever says its error."""
        made: Any
        try:
            made = self._stopped()
            if made is None:
                made = self._viewed(request)
        except Exception as error:
            made = self.handle_user_exception(error)
            if made is None:
                raise
        return made if type(made) is Answer else self.make_response(made)

    def _viewed(self, request: Request) -> Any:
        rule = request.url_rule
        if rule is None or request.method == "OPTIONS":
            return self.dispatch_request()
        return self.view_functions[rule.endpoint](**request.view_args or {})

    def _stopped(self) -> Any:
        """What the first function before the request says that lets it go no further."""
        for before in self.before_request_funcs.get(None, ()):
            said = before()
            if said is not None:
                return said
        return None


def _blueprints_of(endpoint: str) -> list[str]:
    """`a.b.view` belongs to `a.b` and so to `a`."""
    parts = endpoint.split(".")[:-1]
    return [".".join(parts[: n + 1]) for n in range(len(parts))]


def _is_watched(environ: WSGIEnvironment) -> bool:
    """Whether somebody listens to Flask's signals, or keeps the context of a request, as test clients can."""
    return bool(
        signals.request_started.receivers
        or signals.request_finished.receivers
        or signals.got_request_exception.receivers
        or signals.request_tearing_down.receivers
        or signals.appcontext_pushed.receivers
        or signals.appcontext_popped.receivers
        or signals.appcontext_tearing_down.receivers
        or "werkzeug.debug.preserve_context" in environ
    )
