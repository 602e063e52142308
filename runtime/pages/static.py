"""The built front end: hashed names that never change, sent compressed, kept by browsers for a year."""

from __future__ import annotations

from functools import cache
from pathlib import PurePosixPath

from flask import Response, request

from sartor.platform.access.policy import public
from sartor.platform.errors import NotFound
from sartor.platform.text import gettext as _
from sartor.platform.ui.assets import BUILT
from sartor.runtime.gate import route
from sartor.runtime.pages import pages

FOREVER = "public, max-age=31536000, immutable"
TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}
ENCODINGS = {"br": ".br", "gzip": ".gz"}


@route(pages, "/static/<name>", public, methods=["GET"])
def static_file(name: str) -> Response:
    """A built file, as small as the browser takes it."""
    kind = TYPES.get(PurePosixPath(name).suffix)
    if kind is None or not (BUILT / name).is_file():
        raise NotFound(_("There is no such file."))
    encoding = next((each for each in ENCODINGS if each in request.accept_encodings and _content(name, each)), "")
    response = Response(_content(name, encoding), content_type=kind)
    response.headers["Cache-Control"] = FOREVER
    response.headers["Vary"] = "Accept-Encoding"
    if encoding:
        response.headers["Content-Encoding"] = encoding
    return response


@cache
def _content(name: str, encoding: str) -> bytes | None:
    """A file's bytes; None where the build did not make this form. All of them together are a few megabytes."""
    path = BUILT / (name + ENCODINGS.get(encoding, ""))
    return path.read_bytes() if path.is_file() else None
