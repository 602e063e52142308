"""Two admins on one workspace: edits are merged, decided, and never lost."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from workshops import connect, text, with_field, without_field

from sartor.platform.errors import Conflict, Invalid, InvalidDefinition
from sartor.platform.publishing.applying import Publication
from sartor.platform.publishing.change_sets.catching_up import caught_up
from sartor.platform.publishing.change_sets.deciding import Choice, Decision, Decisions
from sartor.platform.publishing.change_sets.reviewing import Reviews
from sartor.platform.publishing.names.rewriting import Rename
from sartor.platform.storage.engine import Database

ACCOUNT = "entity/account"
LABEL = "/fields/name/label"


def labelled(workshop, label):
    document = workshop.document(ACCOUNT)
    document["fields"]["name"]["label"] = label
    return {ACCOUNT: document}


def both_say(workshop, mine="Mine", theirs="Theirs"):
    workshop.edit(labelled(workshop, mine), "mine")
    workshop.publish(labelled(workshop, theirs), "theirs")
    return Decisions(workshop.publisher.sets)


def published(workshop, name="mine"):
    workshop.publisher.publish(Publication(confirm=workshop.publisher.plan(name).fingerprint), name)
    return workshop.design.documents[ACCOUNT]


def test_disjoint_edits_merge_by_themselves(workshop):
    workshop.edit(with_field(workshop, "mine", text()), "mine")
    workshop.publish(with_field(workshop, "theirs", text()), "theirs")
    assert {"mine", "theirs"} <= published(workshop)["fields"].keys()


def test_a_plan_shows_only_what_i_changed_after_a_merge(workshop):
    workshop.edit(with_field(workshop, "mine", text()), "mine")
    workshop.publish(with_field(workshop, "theirs", text()), "theirs")
    assert [step.kind for step in workshop.publisher.plan("mine").steps] == ["add_field", "change"]
    (told,) = Reviews(workshop.publisher.sets).told("mine")
    assert told.sentence == "Field New added to Account after Label, type Text"


def test_a_clash_is_asked_with_all_three_values(workshop):
    (asked,) = both_say(workshop).questions("mine")
    assert (asked.thing, asked.place) == ("Field Mine of Account: label", LABEL)
    assert (asked.was, asked.mine, asked.theirs) == ("“Name”", "“Mine”", "“Theirs”")
    with pytest.raises(Conflict, match=ACCOUNT):
        workshop.publisher.publish(Publication(), "mine")


def test_a_clash_about_a_place_says_after_what(workshop):
    names = list(workshop.document(ACCOUNT)["fields"])
    mine, theirs = workshop.document(ACCOUNT), workshop.document(ACCOUNT)
    for number, name in enumerate(names, 1):
        mine["fields"][name]["order"] = theirs["fields"][name]["order"] = number
    workshop.publish({ACCOUNT: mine})
    mine, last = workshop.document(ACCOUNT), names[-1]
    mine["fields"][last]["order"] = 0.5
    theirs["fields"][last]["order"] = 1.5
    workshop.edit({ACCOUNT: mine}, "mine")
    workshop.publish({ACCOUNT: theirs}, "theirs")
    (asked,) = Decisions(workshop.publisher.sets).questions("mine")
    assert asked.thing.startswith("Place of field")
    assert (asked.mine, asked.theirs, asked.may_edit) == ("at the beginning", "after Founded", False)


@pytest.mark.parametrize(
    ("choice", "value", "expected"),
    [(Choice.KEEP, None, "Mine"), (Choice.TAKE, None, "Theirs"), (Choice.EDIT, "Both", "Both")],
)
def test_a_decision_is_published(workshop, choice, value, expected):
    decisions = both_say(workshop)
    decisions.decide(Decision(ACCOUNT, LABEL, choice, value), by=7, name="mine")
    assert decisions.questions("mine") == []
    assert published(workshop)["fields"]["name"]["label"] == expected


def test_a_decision_is_kept_while_others_are_open(workshop):
    mine, theirs = workshop.document(ACCOUNT), workshop.document(ACCOUNT)
    for document, word in ((mine, "Mine"), (theirs, "Theirs")):
        document["fields"]["name"]["label"] = document["fields"]["tax_id"]["label"] = word
    workshop.edit({ACCOUNT: mine}, "mine")
    workshop.publish({ACCOUNT: theirs}, "theirs")
    decisions = Decisions(workshop.publisher.sets)
    decisions.decide(Decision(ACCOUNT, LABEL, Choice.TAKE), name="mine")
    assert [each.place for each in decisions.questions("mine")] == ["/fields/tax_id/label"]
    decisions.decide(Decision(ACCOUNT, "/fields/tax_id/label", Choice.KEEP), name="mine")
    fields = published(workshop)["fields"]
    assert (fields["name"]["label"], fields["tax_id"]["label"]) == ("Theirs", "Mine")


@pytest.mark.parametrize(("choice", "expected"), [(Choice.KEEP, "Mine"), (Choice.TAKE, "Theirs")])
def test_everything_is_decided_at_once(workshop, choice, expected):
    mine, theirs = workshop.document(ACCOUNT), workshop.document(ACCOUNT)
    for document, word in ((mine, "Mine"), (theirs, "Theirs")):
        document["fields"]["name"]["label"] = document["fields"]["tax_id"]["label"] = word
    workshop.edit({ACCOUNT: {**mine, "plural": "Only mine"}}, "mine")
    workshop.publish({ACCOUNT: theirs}, "theirs")
    decisions = Decisions(workshop.publisher.sets)
    decisions.decide_all(choice, by=7, name="mine")
    assert decisions.questions("mine") == []
    document = published(workshop)
    assert {document["fields"][each]["label"] for each in ("name", "tax_id")} == {expected}
    assert document["plural"] == "Only mine"


def test_a_decision_is_asked_again_when_somebody_publishes_yet_another_value(workshop):
    decisions = both_say(workshop)
    decisions.decide(Decision(ACCOUNT, LABEL, Choice.KEEP), name="mine")
    workshop.publish(labelled(workshop, "Third"), "theirs")
    (asked,) = decisions.questions("mine")
    assert (asked.was, asked.mine, asked.theirs) == ("“Theirs”", "“Mine”", "“Third”")


def test_what_was_decided_already_is_not_decided_twice(workshop):
    decisions = both_say(workshop)
    decisions.decide(Decision(ACCOUNT, LABEL, Choice.KEEP), name="mine")
    with pytest.raises(Conflict, match="already"):
        decisions.decide(Decision(ACCOUNT, LABEL, Choice.TAKE), name="mine")


def test_a_value_that_does_not_fit_is_refused_and_changes_nothing(workshop):
    decisions = both_say(workshop)
    with pytest.raises(InvalidDefinition):
        decisions.decide(Decision(ACCOUNT, LABEL, Choice.EDIT, 7), name="mine")
    assert len(decisions.questions("mine")) == 1


def test_a_definition_that_is_gone_can_be_kept_or_let_go(workshop):
    board = workshop.document("view/deal.board")
    workshop.edit({"view/deal.board": {**board, "filter": "amount > 5"}}, "mine")
    app = {**workshop.document("app/crm"), "home": "view/deal.all", "items": {"d": {"target": "view/deal.all"}}}
    workshop.publish({"view/deal.board": None, "app/crm": app}, "theirs")
    decisions = Decisions(workshop.publisher.sets)
    (asked,) = decisions.questions("mine")
    assert (asked.mine, asked.theirs, asked.may_edit) == ("changed: filter “amount > 5”", "taken out", False)
    with pytest.raises(Invalid, match="one of the two"):
        decisions.decide(Decision("view/deal.board", "", Choice.EDIT, {}), name="mine")
    decisions.decide(Decision("view/deal.board", "", Choice.KEEP), name="mine")
    workshop.publisher.publish(Publication(), "mine")
    assert workshop.design.documents["view/deal.board"]["filter"] == "amount > 5"


def test_an_edit_that_says_what_is_published_now_is_gone(workshop):
    both_say(workshop, "Same", "Same")
    assert workshop.publisher.sets.catch_up("mine").edits == {}
    assert Reviews(workshop.publisher.sets).told("mine") == []


def test_putting_back_what_the_other_one_changed_is_an_edit(workshop):
    sets = workshop.publisher.sets
    workshop.edit(with_field(workshop, "mine", text()), "mine")
    workshop.publish(labelled(workshop, "Theirs"), "theirs")
    merged = dict(sets.document(ACCOUNT, "mine"))
    assert merged["fields"]["name"]["label"] == "Theirs"
    fields = {**merged["fields"], "name": {**merged["fields"]["name"], "label": "Name"}}
    sets.put(ACCOUNT, {**merged, "fields": fields}, name="mine")
    assert published(workshop)["fields"]["name"]["label"] == "Name"


def test_a_rename_by_somebody_else_is_followed(workshop):
    view = workshop.document("view/deal.all")
    view["columns"]["amount"]["width"] = 3
    workshop.edit({"view/deal.all": view, "view/deal.mine": {**view, "default": False}}, "mine")
    workshop.publisher.sets.rename(Rename("entity/deal", "worth", "amount"), name="theirs")
    workshop.publisher.publish(Publication(), "theirs")
    assert Decisions(workshop.publisher.sets).questions("mine") == []
    workshop.publisher.publish(Publication(), "mine")
    documents = workshop.design.documents
    assert documents["view/deal.all"]["columns"]["worth"]["width"] == 3
    assert "worth" in documents["view/deal.mine"]["columns"]


@pytest.mark.parametrize("what", [{"field": "tax_id"}, {}])
def test_what_both_renamed_keeps_its_values_under_the_later_name(workshop, what):
    workshop.make("account", name="A", tax_id="12")
    for name in ("mine", "theirs"):
        workshop.publisher.sets.rename(Rename(ACCOUNT, name, **what), name=name)
    workshop.publisher.publish(Publication(), "theirs")
    plan = workshop.publisher.plan("mine")
    assert [str(step.grade) for step in plan.steps if str(step.grade) == "lossy"] == []
    sentences = [each.sentence for each in Reviews(workshop.publisher.sets).told("mine")]
    assert not [each for each in sentences if "taken out" in each], sentences
    workshop.publisher.publish(Publication(confirm=plan.fingerprint), "mine")
    entity = workshop.design.model.entities["account" if what else "mine"]
    column = entity.fields["mine" if what else "tax_id"].stored_as
    assert workshop.rows(f'SELECT "{column}" FROM "{entity.table}"') == [("12",)]


@pytest.mark.parametrize("entity_mine", [True, False])
def test_an_entity_that_one_renames_and_its_field_that_the_other_one_does_are_the_same(workshop, entity_mine):
    workshop.make("account", name="A", tax_id="12")
    renames = [Rename(ACCOUNT, "client"), Rename(ACCOUNT, "vat", field="tax_id")]
    for name, rename in zip(("mine", "theirs") if entity_mine else ("theirs", "mine"), renames, strict=True):
        workshop.publisher.sets.rename(rename, name=name)
    workshop.publisher.publish(Publication(), "theirs")
    plan = workshop.publisher.plan("mine")
    workshop.publisher.publish(Publication(confirm=plan.fingerprint), "mine")
    entity = workshop.design.model.entities["client"]
    column = entity.fields["vat"].stored_as
    assert workshop.rows(f'SELECT "{column}" FROM "{entity.table}"') == [("12",)]


def test_a_choice_that_both_renamed_is_what_it_was_in_records(workshop):
    former = next(iter(workshop.document("options/industry")["choices"]))
    workshop.make("account", name="A", industry=former)
    for name in ("mine", "theirs"):
        workshop.publisher.sets.rename(Rename("options/industry", name, entry=former), name=name)
    workshop.publisher.publish(Publication(), "theirs")
    plan = workshop.publisher.plan("mine")
    workshop.publisher.publish(Publication(confirm=plan.fingerprint), "mine")
    assert workshop.rows("SELECT industry FROM account") == [("mine",)]


def test_a_field_that_was_taken_out_while_i_changed_it_is_asked(workshop):
    workshop.edit({ACCOUNT: labelled(workshop, "x")[ACCOUNT]}, "other")
    document = workshop.document(ACCOUNT)
    document["fields"]["tags"]["label"] = "Words"
    workshop.edit({ACCOUNT: document}, "mine")
    workshop.publish(without_field(workshop, "tags"), "theirs")
    (asked,) = Decisions(workshop.publisher.sets).questions("mine")
    assert (asked.place, asked.was) == ("/fields/tags", "there")
    assert (asked.mine, asked.theirs) == ("changed: label “Words”", "taken out")


@pytest.mark.parametrize("all_at_once", [False, True])
def test_a_field_that_stays_though_it_was_taken_out_keeps_its_values(workshop, all_at_once):
    workshop.make("account", name="A", tax_id="12")
    document = workshop.document(ACCOUNT)
    document["fields"]["tax_id"]["label"] = "Number"
    workshop.edit({ACCOUNT: document}, "mine")
    workshop.publish(without_field(workshop, "tax_id"), "theirs")
    decisions = Decisions(workshop.publisher.sets)
    if all_at_once:
        decisions.decide_all(Choice.KEEP, name="mine")
    else:
        decisions.decide(Decision(ACCOUNT, "/fields/tax_id", Choice.KEEP), name="mine")
    assert published(workshop)["fields"]["tax_id"]["label"] == "Number"
    stored = workshop.design.model.field("account", "tax_id").stored_as
    assert workshop.rows(f'SELECT "{stored}" FROM account') == [("12",)]


@pytest.mark.parametrize("last", ["rep", "clerk"])
def test_edits_follow_definitions_that_take_the_names_of_others(workshop, last):
    label = {"en": "Mine"}
    workshop.edit({"role/rep": {**workshop.document("role/rep"), "label": label}}, "mine")
    for key, new in (("role/rep", "third"), ("role/seller", last), ("role/third", "seller")):
        workshop.publisher.sets.rename(Rename(key, new), name="theirs")
    workshop.publish({}, "theirs")
    assert Decisions(workshop.publisher.sets).questions("mine") == []
    published(workshop)
    assert workshop.design.documents["role/seller"]["label"] == label
    assert "seller_2" not in workshop.design.documents["role/seller"]["formerly"]


def test_what_i_made_makes_room_for_what_somebody_else_calls_so(workshop):
    wide, fresh = workshop.document("view/deal.all"), workshop.document("view/deal.board")
    wide["columns"]["amount"]["width"] = 3
    workshop.edit({"view/deal.all": wide, "view/deal.fresh": {**fresh, "label": "Fresh"}}, "mine")
    workshop.publisher.sets.rename(Rename("view/deal.all", "deal.fresh"), name="theirs")
    workshop.publish({}, "theirs")
    assert Decisions(workshop.publisher.sets).questions("mine") == []
    published(workshop)
    documents = workshop.design.documents
    assert documents["view/deal.fresh"]["columns"]["amount"]["width"] == 3
    assert documents["view/deal.fresh_2"]["label"] == "Fresh"
    assert "formerly" not in documents["view/deal.fresh_2"]


def test_a_new_field_does_not_take_the_values_of_one_that_is_called_so_now(workshop):
    workshop.make("account", name="A", tax_id="12")
    document = with_field(workshop, "fresh", text("Mine"))[ACCOUNT]
    document["fields"]["tax_id"]["label"] = "Number"
    workshop.edit({ACCOUNT: document}, "mine")
    workshop.publisher.sets.rename(Rename(ACCOUNT, "fresh", "tax_id"), name="theirs")
    workshop.publish({}, "theirs")
    fields = published(workshop)["fields"]
    assert (fields["fresh"]["label"], fields["fresh_2"]["label"]) == ("Number", "Mine")
    stored = [workshop.design.model.field("account", name).stored_as for name in ("fresh", "fresh_2")]
    assert workshop.rows(f'SELECT "{stored[0]}", "{stored[1]}" FROM account') == [("12", None)]


def test_what_i_changed_and_somebody_else_took_out_is_asked_though_another_one_has_its_name(workshop):
    board = workshop.document("view/deal.board")
    workshop.edit({"view/deal.board": {**board, "filter": "amount > 5"}}, "mine")
    sets = workshop.publisher.sets
    app = {**workshop.document("app/crm"), "home": "view/deal.all", "items": {"d": {"target": "view/deal.all"}}}
    sets.put_all({"view/deal.board": None, "app/crm": app}, name="theirs")
    sets.rename(Rename("view/deal.all", "deal.board"), name="theirs")
    workshop.publish({}, "theirs")
    (asked,) = Decisions(sets).questions("mine")
    assert (asked.key, asked.theirs) == ("view/deal.board_2", "taken out")
    assert sets.document("view/deal.board", "mine")["label"] == workshop.document("view/deal.board")["label"]


def test_whoever_looked_just_before_a_publish_takes_nothing_back(workshop):
    workshop.edit(with_field(workshop, "mine", text()), "mine")
    before = workshop.design
    workshop.publish(labelled(workshop, "Theirs"), "theirs")
    found = workshop.publisher.sets.catch_up("mine")
    with workshop.database.read() as connection:
        assert caught_up(found, workshop.models, before, connection) is found


def together(*jobs):
    """Do things at the same moment; what they raised."""
    ready = threading.Barrier(len(jobs))
    with ThreadPoolExecutor() as pool:
        done = [pool.submit(lambda job=job: (ready.wait(), job())) for job in jobs]
    return [each.exception() for each in done if each.exception()]


@pytest.fixture
def colleagues(published_url):
    """Two other processes on the same database."""
    databases = [Database.open(published_url, node=node) for node in (8, 9)]
    yield [connect(each).publisher.sets for each in databases]
    for each in databases:
        each.close()


def view(label):
    return {"label": label, "entity": "deal", "type": "list", "columns": {"name": {"order": 1}}}


@pytest.mark.parametrize("name", [f"begun_{number}" for number in range(3)])
def test_two_people_may_begin_the_same_change_set_at_the_same_moment(workshop, colleagues, name):
    one, other = colleagues
    raised = together(
        lambda: one.put("view/deal.one", view("One"), name=name),
        lambda: other.put("view/deal.other", view("Other"), name=name),
    )
    assert raised == []
    assert {"view/deal.one", "view/deal.other"} == workshop.publisher.sets.get(name).edits.keys()


def test_of_two_edits_of_the_same_at_the_same_moment_one_is_refused(workshop, colleagues):
    def put(sets, label):
        def judge(documents):
            if "view/deal.same" in documents:
                raise Conflict("edited")

        sets.put("view/deal.same", view(label), judge=judge)

    for _time in range(3):
        raised = together(lambda: put(colleagues[0], "One"), lambda: put(colleagues[1], "Other"))
        assert [str(each) for each in raised] == ["edited"]
        workshop.publisher.sets.discard()
