"""A small model of deals and accounts for the tests of expressions: its scope, its tables on a database, rows by
hypothesis."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal

import sqlalchemy as sa
from hypothesis import strategies as st

from sartor.platform.expressions import (
    BOOLEAN,
    DATE,
    INSTANT,
    INTEGER,
    MONEY,
    TEXT,
    Env,
    EnvBinds,
    Expression,
    Type,
    choice,
    decimal,
    env_values,
    list_of,
    read_number,
    record,
    to_sql,
    to_value,
)
from sartor.platform.expressions.scope import WordTable
from sartor.platform.text import fold

STAGES = {
    "new": {"en": "New", "zh": "新建"},
    "talk": {"en": "In talks", "zh": "洽谈"},
    "won": {"en": "Won", "zh": "赢单"},
    "lost": {"en": "Lost", "zh": "输单"},
}
OUTCOMES = {"open": ("new", "talk"), "won": ("won",), "lost": ("lost",)}
PROBABILITIES = {Decimal("0.1"): ("new",), Decimal("0.5"): ("talk",), Decimal(1): ("won",), Decimal(0): ("lost",)}
REGIONS = {"east": {"en": "East", "zh": "华东"}, "north": {"en": "North", "zh": "华北"}}
STAGE = choice(STAGES, {"outcome": TEXT, "probability": decimal(4)})

FIELDS: dict[str, dict[str, Type]] = {
    "deal": {
        "id": record("deal"),
        "name": TEXT,
        "note": TEXT,
        "amount": MONEY,
        "rate": decimal(6),
        "share": decimal(4),
        "quantity": INTEGER,
        "closed_on": DATE,
        "due_on": DATE,
        "seen_at": INSTANT,
        "made_at": INSTANT,
        "active": BOOLEAN,
        "stage": STAGE,
        "owner": record("user"),
        "account": record("account"),
        "tags": list_of(TEXT),
        "regions": list_of(choice(REGIONS)),
    },
    "account": {
        "id": record("account"),
        "name": TEXT,
        "region": choice(REGIONS),
        "province": TEXT,
        "owner": record("user"),
    },
    "user": {"id": record("user"), "name": TEXT, "manager": record("user")},
}


class Model:
    """The scope of the tests."""

    def field(self, entity: str, name: str) -> Type | None:
        return FIELDS.get(entity, {}).get(name)

    def names(self, entity: str) -> Iterable[str]:
        return FIELDS.get(entity, {})

    def labels(self, entity: str) -> Mapping[str, str]:
        return {"金额": "amount"} if entity == "deal" else {}

    def called(self, entity: str) -> str:
        return entity

    def function_maps(self) -> Mapping[str, WordTable]:
        return {"region_of": WordTable({"上海": "east", "浙江": "east", "北京": "north"})}


class Row(dict):
    """Values by dotted path."""

    def get(self, path: tuple[str, ...]) -> object:
        return dict.get(self, ".".join(path))


def _columns(sqlite: bool) -> list[sa.Column]:
    number = sa.BigInteger if sqlite else sa.Numeric
    return [
        sa.Column("id", sa.BigInteger, primary_key=True),
        sa.Column("name", sa.Text),
        sa.Column("name_folded", sa.Text),
        sa.Column("note", sa.Text),
        sa.Column("note_folded", sa.Text),
        sa.Column("amount", number),
        sa.Column("amount_currency", sa.Text),
        sa.Column("amount_currency_folded", sa.Text),
        sa.Column("rate", number),
        sa.Column("share", number),
        sa.Column("quantity", sa.BigInteger),
        sa.Column("closed_on", sa.Date),
        sa.Column("due_on", sa.Date),
        sa.Column("seen_at", sa.DateTime),
        sa.Column("made_at", sa.DateTime),
        sa.Column("active", sa.Boolean),
        sa.Column("stage", sa.Text),
        sa.Column("owner", sa.BigInteger),
        sa.Column("account", sa.BigInteger),
        sa.Column("account_name", sa.Text),
        sa.Column("account_name_folded", sa.Text),
        sa.Column("account_region", sa.Text),
        sa.Column("account_province", sa.Text),
        sa.Column("account_province_folded", sa.Text),
    ]


class Tables:
    """The tables on one database, as the `Columns` of the language."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine
        self.dialect = engine.dialect.name
        own = sa.MetaData()
        self.deals = sa.Table("deal", own, *_columns(self.dialect == "sqlite"))
        self.members_of = {
            name: sa.Table(f"deal_{name}", own, sa.Column("record", sa.BigInteger), sa.Column("value", sa.Text))
            for name in ("tags", "regions")
        }
        own.drop_all(engine)
        own.create_all(engine)
        self._kept: dict[tuple[str, ...], tuple[sa.Select, EnvBinds]] = {}

    # -- Columns ------------------------------------------------------------------------------------------------

    def column(self, path: Sequence[str]) -> sa.ColumnElement:
        return self.deals.c["_".join(path)]

    def folded(self, path: Sequence[str]) -> sa.ColumnElement:
        return self.deals.c["_".join(path) + "_folded"]

    def members(self, path: Sequence[str]) -> TableMembers:
        return TableMembers(self.deals, self.members_of[path[0]])

    def attribute_keys(self, path: Sequence[str]) -> Mapping[object, Sequence[str]] | None:
        return {"outcome": OUTCOMES, "probability": PROBABILITIES}.get(path[-1])

    # -- rows ---------------------------------------------------------------------------------------------------

    def fill(self, rows: Sequence[Row]) -> None:
        with self.engine.begin() as connection:
            for table in (self.deals, *self.members_of.values()):
                connection.execute(table.delete())
            for number, row in enumerate(rows):
                connection.execute(self.deals.insert(), self._stored(number, row))
                for name, table in self.members_of.items():
                    for value in row.get((name,)) or ():
                        connection.execute(
                            table.insert(), {"record": number, "value": fold(value) if name == "tags" else value}
                        )

    def _stored(self, number: int, row: Row) -> dict[str, object]:
        values: dict[str, object] = {column.name: None for column in self.deals.c}
        for path, value in row.items():
            name = path.replace(".", "_")
            if name not in values:
                continue
            if name + "_folded" in values and isinstance(value, str):
                values[name + "_folded"] = fold(value)
            if isinstance(value, Decimal) and self.dialect == "sqlite":
                value = int(value.scaleb(FIELDS["deal"][path].places))
            if isinstance(value, datetime):
                value = value.astimezone(UTC).replace(tzinfo=None)
            values[name] = value
        return {**values, "id": number}

    # -- questions ----------------------------------------------------------------------------------------------

    def values(self, expressions: Sequence[Expression], env: Env) -> list[list[object]]:
        """For each row, in order, the values of expressions."""
        found = self._run("values", expressions, env)
        return [[read(value, each.type) for value, each in zip(row, expressions, strict=True)] for row in found]

    def aggregate(self, expressions: Sequence[Expression], env: Env) -> list[object]:
        """The values of measures."""
        found = self._run("aggregate", expressions, env)[0]
        return [read(value, each.type) for value, each in zip(found, expressions, strict=True)]

    def where(self, expression: Expression, env: Env) -> list[int]:
        """The numbers of the rows that a condition finds."""
        return [number for (number,) in self._run("where", [expression], env)]

    def _run(self, question: str, expressions: Sequence[Expression], env: Env) -> Sequence[sa.Row]:
        key = question, *(each.text for each in expressions)
        if key not in self._kept:
            binds = EnvBinds()
            self._kept[key] = self._asked(question, expressions, binds), binds
        query, binds = self._kept[key]
        with self.engine.connect() as connection:
            return connection.execute(query, env_values(binds, env, self.dialect)).all()

    def _asked(self, question: str, expressions: Sequence[Expression], binds: EnvBinds) -> sa.Select:
        if question == "where":
            condition = to_sql(expressions[0], self, binds, self.dialect)
            return sa.select(self.deals.c.id).where(condition).order_by(self.deals.c.id)
        elements = [to_value(each, self, binds, self.dialect).label(f"v{n}") for n, each in enumerate(expressions)]
        query = sa.select(*elements).select_from(self.deals)
        return query if question == "aggregate" else query.order_by(self.deals.c.id)


