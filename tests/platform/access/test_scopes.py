"""Scopes say the same in SQL and in Python, on both databases."""

from __future__ import annotations

from itertools import count

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from sartor.platform.access import Actor
from sartor.platform.access.combined import AllOf, AnyOf, all_of, any_of
from sartor.platform.access.scopes import (
    EVERYTHING,
    NOBODY,
    Condition,
    Departments,
    Owner,
    Owners,
    Scope,
    Through,
)
from sartor.platform.storage.statement import Statement

ids = st.one_of(st.none(), st.integers(1, 6))
rows = st.lists(st.tuples(ids, ids, st.one_of(st.none(), st.integers(0, 9))), max_size=8)


class Row:
    """Columns of a deal (or of the deal above a line) for a scope."""

    def __init__(self, table, dialect, above=None):
        self.table, self.dialect, self.above = table, dialect, above

    @property
    def owner(self):
        return self.table.c.owner

    @property
    def department(self):
        return self.table.c.department

    def expression(self, formula):
        return self.table.c.amount >= formula.least

    def parent(self, lookup):
        return self.above


def fits(amount):
    """A condition in Python; NULL is not true."""
    return lambda formula: amount is not None and amount >= formula.least


@pytest.fixture
def scopes(condition):
    """Any scope, three deep."""
    leaves = st.one_of(
        st.just(EVERYTHING),
        st.just(NOBODY),
        st.builds(Owner, st.just(3)),
        st.builds(Owners, st.just("reports"), st.just((1, 3, 5))),
        st.builds(Departments, st.just("department"), st.just((2,))),
        st.builds(Departments, st.just("department_below"), st.just((2, 4))),
        st.builds(Condition, st.builds(condition, st.sampled_from(["amount >= 3", "amount >= 7"]))),
    )
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.lists(inner, min_size=1, max_size=3).map(lambda each: AnyOf(tuple(each))),
            st.lists(inner, min_size=1, max_size=3).map(lambda each: AllOf(tuple(each))),
            st.lists(inner, max_size=3).map(any_of),
            st.lists(inner, max_size=3).map(all_of),
        ),
        max_leaves=6,
    )


def seen(database, query, scope, columns):
    predicate = scope.predicate(columns)
    found = Statement.compile(query if predicate is None else query.where(predicate), database.dialect)
    return {row[0] for row in database.fetch(found, scope.values(database.dialect))}


@given(data=st.data())
def test_sql_and_python_agree(data, database, tables, scopes):
    deal, numbers = tables.of("deal"), count(1)
    scope = data.draw(scopes)
    made = {next(numbers): row for row in data.draw(rows)}
    with database.work() as work:
        work.connection.execute(sa.delete(deal))
        for number, (owner, department, amount) in made.items():
            values = {"id": number, "version": 1, "owner": owner, "department": department, "amount": amount}
            work.connection.execute(sa.insert(deal).values(values))
    admitted = {n for n, (owner, department, amount) in made.items() if scope.admits(owner, department, fits(amount))}
    assert seen(database, sa.select(deal.c.id), scope, Row(deal, database.dialect)) == admitted


def test_lines_are_judged_by_the_record_above_them(database, tables, add):
    add("deal", 1, owner=3)
    add("deal", 2, owner=4)
    add("deal_line", 7, deal=1)
    add("deal_line", 8, deal=2)
    line, deal = tables.of("deal_line"), tables.of("deal")
    query = sa.select(line.c.id).select_from(line.join(deal, deal.c.id == line.c.deal))
    columns = Row(line, database.dialect, above=Row(deal, database.dialect))
    assert seen(database, query, Through("deal", Owner(3)), columns) == {7}


def test_people_with_equal_rights_share_one_statement(context_of, give, database, tables):
    scope = context_of(give("deal", "r", "department_below")).access.scope
    other = Actor(5, "Other", department=9, departments=(9, 12, 13))
    shared = context_of(give("deal", "r", "department_below"))
    one, two = scope("read", "deal"), type(shared.access)(shared.access.rights, other).scope("read", "deal")
    columns = Row(tables.of("deal"), database.dialect)
    assert one.shape == two.shape
    assert str(one.predicate(columns)) == str(two.predicate(columns))
    assert one.values(database.dialect) != two.values(database.dialect)


def test_an_access_knows_all_parameters_of_its_scopes(context_of, give, role):
    access = context_of(*(give("deal", "r", scope) for scope in ("reports", "department_below"))).access
    needed = access.scope("read", "deal").values("sqlite")
    assert needed.items() <= access.values("sqlite").items()


def test_a_scope_without_departments_finds_none_there(database, tables, condition):
    class Undivided(Row):
        department = None

    predicate = Departments("department", (1,)).predicate(Undivided(tables.of("deal"), database.dialect))
    assert str(predicate) == str(sa.false())


@pytest.mark.parametrize(
    ("made", "simple"),
    [
        (any_of([]), NOBODY),
        (any_of([NOBODY, Owner(1)]), Owner(1)),
        (any_of([Owner(1), EVERYTHING]), EVERYTHING),
        (any_of([Owner(1), Owner(1)]), Owner(1)),
        (all_of([]), EVERYTHING),
        (all_of([EVERYTHING, Owner(1)]), Owner(1)),
        (all_of([Owner(1), NOBODY]), NOBODY),
    ],
)
def test_a_scope_is_said_as_simply_as_it_can_be(made: Scope, simple: Scope):
    assert made == simple
