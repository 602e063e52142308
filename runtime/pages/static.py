"""The built front end, and what plugins bring: addresses that never change what they mean, sent compressed, kept by
browsers for a year."""

from __future__ import annotations

from functools import cache
from pathlib import PurePosixPath

from flask import Response, current_app, request

from sartor.platform.access.policy import public
from sartor.platform.errors import NotFound
from sartor.platform.text import gettext as _
from sartor.platform.ui.assets import BUILT
from sartor.platform.ui.plugin_files import PluginFiles
from sartor.runtime.gate import route
from sartor.runtime.pages import pages

FOREVER = "public, max-age=31536000, immutable"
TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}
OF_PLUGINS = {
    **TYPES,
    ".mjs": TYPES[".js"],
    ".json": "application/json",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".webp": "image/webp",
}
"""What a plugin may have in its folder; a page of its own is no file but a route, behind the gate."""
PACKS_ALREADY = (".woff2", ".png", ".jpg", ".webp")
ENCODINGS = {"br": ".br", "gzip": ".gz"}


@route(pages, "/static/<name>", public, methods=["GET"])
def static_file(name: str) -> Response:
    """A built file, as small as the browser takes it."""
    kind = TYPES.get(PurePosixPath(name).suffix)
    if kind is None or not (BUILT / name).is_file():
        raise NotFound(_("There is no such file."))
    encoding = next((each for each in ENCODINGS if each in request.accept_encodings and _content(name, each)), "")
    return _kept(_content(name, encoding), kind, encoding)


@route(pages, "/static/<plugin>/<fingerprint>/<path:name>", public, methods=["GET"])
def plugin_file(plugin: str, fingerprint: str, name: str) -> Response:
    """A file of a plugin's folder `static/`, under the fingerprint that its files have together."""
    files: PluginFiles | None = current_app.extensions["assets"].plugins.get(plugin)
    ending = PurePosixPath(name).suffix
    if files is None or ending not in OF_PLUGINS or name not in files.contents or fingerprint != files.fingerprint:
        raise NotFound(_("There is no such file."))
    packs = "gzip" in request.accept_encodings and ending not in PACKS_ALREADY
    content = files.packed(name) if packs else files.contents[name]
    return _kept(content, OF_PLUGINS[ending], "gzip" if packs else "")


def _kept(content: bytes | None, kind: str, encoding: str) -> Response:
    response = Response(content, content_type=kind)
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
