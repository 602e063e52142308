"""A choice that is taken out while records have it: another one takes them over, wherever the choices are said."""

from functools import partial

import pytest
from workshops import with_field
from worlds import COMPILER

from sartor.platform.errors import Conflict, NotFound
from sartor.platform.model.ids import encode_id
from sartor.platform.publishing.names.rewriting import Rename
from sartor.platform.publishing.uses.succeeding import succeeded, without_entry
from sartor.platform.publishing.words.telling import told
from sartor.platform.query.cursor import Cursors
from sartor.platform.query.reader import Reader
from sartor.platform.records.history.story import Story
from sartor.platform.records.wish import Wish

OWN = {"label": "Warmth", "order": 900}
CHOICES = {key: {"label": key.capitalize(), "order": n} for n, key in enumerate(("hot", "warm", "cold", "icy"))}
WARMTH = Rename("entity/account", "warm", "warmth", "cold")


def formula(text):
    return {
        "type": "formula", "label": "Score", "order": 902, "formula": text, "options": {"result": {"type": "integer"}},
    }  # fmt: skip


@pytest.fixture
def warm(workshop):
    """Accounts with a choice of their own, several choices, and a formula that names one."""
    document = workshop.document("entity/account")
    document["fields"] |= {
        "warmth": {"type": "choice", **OWN, "options": {"choices": CHOICES}},
        "moods": {"type": "choices", "label": "Moods", "order": 901, "options": {"choices": CHOICES}},
        "score": formula("if(warmth in ['warm', 'cold'], 2, if(warmth = 'cold', 1, 0))"),
    }
    workshop.publish({"entity/account": document})
    workshop.make("account", name="a", warmth="cold", moods=["cold", "icy", "warm"])
    workshop.make("account", name="b", warmth="hot", moods=["icy", "cold"])
    return workshop


def take_out(workshop, *going):
    documents = {**workshop.design.documents}
    for each in going:
        documents |= succeeded(documents, COMPILER.kinds, each)
    return {key: each for key, each in documents.items() if each != workshop.design.documents[key]}


def over(plan):
    return [(step.text, step.rows, str(step.grade)) for step in plan.steps if step.kind == "take_over"]


def test_what_names_the_choice_names_its_heir_and_a_list_names_it_once(warm):
    account = take_out(warm, WARMTH)["entity/account"]
    assert account["fields"]["warmth"]["options"]["choices"]["warm"]["takes"] == ["cold"]
    assert "cold" not in account["fields"]["warmth"]["options"]["choices"]
    assert account["fields"]["score"]["formula"] == "if(warmth in ['warm'], 2, if(warmth = 'warm', 1, 0))"


def test_a_change_set_calls_what_is_taken_over_by_its_label(warm):
    published = warm.design.documents
    changed = [take_out(warm, each) for each in (WARMTH, Rename("options/industry", "retail", entry="it"))]
    tell = partial(told, COMPILER.kinds, warm.design.model, published)
    said = [each.sentence for more in changed for each in tell({**published, **more})]
    assert any(each.endswith("takes over the records of Cold, was empty") for each in said)
    assert any(each.endswith("takes over the records of IT, was empty") for each in said)


def test_records_have_the_heir_and_what_is_made_from_them_follows(warm):
    plan = warm.edit(take_out(warm, WARMTH))
    assert over(plan) == [("Warmth: 1 record comes over: Cold → Warm; going back leaves it there", 1, "lossy")]
    assert not any("that is gone" in step.text for step in plan.steps)
    warm.publish({})
    assert warm.rows("SELECT warmth, score FROM account ORDER BY name") == [("warm", 2), ("hot", 0)]


def test_several_choices_with_one_heir_are_one_choice_of_a_record(warm):
    both = (Rename("entity/account", "warm", "moods", each) for each in ("cold", "icy"))
    warm.publish(take_out(warm, *both))
    side = warm.design.tables.members(warm.design.model.field("account", "moods")).name
    assert warm.rows(f"SELECT value, count(*) FROM {side} GROUP BY value") == [("warm", 2)]


def test_a_shared_set_is_taken_over_in_every_field(warm):
    also = {"type": "choice", "label": "Also", "order": 950, "options": {"set": "industry"}}
    warm.publish(with_field(warm, "also", also))
    warm.make("account", name="c", industry="it", also="it")
    plan = warm.edit(take_out(warm, Rename("options/industry", "retail", entry="it")))
    assert [rows for _text, rows, _grade in over(plan)] == [2]
    warm.publish({})
    assert warm.rows("SELECT industry, also FROM account WHERE name = 'c'") == [("retail", "retail")]


def test_going_back_brings_the_choice_back_and_leaves_the_records(warm):
    before = warm.design.model.revision
    warm.publish(take_out(warm, WARMTH))
    kept = f"1 record keeps the choice that revision {before + 1} gave it"
    assert warm.publisher.plan_rollback(before).notes == (kept,)
    warm.rollback(before)
    assert warm.rows("SELECT warmth, score FROM account ORDER BY name") == [("warm", 2), ("hot", 0)]


