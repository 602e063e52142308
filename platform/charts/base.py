"""What a chart type is: a picture of a small table, as a Plotly figure in plain data.

A chart receives the finished table (numbers, their texts, and the address of the records behind each) and returns
`{"data": …, "layout": …}`; it reads nothing and knows no entity.
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
    """A column of the table. format: text, number, money, percent or days."""

    name: str
    label: str
    measure: bool
    format: str = "text"


@dataclass(frozen=True, slots=True)
class Point:
    """One cell: the number or key behind it, what is written, and where its records are listed."""

    value: Decimal | str | None
    text: str
    href: str | None = None
    colour: str | None = None


@dataclass(frozen=True, slots=True)
class ChartTable:
    """Dimensions first, then measures. `left_out`: groups beyond the limit. `previous`: rows of the compared period."""

    title: str
    headings: tuple[Heading, ...]
    rows: tuple[tuple[Point, ...], ...]
    left_out: int = 0
    previous: tuple[tuple[Point, ...], ...] = ()
    previous_label: str | None = None

    @property
    def dimensions(self) -> int:
        return sum(not heading.measure for heading in self.headings)


class ChartType(Plugin):
    """Subclass in a module of this package.

    dimensions, measures: how many of each it can draw (least, most).
    """

    dimensions: ClassVar[tuple[int, int]]
    measures: ClassVar[tuple[int, int]]

    @abstractmethod
    def figure(self, table: ChartTable, options: Mapping[str, Any]) -> dict[str, Any] | None:
        """The Plotly figure; None for what is drawn as text (a number, a table).

        Every text that comes from data must go through `safe`, because Plotly reads pseudo-HTML.
        """


def safe(text: str) -> str:
    """Text that Plotly shows as it is."""
    return text.replace("&", "&amp;").replace("<", "&lt;")
