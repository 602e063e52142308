"""An upgrade merges three states property by property: nothing is lost, nothing is asked twice."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from smalls import BASE
from taking import edit

from sartor.platform.packaging.files.folder import read_folder
from sartor.platform.packaging.files.shape import Blueprint
from sartor.platform.packaging.installing.drafting import Drafts
from sartor.platform.packaging.installing.install import install
from sartor.platform.packaging.versions.rulings import from_file, to_file
from sartor.platform.packaging.versions.upgrades import Look, Undecided, Upgrades
from sartor.platform.packaging.versions.upgrading import Ruling
from sartor.platform.publishing.applying import Publication
from sartor.platform.publishing.change_sets.deciding import Choice
from sartor.platform.query.question import Question
from sartor.platform.workspace import Workspace

CLIENT = "entity/client"
FileWriter = Callable[[str, dict[str, Any]], Path]


@pytest.fixture
def newer(folder_of: FileWriter) -> Callable[[Callable[[dict[str, Any]], Any]], Blueprint]:
    """The small blueprint with a change in its files, as version 2."""

    def make(change: Callable[[dict[str, Any]], Any]) -> Blueprint:
        files = deepcopy(BASE)
        files["blueprint.json"]["version"] = "2.0.0"
        change(files)
        return read_folder(folder_of("newer", files))

    return make


@pytest.fixture
def client(workspace: Workspace, small: Path) -> Workspace:
    install(workspace, [read_folder(small)], "L3")
    return workspace


def called(name: str) -> Callable[[Any], Any]:
    return lambda each: each.update(label={"en": name, "zh": "客户"})


def label(files: dict[str, Any], name: str) -> None:
    files["entities/client.json"]["label"] = {"en": name, "zh": "客户"}


def upgrade(workspace: Workspace, blueprint: Blueprint, rest: Choice | None = None) -> Look:
    upgrades = Upgrades(workspace, "small")
    look = upgrades.decided(upgrades.look(blueprint), rest)
    upgrades.drafts.carry_out(look.draft, "upgrade")
    return look


def document(workspace: Workspace, key: str = CLIENT) -> Any:
    return workspace.serving().design.documents[key]


def test_what_only_one_side_changed_goes_together_by_itself(client: Workspace, newer) -> None:
    edit(client, CLIENT, called("Customer"))
    phone = {"type": "text", "label": {"en": "Phone", "zh": "电话"}, "order": 20}
    look = upgrade(client, newer(lambda files: files["entities/client.json"]["fields"].update(phone=phone)))
    assert look.upgrade.issues == ()
    assert document(client)["label"]["en"] == "Customer"
    assert document(client)["fields"].keys() == {"name", "phone"}
    assert document(client, "blueprint/small")["version"] == "2.0.0"


def test_what_both_changed_is_asked_and_one_s_own_value_stands(client: Workspace, newer) -> None:
    edit(client, CLIENT, called("Customer"))
    upgrades, blueprint = Upgrades(client, "small"), newer(lambda files: label(files, "Buyer"))
    look = upgrades.look(blueprint)
    ((issue, question),) = upgrades.questions(look)
    assert (issue.key, issue.place, question.mine, question.theirs) == (CLIENT, "/label/en", "“Customer”", "“Buyer”")
    assert look.draft.documents[CLIENT]["label"]["en"] == "Customer"
    with pytest.raises(Undecided):
        upgrade(client, blueprint)
    assert document(client, "blueprint/small")["version"] == "1.0.0"


@pytest.mark.parametrize(("choice", "said"), [("keep", "Customer"), ("take", "Buyer"), ("edit", "Guest")])
def test_the_same_decisions_ask_nothing_the_next_time(client: Workspace, newer, choice: str, said: str) -> None:
    edit(client, CLIENT, called("Customer"))
    before = client.stamp().revision
    blueprint = newer(lambda files: label(files, "Buyer"))
    Upgrades(client, "small").book.add([Ruling(CLIENT, "/label/en", Choice(choice), "Guest")])
    upgrade(client, blueprint)
    assert document(client)["label"]["en"] == said
    assert Drafts(client).plan(Upgrades(client, "small").look(blueprint).draft).is_empty
    plan = client.publisher.plan_rollback(before)
    client.publisher.rollback(before, Publication("back", None, plan.fingerprint))
    upgrade(client, blueprint)
    assert document(client)["label"]["en"] == said


def test_a_decision_holds_only_for_the_values_that_it_was_made_for(client: Workspace, newer) -> None:
    edit(client, CLIENT, called("Customer"))
    upgrades, blueprint = Upgrades(client, "small"), newer(lambda files: label(files, "Buyer"))
    (issue,) = upgrades.look(blueprint).upgrade.open
    upgrades.book.add([Ruling(CLIENT, "/label/en", Choice.TAKE, about=issue.about)])
    assert upgrades.look(blueprint).upgrade.open == ()
    edit(client, CLIENT, called("Patron"))
    (again,) = upgrades.look(blueprint).upgrade.open
    assert again.clash.mine == "Patron"


def test_what_the_new_version_leaves_out_stays_unless_somebody_takes_it_out(client: Workspace, newer) -> None:
    blueprint = newer(lambda files: files.pop("views/client.all.json"))
    upgrades = Upgrades(client, "small")
    (issue,) = upgrades.look(blueprint).upgrade.issues
    assert (issue.key, issue.left_out, issue.is_open) == ("view/client.all", True, False)
    assert "view/client.all" in upgrades.look(blueprint).draft.documents
    upgrades.book.add([Ruling("view/client.all", "", Choice.TAKE)])
    assert "view/client.all" not in upgrades.look(blueprint).draft.documents


def test_a_field_that_the_new_version_calls_otherwise_keeps_its_values(client: Workspace, newer) -> None:
    client.serving().writer.create(client.system("test"), "client", {"name": "Ann"})
    edit(client, CLIENT, lambda each: each["fields"]["name"].update(help={"en": "In full", "zh": "全称"}))

    def change(files: dict[str, Any]) -> None:
        entity = files["entities/client.json"]
        entity["fields"]["full_name"] = {**entity["fields"].pop("name"), "formerly": ["name"]}
        entity["title"] = "full_name"
        files["views/client.all.json"]["columns"] = {"full_name": {"order": 10}}

    upgrade(client, newer(change))
    assert document(client)["fields"]["full_name"]["help"]["en"] == "In full"
    page = client.serving().reader.page(client.system("test"), Question("client", (("full_name",),)))
    assert [row["full_name"] for row in page.rows] == ["Ann"]


def test_one_s_own_thing_of_the_same_name_is_not_mixed_with_a_new_one(client: Workspace, newer) -> None:
    own = {"type": "text", "label": {"en": "My note", "zh": "我的备注"}, "order": 30}
    edit(client, CLIENT, lambda each: each["fields"].update(note=own))
    theirs = {"type": "long_text", "label": {"en": "Note", "zh": "备注"}, "order": 40}
    blueprint = newer(lambda files: files["entities/client.json"]["fields"].update(note=theirs))
    (issue,) = Upgrades(client, "small").look(blueprint).upgrade.open
    assert issue.place == "/fields/note"
    upgrade(client, blueprint, Choice.KEEP)
    assert document(client)["fields"]["note"] == {**document(client)["fields"]["note"], **own}
    assert "origin" not in document(client)["fields"]["note"]


def test_what_other_blueprints_added_stays_through_an_upgrade(client: Workspace, more: Path, newer) -> None:
    install(client, [read_folder(more)], "L3")
    upgrade(client, newer(lambda files: label(files, "Buyer")))
    assert document(client)["fields"]["visits"]["origin"] == "more"
    assert document(client)["label"]["en"] == "Buyer"


def test_decisions_travel_as_a_file(client: Workspace, newer) -> None:
    edit(client, CLIENT, called("Customer"))
    upgrades, blueprint = Upgrades(client, "small"), newer(lambda files: label(files, "Buyer"))
    text = to_file("small", "2.0.0", upgrades.look(blueprint).upgrade.issues)
    assert from_file(text, "small") == []
    rulings = from_file(text.replace('"choice": null', '"choice": "take"'), "small")
    assert upgrades.look(blueprint, rulings).upgrade.open == ()
    assert upgrades.look(blueprint, rulings).draft.documents[CLIENT]["label"]["en"] == "Buyer"


def test_an_upgrade_may_go_into_a_change_set_that_is_being_worked_on(client: Workspace, newer) -> None:
    mine = {**document(client), "label": {"en": "Customer", "zh": "客户"}}
    client.publisher.sets.put(CLIENT, mine, name="spring")
    upgrades = Upgrades(client, "small", "spring")
    look = upgrades.look(newer(lambda files: label(files, "Buyer")))
    assert [each.place for each in look.upgrade.open] == ["/label/en"]
    look = upgrades.decided(look, Choice.KEEP)
    assert upgrades.drafts.put(look.draft, into="spring") == ["blueprint/small"]
    assert client.publisher.sets.documents("spring")[CLIENT]["label"]["en"] == "Customer"
