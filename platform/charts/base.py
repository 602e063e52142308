"""What a chart type is: a picture of a small table, as a Plotly figure in plain data.

A chart receives the finished table (numbers, their texts, and the address of the records behind each) and returns
`{"data": …, "layout": …}`; it reads nothing and knows no entity. Colours are names of tokens of the look
(`--plot-2`), which the page turns into the colours of its theme.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from sartor.platform.registry import Plugin


@dataclass(frozen=True, slots=True)
class Heading:
    """A column of the table. format: text, number, money, percent or days; currency: of money. time: days in order."""

    name: str
    label: str
    measure: bool
    format: str = "text"
    currency: str | None = None
    time: bool = False


@dataclass(frozen=True, slots=True)
class Point:
    """One cell: the number or key behind it, what is written (`short` where room is short), and where its records are
    listed. colour: the token of a stage. currency: of an amount, where it is known better than its column knows it;
    `SEVERAL` where there is no number because of that."""

    value: Decimal | str | None
    text: str
    href: str | None = None
    colour: str | None = None
    short: str | None = None
    currency: str | None = None


@dataclass(frozen=True, slots=True)
class ChartTable:
    """Dimensions first, then measures.

    left_out: groups beyond the limit; rest: one row that sums them up; others: the same as rows that a chart can draw,
    one for each value of a second dimension. totals: over all groups, those included; subtotals: rows that sum up the
    groups of the first dimension, each behind the number of a row.
    previous: the rows of the compared period, in the order of `rows`; previous_label: what that period is called.
    """

    title: str
    headings: tuple[Heading, ...]
    rows: tuple[tuple[Point, ...], ...]
    left_out: int = 0
    previous: tuple[tuple[Point, ...], ...] = ()
    previous_label: str | None = None
    rest: tuple[Point, ...] = ()
    totals: tuple[Point, ...] = ()
    others: tuple[tuple[Point, ...], ...] = ()
    subtotals: tuple[tuple[int, tuple[Point, ...]], ...] = ()

    @property
    def dimensions(self) -> int:
        return sum(not heading.measure for heading in self.headings)

    @property
    def all_rows(self) -> tuple[tuple[Point, ...], ...]:
        """Everything that is written: rows, the subtotals among them, what was cut, and the totals."""
        return tuple(row for row, _is_sum in self.lines) + ((self.totals,) if self.totals else ())

    @property
    def lines(self) -> tuple[tuple[tuple[Point, ...], bool], ...]:
        """The rows above the totals, and which of them are subtotals."""
        sums = dict(self.subtotals)
        found = [
            each
            for number, row in enumerate(self.rows)
            for each in ((row, False), *(((sums[number], True),) if number in sums else ()))
        ]
        return (*found, *(((self.rest, False),) if self.rest else ()))

    @property
    def measures(self) -> tuple[Heading, ...]:
        return tuple(heading for heading in self.headings if heading.measure)


class ChartType(Plugin):
    """Subclass in a module of this package.

    dimensions, measures: how many of each it can draw (least, most). series: a second dimension is drawn as colours
    beside one another, so that the limit counts places on the axis and not pairs. crossed: a dimension that runs
    across becomes columns, so that the limit counts rows.
    """

    dimensions: ClassVar[tuple[int, int]]
    measures: ClassVar[tuple[int, int]]
    series: ClassVar[bool] = False
    crossed: ClassVar[bool] = False

    @classmethod
    def about(cls) -> dict[str, Any]:
        """What a designer shows of it, and what it can draw."""
        counts = {"dimensions": list(cls.dimensions), "measures": list(cls.measures)}
        return super().about() | counts | {"series": cls.series, "crossed": cls.crossed}

    @abstractmethod
    def figure(self, table: ChartTable, options: Mapping[str, Any]) -> dict[str, Any] | None:
        """The Plotly figure; None for what is drawn as text (a number, a table).

        Every text that comes from data must go through `safe`, because Plotly reads pseudo-HTML.
        """


def safe(text: str) -> str:
    """Text that Plotly shows as it is."""
    return text.replace("&", "&amp;").replace("<", "&lt;")
