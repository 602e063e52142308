"""A stage that is taken out while records are in it: another one takes them over, if whoever designs says so."""

import pytest

from sartor.platform.records.wish import Wish

STAGES = {
    "new": {"label": "New", "order": 1},
    "talk": {"label": "Talk", "order": 2, "on_enter": {"founded_on": "d'2020-02-02'"}},
    "done": {"label": "Done", "order": 3, "outcome": "won"},
}  # fmt: skip
PIPELINE = {"label": "Care", "entity": "account", "field": "care", "stages": STAGES}


def without_new(**takes):
    stages = {key: {**part} for key, part in STAGES.items() if key != "new"}
    for key, taken in takes.items():
        stages[key]["takes"] = taken
    return {"pipeline/care": {**PIPELINE, "stages": stages}}


@pytest.fixture
def cared(workshop):
    """Accounts in the first stage of a pipeline."""
    document = workshop.document("entity/account")
    document["fields"]["care"] = {"type": "stage", "label": "Care", "order": 9, "options": {"pipelines": ["care"]}}
    document["fields"]["is_new"] = {
        "type": "formula", "label": "Is new", "order": 10, "formula": "if(care = 'new', 1, 0)",
        "options": {"result": {"type": "integer"}},
    }  # fmt: skip
    workshop.publish({"entity/account": document, "pipeline/care": PIPELINE})
    for name in "abc":
        workshop.make("account", name=name)
    document["fields"]["is_new"]["formula"] = "if(care = 'talk', 1, 0)"
    workshop.publish({"entity/account": document})
    return workshop


def cares(workshop):
    return workshop.rows("SELECT DISTINCT care, is_new, founded_on FROM account")


def said(plan, subject="pipeline/care"):
    return [(step.text, step.rows, str(step.grade)) for step in plan.steps if "gone" in step.text or step.rows > 0]


def test_records_of_a_stage_that_is_gone_come_into_the_one_that_takes_them(cared):
    plan = cared.edit(without_new(talk=["new"]))
    assert said(plan)[0] == ("Care: 3 records come over: New → Talk; going back leaves them there", 3, "lossy")
    assert not any("that is gone" in text for text, _rows, _grade in said(plan))
    cared.publish({})
    assert cares(cared) == [("talk", 1, None)]
    assert cared.rows("SELECT DISTINCT stage, left_at FROM sys_stay") == [("talk", None)]


def test_what_has_left_the_stage_before_is_told_as_it_was(cared):
    number = cared.value("SELECT id FROM account WHERE name = 'a'")
    cared.writer.update(cared.system, "account", number, Wish({"care": "talk"}))
    cared.publish(without_new(done=["new"]))
    stays = cared.rows("SELECT stage, left_at IS NULL FROM sys_stay WHERE record = :number ORDER BY id", number=number)
    assert [(stage, bool(stays_on)) for stage, stays_on in stays] == [("new", False), ("talk", True)]
    assert {key for key, _talk, _on in cares(cared)} == {"talk", "done"}


def test_without_one_they_keep_a_key_that_is_gone_and_the_plan_says_so(cared):
    assert any("that is gone" in text for text, _rows, _grade in said(cared.edit(without_new())))
    cared.publish({})
    assert cares(cared) == [("new", 0, None)]


def test_going_back_brings_the_stage_back_and_leaves_them(cared):
    before = cared.design.model.revision
    cared.publish(without_new(talk=["new"]))
    assert cared.publisher.plan_rollback(before).notes == ("3 records that revision 4 put into a stage stay there",)
    cared.rollback(before)
    assert "new" in cared.design.model.pipelines["care"].stages
    assert cares(cared) == [("talk", 1, None)]


def test_what_is_taken_over_is_a_stage_again_once_one_is_called_so(cared):
    cared.publish(without_new(talk=["new"]))
    cared.publish({"pipeline/care": {**PIPELINE, "stages": {**STAGES, "talk": {**STAGES["talk"], "takes": ["new"]}}}})
    cared.make("account", name="d")
    assert {key for key, _talk, _on in cares(cared)} == {"new", "talk"}
