"""Dashboards: the list of them, and the designer of one on a grid of live cards."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from flask import Response, current_app, jsonify, request, url_for

from sartor.builder.bench import Bench, bench
from sartor.builder.canvas.board import LiveBoard, shaped
from sartor.builder.canvas.sent import sent_json
from sartor.builder.frame import Frame, frame
from sartor.builder.lists.paging import Part, fits, part_of
from sartor.builder.palettes.board import board_filters, board_shelves, choice_filters, counted, record_filters
from sartor.builder.rendering import NAME, html
from sartor.builder.routes import route
from sartor.platform.definitions.documents import Document, in_order
from sartor.platform.errors import BadRequest
from sartor.platform.text import gettext as _
from sartor.platform.text import listed, pick
from sartor.platform.ui.assets import Assets
from sartor.platform.ui.pages.parts import Link


@dataclass(frozen=True, slots=True)
class DashboardRow:
    """filters: those that it offers, in words. mark: new, edited or nothing."""

    link: Link
    name: str
    cards: int
    filters: str
    mark: str


@dataclass(frozen=True, slots=True)
class DashboardsPage:
    template: ClassVar[str] = "build/dashboards.html"

    frame: Frame
    found: Part[DashboardRow]
    make_url: str


@dataclass(frozen=True, slots=True)
class DashboardPage:
    """shelves: what may become a card. filters: what can be tried. live_url: draws cards.
    choices_url: tells by which fields they can be filtered."""

    template: ClassVar[str] = "build/dashboard.html"

    frame: Frame
    key: str
    published: Document | None
    shelves: list[dict[str, Any]]
    filters: list[dict[str, Any]]
    icons: str
    list_url: str
    live_url: str
    choices_url: str


@route("/dashboards")
def dashboards() -> Response:
    here = bench()
    sought = [row for row in _rows(here) if fits(row.link.text, row.name)]
    part = part_of(sorted(sought, key=lambda row: (row.link.text.lower(), row.name)))
    return html(DashboardsPage(frame(_("Dashboards"), "dashboards"), part, url_for("builder.dashboards")))


@route("/dashboards/<name>")
def dashboard(name: str) -> Response:
    here = bench()
    key = here.known(f"dashboard/{name}")
    trail = (Link(_("Dashboards"), url_for("builder.dashboards")),)
    return html(
        DashboardPage(
            frame=frame(here.called(key), "dashboards", trail=trail),
            key=key,
            published=here.before(key),
            shelves=board_shelves(here),
            filters=board_filters(),
            icons=" ".join(sorted(Assets().icons)),
            list_url=url_for("builder.dashboards"),
            live_url=url_for("builder.dashboard_live"),
            choices_url=url_for("builder.dashboard_choices"),
        )
    )


@route("/-/live-dashboard", methods=["POST"])
def dashboard_live() -> Response:
    """The cards that are sent, drawn; nothing is kept.

    :raises BadRequest: for no cards. :raises Invalid: for a filter that dashboards do not have.
    """
    sent = sent_json()
    found = shaped(sent)
    if found is None:
        raise BadRequest(_("The cards of a dashboard were expected."))
    cards, filters = found
    return jsonify(LiveBoard(bench(), filters).cards(current_app.extensions[NAME], cards))


@route("/-/dashboard-choices")
def dashboard_choices() -> Response:
    """By which fields cards can be filtered: `target`, as often as there are different ones."""
    here = bench()
    entities = {each for target in request.args.getlist("target") for each in counted(here, target)}
    model = here.workspace.serving(here.revision).model
    return jsonify([*choice_filters(here, model, entities), *record_filters(here, model, entities)])


def _fields(here: Bench, document: Document) -> Iterator[str]:
    """What the fields are called by which a dashboard is filtered."""
    for _key, part in in_order(document.get("filter_fields", {})):
        field = here.documents.get(f"entity/{part['entity']}", {}).get("fields", {}).get(part["field"], {})
        yield pick(field.get("label")) or part["field"]


def _rows(here: Bench) -> Iterator[DashboardRow]:
    labels = {each["name"]: each["label"] for each in board_filters()}
    for name, document in here.of_kind("dashboard"):
        yield DashboardRow(
            link=Link(here.called(f"dashboard/{name}"), url_for("builder.dashboard", name=name), "chart-bar"),
            name=name,
            cards=len(document.get("cards", {})),
            filters=listed(
                (*(labels.get(each, each) for each in document.get("filters", ())), *_fields(here, document))
            ),
            mark=here.mark(f"dashboard/{name}"),
        )
