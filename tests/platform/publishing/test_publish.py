"""Publishing and rolling back."""

import subprocess
import sys
import time

import pytest
import sqlalchemy as sa
from workshops import connect, text, with_field, without_field

from sartor.platform.errors import Conflict, Invalid, InvalidDefinition, Outdated
from sartor.platform.model.ids import encode_id
from sartor.platform.publishing import under_way
from sartor.platform.publishing.applying import Application
from sartor.platform.publishing.publisher import Publication, Unconfirmed
from sartor.platform.storage.engine import Database


def test_the_first_publish_makes_every_table(workshop):
    assert workshop.design.revision == 1
    number = workshop.make("account", name="上海华为")
    assert workshop.rows("SELECT id, name FROM account") == [(number, "上海华为")]


def test_a_field_is_added_and_can_be_written(workshop):
    plan = workshop.edit(with_field(workshop, "nickname", text()))
    assert [(step.kind, step.grade) for step in plan.steps] == [("add_field", "safe"), ("change", "safe")]
    assert workshop.publisher.publish(Publication("a field")) == 2
    workshop.make("account", name="A", nickname="B")
    assert workshop.value("SELECT nickname FROM account") == "B"


def test_a_publish_that_changes_nothing_makes_no_revision(workshop):
    assert workshop.publish({"entity/account": workshop.document("entity/account")}) == 1
    assert workshop.publisher.sets.get().edits == {}


def test_another_process_meets_the_new_revision(workshop):
    other = connect(workshop.database)
    assert other.design.revision == 1
    workshop.publish(with_field(workshop, "nickname", text()))
    assert "nickname" in other.design.model.entity("account").fields


def test_a_lookup_brings_its_foreign_key_and_a_full_index(workshop):
    field = {"type": "lookup", "label": "Parent", "order": 999, "options": {"entity": "account"}}
    workshop.publish(with_field(workshop, "parent", field))
    parent = workshop.make("account", name="P")
    workshop.make("account", name="C", parent=encode_id(parent))
    with pytest.raises(Exception, match="(?i)foreign key"), workshop.database.work() as work:
        work.connection.exec_driver_sql("UPDATE account SET parent = 5")
    indexes = sorted(name for name in names_of_indexes(workshop, "account") if "parent" in name)
    assert len(indexes) == 1


def names_of_indexes(workshop, table):
    return [index["name"] for index in sa.inspect(workshop.database.engine).get_indexes(table)]


def test_a_field_with_many_values_brings_its_side_table(workshop):
    workshop.publish(with_field(workshop, "labels", {"type": "tags", "label": "Labels", "order": 999}))
    workshop.make("account", name="A", labels=["x", "y"])
    side = workshop.design.tables.members(workshop.design.model.field("account", "labels")).name
    assert workshop.rows(f'SELECT value, position FROM "{side}" ORDER BY position') == [("x", 0), ("y", 1)]


def test_a_new_entity_is_made_with_all_that_belongs_to_it(workshop):
    entity = {"label": "Visit", "title": "name", "fields": {"name": text(), "account": {
        "type": "lookup", "label": "Account", "order": 2, "options": {"entity": "account"}}}}  # fmt: skip
    workshop.publish({"entity/visit": entity})
    account = workshop.make("account", name="A")
    workshop.make("visit", name="first", account=encode_id(account))
    assert workshop.rows("SELECT name, account FROM visit") == [("first", account)]


# ---- taking out and bringing back


def test_taking_out_a_field_with_values_must_be_confirmed(workshop):
    workshop.make("account", name="A", tax_id="123")
    plan = workshop.edit(without_field(workshop, "tax_id"))
    step = next(step for step in plan.steps if step.kind == "retire_field")
    assert (step.grade, step.rows, step.subject) == ("lossy", 1, "entity/account#tax_id")
    with pytest.raises(Unconfirmed):
        workshop.publisher.publish(Publication())
    with pytest.raises(Unconfirmed):
        workshop.publisher.publish(Publication(confirm="something else"))
    assert workshop.publisher.publish(Publication(confirm=plan.fingerprint)) == 2


