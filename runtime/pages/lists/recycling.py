"""The recycle bin of an entity: what was deleted, when and by whom, and how it comes back."""

from __future__ import annotations

from typing import Any

from flask import request
from werkzeug.wrappers import Response as AnyResponse

from sartor.platform.access.policy import signed_in
from sartor.platform.model import Entity, Operation
from sartor.platform.query.question import Question, Term
from sartor.platform.text import gettext as _
from sartor.platform.text import pick
from sartor.platform.ui.pages.parts import Action, Empty, Head, Link
from sartor.platform.ui.pages.recycle import Deleted, RecyclePage
from sartor.platform.ui.pages.shell import TitleBar
from sartor.runtime.gate import route
from sartor.runtime.pages import addresses, pages
from sartor.runtime.pages.cells import Cells
from sartor.runtime.pages.desk import Desk, desk
from sartor.runtime.pages.rendering import html
from sartor.runtime.pages.shell import shell
from sartor.runtime.pages.titles import title_text

PAGE = 50
SHOWN = ("deleted_at", "updated_by")


@route(pages, "/app/<app>/<entity>/r/bin", signed_in, methods=["GET"])
def recycle_bin(app: str, entity: str) -> AnyResponse:
    here = desk(app)
    return html(bin_page(here, here.entity(entity), request.args.get("cursor")))


def bin_page(desk: Desk, entity: Entity, cursor: str | None) -> RecyclePage:
    readable = {field.name for field in desk.access.readable(entity.name)}
    fields = [entity.fields[name] for name in SHOWN if name in readable]
    sort = (Term("deleted_at", descending=True),) if "deleted_at" in readable else ()
    question = Question(
        entity.name,
        tuple(dict.fromkeys([(entity.title,), *((each.name,) for each in fields)])),
        sort=sort,
        limit=PAGE,
        cursor=cursor,
        deleted=True,
    )
    page = desk.reader.page(desk.context, question)
    draw = [(each.name, Cells(desk, each)) for each in fields]
    label = pick(entity.plural)
    title = _("Recycle bin: %(label)s", label=label)
    url = addresses.of_entity(desk.app.name, entity.name, "bin")
    return RecyclePage(
        shell=shell(desk, title, f"entity/{entity.name}"),
        bar=TitleBar(title=title, back=Link(label, addresses.entity(desk.app.name, entity.name))),
        heads=tuple(Head(text) for text in _heads(fields)),
        rows=tuple(_row(desk, entity, row, draw) for row in page.rows),
        next_url=addresses.with_query(url, {"cursor": page.next}) if page.next else None,
        empty=None
        if page.rows
        else Empty(title=_("The bin is empty"), text=_("Deleted records wait here."), icon="trash"),
    )


def _heads(fields: list[Any]) -> list[str]:
    words = {"deleted_at": _("Deleted"), "updated_by": _("By")}
    return [words[field.name] for field in fields]


def _row(desk: Desk, entity: Entity, row: dict[str, Any], draw: list[Any]) -> Deleted:
    restore = None
    if desk.access.may(Operation.DELETE, entity.name):
        url = addresses.record(desk.app.name, entity.name, row["id"], "restore")
        restore = Action(text=_("Restore"), url=url, icon="arrow-back-up", method="post")
    return Deleted(title_text(desk, entity, row), tuple(each(row[name]) for name, each in draw), restore)
