"""A dashboard: figures of one number each, and cards with a chart, a ranking, a table or a list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from sartor.platform.ui.pages.list import FilterBar
from sartor.platform.ui.pages.parts import Cell, Delta, Empty, Face, Link, Note, Switch, Table
from sartor.platform.ui.pages.shell import Shell, TitleBar


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number with its comparison; it leads to its rows. unit stands small behind it.

    exact: the number in full, where the text is shorter.
    spark, spark_was: this and the last period as points in a box of 100 × 26 ("0,24 10,23 …").
    unmoved: which filters do not narrow it.
    """

    label: str
    text: str
    exact: str = ""
    unit: str = ""
    href: str | None = None
    delta: Delta | None = None
    spark: str | None = None
    spark_was: str | None = None
    tone: str = ""
    progress: tuple[float, float] | None = None
    unmoved: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """A chart. figure: Plotly data (see platform/ui/frontend/chart.ts); says: its result in a sentence.

    table: the same numbers; shown on request, and where there is no script.
    """

    figure: Mapping[str, Any]
    says: str
    table: Table | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rank:
    """A place in a ranking. done, of: the bar; good: the aim is reached."""

    place: str
    name: str
    value: str
    share: str = ""
    done: float = 0
    of: float = 100
    good: bool = False
    face: Face | None = None
    href: str | None = None


@dataclass(frozen=True, slots=True)
class PanelItem:
    """A record in a card: its name, what it belongs to below, a value at the end."""

    link: Link
    about: str = ""
    cell: Cell | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """A card of the dashboard: one of plot, ranks, table, items, text.

    span: columns of twelve, where it does not stand on a grid of its own; beside: period, or what the values at the
    end of items are; count: of all items. about: what its numbers mean, each a paragraph; foot: what is to be known of
    them here; unmoved: which filters do not narrow it. file_url: its numbers for a
    spreadsheet. retry: whether asking once more may help against an error.
    """

    name: str
    title: str
    span: int = 6
    beside: str | None = None
    count: str | None = None
    switch: Switch | None = None
    plot: Plot | None = None
    ranks: tuple[Rank, ...] = ()
    table: Table | None = None
    items: tuple[PanelItem, ...] = ()
    text: str = ""
    about: tuple[str, ...] = ()
    unmoved: str = ""
    foot: str | None = None
    foot_link: Link | None = None
    more: Link | None = None
    empty: Empty | None = None
    file_url: str = ""
    error: str | None = None
    retry: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """On the grid of twelve columns, counted from 0. is_alone: a number without another one beside it on a phone."""

    x: int
    y: int
    width: int
    height: int
    is_alone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A card in its place. shown: nothing as long as it is not drawn, then url answers its `CardFragment`.

    number: whether it is one number; words: whether it is as high as its text wherever cards stack.
    """

    name: str
    label: str
    place: Place
    shown: Figure | Panel | None
    url: str = ""
    number: bool = False
    words: bool = False


@dataclass(frozen=True, slots=True)
class CardFragment:
    """What stands in the place of a card once it is drawn."""

    template: ClassVar[str] = "card.html"

    card: Placed


@dataclass(frozen=True, slots=True, kw_only=True)
class DashboardPage:
    """Cards in the order in which they are read; `bar.beside` says when the numbers were taken.

    whole_url: draws all of them at once, for readers without scripts.
    """

    template: ClassVar[str] = "dashboard.html"

    shell: Shell
    bar: TitleBar
    cards: tuple[Placed, ...]
    whole_url: str = ""
    filter: FilterBar | None = None
    notes: tuple[Note, ...] = ()
    empty: Empty | None = None
