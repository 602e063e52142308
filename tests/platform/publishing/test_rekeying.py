"""Keys of choices and stages are renamed everywhere: in definitions, in records, in what is told of them."""

from __future__ import annotations

from typing import Any

import crm
import pytest
import sqlalchemy as sa
from workshops import Workshop, with_field
from worlds import COMPILER

from sartor.platform.errors import Conflict, Invalid, NotFound
from sartor.platform.model.ids import encode_id
from sartor.platform.publishing.applying import Publication
from sartor.platform.publishing.change_sets.reviewing import Reviews
from sartor.platform.publishing.names.renaming import Rename, renamed
from sartor.platform.query.cursor import Cursors
from sartor.platform.query.reader import Reader
from sartor.platform.records.history.story import Story
from sartor.platform.records.memory.tools import Tools
from sartor.platform.records.wish import Wish
from sartor.platform.records.writer import Writer
from sartor.platform.storage.system.identity import sys_user_role

DOCUMENTS = crm.documents()
SET, STAGES = "options/industry", "pipeline/deal"


def after(rename: Rename, documents: Any = DOCUMENTS) -> dict[str, Any]:
    changed = renamed(documents, rename, COMPILER.kinds)
    return {key: each for key, each in {**documents, **changed}.items() if each is not None}


def rename(workshop: Workshop, key: str, *steps: tuple[str, str]) -> None:
    for old, new in steps:
        workshop.publisher.sets.rename(Rename(key, new, entry=old))
    plan = workshop.publisher.plan()
    assert str(plan.grade) == "safe"
    workshop.publisher.publish(Publication(confirm=plan.fingerprint))


def read(workshop: Workshop, entity: str, record: int, name: str) -> Any:
    reader = Reader(workshop.database, workshop.design.tables, Cursors(b"secret"))
    return reader.record(workshop.system, entity, record, ((name,),))[name]


def change(workshop: Workshop, entity: str, record: int, **values: Any) -> None:
    Writer(Tools(workshop.database, workshop.design.tables)).update(workshop.system, entity, record, Wish(values))


def story(workshop: Workshop) -> Story:
    return Story(workshop.database, Reader(workshop.database, workshop.design.tables, Cursors(b"secret")))


def hold(workshop: Workshop, user: int, role: str) -> None:
    row = sa.insert(sys_user_role).values(user_id=user, role=role)
    workshop.database.run(lambda work: work.connection.execute(row))


@pytest.fixture
def deal(workshop: Workshop) -> int:
    account = workshop.make("account", name="A", industry="it")
    return workshop.make("deal", name="D", account=encode_id(account), amount={"amount": "1", "currency": "CNY"})


# ---- definitions


def test_a_stage_is_renamed_in_its_pipeline_and_in_every_expression() -> None:
    documents = after(Rename(STAGES, "gone", entry="lost"))
    assert COMPILER.check(documents) == COMPILER.check(DOCUMENTS)
    assert documents[STAGES]["stages"]["gone"]["formerly"] == ["lost"]
    assert documents[STAGES]["transitions"]["forward"]["to"] == ["proposal", "won", "gone"]
    assert documents["entity/deal"]["fields"]["loss_reason"]["required_if"] == "stage = 'gone'"
    assert documents["entity/deal"]["fields"]["loss_reason"]["visible_if"] == "stage.outcome = 'lost'"


TEXTS = [
    ("stage = 'lost'", "stage = 'gone'"),
    ("stage   in ['won','lost']", "stage   in ['won','gone']"),
    ('"lost" = stage', "'gone' = stage"),
    ("name = 'lost'", "name = 'lost'"),
    ("old.stage != 'lost' and name != 'lost'", "old.stage != 'gone' and name != 'lost'"),
    ("case(amount > 1, stage, 'lost') = 'won'", "case(amount > 1, stage, 'gone') = 'won'"),
    ("label(stage) = 'lost'", "label(stage) = 'lost'"),
]


