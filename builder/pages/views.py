"""Views: the list of them by entity, and the designer of one on live records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Any, ClassVar

from flask import Response, jsonify, request, url_for

from sartor.builder.bench import Bench, bench
from sartor.builder.drafted import drafted
from sartor.builder.field_shelves import shelves
from sartor.builder.frame import Frame, frame
from sartor.builder.live_view import live_view
from sartor.builder.rendering import html
from sartor.builder.routes import route
from sartor.platform.definitions.documents import Document, strict_json
from sartor.platform.errors import BadRequest
from sartor.platform.text import gettext as _
from sartor.platform.text import pick
from sartor.platform.ui.assets import Assets
from sartor.platform.ui.pages.parts import Link

LARGEST = 200_000


@dataclass(frozen=True, slots=True)
class ViewRow:
    """opens: whether it is what people see first. mark: new, edited or nothing."""

    link: Link
    name: str
    type: str
    columns: int
    opens: bool
    mark: str


@dataclass(frozen=True, slots=True)
class ViewsPage:
    """groups: the views of each entity. make_url: what the address of a new view begins with."""

    template: ClassVar[str] = "build/views.html"

    frame: Frame
    groups: tuple[tuple[Link, tuple[ViewRow, ...]], ...]
    make_url: str


@dataclass(frozen=True, slots=True)
class ViewPage:
    """shelves: the fields that may become columns. live_url: answers what the canvas shows."""

    template: ClassVar[str] = "build/view.html"

    frame: Frame
    key: str
    published: Document | None
    shelves: list[dict[str, Any]]
    icons: str
    list_url: str
    live_url: str


@route("/views")
def views() -> Response:
    here = bench()
    found = sorted(
        here.of_kind("view"), key=lambda pair: (_entity_label(here, pair[1]).lower(), str(pair[1]["entity"]))
    )
    groups = groupby(found, key=lambda pair: str(pair[1]["entity"]))
    made = tuple((_head(here, entity), tuple(_rows(here, run))) for entity, run in groups)
    return html(ViewsPage(frame(_("Views"), "views"), made, url_for("builder.views")))


@route("/views/<name>")
def view(name: str) -> Response:
    here, key = bench(), f"view/{name}"
    document = here.document("view", name)
    model = drafted(here)
    entity = model.entities.get(document["entity"])
    trail = (Link(_("Views"), url_for("builder.views")),)
    return html(
        ViewPage(
            frame=frame(pick(document.get("label")) or name, "views", trail=trail),
            key=key,
            published=here.before(key),
            shelves=shelves(model, entity) if entity else [],
            icons=" ".join(sorted(Assets().icons)),
            list_url=url_for("builder.views"),
            live_url=url_for("builder.view_live"),
        )
    )


@route("/-/live-view", methods=["POST"])
def view_live() -> Response:
    """What the canvas shows of the definition that is sent; nothing is kept. :raises BadRequest: for no definition."""
    sent: Any = strict_json(request.get_data()) if (request.content_length or LARGEST) < LARGEST else None
    if not _looks_like_a_view(sent):
        raise BadRequest(_("The definition of a view was expected."))
    return jsonify(asdict(live_view(bench(), sent)))


def _looks_like_a_view(sent: Any) -> bool:
    """Enough of the shape to look at records with; what else is wrong is told by the problems of the change set."""
    if not isinstance(sent, dict):
        return False
    columns, options, sort = sent.get("columns", {}), sent.get("options", {}), sent.get("sort", [])
    colours = sent.get("colours", {})
    shaped = all(isinstance(each, dict) for each in (columns, options, colours)) and isinstance(sort, list)
    texts = [sent.get("filter") or "", *(sort if shaped else ())]
    return (
        shaped
        and all(isinstance(each, dict) for each in (*columns.values(), *colours.values()))
        and all(isinstance(t, str) for t in texts)
    )


def _entity_label(here: Bench, document: Document) -> str:
    return pick(here.documents.get(f"entity/{document['entity']}", {}).get("label")) or str(document["entity"])


def _head(here: Bench, entity: str) -> Link:
    document = here.documents.get(f"entity/{entity}", {})
    return Link(
        pick(document.get("label")) or entity,
        url_for("builder.entity", name=entity),
        str(document.get("icon", "table")),
    )


def _rows(here: Bench, found: Any) -> Iterator[ViewRow]:
    types = here.workspace.extensions.views
    for name, document in sorted(found, key=lambda pair: (float(pair[1].get("order", 0)), pair[0])):
        key, kind = f"view/{name}", types[document["type"]]
        yield ViewRow(
            link=Link(pick(document.get("label")) or name, url_for("builder.view", name=name), kind.icon),
            name=name,
            type=pick(kind.label),
            columns=len(document.get("columns", {})),
            opens=bool(document.get("default")),
            mark=here.mark(key),
        )
