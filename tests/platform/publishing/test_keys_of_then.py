"""What was out of use while its keys were renamed says the right ones when it is back: those of now, or those of the
revision that it comes back with."""

from __future__ import annotations

from typing import Any

import pytest
from workshops import Workshop

from sartor.platform.publishing.applying import Publication
from sartor.platform.publishing.names.renaming import Rename
from sartor.platform.publishing.retired.bringing_back import BringingBack
from sartor.platform.publishing.uses.retiring import without
from sartor.platform.query.cursor import Cursors
from sartor.platform.query.reader import Reader
from sartor.platform.records.history.story import Story
from sartor.platform.records.wish import Wish

SET = "options/industry"
TRADE = {"type": "choice", "label": "Trade", "order": 999, "options": {"set": "industry"}}
TRADES = {**TRADE, "type": "choices"}
VISIT = {
    "label": "Visit", "title": "name",
    "fields": {
        "name": {"type": "text", "label": "Name", "order": 1}, "trade": TRADE,
        "stage": {"type": "stage", "label": "Stage", "order": 2, "options": {"pipelines": ["visit"]}},
    },
}  # fmt: skip
STAGES = {
    "label": "Visit", "entity": "visit", "field": "stage",
    "stages": {"open": {"label": "O", "order": 1}, "shut": {"label": "S", "order": 2}},
    "transitions": {"shut": {"from": ["open"], "to": ["shut"]}},
}  # fmt: skip
OWN = {"a": {"label": "A", "order": 1}, "b": {"label": "B", "order": 2}}


def reader(workshop: Workshop) -> Reader:
    return Reader(workshop.database, workshop.design.tables, Cursors(b"secret"))


def read(workshop: Workshop, record: int, name: str, entity: str = "account") -> Any:
    return reader(workshop).record(workshop.system, entity, record, ((name,),))[name]


def rename(workshop: Workshop, *renames: Rename) -> int:
    for each in renames:
        workshop.publisher.sets.rename(each)
    return workshop.publisher.publish(Publication(confirm=workshop.publisher.plan().fingerprint))


def rekey(workshop: Workshop, old: str, new: str, owner: str = SET) -> int:
    return rename(workshop, Rename(owner, new, entry=old))


def retire(workshop: Workshop, key: str, field: str | None = None) -> int:
    return workshop.publish(without(workshop.design.documents, workshop.models.compiler.kinds, key, field))


def back_alone(workshop: Workshop) -> None:
    leaving = BringingBack(workshop.models, workshop.publisher.sets.documents())
    (found,) = leaving.all()
    workshop.publish(leaving.edits(found.id))


@pytest.fixture
def record(workshop: Workshop) -> int:
    """An account with a choice, several, and one of its field's own."""
    fields = {"trade": TRADE, "trades": TRADES, "kind": {**TRADE, "options": {"choices": OWN}}}
    document = workshop.document("entity/account")
    workshop.publish({"entity/account": {**document, "fields": {**document["fields"], **fields}}})
    return workshop.make("account", name="A", trade="it", trades=["it", "retail"], kind="a")


@pytest.fixture
def visit(workshop: Workshop) -> int:
    """A record that is in its second stage."""
    workshop.publish({"entity/visit": VISIT, "pipeline/visit": STAGES})
    made = workshop.make("visit", name="V", trade="it")
    workshop.writer.update(workshop.system, "visit", made, Wish({"stage": "shut"}))
    return made


@pytest.mark.parametrize(("field", "expected"), [("trade", "tech"), ("trades", ["tech", "retail"])])
def test_a_field_that_comes_back_alone_follows_a_set_that_is_called_otherwise(
    workshop: Workshop, record: int, field: str, expected: Any
) -> None:
    retire(workshop, "entity/account", field)
    rename(workshop, Rename(SET, "branch"))
    rekey(workshop, "it", "tech", "options/branch")
    back_alone(workshop)
    assert sorted(read(workshop, record, field)) == sorted(expected)


def test_its_history_is_told_in_the_keys_of_now(workshop: Workshop, record: int) -> None:
    retire(workshop, "entity/account", "trade")
    rekey(workshop, "it", "tech")
    back_alone(workshop)
    (entry,) = Story(workshop.database, reader(workshop)).history(workshop.system, "account", record)
    assert entry.body["changes"]["trade"] == [None, "tech"]


