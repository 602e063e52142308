"""The built front end: hashed names that never change, sent compressed and kept by browsers for a year."""

from __future__ import annotations

from flask import Response, request, send_from_directory

from sartor.platform.access.policy import public
from sartor.platform.ui.assets import BUILT
from sartor.runtime.gate import route
from sartor.runtime.pages import pages

FOREVER = "public, max-age=31536000, immutable"
TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".json": "application/json",
}
ENCODINGS = (("br", ".br"), ("gzip", ".gz"))


@route(pages, "/static/<name>", public, methods=["GET"])
def static_file(name: str) -> Response:
    """A built file, as small as the browser takes it."""
    encoding, ending = _smallest(name)
    kind = next((TYPES[each] for each in TYPES if name.endswith(each)), "application/octet-stream")
    response = send_from_directory(BUILT, name + ending, mimetype=kind, conditional=True, etag=True)
    response.headers["Cache-Control"] = FOREVER
    response.headers["Vary"] = "Accept-Encoding"
    if encoding:
        response.headers["Content-Encoding"] = encoding
    return response


def _smallest(name: str) -> tuple[str, str]:
    """The best of the forms that the build made and the browser takes."""
    for encoding, ending in ENCODINGS:
        if encoding in request.accept_encodings and (BUILT / (name + ending)).is_file():
            return encoding, ending
    return "", ""