@pytest.mark.parametrize(("before", "expected"), TEXTS)
def test_only_what_stands_for_the_stage_is_renamed(before: str, expected: str) -> None:
    documents = crm.documents()
    documents["entity/deal"]["checks"]["lines_fit"]["test"] = before
    assert (
        after(Rename(STAGES, "gone", entry="lost"), documents)["entity/deal"]["checks"]["lines_fit"]["test"] == expected
    )


def test_word_tables_and_what_they_are_compared_with_follow() -> None:
    documents = crm.documents()
    documents[SET]["maps"] = {"trade_of": {"software": "it", "shop": "retail"}}
    documents["options/size"] = {"label": "S", "choices": {"big": {"label": "B"}}, "maps": {"size_of": {"it": "big"}}}
    documents["entity/account"]["checks"] = {
        "one": {"test": "trade_of(name) = 'it' and size_of(industry) = 'big'", "message": "M", "fields": ["name"]}
    }
    made = after(Rename(SET, "tech", entry="it"), documents)
    assert made[SET]["maps"] == {"trade_of": {"software": "tech", "shop": "retail"}}
    assert made["options/size"]["maps"] == {"size_of": {"tech": "big"}}
    assert made["entity/account"]["checks"]["one"]["test"] == "trade_of(name) = 'tech' and size_of(industry) = 'big'"


def test_what_stands_in_for_a_word_table_follows() -> None:
    documents = crm.documents()
    documents[SET]["maps"] = {"trade_of": {"software": "it", "shop": "retail"}}
    documents["entity/account"]["fields"]["trade"] = {
        "type": "formula", "label": "Trade", "formula": "trade_of(name) ?? 'it'",
        "options": {"result": {"type": "choice", "options": {"set": "industry"}}},
    }  # fmt: skip
    made = after(Rename(SET, "tech", entry="it"), documents)
    assert made["entity/account"]["fields"]["trade"]["formula"] == "trade_of(name) ?? 'tech'"
    assert COMPILER.check(made) == []


def test_the_stage_of_a_stay_is_renamed() -> None:
    documents = crm.documents()
    documents["metric/losses"] = {
        "label": "L", "definition": "D", "entity": "deal", "source": "stages", "measure": "count()",
        "filter": "stage = 'lost'",
    }  # fmt: skip
    assert after(Rename(STAGES, "gone", entry="lost"), documents)["metric/losses"]["filter"] == "stage = 'gone'"


def test_a_key_that_is_taken_or_not_there_is_refused() -> None:
    with pytest.raises(Conflict, match="retail"):
        after(Rename(SET, "retail", entry="it"))
    with pytest.raises(NotFound, match="retail"):
        after(Rename(SET, "shop", entry="retial"))


# ---- records


def test_records_and_their_history_have_the_new_key(workshop: Workshop, deal: int) -> None:
    rename(workshop, STAGES, ("qualify", "check"))
    change(workshop, "deal", deal, stage="proposal")
    assert [(each["from"], each["stage"]) for each in story(workshop).stays(workshop.system, "deal", deal)] == [
        (None, "check"), ("check", "proposal"),
    ]  # fmt: skip
    entries = story(workshop).history(workshop.system, "deal", deal)
    assert [entry.body["changes"]["stage"] for entry in entries] == [["check", "proposal"], [None, "check"]]


def test_choices_that_exchange_their_keys_keep_their_records(workshop: Workshop) -> None:
    several = {"type": "choices", "label": "All", "order": 999, "options": {"set": "industry"}}
    workshop.publish(with_field(workshop, "trades", several))
    one = workshop.make("account", name="A", industry="it", trades=["it", "retail"])
    other = workshop.make("account", name="B", industry="retail", trades=["it"])
    rename(workshop, SET, ("it", "x"), ("retail", "it"), ("x", "retail"))
    assert [read(workshop, "account", each, "industry") for each in (one, other)] == ["retail", "it"]
    assert [sorted(read(workshop, "account", each, "trades")) for each in (one, other)] == [
        ["it", "retail"],
        ["retail"],
    ]
    entry = story(workshop).history(workshop.system, "account", one)[0]
    assert entry.body["changes"]["industry"] == [None, "retail"]
    workshop.rollback(workshop.design.revision - 1)
    assert [read(workshop, "account", each, "industry") for each in (one, other)] == ["it", "retail"]
    assert read(workshop, "account", other, "trades") == ["it"]
    assert story(workshop).history(workshop.system, "account", one)[0].body["changes"]["industry"] == [None, "it"]


