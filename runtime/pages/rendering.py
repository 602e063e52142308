"""Page objects as responses: one Jinja2 environment for the application, whole pages and fragments."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from flask import Flask, Response, current_app, redirect, request
from jinja2 import Environment, FileSystemLoader
from werkzeug.wrappers import Response as AnyResponse

from sartor.platform.definitions.plugins import Plugged
from sartor.platform.ui.assets import Assets
from sartor.platform.ui.environment import environment, keep_compiled, render

HTML = "text/html; charset=utf-8"


def set_up_rendering(app: Flask, plugins: Sequence[Plugged]) -> None:
    """plugins: whose templates and files are there, too, here and for the blueprints that render by themselves."""
    app.extensions["plugins"] = plugins
    app.extensions["assets"] = assets = Assets(plugins={each.name: each.files for each in plugins})
    app.extensions["templates"] = environment(assets, [FileSystemLoader(each.templates) for each in plugins])


def keep_templates(app: Flask, data: Path) -> None:
    """Every part's templates, compiled, for the next start."""
    for env in app.extensions.values():
        if isinstance(env, Environment):
            keep_compiled(env, data)


def drawn(page: Any, template: str | None = None) -> str:
    """A page object as HTML, by its own template unless another one is named."""
    env: Environment = current_app.extensions["templates"]
    return render(env, page, template)


def html(page: Any, status: int = 200, template: str | None = None) -> Response:
    """A page object as a response. The same address may answer a fragment, so caches must tell them apart."""
    response = Response(drawn(page, template), status, mimetype=None, content_type=HTML)
    response.headers["Vary"] = "HX-Request"
    return response


def is_fragment_wanted() -> bool:
    """Whether a script of ours asks, for a piece of the page."""
    return request.headers.get("HX-Request") == "true"


def see(url: str) -> AnyResponse:
    """After a change: look there."""
    return redirect(url, 303)
