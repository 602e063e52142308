"""Changes of type: what the plan says is what happens, and the old values stay."""

from decimal import Decimal

import pytest

from sartor.platform.errors import Outdated
from sartor.platform.model.ids import encode_id
from sartor.platform.publishing import drawn_up
from sartor.platform.publishing.publisher import Publication, Unconfirmed
from sartor.platform.publishing.retired.purge import Purge
from sartor.platform.publishing.steps import computed as compute_steps
from sartor.platform.publishing.steps import converted as convert_steps
from sartor.platform.publishing.steps import indexes as index_steps
from sartor.platform.publishing.values import convert_rows
from sartor.platform.publishing.values.preparing import Preparing
from sartor.platform.storage import catalogue


def another_type(workshop, name, kind, key="entity/account", **options):
    document = workshop.document(key)
    part = {key: value for key, value in document["fields"][name].items() if key not in ("options", "unique")}
    document["fields"][name] = {**part, "type": kind, **({"options": options} if options else {})}
    return {key: document}


def column(workshop, name, entity="account"):
    stored = workshop.design.model.field(entity, name).stored_as
    return dict(workshop.rows(f'SELECT name, "{stored}" FROM "{entity}"'))


@pytest.fixture
def numbers(workshop):
    """Accounts whose tax id is a number, almost a number, or no number."""
    for name, tax_id in {"a": "12", "b": "12.50", "c": "12,345", "d": "none", "e": None}.items():
        workshop.make("account", name=name, tax_id=tax_id)
    return workshop


def test_the_plan_counts_every_value_and_shows_those_that_suffer(numbers):
    plan = numbers.edit(another_type(numbers, "tax_id", "decimal", scale=1))
    step = next(step for step in plan.steps if step.kind == "convert_field")
    assert (step.counts.exact, step.counts.inexact, step.counts.failed) == (2, 1, 1)
    assert step.grade == "lossy"
    assert {(sample.value, sample.result) for sample in step.samples} >= {("none", None)}


def test_what_was_planned_is_what_happens(numbers):
    numbers.publish(another_type(numbers, "tax_id", "decimal", scale=1))
    found = column(numbers, "tax_id")
    assert found["d"] is None
    assert found["e"] is None
    assert found["a"] in (120, "12.0")
    assert numbers.value("SELECT count(tax_id) FROM account") == 4


def test_rolling_back_gives_every_old_value_back(numbers):
    before = column(numbers, "tax_id")
    numbers.publish(another_type(numbers, "tax_id", "decimal", scale=1))
    assert numbers.rows("SELECT what, column_name FROM sys_retired") == [("type", "tax_id")]
    numbers.rollback(1)
    assert column(numbers, "tax_id") == before


def test_rolling_back_converts_what_was_written_since(numbers):
    numbers.publish(another_type(numbers, "tax_id", "decimal", scale=1))
    numbers.make("account", name="new", tax_id="7.5")
    numbers.rollback(1)
    assert column(numbers, "tax_id")["new"] == "7.5"
    assert column(numbers, "tax_id")["c"] == "12,345"


def test_a_lossy_conversion_is_published_only_when_confirmed(numbers):
    plan = numbers.edit(another_type(numbers, "tax_id", "decimal", scale=1))
    with pytest.raises(Unconfirmed):
        numbers.publisher.publish(Publication())
    numbers.make("account", name="f", tax_id="nor this")
    with pytest.raises(Unconfirmed):
        numbers.publisher.publish(Publication(confirm=plan.fingerprint))
    with pytest.raises(Outdated):
        numbers.publisher.apply(plan, Publication(confirm=plan.fingerprint))


def test_text_becomes_a_choice_by_key_or_label(workshop):
    for name, tax_id in {"a": "retail", "b": "IT", "c": "信息", "d": "farming"}.items():
        workshop.make("account", name=name, tax_id=tax_id)
    workshop.publish(another_type(workshop, "tax_id", "choice", set="industry"))
    assert column(workshop, "tax_id") == {"a": "retail", "b": "it", "c": "it", "d": None}


