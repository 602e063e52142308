"""Dated rates: the one that holds on a day, read again when the stamp has moved."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
import sqlalchemy as sa

from sartor.platform.errors import Invalid
from sartor.platform.storage.engine import Database
from sartor.platform.storage.rates import Rates, listed, set_rate
from sartor.platform.storage.system.state import sys_state

MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)


@pytest.fixture
def rates(database: Database) -> Rates:
    for day, worth in ((JUNE, "7.2"), (MAY, "7.1")):
        database.run(lambda work, day=day, worth=worth: set_rate(work, database.dialect, "USD", day, Decimal(worth)))
    return Rates(database)


@pytest.mark.parametrize(
    ("day", "worth"), [(date(2026, 4, 30), None), (MAY, "7.1"), (date(2026, 5, 31), "7.1"), (date(2027, 1, 1), "7.2")]
)
def test_the_rate_of_the_day_holds(rates: Rates, day: date, worth: str | None) -> None:
    assert rates.current(1).worth("USD", day) == (worth and Decimal(worth))


def test_a_currency_without_rates_is_worth_nothing_known(rates: Rates) -> None:
    assert rates.current(1).worth("EUR", MAY) is None


def test_a_rate_said_again_for_a_day_replaces_the_first(rates: Rates, database: Database) -> None:
    database.run(lambda work: set_rate(work, database.dialect, "USD", MAY, Decimal("8")))
    assert [worth for _code, _day, worth in listed(rates.current(2))] == [Decimal("8"), Decimal("7.2")]


def test_saying_a_rate_moves_the_stamp(database: Database) -> None:
    database.run(lambda work: work.connection.execute(sa.delete(sys_state)))
    row = {"id": 1, "revision": 0, "authz": 1, "stamp": 1, "workspace": "w"}
    database.run(lambda work: work.connection.execute(sa.insert(sys_state).values(row)))
    database.run(lambda work: set_rate(work, database.dialect, "USD", MAY, Decimal("8")))
    with database.read() as connection:
        assert connection.execute(sa.select(sys_state.c.stamp)).scalar() == 2


def test_a_rate_is_above_zero(database: Database) -> None:
    with pytest.raises(Invalid):
        database.run(lambda work: set_rate(work, database.dialect, "USD", MAY, Decimal(0)))
