"""Dated rates: what one unit of a currency is worth in the workspace's, from a day on."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from threading import Lock
from typing import Any

import sqlalchemy as sa

from sartor.platform.errors import Invalid, Problem
from sartor.platform.fields.base import ColumnKind
from sartor.platform.storage.columns import to_db, wire
from sartor.platform.storage.engine import Database
from sartor.platform.storage.system.currencies import RATE_SCALE, sys_rate
from sartor.platform.storage.system.state import sys_state
from sartor.platform.text import gettext as _
from sartor.platform.work import Work


@dataclass(frozen=True, slots=True, eq=False)
class RateTable:
    """All rates as of one stamp. days and rates of a currency stand side by side, oldest first."""

    stamp: int
    days: Mapping[str, list[date]]
    rates: Mapping[str, list[Decimal]]

    @property
    def currencies(self) -> tuple[str, ...]:
        return tuple(sorted(self.days))

    def worth(self, currency: str, day: date) -> Decimal | None:
        """The rate that holds on a day; None before the first one, and for a currency without any."""
        place = bisect_right(self.days.get(currency, []), day)
        return self.rates[currency][place - 1] if place else None


class Rates:
    """The rates of one workspace in this process, read again when the stamp has moved."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._known = RateTable(-1, {}, {})
        self._lock = Lock()

    def current(self, stamp: int) -> RateTable:
        with self._lock:
            if self._known.stamp < stamp:
                with self.database.read() as connection:
                    self._known = RateTable(stamp, *_read(connection, self.database.dialect))
            return self._known


def _read(connection: sa.Connection, dialect: str) -> tuple[dict[str, list[date]], dict[str, list[Decimal]]]:
    text = wire(ColumnKind.DECIMAL, RATE_SCALE, dialect)
    days: dict[str, list[date]] = defaultdict(list)
    rates: dict[str, list[Decimal]] = defaultdict(list)
    for currency, day, rate in connection.execute(sa.select(sys_rate).order_by(sys_rate.c.currency, sys_rate.c.day)):
        days[currency].append(day if isinstance(day, date) else date.fromisoformat(day))
        rates[currency].append(Decimal(text(rate) if text else rate))
    return days, rates


def set_rate(work: Work, dialect: str, currency: str, day: date, rate: Decimal) -> None:
    """Say what a currency is worth from a day on; what was said for that very day is replaced.

    :raises Invalid: for a rate that is not above zero.
    """
    if rate <= 0:
        said = _("A rate is a number above zero.")
        raise Invalid(said, [Problem("rate", "min", said)])
    here = sa.and_(sys_rate.c.currency == currency, sys_rate.c.day == _day(day, dialect))
    work.connection.execute(sa.delete(sys_rate).where(here))
    stored: Any = to_db(ColumnKind.DECIMAL, RATE_SCALE, dialect)(rate)
    row = {"currency": currency, "day": _day(day, dialect), "rate": stored}
    work.connection.execute(sa.insert(sys_rate).values(row))
    work.connection.execute(sa.update(sys_state).where(sys_state.c.id == 1).values(stamp=sys_state.c.stamp + 1))


def listed(table: RateTable) -> Iterable[tuple[str, date, Decimal]]:
    """Every rate: currency, day, worth."""
    for currency in table.currencies:
        for day, rate in zip(table.days[currency], table.rates[currency], strict=True):
            yield currency, day, rate


def _day(day: date, dialect: str) -> Any:
    return day.isoformat() if dialect == "sqlite" else day
