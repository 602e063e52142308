"""Unique keys under values that a publish changes: they are judged as the records will be."""

from __future__ import annotations

from typing import Any

import pytest
from workshops import Workshop, with_field

from sartor.platform.errors import Invalid
from sartor.platform.model.ids import encode_id
from sartor.platform.publishing.publisher import Publication

HEIR = "Account: 1 value of Name occurs more than once; make it unique first"


def keyed(workshop: Workshop, when: str | None, *fields: str) -> dict[str, Any]:
    """An account of which each name is there once, under a condition."""
    document = workshop.document("entity/account")
    document["keys"] = {"one": {"fields": list(fields or ("name",)), **({"when": when} if when else {})}}
    return {"entity/account": document}


def retail_goes_to_it(workshop: Workshop) -> dict[str, Any]:
    document = workshop.document("options/industry")
    document["choices"] = {"it": {**document["choices"]["it"], "takes": ["retail"]}}
    return {"options/industry": document}


def said(plan: Any) -> list[str]:
    return [each.message for each in plan.obstacles]


def held(workshop: Workshop) -> dict[str, bool]:
    return {name: bool(value) for name, value in workshop.rows("SELECT name, one__holds FROM account")}


def test_records_that_come_under_the_condition_with_their_heir_stand_in_the_way(workshop):
    workshop.publish(keyed(workshop, "industry = 'it'"))
    for industry in ("it", "retail"):
        workshop.make("account", name="a", industry=industry)
    assert said(workshop.edit(retail_goes_to_it(workshop))) == [HEIR]


def test_what_comes_under_the_condition_with_its_heir_counts_from_then_on(workshop):
    workshop.publish(keyed(workshop, "industry = 'it'"))
    workshop.make("account", name="a", industry="it")
    workshop.make("account", name="b", industry="retail")
    assert said(workshop.edit(retail_goes_to_it(workshop))) == []
    workshop.publish({})
    assert held(workshop) == {"a": True, "b": True}
    with pytest.raises(Invalid):
        workshop.make("account", name="B", industry="it")


@pytest.mark.parametrize(("industry", "expected"), [("it", [HEIR]), ("retail", [])])
def test_a_new_conditional_key_is_judged_by_the_records_under_its_condition(workshop, industry, expected):
    workshop.make("account", name="a", industry="it")
    workshop.make("account", name="A", industry=industry)
    assert said(workshop.edit(keyed(workshop, "industry = 'it'"))) == expected


def test_a_condition_over_what_is_worked_out_is_judged_after_that(workshop):
    twice = {"type": "formula", "label": "Size", "order": 220, "formula": "revenue * 2",
             "options": {"result": {"type": "decimal"}}}  # fmt: skip
    for name, amount in (("a", "5"), ("b", "1")):
        workshop.make("account", name=name, revenue={"amount": amount, "currency": "CNY"})
    document = with_field(workshop, "size", twice)["entity/account"]
    document["keys"] = {"one": {"fields": ["name"], "when": "size > 4"}}
    workshop.publish({"entity/account": document})
    assert held(workshop) == {"a": True, "b": False}
    workshop.make("account", name="B", revenue={"amount": "1", "currency": "CNY"})
    document = workshop.document("entity/account")
    document["fields"]["size"]["formula"] = "revenue * 8"
    assert said(workshop.edit({"entity/account": document})) == [HEIR]


def test_a_stage_of_another_outcome_brings_its_records_under_the_condition(workshop):
    document, pipeline = workshop.document("entity/deal"), workshop.document("pipeline/deal")
    document["keys"] = {"one": {"fields": ["name"], "when": "stage.outcome = 'open'"}}
    pipeline["stages"]["qualify"]["outcome"] = "invalid"
    workshop.publish({"entity/deal": document, "pipeline/deal": pipeline})
    account = encode_id(workshop.make("account", name="A"))
    for name in ("d", "D"):
        workshop.make("deal", name=name, account=account)
    del pipeline["stages"]["qualify"]["outcome"]
    assert said(workshop.edit({"pipeline/deal": pipeline})) == [HEIR.replace("Account", "Deal")]


@pytest.mark.parametrize("industries", [("it", "retail"), ("retail", "it")])
def test_a_record_leaves_the_condition_before_another_comes_under_it(workshop, industries):
    workshop.publish(keyed(workshop, "industry = 'it'"))
    for industry in industries:
        workshop.make("account", name="a", industry=industry)
    workshop.publish(keyed(workshop, "industry = 'retail'"))
    rows = workshop.rows("SELECT industry, one__holds FROM account")
    assert {industry: bool(holds) for industry, holds in rows} == {"it": False, "retail": True}


def test_values_that_become_one_in_another_type_stand_in_the_way(workshop):
    for number in ("1", "01"):
        workshop.make("account", name=number, tax_id=number)
    document = workshop.document("entity/account")
    document["fields"]["tax_id"] = {"type": "integer", "label": "Tax id", "order": 20, "unique": True}
    plan = workshop.edit({"entity/account": document})
    assert said(plan) == ["Account: 1 value of Tax id occurs more than once; make it unique first"]


def test_a_condition_on_what_gets_another_type_is_judged_by_its_new_values(workshop):
    workshop.publish(keyed(workshop, "tax_id = '1'"))
    for name, number in (("a", "1"), ("A", "2"), ("b", "3")):
        workshop.make("account", name=name, tax_id=number)
    document = workshop.document("entity/account")
    document["fields"]["tax_id"] = {"type": "integer", "label": "Tax id", "order": 20}
    document["keys"]["one"]["when"] = "tax_id < 3"
    assert said(workshop.edit({"entity/account": document})) == [HEIR]
    document["keys"]["one"]["when"] = "tax_id = 1"
    assert said(workshop.edit({"entity/account": document})) == []
    workshop.publish({})
    assert held(workshop) == {"a": True, "A": False, "b": False}


def test_what_collides_after_the_plan_is_refused_with_the_key(workshop, monkeypatch):
    for name in ("a", "A"):
        workshop.make("account", name=name, industry="it")
    plan = workshop.edit(keyed(workshop, "industry = 'it'"))
    monkeypatch.setattr("sartor.platform.publishing.publisher.Publisher.require_possible", lambda *_of: None)
    with pytest.raises(Invalid) as refused:
        workshop.publisher.publish(Publication("x", confirm=plan.fingerprint))
    assert [each.message for each in refused.value.problems] == ["No two records of Account may agree in Name"]
    assert workshop.document("entity/account").get("keys") is None
