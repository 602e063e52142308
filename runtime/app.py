"""The web application: routes behind the gate, errors through the one table."""

from __future__ import annotations

import logging
import secrets

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from sartor.platform.errors import NotAllowedHere, SartorError
from sartor.platform.text import gettext as _
from sartor.platform.workspace import Workspace
from sartor.runtime import previewing
from sartor.runtime.answers import PROBLEM, answer
from sartor.runtime.errors import TITLES, problem_document, status_of
from sartor.runtime.gate import guard
from sartor.runtime.pages.faults import details_of, fault_response
from sartor.runtime.pages.rendering import is_fragment_wanted, set_up_rendering
from sartor.runtime.routes import blueprints
from sartor.runtime.turn import LARGEST_BODY, Application

log = logging.getLogger(__name__)
AnyAnswer = Response | AnyResponse


def create_app(workspace: Workspace) -> Flask:
    """The application of a workspace. Every route is mounted here, before the first request."""
    app = Application(__name__, static_folder=None)
    app.config["MAX_FORM_MEMORY_SIZE"] = LARGEST_BODY
    set_up_rendering(app, workspace.extensions.plugins)
    for blueprint in blueprints(workspace.settings.plugins_off):
        app.register_blueprint(blueprint)
    guard(app, workspace)
    previewing.mount(app)
    app.register_error_handler(SartorError, on_error)
    app.register_error_handler(HTTPException, on_http_error)
    app.register_error_handler(Exception, on_bug)
    return app


KEPT_HEADERS = ("Allow", "Retry-After")
"""Headers of Werkzeug's errors that belong to the answer in whatever form it is told."""


def wants_json() -> bool:
    """Programs and our own scripts read problem documents; browsers read pages."""
    asked = request.accept_mimetypes.best == "application/json"
    return request.path.startswith("/api/") or asked or is_fragment_wanted()


def on_error(error: SartorError) -> AnyAnswer:
    """A refusal: said in the form that the asker reads."""
    status = status_of(error)
    if not wants_json():
        return fault_response(status, error.message, details=details_of(error), code=error.code)
    document = problem_document(error)
    return answer(document, status, _headers_of(error), PROBLEM)


def _headers_of(error: SartorError) -> dict[str, str]:
    """What a program needs beside the words: when to come back, or what may be done here instead."""
    if isinstance(error, NotAllowedHere):
        return {"Allow": "GET, HEAD, OPTIONS"}
    return {"Retry-After": str(error.retry_after)} if hasattr(error, "retry_after") else {}


def on_http_error(error: HTTPException) -> AnyAnswer:
    status = error.code or 500
    if not wants_json():
        return error.get_response() if 300 <= status < 400 else fault_response(status, _said(status, error))
    document = {
        "type": "about:blank",
        "title": TITLES.get(status, error.name),
        "status": status,
        "detail": error.description,
    }
    headers = {name: text for name, text in error.get_headers() if name in KEPT_HEADERS}
    return answer(document, status, headers, PROBLEM)


def _said(status: int, error: HTTPException) -> str:
    """Werkzeug's own words are English and speak of URLs."""
    if status == 404:
        return _("There is no page with this address.")
    return error.description or error.name


def on_bug(error: Exception) -> AnyAnswer:
    """Something nobody foresaw: logged whole, told without inner details."""
    number = secrets.token_hex(4)
    log.exception("%s %s failed (%s)", request.method, request.path, number, exc_info=error)
    if not wants_json():
        text = _("This should not have happened; it was noted. Nothing was changed.")
        return fault_response(500, text, number=number)
    document = {
        "type": "about:blank",
        "title": TITLES[500],
        "status": 500,
        "detail": "This should not have happened; it was noted. Nothing was changed.",
    }
    return answer(document, 500, mimetype=PROBLEM)
