"""Values on their way into columns and out of them."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from sartor.platform.errors import Invalid
from sartor.platform.fields.base import ColumnKind
from sartor.platform.storage.columns import integer_digits, sa_type, to_db, wire
from sartor.platform.storage.statement import Statement

SCALES = {ColumnKind.DECIMAL: 3}


@pytest.fixture(scope="module")
def table(module_database):
    dialect = module_database.dialect
    columns = [sa.Column(kind, sa_type(kind, SCALES.get(kind, 0), dialect)) for kind in ColumnKind]
    made = sa.Table("every_kind", sa.MetaData(), sa.Column("n", sa.Integer(), primary_key=True), *columns)
    made.create(module_database.engine)
    return module_database, made


def there_and_back(table, kind, value):
    database, made = table
    scale = SCALES.get(kind, 0)
    with database.work() as work:
        work.connection.execute(sa.delete(made))
        work.connection.execute(sa.insert(made), {"n": 1, kind: to_db(kind, scale, database.dialect)(value)})
    read = sa.select(made.c[kind])
    statement = Statement.compile(read, database.dialect, [wire(kind, scale, database.dialect)])
    return database.fetch(statement)[0][0]


def through_core(table, kind):
    database, made = table
    convert = wire(kind, SCALES.get(kind, 0), database.dialect) or (lambda value: value)
    with database.read() as connection:
        return convert(connection.execute(sa.select(made.c[kind])).scalar())


EXAMPLES = [
    (ColumnKind.TEXT, "上海华为 %s :x 'q'", "上海华为 %s :x 'q'"),
    (ColumnKind.INTEGER, 2**62, 2**62),
    (ColumnKind.INTEGER, -1, -1),
    (ColumnKind.DECIMAL, Decimal("0.1"), "0.100"),
    (ColumnKind.DECIMAL, Decimal("-0.005"), "-0.005"),
    (ColumnKind.DECIMAL, Decimal("999999999999999.999"), "999999999999999.999"),
    (ColumnKind.DECIMAL, 7, "7.000"),
    (ColumnKind.BOOLEAN, True, True),
    (ColumnKind.BOOLEAN, False, False),
    (ColumnKind.DATE, date(2026, 5, 1), "2026-05-01"),
    (ColumnKind.INSTANT, datetime(2026, 5, 1, 8, tzinfo=UTC), "2026-05-01T08:00:00.000000Z"),
    (ColumnKind.INSTANT, datetime(2026, 5, 1, 8, 0, 0, 500_000, UTC), "2026-05-01T08:00:00.500000Z"),
    (ColumnKind.INSTANT, datetime(2026, 5, 1, 8, tzinfo=timezone(timedelta(hours=8))), "2026-05-01T00:00:00.000000Z"),
    (ColumnKind.INSTANT, "2026-05-01T08:00:00.120000Z", "2026-05-01T08:00:00.120000Z"),
    (ColumnKind.ID, 2**63 - 1, 2**63 - 1),
]


@pytest.mark.parametrize(("kind", "value", "expected"), EXAMPLES)
def test_a_value_comes_back_in_its_wire_form(table, kind, value, expected):
    assert there_and_back(table, kind, value) == expected
    assert through_core(table, kind) == expected


@pytest.mark.parametrize("kind", ColumnKind)
def test_nothing_comes_back_as_nothing(table, kind):
    assert there_and_back(table, kind, None) is None


@given(st.decimals(-(10**15), 10**15, places=3))
def test_decimals_lose_nothing(table, value):
    if abs(value) < 10**15:
        assert Decimal(there_and_back(table, ColumnKind.DECIMAL, value)) == value


@given(st.lists(st.decimals(-(10**9), 10**9, places=3), min_size=1, max_size=20))
def test_the_database_adds_decimals_like_python(table, values):
    database, made = table
    store = to_db(ColumnKind.DECIMAL, 3, database.dialect)
    with database.work() as work:
        work.connection.execute(sa.delete(made))
        work.connection.execute(sa.insert(made), [{"n": n, "decimal": store(value)} for n, value in enumerate(values)])
    total = Statement.compile(
        sa.select(sa.func.sum(made.c.decimal)), database.dialect, [wire(ColumnKind.DECIMAL, 3, database.dialect)]
    )
    assert Decimal(database.fetch(total)[0][0]) == sum(values)


@pytest.mark.parametrize("dialect", ["sqlite", "postgresql"])
def test_a_number_that_does_not_fit_is_refused(dialect):
    with pytest.raises(Invalid, match="15 digits"):
        to_db(ColumnKind.DECIMAL, 3, dialect)(Decimal(10) ** 15)


@pytest.mark.parametrize(("value", "expected"), [("0.0005", "0.001"), ("-0.0005", "-0.001"), ("0.00049", "0.000")])
def test_decimals_are_rounded_half_up(table, value, expected):
    assert there_and_back(table, ColumnKind.DECIMAL, Decimal(value)) == expected


def test_a_large_scale_leaves_fewer_digits_before_the_point():
    assert [integer_digits(scale) for scale in (0, 3, 4, 12)] == [15, 15, 14, 6]