def test_a_choice_becomes_text_by_its_label(workshop):
    document = workshop.document("entity/account")
    document["fields"]["branch"] = {"type": "choice", "label": "Branch", "order": 300, "options": {"set": "industry"}}
    workshop.publish({"entity/account": document})
    workshop.make("account", name="a", branch="it")
    workshop.publish(another_type(workshop, "branch", "text"))
    assert column(workshop, "branch") == {"a": "IT"}


def test_text_becomes_tags_and_tags_become_text(workshop):
    workshop.make("account", name="a", tax_id="x, y")
    workshop.publish(another_type(workshop, "tax_id", "tags"))
    side = workshop.design.tables.members(workshop.design.model.field("account", "tax_id")).name
    assert workshop.rows(f'SELECT value FROM "{side}" ORDER BY position') == [("x",), ("y",)]
    workshop.publish(another_type(workshop, "tax_id", "text"))
    assert column(workshop, "tax_id")["a"].replace(";", ",").split(", ") == ["x", "y"]


def test_text_becomes_a_lookup_by_the_one_title_that_it_names(workshop):
    target = workshop.make("product", name="GTX Pro")
    workshop.make("product", name="twice")
    workshop.make("product", name="Twice")
    for name, tax_id in {"a": "gtx pro", "b": "twice", "c": "other"}.items():
        workshop.make("account", name=name, tax_id=tax_id)
    workshop.publish(another_type(workshop, "tax_id", "lookup", entity="product"))
    assert column(workshop, "tax_id") == {"a": target, "b": None, "c": None}


def test_a_lookup_becomes_text_by_its_title(workshop):
    document = workshop.document("entity/product")
    document["fields"]["maker"] = {"type": "lookup", "label": "Maker", "order": 300, "options": {"entity": "account"}}
    workshop.publish({"entity/product": document})
    account = workshop.make("account", name="上海华为")
    workshop.make("product", name="p", maker=encode_id(account))
    workshop.publish(another_type(workshop, "maker", "text", "entity/product"))
    assert column(workshop, "maker", "product") == {"p": "上海华为"}


def test_a_date_and_time_becomes_a_day_and_loses_its_time(workshop):
    document = workshop.document("entity/account")
    document["fields"]["seen"] = {"type": "datetime", "label": "Seen", "order": 300}
    workshop.publish({"entity/account": document})
    workshop.make("account", name="a", seen="2026-05-01T08:30:00Z")
    plan = workshop.edit(another_type(workshop, "seen", "date"))
    step = next(step for step in plan.steps if step.kind == "convert_field")
    assert step.counts.lossy == 1


def test_a_day_becomes_the_moment_at_which_it_begins_here(workshop):
    workshop.make("account", name="a", founded_on="2026-05-01")
    workshop.publish(another_type(workshop, "founded_on", "datetime"))
    assert str(column(workshop, "founded_on")["a"]).startswith("2026-04-30 16:00:00")


def test_a_narrower_scale_is_a_conversion_of_its_own(workshop):
    document = workshop.document("entity/account")
    document["fields"]["score"] = {"type": "decimal", "label": "Score", "order": 300, "options": {"scale": 4}}
    workshop.publish({"entity/account": document})
    workshop.make("account", name="a", score="1.2345")
    workshop.make("account", name="b", score="1.2")
    document["fields"]["score"]["options"]["scale"] = 2
    plan = workshop.edit({"entity/account": document})
    step = next(step for step in plan.steps if step.kind == "convert_field")
    assert (step.counts.exact, step.counts.lossy) == (1, 1)
    workshop.publish({"entity/account": document})
    stored = workshop.design.model.field("account", "score").stored_as
    assert stored == "score_2"
    assert Decimal(str(column(workshop, "score")["b"])) in (Decimal("1.20"), Decimal(120))


# ---- big tables


@pytest.fixture
def big(numbers, monkeypatch):
    """The same, but four records count as a big table, converted two at a time."""
    for module in (compute_steps, convert_steps, index_steps):
        monkeypatch.setattr(module, "BIG", 3)
    monkeypatch.setattr(convert_rows, "BATCH", 2)
    return numbers


