"""The two databases with deals in them, an environment, and short ways to check and to evaluate."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa
from deals import Model, Row, Tables, row_of

from sartor.platform.expressions import Env, Expression, check, evaluate, register_sqlite_functions


@pytest.fixture(scope="session")
def sqlite_tables() -> Iterator[Tables]:
    engine = sa.create_engine("sqlite://", poolclass=sa.StaticPool)
    sa.event.listen(engine, "connect", lambda connection, _record: register_sqlite_functions(connection))
    yield Tables(engine)
    engine.dispose()


@pytest.fixture(scope="module")
def postgres_tables(postgres_module_url: str) -> Iterator[Tables]:
    engine = sa.create_engine(postgres_module_url)
    yield Tables(engine)
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def tables(request: pytest.FixtureRequest) -> Tables:
    """The tables on each of the two databases."""
    return request.getfixturevalue("sqlite_tables" if request.param == "sqlite" else "postgres_tables")


@pytest.fixture
def model() -> Model:
    return Model()


@pytest.fixture
def env() -> Env:
    """15 May 2026, a Friday, 18:00 in Shanghai."""
    return Env(
        now=datetime(2026, 5, 15, 10, tzinfo=UTC),
        zone="Asia/Shanghai",
        user=7,
        reports=(8, 9),
        department=3,
        departments=(3, 4),
        rates=lambda code, day: {"USD": Decimal("7.1")}.get(code),
        currencies=("CNY", "USD"),
    )


@pytest.fixture
def deal() -> Callable[..., Row]:
    """A row, with some values of its own."""

    def made(**values: object) -> Row:
        return row_of({
            "id": 1,
            "name": "上海华为 2026",
            "amount": Decimal("1250.500"),
            "rate": Decimal("1.5"),
            "quantity": 3,
            "closed_on": date(2026, 5, 1),
            "seen_at": datetime(2026, 4, 30, 17, 30, tzinfo=UTC),
            "active": True,
            "stage": "won",
            "owner": 7,
            "tags": ["VIP", "重点"],
            **{name.replace("__", "."): value for name, value in values.items()},
        })  # fmt: skip

    return made


@pytest.fixture
def checked(model: Model) -> Callable[..., Expression]:
    """`check` over the deal; the same text is checked once."""
    kept: dict[str, Expression] = {}

    def once(text: str, **options: Any) -> Expression:
        key = f"{text} {options}"
        if key not in kept:
            kept[key] = check(text, model, "deal", **options)
        return kept[key]

    return once


@pytest.fixture
def value(checked: Callable[..., Expression], deal: Callable[..., Row], env: Env) -> Callable[..., Any]:
    """The value of an expression for a deal with these fields."""
    return lambda text, **fields: evaluate(checked(text), deal(**fields), env)
