"""The cards of a dashboard, each in its place: drawn with the page while that is quick, else fetched one by one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from time import monotonic
from typing import Any

from flask import request
from werkzeug.wrappers import Response as AnyResponse

from sartor.platform.access.policy import signed_in
from sartor.platform.errors import NotFound
from sartor.platform.model import Card, Dashboard
from sartor.platform.model.model import find
from sartor.platform.reporting.display import drawn
from sartor.platform.reporting.filters import Filters
from sartor.platform.reporting.places import Box, boxes_of
from sartor.platform.reporting.questions import Asked
from sartor.platform.reporting.reporter import Reporter
from sartor.platform.text import did_you_mean, near, pick
from sartor.platform.text import gettext as _
from sartor.platform.ui.pages.dashboard import CardFragment, Figure, Panel, Place, Placed
from sartor.platform.ui.pages.parts import Empty
from sartor.runtime.gate import route
from sartor.runtime.pages import addresses, pages
from sartor.runtime.pages.dashboards.filters import chosen
from sartor.runtime.pages.dashboards.report_files import file_url
from sartor.runtime.pages.dashboards.report_links import reporter
from sartor.runtime.pages.desk import Desk, desk
from sartor.runtime.pages.lists.panels import view_panel
from sartor.runtime.pages.rendering import html

FEW = 4
"""So many cards are drawn with their page; those of a greater board come one by one."""
PATIENCE = 1.0
"""Seconds for which a page waits for its cards; the others follow."""


@route(pages, "/app/<app>/-/dashboard/<name>/card/<card>", signed_in, methods=["GET"])
def show_card(app: str, name: str, card: str) -> AnyResponse:
    """One card with the filters of the address, as it stands in its place."""
    here = desk(app)
    board = find(here.model.dashboards, name, "dashboard")
    cards = {each.name: each for each in board.cards}
    if card not in cards:
        hint = did_you_mean(near(card, cards))
        raise NotFound(_("There is no card “%(name)s” here.", name=card) + hint)
    hand = Hand(here, board, chosen(request.args))
    return html(CardFragment(hand.placed(cards[card], hand.drawn(cards[card]))))


class Hand:
    """Draws the cards of one dashboard for one reader; cards that ask the same question share its answer."""

    def __init__(self, desk: Desk, board: Dashboard, filters: dict[str, str]) -> None:
        self.desk = desk
        self.board = board
        self.given = filters
        self.filters = Filters.of(filters)
        self.reporter: Reporter = reporter(desk)
        self.asked = Asked(desk.reader, desk.context)
        self.boxes = boxes_of(board.cards)

    @property
    def cards(self) -> list[Card]:
        """In the order in which they are read."""
        by_name = {card.name: card for card in self.board.cards}
        return [by_name[name] for name in self.boxes]

    def all(self, whole: bool) -> tuple[Placed, ...]:
        """Every card. whole: drawn, however many there are and however long it takes."""
        until = monotonic() + PATIENCE
        asking = [card for card in self.cards if card.target is not None]
        is_quick = whole or len(asking) <= FEW
        made = []
        for card in self.cards:
            now = card.target is None or whole or (is_quick and monotonic() < until)
            made.append(self.placed(card, self.drawn(card) if now else None))
        return tuple(made)

    def placed(self, card: Card, shown: Figure | Panel | None) -> Placed:
        number = isinstance(shown, Figure) or (shown is None and self.reporter.is_number(card))
        url = addresses.card(self.desk.app.name, self.board.name, card.name, **self.given)
        return Placed(
            name=card.name.replace(".", "-"),
            label=self._label(card),
            place=_place(self.boxes[card.name], card.name in self._alone),
            shown=shown,
            url=url if card.target is not None else "",
            number=number,
            words=card.target is None,
        )

    def drawn(self, card: Card) -> Figure | Panel:
        kind, _slash, name = (card.target or "text/").partition("/")
        if kind == "text":
            return Panel(name=card.name, title=pick(card.label), text=pick(card.text))
        if kind != "view":
            return self._numbers(card, name if kind == "report" else "")
        view, key = self.desk.model.views[name], card.name.replace(".", "-")
        title, height = self._label(card), self.boxes[card.name].height
        made = view_panel(self.desk, view, name=key, title=title, filters=self.filters, height=height)
        if made is not None:
            return replace(made, retry=bool(made.error))
        closed = Empty(title=_("Not open to you"), icon="lock")
        return Panel(name=key, title=title, empty=closed)

    def _numbers(self, card: Card, report: str) -> Figure | Panel:
        """report: the name of the one behind it, which may be taken away as a file."""
        made = drawn(self.reporter.card(self.desk.context, card, self.filters, self.asked))
        if isinstance(made, Figure) or not report or not (made.table or made.plot):
            return made
        return replace(made, file_url=file_url(self.desk, self.desk.model.reports[report], self.given))

    def _label(self, card: Card) -> str:
        kind, _slash, name = (card.target or "text/").partition("/")
        model = self.desk.model
        named: dict[str, Mapping[str, Any]] = {"report": model.reports, "metric": model.metrics, "view": model.views}
        return pick(card.label) or (pick(named[kind][name].label) if kind in named else "")

    @property
    def _alone(self) -> set[str]:
        return set(_alone([(card.name, self.reporter.is_number(card)) for card in self.cards]))


def _place(box: Box, is_alone: bool) -> Place:
    return Place(box.x, box.y, box.width, box.height, is_alone)


def _alone(cards: Sequence[tuple[str, bool]]) -> Iterator[str]:
    """Numbers that would have no other one beside them where two stand in a row."""
    waiting: str | None = None
    for name, is_number in cards:
        if not is_number and waiting is not None:
            yield waiting
        waiting = name if is_number and waiting is None else None
    if waiting is not None:
        yield waiting