def test_a_big_table_is_prepared_before_it_is_published(big):
    plan = big.edit(another_type(big, "tax_id", "decimal", scale=1))
    step = next(step for step in plan.steps if step.kind == "convert_field")
    assert step.counts.estimated
    with pytest.raises(Preparing):
        big.publisher.publish(Publication(confirm=plan.fingerprint))
    assert big.publisher.prepare(seconds=60)
    plan = big.publisher.plan()
    step = next(step for step in plan.steps if step.kind == "convert_field")
    assert (step.counts.exact, step.counts.lossy, step.counts.estimated) == (2, 2, False)
    assert big.publisher.publish(Publication(confirm=plan.fingerprint)) == 2
    assert column(big, "tax_id")["d"] is None


def test_of_a_big_table_the_plan_says_all_records_and_how_many_were_tried(big, monkeypatch):
    for module in (catalogue, drawn_up):
        monkeypatch.setattr(module, "COUNTED", 4)
    monkeypatch.setattr(convert_steps, "TRIED", 3)
    plan = big.edit(another_type(big, "tax_id", "decimal", scale=1))
    step = next(step for step in plan.steps if step.kind == "convert_field")
    assert step.rows == 5
    assert "of the first 3 values" in step.text


def test_going_back_tries_few_values_where_many_were_written_and_has_them_prepared(big, monkeypatch):
    edited = big.edit(another_type(big, "tax_id", "decimal", scale=1))
    big.publisher.prepare(seconds=60)
    big.publisher.publish(Publication(confirm=big.publisher.plan().fingerprint))
    assert edited.steps[0].rows == 5
    for number in range(4):
        big.make("account", name=f"new {number}", tax_id=f"{number}.5")
    monkeypatch.setattr(convert_steps, "TRIED", 2)
    step = next(step for step in big.publisher.plan_rollback(1).steps if step.kind == "convert_field")
    assert (step.rows, step.counts.exact, step.counts.estimated) == (4, 2, True)
    with pytest.raises(Preparing):
        big.publisher.rollback(1, Publication())
    slices = big.publisher.preparation("main", back_to=1)
    assert not slices.run(0)
    assert next(step for step in big.publisher.plan_rollback(1).steps if step.kind == "convert_field").counts.exact == 2
    assert slices.run(60)
    big.make("account", name="late", tax_id="7.5")
    plan, converted = big.publisher.plan_rollback(1), []
    redo = convert_rows.Conversion.redo
    monkeypatch.setattr(convert_rows.Conversion, "redo", lambda *given: converted.extend(given[2]) or redo(*given))
    big.publisher.rollback(1, Publication(confirm=plan.fingerprint))
    assert len(converted) == 1
    found = column(big, "tax_id")
    assert (found["c"], found["d"], found["new 3"], found["late"]) == ("12,345", "none", "3.5", "7.5")


def test_nothing_is_ready_in_columns_that_are_purged(big):
    big.edit(another_type(big, "tax_id", "decimal", scale=1))
    big.publisher.prepare(seconds=60)
    big.publisher.publish(Publication(confirm=big.publisher.plan().fingerprint))
    for number in range(4):
        big.make("account", name=f"new {number}", tax_id=f"{number}.5")
    assert big.publisher.preparation("main", back_to=1).run(60)
    purge = Purge(big.database)
    purge.drop(purge.leftovers())
    assert big.value("SELECT count(*) FROM sys_background_step WHERE state <> 'done'") == 0


def test_what_was_prepared_of_a_type_that_the_field_has_no_more_is_prepared_again(big):
    changed = another_type(big, "tax_id", "decimal", scale=1)
    big.edit(changed)
    big.publisher.prepare(seconds=60)
    big.edit(another_type(big, "tax_id", "choice", set="industry"), name="other")
    big.publisher.prepare("other", seconds=60)
    big.publisher.publish(Publication(confirm=big.publisher.plan("other").fingerprint), "other")
    big.publisher.sets.discard()
    step = next(each for each in big.edit(changed).steps if each.kind == "convert_field")
    assert step.counts.estimated
    assert big.publisher.prepare(seconds=60)
    big.publisher.publish(Publication(confirm=big.publisher.plan().fingerprint))
    assert set(column(big, "tax_id").values()) == {None}


