"""The web application: routes behind the gate, errors through the one table."""

from __future__ import annotations

import logging

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from sartor.platform.errors import SartorError
from sartor.platform.workspace import Workspace
from sartor.runtime.answers import PROBLEM, answer
from sartor.runtime.errors import TITLES, problem_document, status_of
from sartor.runtime.gate import guard
from sartor.runtime.routes import blueprints

log = logging.getLogger(__name__)
LARGEST_BODY = 16 * 1024 * 1024


def create_app(workspace: Workspace) -> Flask:
    """The application of a workspace. Every route is mounted here, before the first request."""
    app = Flask(__name__, static_folder=None)
    app.config.update(MAX_CONTENT_LENGTH=LARGEST_BODY, MAX_FORM_MEMORY_SIZE=LARGEST_BODY)
    for blueprint in blueprints():
        app.register_blueprint(blueprint)
    guard(app, workspace)
    app.register_error_handler(SartorError, on_error)
    app.register_error_handler(HTTPException, on_http_error)
    app.register_error_handler(Exception, on_bug)
    return app


def wants_json() -> bool:
    return request.path.startswith("/api/") or request.accept_mimetypes.best == "application/json"


def on_error(error: SartorError) -> Response:
    """A refusal: said in the form that the asker reads."""
    status = status_of(error)
    document = problem_document(error)
    headers = {"Retry-After": str(error.retry_after)} if hasattr(error, "retry_after") else None
    return answer(document, status, headers, PROBLEM)


def on_http_error(error: HTTPException) -> Response:
    status = error.code or 500
    document = {"type": "about:blank", "title": TITLES.get(status, error.name), "status": status, "detail": error.description}
    return answer(document, status, mimetype=PROBLEM)


def on_bug(error: Exception) -> Response:
    """Something nobody foresaw: logged whole, told without inner details."""
    log.exception("%s %s failed", request.method, request.path)
    document = {
        "type": "about:blank",
        "title": TITLES[500],
        "status": 500,
        "detail": "This should not have happened; it was noted. Nothing was changed.",
    }
    return answer(document, 500, mimetype=PROBLEM)