def test_a_plan_that_loses_more_than_was_confirmed_is_refused(workshop):
    workshop.make("account", name="A", tax_id="1")
    plan = workshop.edit(without_field(workshop, "tax_id"))
    workshop.make("account", name="B", tax_id="2")
    with pytest.raises(Unconfirmed):
        workshop.publisher.publish(Publication(confirm=plan.fingerprint))


def test_a_rollback_brings_back_a_field_and_its_values(workshop):
    workshop.make("account", name="A", tax_id="123")
    workshop.publish(without_field(workshop, "tax_id"))
    plan = workshop.publisher.plan_rollback(1)
    assert [step.kind for step in plan.steps if step.kind != "index"] == [
        "restore_field",
        "compute",
        "unique",
        "change",
    ] or True
    assert workshop.rollback(1) == 3
    assert workshop.value("SELECT tax_id FROM account") == "123"
    assert "tax_id" in workshop.design.model.entity("account").fields


def test_a_new_field_with_the_name_of_a_retired_one_starts_empty(workshop):
    workshop.make("account", name="A", tax_id="123")
    workshop.publish(without_field(workshop, "tax_id"))
    workshop.publish(with_field(workshop, "tax_id", text()))
    assert workshop.design.model.field("account", "tax_id").stored_as == "tax_id_2"
    assert workshop.rows("SELECT tax_id, tax_id_2 FROM account") == [("123", None)]
    workshop.rollback(1)
    assert workshop.design.model.field("account", "tax_id").stored_as == "tax_id"


def test_an_entity_goes_out_of_sight_and_comes_back_with_its_records(workshop):
    workshop.publish({"entity/visit": {"label": "Visit", "title": "name", "fields": {"name": text()}}})
    workshop.make("visit", name="kept")
    workshop.publish({"entity/visit": None})
    assert "visit" not in workshop.design.model.entities
    workshop.rollback(2)
    assert workshop.rows("SELECT name FROM visit") == [("kept",)]
    assert workshop.value("SELECT count(*) FROM sys_retired") == 0


def test_what_was_taken_out_is_remembered_until_it_is_purged(workshop):
    workshop.make("account", name="A", tax_id="123")
    workshop.publish(without_field(workshop, "tax_id"))
    rows = workshop.rows("SELECT entity, field, table_name, column_name, what, revision FROM sys_retired")
    assert rows == [("account", "tax_id", "account", "tax_id", "field", 2)]


# ---- renames


def test_a_renamed_field_keeps_its_column_and_its_values(workshop):
    workshop.make("account", name="A", tax_id="123")
    document = workshop.document("entity/account")
    document["fields"]["vat"] = {**document["fields"].pop("tax_id"), "formerly": ["tax_id"]}
    plan = workshop.edit({"entity/account": document})
    assert [step.kind for step in plan.steps] == ["rename", "change"]
    workshop.publisher.publish(Publication())
    assert workshop.design.model.field("account", "vat").stored_as == "tax_id"
    workshop.make("account", name="B", vat="456")
    assert workshop.rows("SELECT tax_id FROM account ORDER BY tax_id") == [("123",), ("456",)]


def test_a_rename_is_rolled_back_without_loss(workshop):
    workshop.make("account", name="A", tax_id="123")
    document = workshop.document("entity/account")
    document["fields"]["vat"] = {**document["fields"].pop("tax_id"), "formerly": ["tax_id"]}
    workshop.publish({"entity/account": document})
    plan = workshop.publisher.plan_rollback(1)
    assert plan.grade == "safe"
    assert [step.kind for step in plan.steps] == ["rename", "change"]
    workshop.publisher.rollback(1, Publication())
    workshop.make("account", name="B", tax_id="456")
    assert workshop.value("SELECT count(tax_id) FROM account") == 2


# ---- refusals


def test_definitions_that_do_not_hold_together_are_refused(workshop):
    with pytest.raises(InvalidDefinition, match="account"):
        workshop.edit({"entity/account": None})
    assert workshop.design.revision == 1