def test_a_choice_of_one_field_alone_is_renamed_too(workshop: Workshop) -> None:
    options = {"choices": {"a": {"label": "A", "order": 1}, "b": {"label": "B", "order": 2}}}
    workshop.publish(with_field(workshop, "kind", {"type": "choice", "label": "K", "order": 999, "options": options}))
    record = workshop.make("account", name="A", kind="a")
    workshop.publisher.sets.rename(Rename("entity/account", "z", "kind", "a"))
    workshop.publisher.publish(Publication())
    assert read(workshop, "account", record, "kind") == "z"


def test_a_field_that_is_out_of_use_comes_back_with_the_new_keys(workshop: Workshop) -> None:
    record = workshop.make("account", name="A", industry="it")
    back = workshop.design.revision
    plain = {"type": "text", "label": "Industry", "order": 30}
    document = workshop.document("entity/account")
    document["fields"]["label_text"]["formula"] = "name"
    workshop.publish({"entity/account": {**document, "fields": {**document["fields"], "industry": plain}}})
    rename(workshop, SET, ("it", "tech"))
    workshop.rollback(workshop.design.revision - 1)
    workshop.rollback(back)
    assert read(workshop, "account", record, "industry") == "it"


def test_what_is_worked_out_from_a_key_is_worked_out_again(workshop: Workshop) -> None:
    workshop.publish(with_field(workshop, "is_it", {
        "type": "formula", "label": "F", "order": 999, "formula": "industry = 'it'",
        "options": {"result": {"type": "yes_no"}},
    }))  # fmt: skip
    record = workshop.make("account", name="A", industry="it")
    rename(workshop, SET, ("it", "tech"))
    assert read(workshop, "account", record, "is_it") is True


def test_a_role_that_is_renamed_keeps_its_people(workshop: Workshop) -> None:
    user = workshop.make("user", name="U", email="u@example.com")
    hold(workshop, user, "manager")
    workshop.publisher.sets.rename(Rename("role/manager", "boss"))
    plan = workshop.publisher.plan()
    assert [step.kind for step in plan.steps if step.subject.startswith("role/")] == ["rename"]
    assert not plan.access
    workshop.publisher.publish(Publication(confirm=plan.fingerprint))
    assert workshop.rows("SELECT role FROM sys_user_role") == [("boss",)]


def test_roles_that_take_over_each_others_names_keep_their_people_apart(workshop: Workshop) -> None:
    one, other = (workshop.make("user", name=name, email=f"{name}@example.com") for name in "ab")
    hold(workshop, one, "manager")
    hold(workshop, other, "rep")
    for old, new in (("manager", "owner"), ("rep", "manager")):
        workshop.publisher.sets.rename(Rename(f"role/{old}", new))
    workshop.publisher.publish(Publication(confirm=workshop.publisher.plan().fingerprint))
    assert dict(workshop.rows("SELECT user_id, role FROM sys_user_role")) == {one: "owner", other: "manager"}


def test_a_role_named_like_one_that_went_brings_its_former_people_nothing(workshop: Workshop) -> None:
    one, other = (workshop.make("user", name=name, email=f"{name}@example.com") for name in "ab")
    for user, role in ((one, "manager"), (one, "rep"), (other, "manager")):
        hold(workshop, user, role)
    rep = workshop.document("role/rep")
    workshop.publish({"role/manager": {**rep, "formerly": ["rep"]}, "role/rep": None})
    assert workshop.rows("SELECT user_id, role FROM sys_user_role") == [(one, "manager")]


