"""Views: the list of them by entity, and the designer of one on live records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any, ClassVar

from flask import Response, jsonify, request, url_for

from sartor.builder.bench import Bench, bench
from sartor.builder.canvas.drafted import drafted
from sartor.builder.canvas.sent import is_map_of_maps, sent_json
from sartor.builder.canvas.view import live_view
from sartor.builder.frame import Frame, frame
from sartor.builder.lists.by_entity import GONE, Head, ListPage, Named, Row, by_entity
from sartor.builder.palettes.fields import shelves
from sartor.builder.rendering import html
from sartor.builder.routes import route
from sartor.platform.definitions.documents import Document
from sartor.platform.errors import BadRequest
from sartor.platform.text import gettext as _
from sartor.platform.text import pick
from sartor.platform.ui.assets import Assets
from sartor.platform.ui.format import number
from sartor.platform.ui.pages.parts import Link


@dataclass(frozen=True, slots=True)
class ViewPage:
    """shelves: the fields that may become columns. live_url: answers what the canvas shows. styles: of canvases that
    types draw themselves."""

    template: ClassVar[str] = "build/view.html"

    frame: Frame
    key: str
    published: Document | None
    shelves: list[dict[str, Any]]
    icons: str
    list_url: str
    live_url: str
    styles: tuple[str, ...]


@route("/views")
def views() -> Response:
    here = bench()
    heads = (Head(_("View")), Head(_("Name"), "only-desk mono faint"), Head(_("Type")), Head(_("Columns"), "num"))
    return html(
        ListPage(
            frame=frame(_("Views"), "views"),
            kind="view",
            title=_("Views"),
            new=_("New view"),
            none=_("There are no views yet."),
            heads=heads,
            found=by_entity(here, "view", lambda found: _rows(here, found)),
            make_url=url_for("builder.views"),
        )
    )


@route("/views/<name>")
def view(name: str) -> Response:
    here, key = bench(), f"view/{name}"
    document = here.document("view", name)
    model = drafted(here)
    entity = model.entities.get(document["entity"])
    trail = (Link(_("Views"), url_for("builder.views")),)
    return html(
        ViewPage(
            frame=frame(here.called(key), "views", trail=trail),
            key=key,
            published=here.before(key),
            shelves=shelves(model, entity) if entity else [],
            icons=" ".join(sorted(Assets().icons)),
            list_url=url_for("builder.views"),
            live_url=url_for("builder.view_live"),
            styles=tuple(style for kind in here.workspace.extensions.views for style in kind.styles),
        )
    )


@route("/-/live-view", methods=["POST"])
def view_live() -> Response:
    """What the canvas shows of the definition that is sent; nothing is kept. :raises BadRequest: for no definition."""
    sent = sent_json()
    if not _looks_like_a_view(sent):
        raise BadRequest(_("The definition of a view was expected."))
    return jsonify(asdict(live_view(bench(), sent, request.args)))


def _looks_like_a_view(sent: Any) -> bool:
    """Enough of the shape to look at records with; what else is wrong is told by the problems of the change set."""
    if not isinstance(sent, dict):
        return False
    options, sort = sent.get("options", {}), sent.get("sort", [])
    maps = all(is_map_of_maps(sent.get(name, {})) for name in ("columns", "colours"))
    shaped = maps and isinstance(options, dict) and isinstance(sort, list)
    return shaped and all(isinstance(text, str) for text in [sent.get("filter") or "", *sort])


def _rows(here: Bench, found: list[Named]) -> Iterator[Row]:
    types = here.workspace.extensions.views
    for name, document in sorted(found, key=lambda pair: (float(pair[1].get("order", 0)), pair[0])):
        kind = types.get(document["type"])
        link = Link(here.called(f"view/{name}"), url_for("builder.view", name=name), kind.icon if kind else GONE)
        cells = (name, pick(kind.label) if kind else document["type"], number(len(document.get("columns", {}))))
        yield Row(link, cells, here.mark(f"view/{name}"), _("opens first") if document.get("default") else "")