def test_what_is_being_prepared_is_no_work_that_a_publish_left(big):
    big.edit(another_type(big, "tax_id", "decimal", scale=1))
    assert not big.publisher.prepare(seconds=0)
    assert big.background.waiting() == []
    assert big.background.run(1) is False


def test_a_preparation_goes_on_where_it_was_left(big):
    big.edit(another_type(big, "tax_id", "decimal", scale=1))
    rounds, slices = 1, big.publisher.preparation("main")
    while not slices.run(seconds=0):
        rounds += 1
    assert rounds > 1
    assert big.value("SELECT done FROM sys_background_step WHERE kind = 'convert'") == 5


def test_what_is_written_during_the_preparation_is_converted_too(big):
    big.edit(another_type(big, "tax_id", "decimal", scale=1))
    big.publisher.prepare(seconds=60)
    big.make("account", name="late", tax_id="7")
    plan = big.publisher.plan()
    big.publisher.publish(Publication(confirm=plan.fingerprint))
    assert column(big, "tax_id")["late"] in (70, "7.0")


def test_what_is_written_during_the_preparation_is_never_lost_unseen(big):
    big.edit(another_type(big, "tax_id", "decimal", scale=1))
    big.publisher.prepare(seconds=60)
    plan = big.publisher.plan()
    big.make("account", name="late", tax_id="nothing like a number")
    with pytest.raises(Outdated):
        big.publisher.publish(Publication(confirm=plan.fingerprint))
    assert big.publisher.prepare(seconds=60)
    again = big.publisher.plan()
    step = next(step for step in again.steps if step.kind == "convert_field")
    assert step.counts.failed == 2
    big.publisher.publish(Publication(confirm=again.fingerprint))


def test_what_was_prepared_when_more_was_planned_does_not_stand_in_the_way(big, monkeypatch):
    changed = another_type(big, "tax_id", "decimal", scale=1)
    big.edit(changed)
    big.publisher.prepare(seconds=60)
    big.make("account", name="late", tax_id="nothing like a number")
    for module in (convert_steps, index_steps):
        monkeypatch.setattr(module, "BIG", 50)
    plan = big.publisher.plan()
    assert big.publisher.publish(Publication(confirm=plan.fingerprint)) == 2
    assert big.value("SELECT count(*) FROM sys_background_step WHERE state <> 'done'") == 0


def test_indexes_and_stored_values_of_a_big_table_come_after_the_publish(big):
    document = big.document("entity/account")
    document["fields"]["twice"] = {"type": "formula", "label": "Twice", "order": 300, "formula": "name & name",
                                   "options": {"result": {"type": "text"}}}  # fmt: skip
    view = {
        "label": "By tax",
        "entity": "account",
        "type": "list",
        "columns": {"name": {"order": 1}},
        "sort": ["founded_on"],
    }
    big.publish({"entity/account": document, "view/account.tax": view})
    assert {row.kind for row in big.background.waiting()} == {"index", "refresh"}
    assert set(column(big, "twice").values()) == {None}
    assert big.background.run(60) is False
    assert column(big, "twice")["a"] == "aa"
    assert big.background.waiting() == []


def test_conversions_that_are_many_together_try_no_more_values_than_one_may(numbers, monkeypatch):
    for module in (convert_steps, index_steps):
        monkeypatch.setattr(module, "BIG", 8)
    key, changed = "entity/account", another_type(numbers, "tax_id", "decimal", scale=1)
    other = another_type(numbers, "founded_on", "text")[key]["fields"]["founded_on"]
    changed[key]["fields"]["founded_on"] = other
    plan = numbers.edit(changed)
    steps = {step.subject: step for step in plan.steps if step.kind == "convert_field"}
    assert {subject: step.counts.estimated for subject, step in steps.items()} == {
        f"{key}#tax_id": False, f"{key}#founded_on": True
    }  # fmt: skip
    assert numbers.publisher.prepare(seconds=60)
    again = numbers.publisher.plan()
    assert numbers.publisher.publish(Publication(confirm=again.fingerprint)) == 2
