"""Numbers in bands: where each lies, blanks apart, in their order, with a link to the very records."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from numbers_of_crm import address
from worlds import World

from sartor.platform.definitions.compile.scope import ModelScope
from sartor.platform.expressions import check
from sartor.platform.model import Dimension
from sartor.platform.query.question import Question
from sartor.platform.reporting.reporter import Reporter
from sartor.platform.text import use_language

AMOUNTS = ("5", "999.99", "1000", "1000.01", "20000", None)


@pytest.fixture(scope="module", autouse=True)
def deals(world: World) -> None:
    account = world.make("account", name="Ada")
    for amount in AMOUNTS:
        world.make("deal", name="D", account=account, amount=amount)
    world.make("deal", name="D", account=account, amount={"amount": "2000", "currency": "USD"})


@pytest.fixture
def banded(world: World) -> Any:
    def answer(field: str, *bands: str) -> Any:
        report = replace(world.model.reports["by_stage"], dimensions=(Dimension(field, (field,), bands=bands),))
        return Reporter(world, address).run(world.system, report)

    return answer


def texts(answer: Any) -> list[tuple[str, ...]]:
    return [tuple(point.text for point in row) for row in answer.table.rows]


def test_a_number_lies_in_its_band_and_a_limit_begins_the_next_one(banded):
    assert texts(banded("amount", "1000", "10000")) == [
        ("under 1,000", "2"), ("1,000 to under 10,000", "2"), ("10,000 and more", "1"), ("(blank)", "2"),
    ]  # fmt: skip


def test_each_band_leads_to_its_records(banded, world):
    found = [row[1].href.partition("?") for row in banded("amount", "1000", "10000").table.rows]
    assert found[1][2] == "base(amount) >= 1000 and base(amount) < 10000"
    for (entity, _mark, condition), count in zip(found, (2, 2, 1, 2), strict=True):
        where = (check(condition, ModelScope(world.model), entity),)
        assert world.reader.count(world.system, Question(entity, (("id",),), where=where))[0] == count


def test_shares_are_written_in_percent_and_in_the_readers_language(banded):
    use_language("zh")
    assert texts(banded("probability", "0.15", "0.5"))[0][0] == "15\N{NO-BREAK SPACE}% 至 50\N{NO-BREAK SPACE}% 以下"
