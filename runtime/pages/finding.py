"""Quick search: records of every entity that the reader may see, and places to go to."""

from __future__ import annotations

from itertools import groupby

from flask import request
from werkzeug.wrappers import Response as AnyResponse

from sartor.platform.access.policy import signed_in
from sartor.platform.model import Operation
from sartor.platform.query.searching import Hit as Found
from sartor.platform.query.searching import search
from sartor.platform.text import fold, initials, pick
from sartor.platform.text import gettext as _
from sartor.platform.ui.pages.parts import Empty
from sartor.platform.ui.pages.search import Hit, HitGroup, Hits, SearchPage
from sartor.platform.ui.pages.shell import TitleBar
from sartor.runtime.gate import route
from sartor.runtime.pages import addresses, pages
from sartor.runtime.pages.apps import menu
from sartor.runtime.pages.desk import Desk, desk
from sartor.runtime.pages.rendering import html, is_fragment_wanted
from sartor.runtime.pages.shell import address_of, shell

OF_EACH = 6


@route(pages, "/app/<app>/-/search", signed_in, methods=["GET"])
def find(app: str) -> AnyResponse:
    here = desk(app)
    hits = hits_of(here, request.args.get("q", "").strip())
    if is_fragment_wanted():
        return html(hits)
    title = _("Search")
    return html(SearchPage(shell(here, title), TitleBar(title=title), addresses.search(app), hits))


def hits_of(desk: Desk, query: str) -> Hits:
    """Before anything is typed: where one can go. Then records first, places behind."""
    places = places_of(desk, query)
    if not query:
        return Hits(query="", groups=places)
    entities = [
        each.name
        for each in desk.model.entities.values()
        if each.line_of is None and desk.access.may(Operation.READ, each.name)
    ]
    found = search(desk.reader, desk.context, query, entities, limit=OF_EACH + 1)
    groups = [_group(desk, name, list(run), query) for name, run in groupby(found, lambda hit: hit.entity)]
    empty = None
    if not groups and not places:
        empty = Empty(title=_("Nothing found for “%(query)s”.", query=query), text=_("Try another part of the name."))
    return Hits(query=query, groups=(*groups, *places), empty=empty)


def _group(desk: Desk, name: str, found: list[Found], query: str) -> HitGroup:
    entity = desk.model.entity(name)
    hits = tuple(_hit(desk, each, query) for each in found[:OF_EACH])
    head = pick(entity.plural)
    if len(found) > OF_EACH:
        head = _("%(label)s, the best %(n)s", label=head, n=OF_EACH)
    return HitGroup(head, hits)


def _hit(desk: Desk, found: Found, query: str) -> Hit:
    entity = desk.model.entity(found.entity)
    title = found.title or found.text or _("(no name)")
    beside = "" if found.field == entity.title else found.text
    return Hit(
        title=marked(title, query),
        href=addresses.record(desk.app.name, found.entity, found.id),
        icon=entity.icon,
        beside=beside,
    )


def marked(text: str, query: str) -> tuple[tuple[str, bool], ...]:
    """The text with the part that was asked for, where it stands in it as typed."""
    at = text.lower().find(query.lower())
    if at < 0 or not query:
        return ((text, False),)
    pieces = ((text[:at], False), (text[at : at + len(query)], True), (text[at + len(query) :], False))
    return tuple(piece for piece in pieces if piece[0])


def places_of(desk: Desk, query: str) -> tuple[HitGroup, ...]:
    """Items of the menu whose name fits, by pinyin initials too."""
    wanted = fold(query)
    hits = []
    for item in menu(desk.model, desk.app, desk.context):
        label = pick(item.label)
        if not query or wanted in fold(label) or initials(label).startswith(wanted):
            hits.append(Hit(title=marked(label, query), href=address_of(desk, item.target), icon=item.icon or "point"))
    return (HitGroup(_("Go to"), tuple(hits)),) if hits else ()
