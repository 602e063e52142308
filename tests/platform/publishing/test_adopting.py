"""Records from before their pipeline: publishing it puts them into the first stage, as the plan says."""

import pytest
from workshops import connect

from sartor.platform.publishing.steps import adopted
from sartor.platform.publishing.values import adoption
from sartor.platform.query.cursor import Cursors
from sartor.platform.query.reader import Reader
from sartor.platform.records.history.story import Story
from sartor.platform.records.wish import Wish

PIPELINE = {
    "label": "Care", "entity": "account", "field": "care",
    "stages": {
        "later": {"label": "Later", "order": 2, "outcome": "won"},
        "new": {"label": "New", "order": 1, "on_enter": {"founded_on": "d'2020-02-02'"}},
    },
}  # fmt: skip


def with_care(workshop, **more):
    document = workshop.document("entity/account")
    document["fields"]["care"] = {"type": "stage", "label": "Care", "order": 9, "options": {"pipelines": ["care"]}}
    return {"entity/account": document, "pipeline/care": {**PIPELINE, **more}}


def wish(**values):
    return Wish(values)


def steps(plan):
    return [(step.subject, step.rows, str(step.grade)) for step in plan.steps if step.kind == "adopt"]


def cares(workshop):
    return dict(workshop.rows("SELECT name, care FROM account"))


@pytest.fixture
def before(workshop):
    """Accounts that are older than their pipeline."""
    for name in "abcde":
        workshop.make("account", name=name)
    workshop.writer.delete(workshop.system, "account", workshop.value("SELECT id FROM account WHERE name = 'e'"))
    return workshop


def test_a_new_pipeline_takes_in_the_records_that_are_there(before):
    assert steps(before.edit(with_care(before))) == [("pipeline/care", 4, "safe")]
    versions = before.rows("SELECT id, version, updated_at FROM account ORDER BY id")
    before.publish({})
    assert cares(before) == {"a": "new", "b": "new", "c": "new", "d": "new", "e": None}
    assert before.rows("SELECT id, version, updated_at FROM account ORDER BY id") == versions
    assert before.value("SELECT count(*) FROM account WHERE founded_on IS NOT NULL") == 4
    assert before.rows("SELECT DISTINCT stage, left_at FROM sys_stay") == [("new", None)]
    assert before.value("SELECT count(*) FROM sys_stay WHERE at IS NOT NULL") == 4


def test_the_history_of_each_says_so(before):
    before.publish(with_care(before))
    number = before.value("SELECT id FROM account WHERE name = 'a'")
    story = Story(before.database, Reader(before.database, before.design.tables, Cursors(b"secret")))
    latest = story.history(before.system, "account", number)[0]
    assert latest.body["changes"]["care"] == [None, "new"]
    assert latest.body["cause"] == {"cause": f"revision {before.design.revision}", "reason": "publishing"}


def test_a_pipeline_may_leave_them_alone_and_take_them_in_later(before):
    assert steps(before.edit(with_care(before, adopts=False))) == []
    before.publish({})
    assert set(cares(before).values()) == {None}
    assert steps(before.edit({"pipeline/care": PIPELINE})) == [("pipeline/care", 4, "safe")]
    before.publish({})
    assert cares(before)["a"] == "new"
    assert steps(before.edit({"pipeline/care": {**PIPELINE, "label": "Attention"}})) == []


def test_a_record_that_breaks_a_rule_of_today_is_taken_in_all_the_same(before):
    changes = with_care(before)
    changes["entity/account"]["fields"]["tax_id"]["required"] = True
    changes["entity/account"]["checks"] = {"never": {"test": "name = 'z'", "message": "Only z."}}
    changes["pipeline/care"]["stages"]["new"]["on_enter"] = {}
    before.publish(changes)
    assert cares(before)["a"] == "new"


def test_words_that_are_no_stage_leave_their_records_to_the_first_one(before):
    changes = with_care(before)
    for name, said in {"a": "later", "b": "whatever"}.items():
        number = before.value("SELECT id FROM account WHERE name = :name", name=name)
        before.writer.update(before.system, "account", number, wish(tax_id=said))
    document = before.document("entity/account")
    document["fields"]["tax_id"] = {**changes["entity/account"]["fields"]["care"], "label": "Tax ID"}
    stages = {key: {**part, "on_enter": {}} for key, part in PIPELINE["stages"].items()}
    plan = before.edit({"entity/account": document, "pipeline/care": {**PIPELINE, "field": "tax_id", "stages": stages}})
    assert steps(plan) == [("pipeline/care", 3, "safe")]
    before.publish({})
    stored = before.design.model.field("account", "tax_id").stored_as
    assert dict(before.rows(f'SELECT name, "{stored}" FROM account')) == {
        "a": "later", "b": "new", "c": "new", "d": "new", "e": None,
    }  # fmt: skip


def test_each_follows_the_pipeline_that_it_says(before):
    document = before.document("entity/account")
    choices = {"care": {"label": "Care", "order": 1}, "loss": {"label": "Loss", "order": 2}}
    document["fields"]["way"] = {"type": "choice", "label": "Way", "order": 8, "options": {"choices": choices}}
    before.publish({"entity/account": document})
    number = before.value("SELECT id FROM account WHERE name = 'a'")
    before.writer.update(before.system, "account", number, wish(way="loss"))
    changes = with_care(before)
    changes["entity/account"]["fields"]["care"]["options"] = {"pipelines": ["care", "loss"], "by": "way"}
    changes["pipeline/loss"] = {**PIPELINE, "stages": {"lost": {"label": "Lost", "order": 1, "outcome": "lost"}}}
    assert steps(before.edit(changes)) == [("pipeline/care", 3, "safe"), ("pipeline/loss", 1, "safe")]
    before.publish({})
    assert cares(before) == {"a": "lost", "b": "new", "c": "new", "d": "new", "e": None}


def test_many_are_taken_in_after_the_publication_and_an_interruption_loses_none(before, monkeypatch):
    monkeypatch.setattr(adopted, "BIG", 2)
    monkeypatch.setattr(adoption, "BATCH", 2)
    assert steps(before.edit(with_care(before))) == [("pipeline/care", 4, "slow")]
    before.publish({})
    assert set(cares(before).values()) == {None}
    before.background.run(0)
    before.background._do_some(before.background.waiting()[0].id)
    assert sorted(filter(None, cares(before).values())) == ["new", "new"]
    number = before.value("SELECT id FROM account WHERE name = 'd'")
    before.writer.update(before.system, "account", number, wish(care="later"))
    assert connect(before.database).background.run(60) is False
    assert cares(before) == {"a": "new", "b": "new", "c": "new", "d": "later", "e": None}
    assert before.value("SELECT count(*) FROM sys_stay WHERE left_at IS NULL") == 4


def test_going_back_says_what_stays_and_what_goes_out_of_sight(before):
    before.publish(with_care(before, adopts=False))
    before.publish({"pipeline/care": PIPELINE})
    plan = before.publisher.plan_rollback(2)
    assert plan.notes == ("4 records that revision 3 put into a stage stay there",)
    gone = before.publisher.plan_rollback(1)
    assert gone.notes == ()
    assert ("lossy", 4) in [(str(step.grade), step.rows) for step in gone.steps if step.subject.endswith("#care")]
    before.rollback(1)
    before.publish(with_care(before))
    assert cares(before)["a"] == "new"
