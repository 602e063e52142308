"""Statements that libpq runs by itself: they answer and refuse as psycopg's own cursor does."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from psycopg import errors

from sartor.platform.storage import direct
from sartor.platform.storage.direct import Direct
from sartor.platform.storage.driver import DriverOptions
from sartor.platform.storage.engine import Database

ECHO = "SELECT $1::bigint, $2::text, $3::numeric, $4::boolean, $5::timestamp"
ROW = st.tuples(
    st.none() | st.integers(-(2**63), 2**63 - 1),
    st.none() | st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"])),
    st.none() | st.decimals(-(10**12), 10**12, allow_nan=False),
    st.none() | st.booleans(),
    st.none() | st.just("2026-01-31 10:00:00.123456"),
)


@pytest.fixture(scope="module")
def connection(module_database: Database) -> Iterator[psycopg.Connection[Any]]:
    if module_database.dialect != "postgresql":
        pytest.skip("the way to PostgreSQL")
    with module_database.driver.connect() as connection:
        yield connection


@settings(max_examples=60, deadline=None)
@given(ROW)
def test_it_gives_what_a_cursor_gives(connection: psycopg.Connection[Any], row: tuple[Any, ...]) -> None:
    expected = psycopg.RawCursor(connection).execute(ECHO, row).fetchall()
    for prepare in (True, False):
        assert Direct(connection, prepare=prepare).execute(ECHO, row) == expected


def test_no_rows_and_no_answer_are_both_an_empty_list(connection: psycopg.Connection[Any]) -> None:
    here = Direct(connection, prepare=True)
    assert here.execute("SELECT 1 WHERE false", ()) == []
    assert here.execute("CREATE TEMPORARY TABLE nothing (a int)", ()) == []


@pytest.mark.parametrize("prepare", [True, False])
@pytest.mark.parametrize(
    ("sql", "values", "expected"),
    [
        ("SELECT $1::int / 0", [1], errors.DivisionByZero),
        ("SELECT nothing", [], errors.UndefinedColumn),
        ("SELECT $1::bigint", ["x"], errors.InvalidTextRepresentation),
    ],
)
def test_a_refusal_has_the_class_that_psycopg_gives_it(
    connection: psycopg.Connection[Any], sql: str, values: list[Any], expected: type[Exception], *, prepare: bool
) -> None:
    here = Direct(connection, prepare=prepare)
    with pytest.raises(expected):
        here.execute(sql, values)
    assert here.execute("SELECT 7", ()) == [(7,)]


def test_values_of_other_types_are_prepared_apart(connection: psycopg.Connection[Any]) -> None:
    here = Direct(connection, prepare=True)
    assert here.execute("SELECT pg_typeof($1)::text", [1]) == [("bigint",)]
    assert here.execute("SELECT pg_typeof($1)::text", [Decimal("1.5")]) == [("numeric",)]


def test_it_keeps_a_bounded_number_of_statements(
    connection: psycopg.Connection[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(direct, "KEPT", 3)
    here = Direct(connection, prepare=True)
    for number in (1, 2, 3, 1, 4, 1, 5, 1):
        assert here.execute(f"SELECT {number} AS kept", ()) == [(number,)]
    kept = connection.execute("SELECT statement FROM pg_prepared_statements WHERE statement LIKE '%AS kept'")
    assert sorted(row[0] for row in kept) == ["SELECT 1 AS kept", "SELECT 4 AS kept", "SELECT 5 AS kept"]


def test_a_lost_connection_is_told_as_such(module_database: Database) -> None:
    if module_database.dialect != "postgresql":
        pytest.skip("the way to PostgreSQL")
    lost = module_database.driver.connect()
    with pytest.raises(psycopg.OperationalError):
        Direct(lost, prepare=True).execute("SELECT pg_terminate_backend(pg_backend_pid())", ())
    assert module_database.driver.is_lost(lost)


def test_without_prepared_statements_nothing_is_prepared(module_database_url: str) -> None:
    database = Database.open(module_database_url, node=2, options=DriverOptions(prepare=False))
    if database.dialect != "postgresql":
        pytest.skip("the way to PostgreSQL")
    connection = database.driver.connect()
    assert database.driver.runner(connection)("SELECT $1::int", [5]) == [(5,)]
    assert connection.execute("SELECT count(*) FROM pg_prepared_statements").fetchone() == (0,)
    connection.close()
    database.close()
