"""What is kept about records outlives the names of the design: renames, swaps, and names that are given again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from bringing import Bringing
from workshops import Workshop, text, with_field, without_field

from sartor.platform.model.ids import encode_id
from sartor.platform.publishing.applying import Publication
from sartor.platform.publishing.names.renaming import Rename
from sartor.platform.publishing.retired.purge import Purge
from sartor.platform.publishing.steps import computed as compute_steps
from sartor.platform.publishing.steps import converted as convert_steps
from sartor.platform.publishing.steps import indexes as index_steps
from sartor.platform.query.cursor import Cursors
from sartor.platform.query.question import Question
from sartor.platform.query.reader import Reader
from sartor.platform.records.history.story import Story
from sartor.platform.records.memory.tools import Tools
from sartor.platform.records.wish import Wish
from sartor.platform.records.writer import Writer


def reader(workshop: Workshop) -> Reader:
    return Reader(workshop.database, workshop.design.tables, Cursors(b"secret"))


def story(workshop: Workshop) -> Story:
    return Story(workshop.database, reader(workshop))


def read(workshop: Workshop, entity: str, record: int, *names: str) -> dict[str, Any]:
    return reader(workshop).record(workshop.system, entity, record, tuple((name,) for name in names))


def change(workshop: Workshop, entity: str, record: int, **values: Any) -> None:
    Writer(Tools(workshop.database, workshop.design.tables)).update(workshop.system, entity, record, Wish(values))


def rename(workshop: Workshop, *steps: tuple[str, str, str | None]) -> None:
    for key, new, field in steps:
        workshop.publisher.sets.rename(Rename(key, new, field))
    workshop.publisher.publish(Publication(confirm=workshop.publisher.plan().fingerprint))


@pytest.fixture
def deal(workshop: Workshop) -> int:
    account = workshop.make("account", name="A", revenue={"amount": "7", "currency": "CNY"})
    return workshop.make("deal", name="D", account=encode_id(account), loss_reason="dear")


def test_the_history_of_a_field_comes_along_when_it_is_renamed(workshop: Workshop, deal: int) -> None:
    rename(workshop, ("entity/deal", "why", "loss_reason"))
    change(workshop, "deal", deal, why="late")
    entries = story(workshop).history(workshop.system, "deal", deal)
    assert [entry.body["changes"].get("why") for entry in entries] == [["dear", "late"], [None, "dear"]]


def test_what_is_told_of_a_record_comes_along_when_its_entity_is_renamed(workshop: Workshop, deal: int) -> None:
    story(workshop).comments.write(workshop.system, "deal", deal, "Call back")
    rename(workshop, ("entity/deal", "chance", None), ("entity/chance", "step", "stage"))
    told = story(workshop)
    assert [each.kind for each in told.history(workshop.system, "chance", deal)] == ["create"]
    assert [each.body["text"] for each in told.comments.all(workshop.system, "chance", deal)] == ["Call back"]
    assert [(each["field"], each["stage"]) for each in told.stays(workshop.system, "chance", deal)] == [
        ("step", "qualify")
    ]


def test_automatic_numbers_go_on_after_a_rename(workshop: Workshop, deal: int) -> None:
    rename(workshop, ("entity/deal", "chance", None), ("entity/chance", "code", "number"))
    account = read(workshop, "chance", deal, "account")["account"]["id"]
    other = workshop.make("chance", name="E", account=account)
    assert [read(workshop, "chance", each, "code")["code"] for each in (deal, other)] == ["D-0001", "D-0002"]


def test_a_reference_follows_the_entity_that_it_points_to(workshop: Workshop, deal: int) -> None:
    part = {"type": "reference", "label": "About", "order": 999,
            "options": {"entities": {"deal": {"order": 1}, "product": {"order": 2}}}}  # fmt: skip
    workshop.publish(with_field(workshop, "about", part))
    told = workshop.make("account", name="B", about={"entity": "deal", "id": encode_id(deal)})
    rename(workshop, ("entity/deal", "chance", None))
    assert read(workshop, "account", told, "about")["about"] == {
        "entity": "chance", "id": encode_id(deal), "title": "D",
    }  # fmt: skip
    again = workshop.make("account", name="C", about={"entity": "chance", "id": encode_id(deal)})
    assert read(workshop, "account", again, "about")["about"]["title"] == "D"


def test_fields_that_exchange_their_names_keep_their_values(workshop: Workshop) -> None:
    workshop.publish(with_field(workshop, "first", text()))
    workshop.publish(with_field(workshop, "second", text()))
    record = workshop.make("account", name="A", first="1", second="2")
    key = "entity/account"
    rename(workshop, (key, "third", "first"), (key, "first", "second"), (key, "second", "third"))
    assert read(workshop, "account", record, "first", "second") | {"id": ""} == {"first": "2", "second": "1", "id": ""}
    workshop.rollback(workshop.design.revision - 1)
    assert read(workshop, "account", record, "first", "second") | {"id": ""} == {"first": "1", "second": "2", "id": ""}


def test_a_name_may_be_given_again_in_the_same_publish(workshop: Workshop) -> None:
    workshop.publish(with_field(workshop, "first", text()))
    record = workshop.make("account", name="A", first="1")
    sets = workshop.publisher.sets
    sets.rename(Rename("entity/account", "second", "first"))
    document = dict(sets.document("entity/account"))
    sets.put("entity/account", {**document, "fields": {**document["fields"], "first": text("Another")}})
    workshop.publisher.publish(Publication(confirm=workshop.publisher.plan().fingerprint))
    assert read(workshop, "account", record, "first", "second") | {"id": ""} == {"first": None, "second": "1", "id": ""}


def test_a_name_given_again_is_not_taken_for_the_field_that_had_it_when_both_are_edited(workshop: Workshop) -> None:
    workshop.publish(with_field(workshop, "first", text()))
    rename(workshop, ("entity/account", "second", "first"))
    workshop.publish(with_field(workshop, "first", text("Another")))
    record = workshop.make("account", name="A", first="1", second="2")
    document = workshop.document("entity/account")
    for name in ("first", "second"):
        document["fields"][name]["label"] = name.upper()
    workshop.publish({"entity/account": document})
    assert read(workshop, "account", record, "first", "second") | {"id": ""} == {"first": "1", "second": "2", "id": ""}


def test_a_field_that_is_put_back_does_not_take_the_values_of_its_first_name(workshop: Workshop) -> None:
    workshop.publish(with_field(workshop, "first", text()))
    rename(workshop, ("entity/account", "second", "first"))
    part = workshop.document("entity/account")["fields"]["second"]
    workshop.publish(without_field(workshop, "second"))
    workshop.publish(with_field(workshop, "first", text("Another")))
    record = workshop.make("account", name="A", first="1")
    workshop.publish(with_field(workshop, "second", part))
    assert read(workshop, "account", record, "first", "second") | {"id": ""} == {"first": "1", "second": None, "id": ""}


def test_going_back_to_a_retired_field_leaves_the_values_of_its_namesake_alone(workshop: Workshop) -> None:
    workshop.publish(with_field(workshop, "first", text()))
    record = workshop.make("account", name="A", first="old")
    back = workshop.design.revision
    workshop.publish(without_field(workshop, "first"))
    workshop.publish(with_field(workshop, "first", text("Another")))
    change(workshop, "account", record, first="new")
    workshop.rollback(back)
    assert read(workshop, "account", record, "first")["first"] == "old"


def test_a_value_that_nobody_changed_comes_back_whatever_else_was_written(workshop: Workshop) -> None:
    workshop.publish(with_field(workshop, "size", text()))
    record = workshop.make("account", name="A", size="about 7")
    other = workshop.make("account", name="B", size="8")
    back = workshop.design.revision
    workshop.publish(with_field(workshop, "size", {"type": "integer", "label": "Size", "order": 999}))
    change(workshop, "account", record, name="A & Co")
    change(workshop, "account", other, size=9)
    workshop.rollback(back)
    assert read(workshop, "account", record, "size")["size"] == "about 7"
    assert read(workshop, "account", other, "size")["size"] == "9"


def test_the_history_of_a_field_outlives_its_type(workshop: Workshop, deal: int) -> None:
    workshop.publish(with_field(workshop, "loss_reason", {"type": "long_text", "label": "Why", "order": 90}, "deal"))
    change(workshop, "deal", deal, loss_reason="late")
    workshop.rollback(1)
    entries = story(workshop).history(workshop.system, "deal", deal)
    assert [entry.body["changes"].get("loss_reason") for entry in entries] == [["dear", "late"], [None, "dear"]]


def test_the_history_of_a_type_is_not_taken_for_that_of_whoever_has_its_name_now(workshop: Workshop) -> None:
    workshop.publish(with_field(workshop, "first", text()))
    workshop.publish(with_field(workshop, "second", text()))
    record = workshop.make("account", name="A", first="1", second="2")
    workshop.publish(with_field(workshop, "first", {"type": "integer", "label": "First", "order": 999}))
    key = "entity/account"
    rename(workshop, (key, "third", "first"), (key, "first", "second"), (key, "second", "third"))
    (entry,) = story(workshop).history(workshop.system, "account", record)
    assert {name: entry.body["changes"][name] for name in ("first", "second")} == {
        "first": [None, "2"], "second": [None, "1"],
    }  # fmt: skip


def test_an_import_is_taken_back_whatever_things_are_called_by_then(workshop: Workshop, tmp_path: Path) -> None:
    workshop.publish(with_field(workshop, "nick", text()))
    record = workshop.make("account", name="Old", tax_id="1", nick="1 1")
    bring = Bringing(workshop, tmp_path, lambda: workshop.system)  # type: ignore[arg-type]
    found, _counts = bring.run("account", bring.file("name,tax_id,nick", "New,1,2 2", "Other,2,3 3"), key="tax_id")
    key = "entity/account"
    rename(workshop, (key, "third", "name"), (key, "name", "nick"), (key, "nick", "third"))
    rename(workshop, (key, "customer", None))
    result = bring.undo(found)
    assert (result.undone, result.refused) == (2, 0)
    restored = read(workshop, "customer", record, "name", "nick")
    assert (restored["nick"], restored["name"]) == ("Old", "1 1")


def test_an_import_is_taken_back_in_the_keys_of_now(workshop: Workshop, tmp_path: Path) -> None:
    record = workshop.make("account", name="Old", tax_id="1", industry="it")
    bring = Bringing(workshop, tmp_path, lambda: workshop.system)  # type: ignore[arg-type]
    found, _counts = bring.run("account", bring.file("tax_id,industry", "1,retail"), key="tax_id")
    for new, old in (("third", "it"), ("it", "retail"), ("retail", "third")):
        workshop.publisher.sets.rename(Rename("options/industry", new, entry=old))
    workshop.publish({})
    assert read(workshop, "account", record, "industry")["industry"] == "it"
    assert bring.undo(found).refused == 0
    assert read(workshop, "account", record, "industry")["industry"] == "retail"


def test_history_and_undo_outlive_the_old_column_of_a_type(workshop: Workshop, tmp_path: Path) -> None:
    workshop.publish(with_field(workshop, "size", text("Size")))
    record = workshop.make("account", name="Old", tax_id="1", size="7")
    bring = Bringing(workshop, tmp_path, lambda: workshop.system)  # type: ignore[arg-type]
    found, _counts = bring.run("account", bring.file("tax_id,size", "1,8"), key="tax_id")
    workshop.publish(with_field(workshop, "size", {"type": "long_text", "label": "Size", "order": 999}))
    purge = Purge(workshop.database)
    purge.drop(purge.leftovers())
    entries = story(workshop).history(workshop.system, "account", record)
    assert [entry.body["changes"].get("size") for entry in entries] == [["7", "8"], [None, "7"]]
    assert (bring.undo(found).refused, purge.leftovers()) == (0, [])
    assert read(workshop, "account", record, "size")["size"] == "7"


def test_what_an_import_changed_and_was_taken_out_since_is_told(workshop: Workshop, tmp_path: Path) -> None:
    workshop.publish(with_field(workshop, "size", text("Size")))
    workshop.make("account", name="Old", tax_id="1", size="7")
    bring = Bringing(workshop, tmp_path, lambda: workshop.system)  # type: ignore[arg-type]
    found, _counts = bring.run("account", bring.file("tax_id,size", "1,8"), key="tax_id")
    workshop.publish(without_field(workshop, "size"))
    assert [each.message for each in bring.undo(found).problems] == ["Row 2: size was taken out since the import."]


def test_what_is_left_for_later_is_done_under_other_names(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (compute_steps, index_steps, convert_steps):
        monkeypatch.setattr(module, "BIG", 1)
    account = workshop.make("account", name="A")
    for name in ("B", "C"):
        workshop.make("account", name=name)
    part = {"type": "formula", "label": "Loud", "order": 999, "formula": "name & '!'",
            "options": {"result": {"type": "text"}}}  # fmt: skip
    workshop.publish(with_field(workshop, "loud", part))
    assert {row.kind for row in workshop.background.waiting()} >= {"refresh"}
    rename(workshop, ("entity/account", "louder", "loud"), ("entity/account", "customer", None))
    assert workshop.background.run(60) is False
    assert workshop.value('SELECT loud FROM "account" WHERE id = :id', id=account) == "A!"


def test_a_question_about_what_a_reference_points_to_uses_the_name_of_today(workshop: Workshop, deal: int) -> None:
    part = {"type": "reference", "label": "About", "order": 999,
            "options": {"entities": {"deal": {"order": 1}, "product": {"order": 2}}}}  # fmt: skip
    workshop.publish(with_field(workshop, "about", part))
    workshop.make("account", name="B", about={"entity": "deal", "id": encode_id(deal)})
    rename(workshop, ("entity/deal", "chance", None))
    page = reader(workshop).page(workshop.system, Question("account", (("name",), ("about", "entity"))))
    assert [row["about.entity"] for row in page.rows if row["name"] == "B"] == ["chance"]