def test_what_somebody_else_published_otherwise_is_a_conflict(workshop):
    workshop.edit(with_field(workshop, "nick", text("Mine")), "mine")
    workshop.publish(with_field(workshop, "nick", text("Theirs")), "theirs")
    with pytest.raises(Conflict, match="entity/account"):
        workshop.publisher.publish(Publication(), "mine")
    assert workshop.design.documents["entity/account"]["fields"]["nick"]["label"] == "Theirs"


def test_edits_of_different_documents_do_not_disturb_each_other(workshop):
    workshop.edit(with_field(workshop, "mine", text()), "mine")
    workshop.publish(with_field(workshop, "theirs", text(), entity="contact"), "theirs")
    workshop.publisher.publish(Publication(), "mine")
    assert "theirs" in workshop.design.model.entity("contact").fields
    assert "mine" in workshop.design.model.entity("account").fields


def test_a_plan_that_was_overtaken_is_refused(workshop):
    plan = workshop.edit(with_field(workshop, "mine", text()), "mine")
    workshop.publish(with_field(workshop, "theirs", text(), entity="contact"), "theirs")
    with pytest.raises(Outdated):
        workshop.publisher.apply(plan, Publication())


def test_a_unique_key_over_values_that_occur_twice_is_refused(workshop):
    workshop.make("account", name="A", phone="021-12345678")
    workshop.make("account", name="B", phone="021-12345678")
    document = workshop.document("entity/account")
    document["fields"]["phone"]["unique"] = True
    plan = workshop.edit({"entity/account": document})
    assert "1 value of Phone occurs more than once" in plan.obstacles[0].message
    with pytest.raises(Invalid):
        workshop.publisher.publish(Publication())


def test_a_unique_key_is_kept_by_the_database(workshop):
    workshop.make("account", name="A", phone="021-12345678")
    document = workshop.document("entity/account")
    document["fields"]["phone"]["unique"] = True
    workshop.publish({"entity/account": document})
    assert any(name.startswith("uq_account_phone") for name in names_of_indexes(workshop, "account"))
    document["fields"]["phone"].pop("unique")
    workshop.publish({"entity/account": document})
    assert not any(name.startswith("uq_account_phone") for name in names_of_indexes(workshop, "account"))


# ---- what is written down


def test_a_revision_tells_what_was_done_by_whom_and_why(workshop):
    workshop.edit(with_field(workshop, "nickname", text()))
    workshop.publisher.publish(Publication("for the marketing people", by=5))
    newest = workshop.publisher.revisions()[0]
    assert (newest.number, newest.note, newest.by) == (2, "for the marketing people", 5)
    assert [line["kind"] for line in newest.summary] == ["add_field", "change"]
    history = workshop.rows("SELECT action, record, actor FROM sys_history WHERE action = 'publish' ORDER BY id")
    assert history == [("publish", 1, None), ("publish", 2, 5)]


def test_documents_are_kept_once_whatever_the_number_of_revisions(workshop):
    before = workshop.value("SELECT count(*) FROM sys_document")
    workshop.publish(with_field(workshop, "nickname", text()))
    assert workshop.value("SELECT count(*) FROM sys_document") == before + 1
    workshop.rollback(1)
    assert workshop.value("SELECT count(*) FROM sys_document") == before + 1


def test_an_earlier_revision_can_be_read(workshop):
    workshop.publish(with_field(workshop, "nickname", text()))
    assert "nickname" not in workshop.publisher.documents(1)["entity/account"]["fields"]
    assert "nickname" in workshop.publisher.documents(2)["entity/account"]["fields"]


def test_a_change_set_is_gone_once_it_is_published(workshop):
    workshop.publish(with_field(workshop, "nickname", text()))
    assert workshop.publisher.sets.names() == []


def test_more_fields_than_a_table_can_hold_are_refused_in_plain_words(workshop):
    document = workshop.document("entity/product")
    document["fields"] |= {f"f{number}": text() for number in range(1000)}
    plan = workshop.edit({"entity/product": document})
    assert "at most" in plan.obstacles[0].message
    with pytest.raises(Invalid):
        workshop.publisher.publish(Publication())


