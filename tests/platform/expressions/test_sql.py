"""The SQL is such that an index serves it, and that a compiled statement can be kept."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
import sqlalchemy as sa
from deals import Row, Tables, plain, read, row_of
from sqlalchemy.dialects import postgresql, sqlite

from sartor.platform.errors import InvalidExpression
from sartor.platform.expressions import Env, EnvBinds, env_values, evaluate, to_sql, to_value

SARGABLE = [
    ("amount > 10.5", "deal.amount > 10500"),
    ("quantity = 3", "deal.quantity = 3"),
    ("name = 'ABC'", "deal.name_folded = 'abc'"),
    ("startswith(name, 'AB')", "deal.name_folded >= 'ab' AND deal.name_folded < 'ac'"),
    ("stage.outcome = 'open'", "deal.stage IN ('new', 'talk')"),
    ("stage.outcome != 'open'", "deal.stage IN ('won', 'lost')"),
    ("stage.outcome = 'won'", "deal.stage = 'won'"),
    ("stage.probability >= 50%", "deal.stage IN ('talk', 'won')"),
    ("closed_on in this_month()", "deal.closed_on >= :from AND deal.closed_on < :to"),
    ("seen_at in this_month()", "deal.seen_at >= :first AND deal.seen_at < :last"),
    ("days(today(), closed_on) > 30", "deal.closed_on < :value"),
    ("days(today(), seen_at) >= 30", "deal.seen_at < :end"),
    ("days(closed_on, today()) <= 7", "deal.closed_on <= :value"),
    ("date(seen_at) = today()", "deal.seen_at >= :start AND deal.seen_at < :end"),
    ("seen_at > d'2026-05-01'", "deal.seen_at >= :end"),
    ("closed_on >= today() - 30", "deal.closed_on >= :value"),
    ("owner = me()", "deal.owner = :env_me"),
]


def _shape(element: sa.ColumnElement) -> str:
    """The SQL with literals written in, and the binds of the environment by their part."""
    compiled = element.compile(dialect=sqlite.dialect(paramstyle="named"))
    text = str(compiled)
    for name in sorted(compiled.params, key=len, reverse=True):
        value = compiled.params[name]
        part = name.split("_")[2] if name.startswith("env_x_") else name
        text = text.replace(f":{name}", f":{part}" if name.startswith("env_") else repr(value))
    return text


@pytest.mark.parametrize(("text", "shape"), SARGABLE)
def test_a_filter_compares_the_bare_column(sqlite_tables: Tables, checked, text: str, shape: str) -> None:
    assert _shape(to_sql(checked(text), sqlite_tables, None, "sqlite")) == shape


@pytest.mark.parametrize(("column", "text"), [
    ("closed_on", "days(today(), closed_on) > 30"),
    ("seen_at", "seen_at in last(30)"),
    ("stage", "stage.outcome = 'open'"),
    ("name_folded", "startswith(name, '上')"),
    ("amount", "amount between 10 and 20"),
])  # fmt: skip
def test_sqlite_uses_the_index(sqlite_tables: Tables, checked, env: Env, column: str, text: str) -> None:
    binds = EnvBinds()
    query = sa.select(sqlite_tables.deals.c.id).where(to_sql(checked(text), sqlite_tables, binds, "sqlite"))
    with sqlite_tables.engine.begin() as connection:
        connection.exec_driver_sql(f"CREATE INDEX IF NOT EXISTS ix_{column} ON deal ({column})")
        compiled = query.compile(dialect=sqlite_tables.engine.dialect)
        plan = connection.execute(sa.text(f"EXPLAIN QUERY PLAN {_named(query)}"), _values(query, binds, env)).all()
    assert f"ix_{column}" in str(plan), compiled


def _named(query: sa.Select) -> str:
    return str(query.compile(dialect=sqlite.dialect(paramstyle="named"), compile_kwargs={"render_postcompile": True}))


def _values(query: sa.Select, binds: EnvBinds, env: Env) -> dict[str, object]:
    values = query.compile(dialect=sqlite.dialect(paramstyle="named")).params | env_values(binds, env, "sqlite")
    return {name: str(value) if isinstance(value, date | datetime) else value for name, value in values.items()}


def test_the_names_of_binds_say_what_they_are(sqlite_tables: Tables, checked, env: Env) -> None:
    binds = EnvBinds()
    to_sql(checked("closed_on > today() - 30 and owner = me()"), sqlite_tables, binds, "sqlite")
    values = env_values([*binds, "param_1"], env, "sqlite")
    assert values.pop("env_me") == 7
    assert list(values.values()) == [date(2026, 4, 15)]


def test_two_compilations_of_one_expression_are_one_statement(sqlite_tables: Tables, checked) -> None:
    texts = {
        str(to_sql(checked("seen_at in last(7) and owner in reports()"), sqlite_tables, None, "sqlite")) for _ in "12"
    }
    assert len(texts) == 1


@pytest.mark.parametrize(("dialect", "list_text"), [("sqlite", "[8, 9]"), ("postgresql", "{8,9}")])
def test_a_list_travels_as_one_text(sqlite_tables: Tables, checked, env: Env, dialect: str, list_text: str) -> None:
    binds = EnvBinds()
    to_sql(checked("owner in reports()"), sqlite_tables, binds, dialect)
    assert list(env_values(binds, env, dialect).values()) == [list_text]


def test_a_dialect_object_is_taken_too(sqlite_tables: Tables, checked) -> None:
    assert "trim_scale" in str(to_sql(checked("text(amount)"), sqlite_tables, None, postgresql.dialect()))


def test_what_needs_every_rate_is_refused(sqlite_tables: Tables, checked) -> None:
    with pytest.raises(InvalidExpression, match="rate_on"):
        to_sql(checked("rate_on(closed_on, 'USD')"), sqlite_tables, None, "sqlite")


def test_sums_on_both_databases_pass_64_bits(tables: Tables, checked, env: Env) -> None:
    rows = [row_of({"amount": Decimal("999999999999999.999")})] * 20
    tables.fill(rows)
    assert tables.aggregate([checked("sum(amount)", aggregates=True)], env) == [Decimal("19999999999999999.980")]


def test_results_that_do_not_fit_a_column_are_sorted_as_numbers(tables: Tables, checked, env: Env) -> None:
    amounts = [Decimal(9), Decimal(10), Decimal("-1.5"), Decimal(100)]
    tables.fill([row_of({"amount": amount, "rate": Decimal("1.1")}) for amount in amounts])
    element = to_sql(checked("amount * rate / 3"), tables, None, tables.dialect)
    with tables.engine.connect() as connection:
        found = connection.execute(sa.select(tables.deals.c.id).order_by(element)).scalars().all()
    assert found == [2, 0, 1, 3]


def test_a_formula_over_formulas_is_bounded(tables: Tables, checked, env: Env) -> None:
    tables.fill([row_of({"amount": Decimal(3), "rate": Decimal(2)})])
    text = "amount"
    for _each in range(11):
        text = f"round({text} / rate, 6)"
    expression = checked(text)
    assert tables.values([expression], env) == [
        [evaluate(expression, row_of({"amount": Decimal(3), "rate": Decimal(2)}), env)]
    ]


class WithFormula:
    """Columns in which `rate` and `share` are computed when they are read."""

    def __init__(self, tables: Tables, rate: sa.ColumnElement, share: sa.ColumnElement) -> None:
        self.tables = tables
        self.computed = {("rate",): rate, ("share",): share}

    def column(self, path: tuple[str, ...]) -> sa.ColumnElement:
        return self.computed.get(path) if path in self.computed else self.tables.column(path)

    def __getattr__(self, name: str) -> object:
        return getattr(self.tables, name)


INNER = ("amount / 3", "amount * 2")
OUTER = [
    "rate + 1",
    "share + 1",
    "rate > 4",
    "share = 25",
    "max(rate, share)",
    "if(rate > share, closed_on, due_on) = due_on",
]


@pytest.mark.parametrize("text", OUTER)
def test_a_formula_may_stand_where_a_column_does(tables: Tables, checked, env: Env, text: str) -> None:
    row = row_of({"amount": Decimal("12.5"), "closed_on": date(2026, 1, 1), "due_on": date(2026, 2, 2)})
    tables.fill([row])
    inner = [to_value(checked(each), tables, None, tables.dialect) for each in INNER]
    element = to_value(checked(text), WithFormula(tables, *inner), None, tables.dialect)
    with tables.engine.connect() as connection:
        found = read(connection.execute(sa.select(element).select_from(tables.deals)).scalar_one(), checked(text).type)
    whole = row | {"rate": evaluate(checked(INNER[0]), row, env), "share": evaluate(checked(INNER[1]), row, env)}
    assert plain(found) == plain(evaluate(checked(text), Row(whole), env))
