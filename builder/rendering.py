"""Pages of the builder as responses: its own templates before those of plugins and of the platform."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import Response, current_app
from flask.blueprints import BlueprintSetupState
from jinja2 import Environment, FileSystemLoader

from sartor.builder import builder
from sartor.platform.ui.environment import environment, render

TEMPLATES = Path(__file__).parent / "templates"
HTML = "text/html; charset=utf-8"
NAME = "builder templates"


@builder.record_once
def _set_up(state: BlueprintSetupState) -> None:
    known = state.app.extensions
    loaders = [FileSystemLoader(folder) for folder in (TEMPLATES, *(each.templates for each in known["plugins"]))]
    known[NAME] = environment(known["assets"], loaders)


def html(page: Any, status: int = 200, template: str | None = None) -> Response:
    """A page object as a response, by its own template (`page.template`) unless another one is named."""
    env: Environment = current_app.extensions[NAME]
    response = Response(render(env, page, template), status, mimetype=None, content_type=HTML)
    response.headers["Vary"] = "HX-Request"
    return response


def text(page: Any) -> str:
    """A page object that is part of another answer."""
    env: Environment = current_app.extensions[NAME]
    return render(env, page)
