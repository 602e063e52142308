"""Buckets of time in a statement: from the local day on, by what the database itself does fast.

The expression language has functions for all of this; on SQLite each is a call of Python for every row.
Keys: `2026-05-18` (a day, the Monday of a week), `2026-05`, `2026-Q2`, `2026`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import sqlalchemy as sa

Day = sa.ColumnElement[Any]


def _part(day: Day, start: int, length: int) -> Day:
    return sa.func.substr(day, start, length, type_=sa.Text())


def _quarter_sqlite(day: Day) -> Day:
    month = sa.cast(_part(day, 6, 2), sa.Integer())
    return _part(day, 1, 4).concat("-Q").concat(sa.cast((month + 2).op("/", precedence=8)(3), sa.Text()))


def _in_postgresql(pattern: str) -> Callable[[Day], Day]:
    return lambda day: sa.func.to_char(day, pattern, type_=sa.Text())


SQLITE: Mapping[str, Callable[[Day], Day]] = {
    "day": lambda day: day,
    "week": lambda day: sa.func.date(day, "weekday 0", "-6 days", type_=sa.Text()),
    "month": lambda day: _part(day, 1, 7),
    "quarter": _quarter_sqlite,
    "year": lambda day: _part(day, 1, 4),
}
POSTGRESQL: Mapping[str, Callable[[Day], Day]] = {
    "day": lambda day: day,
    "week": lambda day: sa.cast(sa.func.date_trunc("week", sa.cast(day, sa.DateTime())), sa.Date()),
    "month": _in_postgresql("YYYY-MM"),
    "quarter": _in_postgresql('YYYY-"Q"Q'),
    "year": _in_postgresql("YYYY"),
}


def bucketed(day: Day, bucket: str, dialect: str) -> Day:
    """The key of the bucket that a day lies in; blank for a blank one."""
    return (SQLITE if dialect == "sqlite" else POSTGRESQL)[bucket](day)