@pytest.mark.parametrize("field", ["trade", "trades"])
def test_a_rollback_past_a_rename_and_a_removal_brings_the_keys_of_then(
    workshop: Workshop, record: int, field: str
) -> None:
    then, before = workshop.design.revision, read(workshop, record, field)
    rekey(workshop, "it", "tech")
    rename(workshop, Rename(SET, "branch"))
    retire(workshop, "entity/account", field)
    rekey(workshop, "tech", "it_and_more", "options/branch")
    workshop.rollback(then)
    assert read(workshop, record, field) == before


def test_so_it_does_where_the_field_said_its_choices_itself(workshop: Workshop, record: int) -> None:
    then = workshop.design.revision
    rename(workshop, Rename("entity/account", "z", "kind", "a"))
    after = workshop.design.revision
    retire(workshop, "entity/account", "kind")
    workshop.rollback(then)
    assert read(workshop, record, "kind") == "a"
    workshop.rollback(after)
    assert read(workshop, record, "kind") == "z"


def test_so_it_does_where_the_whole_entity_went_and_its_set_as_well(workshop: Workshop, visit: int) -> None:
    then = workshop.design.revision
    rekey(workshop, "it", "tech")
    workshop.publish({"entity/visit": None, "pipeline/visit": None})
    rekey(workshop, "tech", "other_tech")
    workshop.rollback(then)
    assert read(workshop, visit, "trade", "visit") == "it"


def test_a_rollback_to_a_revision_that_was_rolled_back_brings_its_keys(workshop: Workshop, record: int) -> None:
    before = workshop.design.revision
    rekey(workshop, "it", "x")
    rekey(workshop, "retail", "it")
    after = rekey(workshop, "x", "retail")
    workshop.rollback(before)
    assert (read(workshop, record, "trade"), read(workshop, record, "trades")) == ("it", ["it", "retail"])
    workshop.rollback(after)
    assert (read(workshop, record, "trade"), sorted(read(workshop, record, "trades"))) == ("retail", ["it", "retail"])


def test_stages_and_stays_come_back_with_the_pipeline_of_then(workshop: Workshop, visit: int) -> None:
    then, stays = workshop.design.revision, "SELECT pipeline, source, stage FROM sys_stay ORDER BY id"
    rename(workshop, Rename("pipeline/visit", "round"))
    renamed = rekey(workshop, "open", "fresh", "pipeline/round")
    assert workshop.rows(stays) == [("round", None, "fresh"), ("round", "fresh", "shut")]
    workshop.publish({"entity/visit": None, "pipeline/round": None})
    workshop.rollback(then)
    assert workshop.rows(stays) == [("visit", None, "open"), ("visit", "open", "shut")]
    workshop.rollback(renamed)
    assert workshop.rows(stays) == [("round", None, "fresh"), ("round", "fresh", "shut")]


def test_stays_of_a_pipeline_that_went_are_not_those_of_another_one_with_its_name(
    workshop: Workshop, visit: int
) -> None:
    then = workshop.design.revision
    workshop.publish({"entity/visit": None, "pipeline/visit": None})
    workshop.publish({"entity/visit": VISIT, "pipeline/visit": STAGES})
    rename(workshop, Rename("pipeline/visit", "round"))
    workshop.rollback(then)
    assert workshop.rows("SELECT pipeline FROM sys_stay ORDER BY id") == [("visit",), ("visit",)]


def test_a_value_whose_key_something_else_has_by_now_is_told_before_it_comes_back(
    workshop: Workshop, record: int
) -> None:
    retire(workshop, "entity/account", "trade")
    document = workshop.document(SET)
    document["choices"].pop("it")
    workshop.publish({SET: document})
    rekey(workshop, "retail", "it")
    leaving = BringingBack(workshop.models, workshop.publisher.sets.documents())
    plan = workshop.edit(leaving.edits(leaving.all()[0].id))
    assert [(step.kind, step.rows) for step in plan.steps if str(step.grade) == "lossy"] == [("choices", 1)]
