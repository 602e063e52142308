"""Pipelines: the list of them with their stages, and the designer of one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from sartor.builder.bench import Bench, bench
from sartor.builder.frame import Frame, frame
from sartor.builder.lists.paging import Part, fits, part_of
from sartor.builder.rendering import html
from sartor.builder.review.left_alone import Left, left_of
from sartor.builder.routes import route
from sartor.platform.definitions.documents import Document, in_order
from sartor.platform.text import gettext as _
from sartor.platform.text import ngettext, pick
from sartor.platform.ui.dots import stage_dot
from sartor.platform.ui.pages.parts import Link, Note


@dataclass(frozen=True, slots=True)
class StageMark:
    """A stage as its dot and its name."""

    text: str
    dot: str


@dataclass(frozen=True, slots=True)
class PipelineRow:
    """moves: how many transitions there are; none: every move is permitted. mark: new, edited or nothing."""

    link: Link
    name: str
    entity: str
    stages: tuple[StageMark, ...]
    moves: int
    mark: str


@dataclass(frozen=True, slots=True)
class PipelinesPage:
    """make_url: what the address of a new pipeline begins with."""

    template: ClassVar[str] = "build/pipelines.html"

    frame: Frame
    found: Part[PipelineRow]
    make_url: str


@dataclass(frozen=True, slots=True)
class PipelinePage:
    """published: the definition without the edits, null for a new one. uses_url: answers what uses a definition.

    left: records that could not come into a stage when it was published.
    """

    template: ClassVar[str] = "build/pipeline.html"
    icons: ClassVar[str] = ""

    frame: Frame
    key: str
    published: Document | None
    list_url: str
    uses_url: str
    notes: tuple[Note, ...]
    left: tuple[Left, ...]


@route("/pipelines")
def pipelines() -> Response:
    here = bench()
    rows = (_row(here, name, document) for name, document in here.of_kind("pipeline"))
    sought = [row for row in rows if fits(row.link.text, row.name, row.entity)]
    part = part_of(sorted(sought, key=lambda row: (row.entity.lower(), row.link.text.lower(), row.name)))
    return html(PipelinesPage(frame(_("Pipelines"), "pipelines"), part, url_for("builder.pipelines")))


@route("/pipelines/<name>")
def pipeline(name: str) -> Response:
    here = bench()
    key = here.known(f"pipeline/{name}")
    list_url = url_for("builder.pipelines")
    return html(
        PipelinePage(
            frame=frame(here.called(key), "pipelines", trail=(Link(_("Pipelines"), list_url),)),
            key=key,
            published=here.before(key),
            list_url=list_url,
            uses_url=url_for("builder.uses"),
            notes=tuple(_tried()),
            left=left_of(here, [name]),
        )
    )


@route("/pipelines/<name>/adopt", methods=["POST"])
def adopt_again(name: str) -> AnyResponse:
    """Try once more to give the first stage to records that have none."""
    here = bench()
    here.known(f"pipeline/{name}")
    come = here.workspace.left_alone.again(name)
    return redirect(url_for("builder.pipeline", name=name, come=come), 303)


def _tried() -> Iterator[Note]:
    """Directly after another try."""
    come = request.args.get("come", type=int)
    if come:
        yield Note(ngettext("%(n)s record has come in.", "%(n)s records have come in.", come), "good")
    elif come == 0:
        yield Note(_("None could come in."), "bad")


def _row(here: Bench, name: str, document: Document) -> PipelineRow:
    key, entity = f"pipeline/{name}", str(document.get("entity", ""))
    return PipelineRow(
        link=Link(here.called(key), url_for("builder.pipeline", name=name), "arrow-ramp-right"),
        name=name,
        entity=here.called(f"entity/{entity}"),
        stages=tuple(_marks(document)),
        moves=len(document.get("transitions", {})),
        mark=here.mark(key),
    )


def _marks(document: Document) -> Iterator[StageMark]:
    stages = [stage for _key, stage in in_order(document.get("stages", {}))]
    of, index = sum(stage.get("outcome", "open") == "open" for stage in stages), 0
    for stage in stages:
        outcome = stage.get("outcome", "open")
        index += outcome == "open"
        yield StageMark(pick(stage.get("label")), stage_dot(index, of, outcome, stage.get("colour")))
