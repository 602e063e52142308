"""The diagram of relations: every entity as a card, what points from one to another as a line."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import ClassVar

from flask import Response, jsonify, url_for

from sartor.builder.bench import Bench, bench
from sartor.builder.frame import Frame, frame
from sartor.builder.relations import relations
from sartor.builder.rendering import html
from sartor.builder.routes import route
from sartor.platform.text import gettext as _
from sartor.platform.text import pick
from sartor.platform.ui.assets import Assets
from sartor.platform.ui.pages.parts import Link


@dataclass(frozen=True, slots=True)
class RelationsPage:
    """apps: name and label of each. live_url: tells the cards and lines, which may be hundreds."""

    template: ClassVar[str] = "build/relations.html"

    frame: Frame
    apps: list[tuple[str, str]]
    icons: str
    live_url: str


@route("/relations", endpoint="relations")
def show_relations() -> Response:
    here = bench()
    trail = (Link(_("Entities"), url_for("builder.entities")),)
    return html(
        RelationsPage(
            frame=frame(_("Relations"), "relations", trail=trail),
            apps=_apps(here),
            icons=" ".join(sorted(Assets().icons)),
            live_url=url_for("builder.relations_now"),
        )
    )


@route("/-/relations")
def relations_now() -> Response:
    """The diagram as plain data: when it is opened, and after an edit."""
    return jsonify(asdict(relations(bench())))


def _apps(here: Bench) -> list[tuple[str, str]]:
    return sorted(((name, pick(each.get("label")) or name) for name, each in here.of_kind("app")), key=lambda a: a[1])
