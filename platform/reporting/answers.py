"""What reporting answers: everything that a page, a file or a program needs to show a report, already in words.

Texts are in the reader's language; exact numbers stand beside them as Decimals.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sartor.platform.charts.base import ChartTable, Point


@dataclass(frozen=True, slots=True)
class Definition:
    """What a number means, for the screen."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Closed:
    """A number that cannot be shown to this reader, and why (who could open it)."""

    label: str
    reason: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """One number against that of another period. text: how much it changed, empty where one of them is blank.

    rise: up, down or flat. good: whether that is good news, None for flat. against: what the other period is called.
    """

    before: Point
    text: str
    rise: str
    good: bool | None
    against: str


@dataclass(frozen=True, slots=True)
class Spark:
    """A number through its period so far, and through the whole of the compared one; sums grow as they came in.

    places: how many steps the longer of the two has.
    """

    now: tuple[Decimal | None, ...]
    before: tuple[Decimal | None, ...]
    places: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportAnswer:
    """One report. table and figure are None where everything in it is closed, or `error` says why it has no answer.

    chart: key of the chart type. about: what the report says of itself. period: the days that count, in words.
    figure: Plotly data, None for what is text. spark: how a single number came about, see `Spark`.
    says: the result in a sentence, for who cannot see the picture. unmoved: chosen filters that narrow nothing in it;
    unmoved_says: the same in words.
    """

    name: str
    label: str
    chart: str
    as_of: datetime
    table: ChartTable | None = None
    figure: dict[str, Any] | None = None
    comparison: Comparison | None = None
    about: str = ""
    definitions: tuple[Definition, ...] = ()
    period: str | None = None
    closed: tuple[Closed, ...] = ()
    notes: tuple[str, ...] = ()
    says: str = ""
    spark: Spark | None = None
    unmoved: tuple[str, ...] = ()
    unmoved_says: str = ""
    error: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CardAnswer:
    """A card of a dashboard: a report, the name of a view whose records are listed, or a text.

    opens: the dashboard or view that its numbers lead to, instead of to their records.
    """

    name: str
    label: str
    x: int
    y: int
    width: int
    height: int
    report: ReportAnswer | None = None
    view: str | None = None
    text: str = ""
    opens: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DashboardAnswer:
    """filters: those that the dashboard offers. questions: how many statements it took."""

    name: str
    label: str
    as_of: datetime
    filters: tuple[str, ...]
    cards: tuple[CardAnswer, ...]
    questions: int = 0