class TableMembers:
    """Members in a side table."""

    def __init__(self, deals: sa.Table, table: sa.Table) -> None:
        self.table = table
        self.own = table.c.record == deals.c.id

    def exists(self, condition: Callable[[sa.ColumnElement], sa.ColumnElement] | None) -> sa.ColumnElement:
        fits = condition(self.table.c.value) if condition else sa.true()
        return sa.exists().where(self.own, fits)

    def count(self) -> sa.ColumnElement:
        return sa.select(sa.func.count()).select_from(self.table).where(self.own).scalar_subquery()


def read(value: object, kind: Type) -> object:
    """A result of the database in its Python form."""
    if value is None:
        return None
    if kind.number:
        return read_number(value, kind)
    if kind.name == "boolean":
        return bool(value)
    return value.replace(tzinfo=UTC) if isinstance(value, datetime) else value


def plain(value: object) -> object:
    """Numbers without regard to trailing zeros, for comparison."""
    return value.normalize() if isinstance(value, Decimal) else value


def row_of(values: Mapping[str, object]) -> Row:
    """A row with the attributes that its stage has."""
    stage = values.get("stage")
    outcome = next((name for name, keys in OUTCOMES.items() if stage in keys), None)
    probability = next((number for number, keys in PROBABILITIES.items() if stage in keys), None)
    return Row({**values, "stage.outcome": outcome, "stage.probability": probability})


