"""Groups of texts: what a filter takes for the same, however it is written, is one group; so is its list."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import crm
import pytest
from numbers_of_crm import address
from worlds import NOON, World, open_world

from sartor.platform.definitions.compile.scope import ModelScope
from sartor.platform.expressions import check
from sartor.platform.query.question import Question
from sartor.platform.reporting.answers import ReportAnswer
from sartor.platform.reporting.reporter import Reporter

NAMES = ("beijing", "Beijing", "BEIJING", "北京", "Xi'an")


def counted(*dimensions: str) -> dict[str, Any]:
    """How many deals there are by some paths."""
    by = {f"by{order}": {"path": path, "order": order} for order, path in enumerate(dimensions, 1)}
    measures = {"n": {"formula": "count()", "order": 1}}
    return {
        "label": "Counted", "chart": "table", "entity": "deal", "dimensions": by, "measures": measures,
        "options": {"totals": True},
    }  # fmt: skip


MADE = {
    "report/by_name": counted("name"),
    "report/by_account": counted("account.name"),
    "report/by_entry": counted("stage.entered_at"),
    "report/by_month": counted("stage.entered_at")
    | {"dimensions": {"by1": {"path": "stage.entered_at", "bucket": "month", "order": 1}}},
}


@pytest.fixture(scope="module")
def world(module_database_url: str) -> Iterator[World]:
    made = open_world(module_database_url, crm.documents(**MADE))
    made.database.clock = lambda: NOON
    for name in NAMES:
        account = made.make("account", name=name)
        made.make("deal", name=name, account=account)
    yield made
    made.database.close()


def run(world: World, name: str, **filters: str) -> ReportAnswer:
    return Reporter(world, address).run(world.system, name, filters=filters)


def groups(answer: ReportAnswer) -> dict[str, int]:
    assert answer.table is not None
    return {key.text.casefold(): int(str(number.value)) for key, number in answer.table.rows}


def listed(world: World, href: str | None) -> int:
    assert href is not None
    entity, _mark, condition = href.partition("?")
    where = (check(condition, ModelScope(world.model), entity),)
    return world.reader.count(world.system, Question(entity, (("id",),), where=where))[0]


def equal_their_lists(world: World, answer: ReportAnswer) -> bool:
    assert answer.table is not None
    return all(int(str(number.value)) == listed(world, number.href) for _key, number in answer.table.rows)


@pytest.mark.parametrize("report", ["by_name", "by_account"])
def test_other_letters_are_no_other_group(world: World, report: str):
    answer = run(world, report)
    assert groups(answer) == {"beijing": 3, "北京": 1, "xi'an": 1}
    assert equal_their_lists(world, answer)


@pytest.mark.parametrize("report", ["by_entry", "by_month"])
def test_the_time_at_which_a_stage_began_is_a_time_like_others(world: World, report: str):
    answer = run(world, report)
    assert [key.text for key, _n in answer.table.rows] == ["20 May 2026" if report == "by_entry" else "May 2026"]
    assert groups(answer).popitem()[1] == 5
    assert equal_their_lists(world, answer)
