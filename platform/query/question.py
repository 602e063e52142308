"""What can be asked: a list of records, one record, grouped numbers. Plain data, no SQL."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sartor.platform.errors import Invalid, Problem
from sartor.platform.model import Operation
from sartor.platform.model.formula import Formula
from sartor.platform.query.simple import Compare
from sartor.platform.text import gettext as _

Path = tuple[str, ...]

LARGEST_PAGE = 200
CAP = 10_000
"""Counts are exact up to here; beyond it the answer is "10,000+" unless an exact count is asked for."""


@dataclass(frozen=True, slots=True)
class Term:
    """One field to sort by. Blanks come last in both directions."""

    name: str
    descending: bool = False

    @classmethod
    def parse(cls, text: str) -> Term:
        return cls(text.removeprefix("-"), text.startswith("-"))

    def __str__(self) -> str:
        return ("-" if self.descending else "") + self.name


@dataclass(frozen=True, slots=True)
class Question:
    """A list of records of one entity.

    fields: what to read of each. where: conditions, all of which must hold. equal: names of fields compared with the
    values given at run time in `given`, so that one compiled statement serves every lane of a board. compares: the
    same for filters that `simple.take_apart` took apart; their values are in `given` as `compare_0` and so on.
    deleted: the recycle bin instead of the living. operation: whose reach decides which records are there.
    flags: conditions that are told of each record, by the key under which its row says whether they hold. reaches:
    operations, by the key under which its row says whether they reach it.
    """

    entity: str
    fields: tuple[Path, ...]
    where: tuple[Formula, ...] = ()
    equal: tuple[str, ...] = ()
    compares: tuple[Compare, ...] = ()
    given: Mapping[str, Any] = field(default_factory=dict, compare=False, hash=False)
    sort: tuple[Term, ...] = ()
    limit: int = 50
    cursor: str | None = field(default=None, compare=False)
    deleted: bool = False
    operation: Operation = Operation.READ
    flags: tuple[tuple[str, Formula], ...] = ()
    reaches: tuple[tuple[str, Operation], ...] = ()

    def __post_init__(self) -> None:
        if not 1 <= self.limit <= LARGEST_PAGE:
            said = _("A page holds 1 to %(most)s records.", most=LARGEST_PAGE)
            raise Invalid(said, [Problem("limit", "limit", said)])

    @property
    def shape(self) -> tuple[Any, ...]:
        """What the compiled statement depends on."""
        conditions = tuple(each.text for each in self.where)
        asked = (self.entity, self.fields, conditions, self.equal, self.compares, self.sort, self.limit)
        flags = tuple((key, each.text) for key, each in self.flags)
        return (*asked, self.deleted, self.operation, flags, self.reaches)

    def given_values(self, **values: Any) -> Question:
        """The same question about particular values of `equal`."""
        return replace(self, given={**self.given, **values})


@dataclass(frozen=True, slots=True)
class Bands:
    """Numbers put into bands: those below the first limit are band 0, those at or above the last one the last band.

    operand: what is compared, an expression over the path of its group alone.
    """

    operand: str
    limits: tuple[str, ...]

    @property
    def expression(self) -> str:
        """The number of the band as a text; blank for a blank number."""
        parts = [f"{self.operand} < {limit}, '{number}'" for number, limit in enumerate(self.limits)]
        last = f"{self.operand} >= {self.limits[-1]}, '{len(self.limits)}'"
        return f"case({', '.join([*parts, last])})"

    def condition(self, number: int) -> str:
        """That a number lies in a band."""
        above = f"{self.operand} >= {self.limits[number - 1]}" if number else ""
        below = f"{self.operand} < {self.limits[number]}" if number < len(self.limits) else ""
        return " and ".join(filter(None, (above, below)))


@dataclass(frozen=True, slots=True)
class Group:
    """A grouping; `bucket` (day, week, month, quarter, year) for dates and instants, `bands` for numbers."""

    path: Path
    bucket: str | None = None
    bands: Bands | None = None


@dataclass(frozen=True, slots=True)
class Sum:
    """Numbers over the records of an entity, or over the stays in its stages (`deal@stages`).

    An amount of several currencies is blank. coins: behind the numbers stands the currency of each, then, `SEVERAL` for
    such a one; None where there is none.
    """

    entity: str
    measures: tuple[Formula, ...]
    groups: tuple[Group, ...] = ()
    where: tuple[Formula, ...] = ()
    limit: int = 1000
    coins: bool = False

    @property
    def shape(self) -> tuple[Any, ...]:
        measures = tuple(each.text for each in self.measures)
        return (self.entity, measures, self.groups, tuple(each.text for each in self.where), self.limit, self.coins)


@dataclass(frozen=True, slots=True)
class Page:
    """An answer: JSON-ready rows, the cursor of the next page or None, and the count as far as it was asked for."""

    rows: list[dict[str, Any]]
    next: str | None = None
    count: int | None = None
    capped: bool = False
