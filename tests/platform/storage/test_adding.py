"""Rows that come into a table alone or in numbers are the same rows."""

from decimal import Decimal

import pytest
import sqlalchemy as sa

from sartor.platform.fields.base import ColumnKind
from sartor.platform.storage.adding import AT_ONCE, Adding, system_adding
from sartor.platform.storage.columns import sa_type, storer, wire
from sartor.platform.storage.statement import Statement
from sartor.platform.storage.system.stays import sys_stay

KINDS = {
    "id": (ColumnKind.ID, 0),
    "text": (ColumnKind.TEXT, 0),
    "amount": (ColumnKind.DECIMAL, 3),
    "day": (ColumnKind.DATE, 0),
    "at": (ColumnKind.INSTANT, 0),
}
VALUES = {"text": '“华为” \\ "x" {a,b}\n\t\'s', "amount": Decimal("-0.005"), "day": "2026-05-01"}


@pytest.fixture
def table(database):
    columns = [sa.Column(name, sa_type(*kind, database.dialect)) for name, kind in KINDS.items()]
    table = sa.Table("thing", sa.MetaData(), *columns)
    with database.work() as work:
        table.create(work.connection)
    return table


def row(dialect, number, **values):
    stores = {name: storer(*kind, dialect) for name, kind in KINDS.items()}
    known = {"id": number, "at": "2026-05-01 08:00:00.000001", **values}
    return {name: stores[name](known[name]) if stores[name] and name in known else known.get(name) for name in KINDS}


@pytest.mark.parametrize("count", [1, 2, AT_ONCE + 1])
def test_one_row_and_many_arrive_as_they_were_sent(database, table, count):
    rows = [row(database.dialect, number, **(VALUES if number % 2 == 0 else {})) for number in range(count)]
    with database.work() as work:
        Adding.to(table, database.dialect).send(work, rows)
    wires = [wire(*kind, database.dialect) for kind in KINDS.values()]
    chosen = Statement.compile(sa.select(table).order_by(table.c.id), database.dialect, wires)
    found = database.fetch(chosen)
    assert len(found) == count
    assert found[0] == (0, VALUES["text"], "-0.005", "2026-05-01", "2026-05-01T08:00:00.000001Z")
    assert count == 1 or found[1] == (1, None, None, None, "2026-05-01T08:00:00.000001Z")


def test_nothing_is_sent_for_no_rows(database, table):
    with database.work() as work:
        Adding.to(table, database.dialect).send(work, [])
    assert database.fetch(Statement.compile(sa.select(table.c.id), database.dialect)) == []


def test_a_table_of_the_system_is_compiled_once(database):
    assert system_adding(sys_stay, database.dialect) is system_adding(sys_stay, database.dialect)