def test_a_key_of_a_choice_that_went_is_taken_over_after_a_confirmation(workshop: Workshop) -> None:
    several = {"type": "choices", "label": "All", "order": 999, "options": {"set": "industry"}}
    workshop.publish(with_field(workshop, "trades", several))
    record = workshop.make("account", name="A", industry="retail", trades=["it", "retail"])
    document = workshop.document(SET)
    choices = {key: each for key, each in document["choices"].items() if key not in ("it", "retail")}
    choices["retail"] = {**document["choices"]["it"], "formerly": ["it"]}
    plan = workshop.edit({SET: {**document, "choices": choices}})
    lost = [(step.subject, step.rows) for step in plan.steps if str(step.grade) == "lossy"]
    assert lost == [(SET, 2)]
    workshop.publisher.publish(Publication(confirm=plan.fingerprint))
    assert read(workshop, "account", record, "trades") == ["retail"]


def test_a_stage_is_renamed_where_no_pipeline_is_chosen_and_where_it_was_left(workshop: Workshop, deal: int) -> None:
    pipeline = workshop.document(STAGES)
    other = {**pipeline, "stages": {"fresh": {"label": "F", "order": 1}, "won": pipeline["stages"]["won"]}}
    other["transitions"] = {"any": {"from": ["fresh"], "to": ["won"]}}
    ways = {"choices": {name: {"label": name, "order": n} for n, name in enumerate(("deal", "renewal"))}}
    changed = with_field(workshop, "way", {"type": "choice", "label": "W", "order": 99, "options": ways}, "deal")
    changed["entity/deal"]["fields"]["stage"]["options"] = {"pipelines": ["deal", "renewal"], "by": "way"}
    workshop.publish({**changed, "pipeline/renewal": other})
    account = read(workshop, "deal", deal, "account")
    moved = workshop.make("deal", name="M", account=account, amount={"amount": "1", "currency": "CNY"})
    change(workshop, "deal", moved, way="renewal", stage="won")
    rename(workshop, STAGES, ("qualify", "check"))
    assert dict(workshop.rows("SELECT id, stage FROM deal")) == {deal: "check", moved: "won"}
    stays = "SELECT source, stage FROM sys_stay WHERE record = :moved ORDER BY id"
    assert workshop.rows(stays, moved=moved) == [(None, "check"), ("check", "won")]


def test_the_last_administrators_role_does_not_lose_that_while_it_is_renamed(workshop: Workshop) -> None:
    manager = DOCUMENTS["role/manager"]
    workshop.publish({"role/manager": {**manager, "abilities": ["administer"]}})
    user = workshop.make("user", name="U", email="u@example.com")
    hold(workshop, user, "manager")
    workshop.publisher.sets.rename(Rename("role/manager", "chief"))
    workshop.publisher.sets.put("role/chief", {**workshop.publisher.sets.document("role/chief"), "abilities": []})
    with pytest.raises(Invalid, match="last administrator"):
        workshop.publisher.publish(Publication(confirm=workshop.publisher.plan().fingerprint))


# ---- change sets


def test_a_rename_of_a_key_is_told_once_and_can_be_taken_out(workshop: Workshop) -> None:
    workshop.publisher.sets.rename(Rename(STAGES, "gone", entry="lost"))
    reviews = Reviews(workshop.publisher.sets)
    told = reviews.told()
    assert [(each.kind, each.before, each.after) for each in told] == [("renamed", "lost", "gone")]
    reviews.take_out(told[0].id)
    assert workshop.publisher.sets.get().edits == {}


def test_a_rename_of_a_view_is_told_once_and_can_be_taken_out(workshop: Workshop) -> None:
    workshop.publisher.sets.rename(Rename("view/deal.all", "deal.everything"))
    reviews = Reviews(workshop.publisher.sets)
    told = reviews.told()
    assert [(each.kind, each.former, each.key) for each in told] == [
        ("renamed", "view/deal.all", "view/deal.everything")
    ]
    reviews.take_out(told[0].id)
    assert workshop.publisher.sets.get().edits == {}
