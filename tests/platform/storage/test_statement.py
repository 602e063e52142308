"""Statements that are compiled once."""

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from sartor.platform.storage.statement import Statement, in_list, list_value
from sartor.platform.storage.system.numbers import sys_counter

WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=6)


def test_values_go_by_name_and_constants_stay(database):
    asked = sa.select(sys_counter.c.value).where(
        sys_counter.c.entity == sa.bindparam("entity"), sys_counter.c.field == "x"
    )
    statement = Statement.compile(asked, database.dialect)
    assert sorted(statement.bind({"entity": "deal"})) == ["deal", "x"]


def test_a_missing_value_is_named(database):
    statement = Statement.compile(sa.select(sa.bindparam("wanted", type_=sa.Text())), database.dialect)
    with pytest.raises(KeyError, match="wanted"):
        statement.bind({})


def test_constant_lists_are_written_out(database):
    asked = sa.select(sa.literal("b").in_(["a", "b"]), sa.literal(5).in_([1]), sa.bindparam("n", type_=sa.Integer()))
    row = database.fetch(Statement.compile(asked, database.dialect), {"n": 3})[0]
    assert [bool(row[0]), bool(row[1]), row[2]] == [True, False, 3]


def test_a_list_as_a_parameter_is_refused_with_the_way_out(database):
    asked = sa.select(sa.literal(1)).where(sys_counter.c.value.in_(sa.bindparam("many", expanding=True)))
    with pytest.raises(ValueError, match="in_list"):
        Statement.compile(asked, database.dialect)


def test_types_that_convert_do_so(database):
    from_system = sa.select(sa.bindparam("at", type_=sa.Text())).where(sys_counter.c.value > 2)
    assert Statement.compile(from_system, database.dialect).bind({"at": "x"})


def test_wires_turn_rows_into_wire_form(database):
    asked = sa.select(sa.literal(1), sa.literal(2), sa.literal(3))
    statement = Statement.compile(asked, database.dialect, [None, str, None])
    assert database.fetch(statement) == [(1, "2", 3)]


@given(st.lists(WORDS, max_size=5), WORDS)
def test_a_text_is_found_in_a_list(module_database, words, word):
    statement = Statement.compile(
        sa.select(in_list(sa.bindparam("word", type_=sa.Text()), "words", module_database.dialect)),
        module_database.dialect,
    )
    values = {"word": word, "words": list_value(words, module_database.dialect)}
    assert bool(module_database.fetch(statement, values)[0][0]) is (word in words)


@given(st.lists(st.integers(0, 2**63 - 1), max_size=5), st.integers(0, 3))
def test_a_number_is_found_in_a_list(module_database, numbers, number):
    column = sa.cast(sa.bindparam("number", type_=sa.BigInteger()), sa.BigInteger())
    statement = Statement.compile(sa.select(in_list(column, "all", module_database.dialect)), module_database.dialect)
    values = {"number": number, "all": list_value(numbers, module_database.dialect)}
    assert bool(module_database.fetch(statement, values)[0][0]) is (number in numbers)


def test_percent_signs_and_colons_reach_the_database_as_they_are(database):
    statement = Statement.compile(sa.select(sa.literal("50 % :of %s $1 ?")), database.dialect)
    assert database.fetch(statement) == [("50 % :of %s $1 ?",)]