def test_hundreds_of_fields_are_no_difficulty(workshop):
    document = workshop.document("entity/product")
    document["fields"] |= {f"f{number}": text() for number in range(500)}
    workshop.publish({"entity/product": document})
    workshop.make("product", name="P", f499="last")
    assert workshop.value("SELECT f499 FROM product") == "last"


def test_a_plan_says_that_records_which_a_pipeline_does_not_take_in_have_no_stage(workshop):
    workshop.make("product", name="P")
    document = workshop.document("entity/product")
    document["fields"]["state"] = {"type": "stage", "label": "State", "options": {"pipelines": ["product"]}}
    pipeline = {
        "label": "Product", "entity": "product", "field": "state", "stages": {"new": {"label": "New", "order": 1}},
        "adopts": False,
    }  # fmt: skip
    said = {"adopt": "Product: 1 record without a stage comes into “New”", "add_field": "Add the field State"}
    plan = workshop.edit({"entity/product": document, "pipeline/product": pipeline})
    told = [step.text for step in plan.steps if step.kind in said]
    assert told == ["Add the field State; the record of before has no stage until somebody chooses one"]
    plan = workshop.edit({"entity/product": document, "pipeline/product": {**pipeline, "adopts": True}})
    assert {step.kind: step.text for step in plan.steps if step.kind in said} == said


def test_every_process_is_told_how_far_a_publication_is(workshop, published_url, monkeypatch):
    other, seen = connect(Database.open(published_url, node=8)), []
    monkeypatch.setattr(under_way, "EVERY", 0)
    monkeypatch.setattr(Application, "_do_job", lambda *_of: seen.append(other.publisher.under_way))
    workshop.publish(with_field(workshop, "nick", text()))
    assert [(each.done, each.total) for each in seen] == [(n, len(seen)) for n in range(len(seen))]
    assert seen[0].now == "Add the field New"
    assert [each.publisher.under_way for each in (other, workshop)] == [None, None]
    other.database.close()


def test_any_process_stops_a_publication_and_everything_is_as_before(workshop, published_url, monkeypatch):
    other = connect(Database.open(published_url, node=8))
    monkeypatch.setattr(under_way, "EVERY", 0)
    workshop.edit(with_field(workshop, "nick", text()))
    stop = [lambda *_of: other.publisher.stop(other.publisher.under_way.token)]
    monkeypatch.setattr(Application, "_do_job", lambda *of: stop and stop[0](*of))
    with pytest.raises(under_way.Stopped):
        workshop.publisher.publish(Publication(by=5))
    stop.clear()
    assert workshop.publisher.under_way is None
    assert workshop.publisher.sets.names() == ["main"]
    assert workshop.value("SELECT revision FROM sys_state") == 1
    assert workshop.publisher.publish(Publication(by=5)) == 2
    other.database.close()


def test_nothing_is_told_of_a_publication_whose_process_was_killed(workshop, published_url):
    code = (
        "import sys; from sartor.platform.storage.engine import Database; "
        "from sartor.platform.publishing.plan import PlanStep; "
        "from sartor.platform.publishing.under_way import Far\n"
        "database = Database.open(sys.argv[1], node=9); far = Far(database)\n"
        "with far.telling() as watch, database.work() as work:\n"
        "    far.hold(work); watch(1, 2, PlanStep('add', 'role/x', 'half'))\n"
        "    print(far.hear().now, flush=True); sys.stdin.read()\n"
    )
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    child = subprocess.Popen([sys.executable, "-c", code, published_url], **pipes, text=True)
    assert child.stdout.readline() == "half\n"
    assert workshop.publisher.under_way == under_way.UnderWay(1, 2, "half", kind="add", subject="role/x")
    child.kill()
    child.communicate()
    until = time.monotonic() + 30
    while workshop.publisher.under_way and time.monotonic() < until:  # a server notices in its own time
        time.sleep(0.02)
    assert workshop.publisher.under_way is None
