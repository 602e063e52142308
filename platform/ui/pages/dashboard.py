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


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """A chart. url: answers the figure as JSON (see platform/ui/frontend/chart.ts); says: its result in a sentence.

    table: the same numbers; shown on request, and where there is no script. figure: stands in for an address.
    """

    url: str
    says: str
    table: Table | None = None
    low: bool = False
    figure: Mapping[str, Any] | None = None


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

    span: columns of twelve; beside: period, or what the values at the end of items are; count: of all items.
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
    foot: str | None = None
    foot_link: Link | None = None
    more: Link | None = None
    empty: Empty | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DashboardPage:
    """Figures in a strip, panels below; `bar.beside` says when the numbers were taken."""

    template: ClassVar[str] = "dashboard.html"

    shell: Shell
    bar: TitleBar
    figures: tuple[Figure, ...]
    panels: tuple[Panel, ...]
    filter: FilterBar | None = None
    notes: tuple[Note, ...] = ()
    empty: Empty | None = None
