"""Days and instants in SQL. Local time comes from a table of the zone's offsets made in Python (`zones`)."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.sql.elements import Grouping

from sartor.platform.expressions.moments import MAX_DAYS, MAX_TOTAL, MICROSECOND
from sartor.platform.expressions.sql.builder import Builder, Sql
from sartor.platform.expressions.sql.calls import sqlite_call
from sartor.platform.expressions.sql.logic import value
from sartor.platform.expressions.sql.numeric import within
from sartor.platform.expressions.term import Term

MICROSECONDS = 86_400_000_000
AFTER, BEFORE = "'10000-01-01'", "'0001-12-31 BC'"


def local_time(b: Builder, moment: sa.ColumnElement) -> sa.ColumnElement:
    """The clock on the wall (PostgreSQL): the offset is found in the zone's table by binary search."""
    times = sa.cast(b.bind("env_zone_times", sa.Text()), sa.ARRAY(sa.DateTime()))
    offsets = sa.cast(b.bind("env_zone_offsets", sa.Text()), sa.ARRAY(sa.Integer()))
    place = sa.func.width_bucket(moment, times, type_=sa.Integer()) + sa.literal_column("1")
    seconds = Grouping(offsets)[place] * sa.literal_column("interval '1 second'", sa.Interval())
    return sa.type_coerce(moment + seconds, sa.DateTime())


def _local_date(b: Builder, term: Term) -> Sql:
    moment = value(b, term.args[0])
    if b.sqlite:
        zone = b.bind("env_zone", sa.Text())
        return Sql(sqlite_call("local_date", [moment], sa.Date(), zone, kinds="t"), term.type)
    return Sql(sa.cast(local_time(b, moment.element), sa.Date()), term.type)


def _shift(b: Builder, term: Term) -> Sql:
    """A day or an instant moved, NULL outside the years 1 to 9999."""
    moment, by = (value(b, arg) for arg in term.args)
    if by.blank:
        return b.literal(None, term.type)
    if b.sqlite:
        return Sql(sqlite_call("shift", [moment, by], b.raw_type(term.type)), term.type)
    if by.type.name == "duration":
        steps = sa.cast(within(by.element, MAX_DAYS * MICROSECONDS + 1), sa.BigInteger())
        moved = moment.element + steps * sa.literal_column("interval '1 microsecond'", sa.Interval())
        return Sql(_inside(moved, sa.DateTime()), term.type)
    days = sa.cast(within(by.element, MAX_DAYS + 1), sa.Integer())
    if term.type.name == "date":
        return Sql(_inside(moment.element + days, sa.Date()), term.type)
    moved = moment.element + days * sa.literal_column("interval '1 day'", sa.Interval())
    return Sql(_inside(moved, sa.DateTime()), term.type)


def _inside(moment: sa.ColumnElement, kind: sa.types.TypeEngine) -> sa.ColumnElement:
    """NULL beyond the calendar of Python; asks for the element once only."""
    after, before = (sa.cast(sa.literal_column(edge), kind) for edge in (AFTER, BEFORE))
    if isinstance(kind, sa.DateTime):
        before = sa.cast(sa.literal_column("'0001-12-31 23:59:59.999999 BC'"), kind)
    below = sa.func.nullif(sa.func.least(moment, after), after)
    return sa.func.nullif(sa.func.greatest(below, before), before, type_=kind)


def _elapsed_days(b: Builder, term: Term) -> Sql:
    later, earlier = (value(b, arg) for arg in term.args)
    if later.blank or earlier.blank:
        return b.literal(None, term.type)
    if b.sqlite:
        element = sqlite_call("elapsed_days", [later, earlier], sa.BigInteger())
    else:
        element = sa.type_coerce(later.element - earlier.element, sa.Integer())
    return Sql(element, term.type, scale=0, limit=10**7)


def _elapsed(b: Builder, term: Term) -> Sql:
    """Microseconds between two instants."""
    later, earlier = (value(b, arg) for arg in term.args)
    if later.blank or earlier.blank:
        return b.literal(None, term.type)
    if b.sqlite:
        return Sql(sqlite_call("elapsed", [later, earlier], sa.BigInteger()), term.type)
    seconds = sa.extract("epoch", sa.type_coerce(later.element - earlier.element, sa.Interval()))
    return Sql(sa.cast(seconds * sa.literal_column("1000000"), sa.BigInteger()), term.type)


def _together(b: Builder, term: Term) -> Sql:
    """Two durations added or subtracted, NULL beyond the length of the calendar."""
    left, right = (value(b, arg) for arg in term.args)
    if left.blank or right.blank:
        return b.literal(None, term.type)
    if b.sqlite:
        return Sql(sqlite_call(term.op, [left, right], sa.BigInteger()), term.type)
    one, other = (sa.cast(each.element, sa.Numeric()) for each in (left, right))
    total = within(one + other if term.op == "longer" else one - other, MAX_TOTAL // MICROSECOND + 1)
    return Sql(sa.cast(total, sa.BigInteger()), term.type)


OPERATIONS = {
    "longer": _together,
    "shorter": _together,
    "local_date": _local_date,
    "shift": _shift,
    "elapsed_days": _elapsed_days,
    "elapsed": _elapsed,
}
