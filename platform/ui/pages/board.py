"""The board of a pipeline: each lane its own page of cards, totals by one query, moved by mouse, keys or menu."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from sartor.platform.ui.pages.list import ViewPage
from sartor.platform.ui.pages.parts import Action, Cell, Empty, Pill, Tinted


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One record on a board.

    lines: cells below the name, each on its own line; left, right: cells of the last line.
    strip: a warning along the lower edge (`tone` warn or bad).
    tint: its colour by a condition of the view.
    move_url: takes the POST of a move (see runtime/frontend/src/board.ts); None: the reader may not move it.
    """

    template: ClassVar[str] = "fragments/card.html"

    id: str
    title: str
    href: str
    version: str
    label: str
    lines: tuple[Cell, ...] = ()
    left: Cell | None = None
    right: tuple[Cell, ...] = ()
    strip: Pill | None = None
    move_url: str | None = None
    peek_url: str | None = None
    tint: Tinted | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cards:
    """A page of a lane's cards. next_url: answers the next `Cards`; more_text: "+6 more"."""

    template: ClassVar[str] = "fragments/cards.html"

    cards: tuple[Card, ...]
    next_url: str | None = None
    more_text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """One stage. key: sent as `to`; dot: its colour's class; sub: (left, right) of the second line.

    needs: the guards of entering, shown in the slot while a card is held over it.
    folded: end stages start as a narrow strip; open_url: the same board with this lane open.
    refuses: why nothing may be dropped here.
    """

    key: str
    title: str
    dot: str
    count: str
    total: str | None
    sub: tuple[str, str] = ("", "")
    cards: Cards = Cards(cards=())
    needs: str | None = None
    folded: bool = False
    open_url: str | None = None
    add: Action | None = None
    refuses: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardPage(ViewPage):
    template: ClassVar[str] = "board.html"

    lanes: tuple[Lane, ...]
    empty: Empty | None = None
    legend: Pill | None = None