texts = st.one_of(
    st.none(),
    st.sampled_from(
        ["abc", "ABC", "ａｂｃ", "上海华为", "上海華為", "a%_b", " pad ", "12.50", "-3", "91350100M000100Y43", "b", "C"]
    ),
    st.text(st.characters(codec="utf-8", exclude_characters="\0", exclude_categories=("Cs",)), min_size=1, max_size=6),
)
days = st.one_of(
    st.none(), st.dates(date(2026, 3, 1), date(2026, 6, 30)), st.dates(date(1900, 1, 1), date(2200, 12, 31))
)
instants = st.one_of(
    st.none(),
    st.datetimes(datetime(2026, 4, 25), datetime(2026, 5, 25), timezones=st.just(UTC)),
    st.datetimes(datetime(1950, 1, 1), datetime(2150, 1, 1), timezones=st.just(UTC)),
)


def decimals(scale: int, most: int) -> st.SearchStrategy[Decimal | None]:
    return st.one_of(
        st.none(),
        st.sampled_from([Decimal(0), Decimal("1250.5"), Decimal("-0.5"), Decimal(3)]),
        st.integers(-(10**most), 10**most).map(lambda whole: Decimal(whole).scaleb(-scale)),
        st.integers(-5000, 5000).map(lambda whole: Decimal(whole).scaleb(-scale)),
    )


deals = st.fixed_dictionaries({
    "name": texts,
    "note": texts,
    "amount": decimals(3, 18),
    "amount.currency": st.sampled_from([None, "CNY", "USD", "EUR"]),
    "rate": decimals(6, 12),
    "share": decimals(4, 8),
    "quantity": st.one_of(st.none(), st.integers(-5, 20), st.integers(-(10**15), 10**15)),
    "closed_on": days,
    "due_on": days,
    "seen_at": instants,
    "made_at": instants,
    "active": st.sampled_from([None, True, False]),
    "stage": st.sampled_from([None, "new", "talk", "won", "lost"]),
    "owner": st.sampled_from([None, 7, 8, 11]),
    "account": st.sampled_from([None, 1]),
    "account.name": texts,
    "account.region": st.sampled_from([None, "east", "north"]),
    "account.province": st.sampled_from([None, "上海", "北京", "西藏"]),
    "tags": st.lists(st.sampled_from(["VIP", "b", "上海华为"]), unique=True, max_size=3),
    "regions": st.lists(st.sampled_from(["east", "north"]), unique=True, max_size=2),
}).map(row_of)  # fmt: skip
