"""The first page of the builder: what the workspace consists of, and what is edited in this change set."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import ClassVar

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from sartor.builder import navigation
from sartor.builder.bench import Bench, bench
from sartor.builder.frame import Frame, frame
from sartor.builder.rendering import html
from sartor.builder.review.latest import Row, latest
from sartor.builder.review.news import Told, newest, news
from sartor.builder.review.talk import missed
from sartor.builder.review.under_way import under_way
from sartor.builder.routes import route
from sartor.builder.sheets.begun import waiting_for_data
from sartor.builder.starting.steps import is_over
from sartor.platform.definitions.documents import of_kind
from sartor.platform.errors import BadRequest
from sartor.platform.publishing.change_sets.changes import MAIN
from sartor.platform.publishing.change_sets.news import MOST, Newsroom
from sartor.platform.text import gettext as _
from sartor.platform.text import pick
from sartor.platform.ui.pages.parts import Note

ENDPOINTS = {
    "entity": "entities",
    "form": "forms",
    "view": "views",
    "template": "templates",
    "pipeline": "pipelines",
    "options": "options",
    "report": "reports",
    "dashboard": "dashboards",
    "role": "roles",
    "app": "apps",
}
SHOWN = 4
LATEST = 5


@dataclass(frozen=True, slots=True)
class Tile:
    """A kind of definition. url: its page, if there is one; names: the first of them; edited: in this change set."""

    text: str
    icon: str
    url: str | None
    count: int
    edited: int
    names: str


@dataclass(frozen=True, slots=True)
class OverviewPage:
    template: ClassVar[str] = "build/overview.html"

    frame: Frame
    tiles: tuple[Tile, ...]
    files_url: str | None
    blueprints_url: str | None
    start_url: str | None
    latest: tuple[Row, ...]
    revisions_url: str
    notes: tuple[Note, ...] = ()
    news: tuple[Told, ...] = ()
    news_url: str = ""
    news_until: str = ""
    most_news: int = MOST


@route("", in_set=False)
def begin() -> AnyResponse:
    return redirect(url_for("builder.overview", change_set=MAIN), 303)


@route("")
def overview() -> Response:
    here, ways = bench(), (navigation.address("from_files"), navigation.address("blueprints"))
    start = None if is_over(here) else url_for("builder.start")
    told = tuple(news(here))
    return html(
        OverviewPage(
            frame(_("Overview"), "overview"),
            tuple(_tiles(here)),
            *ways,
            start,
            latest(here, LATEST),
            url_for("builder.revisions"),
            (*under_way(here), *missed(here), *waiting_for_data(here)),
            told,
            url_for("builder.read_news"),
            newest(told),
        )
    )


@route("/news", methods=["POST"])
def read_news() -> AnyResponse:
    """What is new was read, as far as the page showed it. :raises BadRequest: where it does not say until when."""
    here = bench()
    if here.context.actor.id is not None:
        until = _moment(request.form.get("until", ""))
        Newsroom(here.workspace.database).read(here.context.actor.id, min(until, here.context.now()))
    return redirect(url_for("builder.overview"), 303)


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise BadRequest(_("“%(text)s” is no moment.", text=text[:80])) from error


def _tiles(here: Bench) -> Iterator[Tile]:
    known = {entry.endpoint: entry for entry in navigation.entries()}
    for kind, endpoint in ENDPOINTS.items():
        found = list(of_kind(here.documents, kind))
        names = [pick(document.get("label")) or name for name, document in found]
        more = _("and %(n)s more", n=len(names) - SHOWN) if len(names) > SHOWN else ""
        yield Tile(
            text=known[endpoint].text,
            icon=known[endpoint].icon,
            url=navigation.address(endpoint),
            count=len(found),
            edited=sum(key.startswith(f"{kind}/") for key in here.edited.edits),
            names=" · ".join([*names[:SHOWN], *([more] if more else [])]),
        )
