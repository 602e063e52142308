"""Whether this process lives, and whether it can work: for whatever starts and watches it."""

from __future__ import annotations

from flask import Response

from sartor.platform.access.policy import public
from sartor.runtime.answers import answer
from sartor.runtime.gate import route, workspace
from sartor.runtime.pages import pages


@route(pages, "/healthz", public, methods=["GET"])
def healthz() -> Response:
    return answer({"status": "alive"})


@route(pages, "/readyz", public, methods=["GET"])
def readyz() -> Response:
    """Ready when the database answers and a design is published."""
    revision = workspace().stamp().revision
    return answer({"status": "ready", "revision": revision}) if revision else answer({"status": "empty"}, 503)
