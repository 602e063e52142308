"""Of what is wrong, people are told the cause; what is wrong only because of it goes away with it."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import crm
import numbers_of_crm
import pytest
from worlds import COMPILER

from sartor.platform.definitions.compile.compiler import check, compile_documents
from sartor.platform.definitions.compile.drafting import Drafting
from sartor.platform.definitions.documents import Document
from sartor.platform.expressions import completions

DOCUMENTS = crm.documents(**numbers_of_crm.DOCUMENTS)


def altered(key: str, place: str, value: Any) -> dict[str, Document]:
    """The small CRM with another value at a JSON pointer of one definition."""
    found = deepcopy(DOCUMENTS)
    *steps, last = place.strip("/").split("/")
    part: Any = found[key]
    for step in steps:
        part = part[step]
    part[last] = value
    return found


CAUSES = {
    "a lookup that roll-ups and reports use": ("entity/deal", "/fields/account/options/entity", "acount"),
    "a lookup that an effect goes through": ("entity/contact", "/fields/account/options/entity", "acount"),
    "a lookup that is copied from": ("entity/deal_line", "/fields/product/options/entity", "prodct"),
    "the lookup of lines": ("entity/deal_line", "/fields/deal/options/entity", "dael"),
    "the entity of lines": ("entity/deal", "/fields/lines/options/entity", "deal_lin"),
    "the lookup that lines are found by": ("entity/deal", "/fields/lines/options/lookup", "dael"),
    "the field of a roll-up": ("entity/deal", "/fields/lines_total/options/of", "amout"),
    "an option set": ("entity/account", "/fields/industry/options/set", "indust"),
    "the formula of a field": ("entity/deal", "/fields/weighted/formula", "amont * probability"),
    "a pipeline": ("entity/deal", "/fields/stage/options/pipelines", ["dael"]),
}


@pytest.mark.parametrize("name", CAUSES)
def test_one_cause_is_one_problem(name: str) -> None:
    key, place, _value = CAUSES[name]
    problems = check(altered(*CAUSES[name]), COMPILER.kinds)
    assert [each.file for each in problems] == [key]
    assert place.startswith(problems[0].field)


def test_a_pipeline_of_another_entity_is_refused_where_it_is_named() -> None:
    stage = {"type": "stage", "label": "State", "options": {"pipelines": ["deal"]}}
    (problem,) = check(altered("entity/account", "/fields/state", stage), COMPILER.kinds)
    assert (problem.file, problem.field) == ("entity/account", "/fields/state/options/pipelines")


def test_two_causes_are_two_problems() -> None:
    wrong = altered("entity/deal", "/fields/account/options/entity", "acount")
    wrong["entity/deal"]["fields"]["weighted"]["formula"] = "amont"  # type: ignore[index]
    assert [each.near for each in check(wrong, COMPILER.kinds)] == ["account", "amount"]


def test_what_points_elsewhere_is_told_wherever_it_does_not_fit() -> None:
    """Which of both is the mistake, nobody can know."""
    problems = check(altered("entity/deal", "/fields/account/options/entity", "contact"), COMPILER.kinds)
    assert [(each.file, each.field) for each in problems] == [
        ("entity/account", "/fields/open_deals/options/by"),
        ("entity/account", "/fields/open_amount/options/by"),
        ("report/by_industry", "/dimensions/industry"),
    ]


@pytest.mark.parametrize("name", CAUSES)
def test_once_the_cause_is_mended_everything_that_hung_on_it_is_right(name: str) -> None:
    drafting = Drafting(COMPILER.kinds)
    for documents in (DOCUMENTS, altered(*CAUSES[name]), DOCUMENTS):
        last = drafting.draft(documents)
    assert last.problems == []
    assert last.model.dependents == compile_documents(DOCUMENTS, COMPILER.kinds).dependents


def test_nothing_is_offered_behind_what_leads_nowhere() -> None:
    scope = Drafting(COMPILER.kinds).draft(altered("entity/deal", "/fields/account/options/entity", "acount")).scope
    assert completions("account.name.", 13, scope, "deal") == []