def test_a_choice_renamed_in_the_draft_is_known_by_what_records_call_it(warm):
    warm.publisher.sets.rename(Rename("entity/account", "chilly", "warmth", "cold"))
    drafted = warm.publisher.sets.documents("main")
    warm.publish(succeeded(drafted, COMPILER.kinds, Rename("entity/account", "warm", "warmth", "chilly")))
    assert warm.rows("SELECT warmth FROM account ORDER BY name") == [("warm",), ("hot",)]


def test_the_heir_may_be_renamed_at_the_same_time(warm):
    warm.edit(take_out(warm, WARMTH))
    warm.publisher.sets.rename(Rename("entity/account", "mild", "warmth", "warm"))
    warm.publish({})
    assert warm.rows("SELECT warmth, score FROM account ORDER BY name") == [("mild", 2), ("hot", 0)]


def test_a_stage_takes_its_moves_along_and_its_conditions_name_the_heir(workshop):
    changed = succeeded(workshop.design.documents, COMPILER.kinds, Rename("pipeline/deal", "proposal", entry="qualify"))
    pipeline = changed["pipeline/deal"]
    assert pipeline["stages"]["proposal"]["takes"] == ["qualify"]
    assert not any("qualify" in (*move["from"], *move["to"]) for move in pipeline.get("transitions", {}).values())
    assert not any("= 'qualify'" in str(each) for each in changed.values())


def test_without_an_heir_it_goes_and_nothing_else_changes(warm):
    assert list(without_entry(warm.design.documents, WARMTH)) == ["entity/account"]


@pytest.mark.parametrize(("heir", "refusal"), [("warmer", NotFound), ("cold", Conflict)])
def test_an_heir_is_another_choice_of_the_same_set(warm, heir, refusal):
    with pytest.raises(refusal):
        take_out(warm, Rename("entity/account", heir, "warmth", "cold"))


def test_undoing_the_change_leaves_a_choice_that_is_there(warm):
    changed = take_out(warm, WARMTH)
    changed["entity/account"]["fields"]["warmth"]["options"]["choices"]["cold"] = CHOICES["cold"]
    assert over(warm.edit(changed)) == []
    number = warm.value("SELECT id FROM account WHERE name = 'b'")
    warm.publish({})
    warm.writer.update(warm.system, "account", number, Wish({"warmth": "cold"}))


def test_a_unique_key_that_two_choices_would_break_as_one_stands_in_the_way(warm):
    document = warm.document("entity/account")
    document["keys"] = {"one_of_each": {"fields": ["name", "warmth"]}}
    warm.publish({"entity/account": document})
    warm.make("account", name="a", warmth="warm")
    assert [each.message for each in warm.edit(take_out(warm, WARMTH)).obstacles] == [
        "Account: 1 value of Name, Warmth occurs more than once; make it unique first"
    ]


# ---- what the history calls it


def story(workshop):
    return Story(workshop.database, Reader(workshop.database, workshop.design.tables, Cursors(b"secret")))


def test_the_history_goes_on_calling_it_as_it_was_called(warm):
    before, number = warm.design.model.revision, warm.value("SELECT id FROM account WHERE name = 'a'")
    both = WARMTH, Rename("entity/account", "warm", "moods", "icy")
    warm.publish(take_out(warm, *both))
    (made,) = story(warm).history(warm.system, "account", number)
    assert made.body["changes"]["warmth"] == [None, "cold"]
    assert made.body["labels"] == {"warmth": {"cold": "Cold"}, "moods": {"icy": "Icy"}}
    warm.rollback(before)
    (made,) = story(warm).history(warm.system, "account", number)
    assert "labels" not in made.body


def test_what_goes_without_an_heir_is_called_so_too_and_after_a_rename(warm):
    number = warm.value("SELECT id FROM account WHERE name = 'a'")
    warm.publisher.sets.rename(Rename("entity/account", "frosty", "moods", "icy"))
    warm.publish({})
    warm.publish(without_entry(warm.design.documents, Rename("entity/account", "", "moods", "frosty")))
    (made,) = story(warm).history(warm.system, "account", number)
    assert made.body["labels"] == {"moods": {"frosty": "Icy"}}


def test_a_stay_in_a_stage_that_is_taken_out_is_called_as_it_was(workshop):
    account, worth = encode_id(workshop.make("account", name="A")), {"amount": "5", "currency": "CNY"}
    deal = workshop.make("deal", name="Lamps", account=account, amount=worth)
    workshop.writer.update(workshop.system, "deal", deal, Wish({"stage": "proposal"}))
    first = workshop.design.documents["pipeline/deal"]["stages"]["qualify"]["label"]
    workshop.publish(take_out(workshop, Rename("pipeline/deal", "proposal", entry="qualify")))
    told = story(workshop).stays(workshop.system, "deal", deal)
    assert [(each["stage"], each["label"]) for each in told] == [("qualify", first), ("proposal", None)]
