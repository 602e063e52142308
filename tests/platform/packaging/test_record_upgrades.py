"""Reference records are merged by an upgrade like definitions: what both changed is asked, nothing comes twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from smalls import BASE

from sartor.platform.errors import BadRequest, Invalid
from sartor.platform.model.ids import decode_id
from sartor.platform.packaging.files.folder import read_folder
from sartor.platform.packaging.files.shape import Blueprint
from sartor.platform.packaging.installing.bringing import finish, load
from sartor.platform.packaging.installing.drafting import Drafts
from sartor.platform.packaging.installing.install import install
from sartor.platform.packaging.records.newcomers import newcomers_of
from sartor.platform.packaging.records.tables import Standing
from sartor.platform.packaging.records.upgrade import RecordUpgrade
from sartor.platform.packaging.records.words import RecordWords
from sartor.platform.packaging.samples.files import RECORDS, SAMPLES
from sartor.platform.packaging.samples.writing import SampleLoader
from sartor.platform.packaging.versions.promoting import Design, Promotion
from sartor.platform.packaging.versions.upgrades import Look, Undecided, Upgrades
from sartor.platform.packaging.versions.upgrading import Ruling
from sartor.platform.publishing.applying import Publication
from sartor.platform.publishing.change_sets.deciding import Choice
from sartor.platform.query.question import Question
from sartor.platform.records.wish import Wish
from sartor.platform.storage import coming
from sartor.platform.storage.coming import Coming
from sartor.platform.storage.engine import Raced
from sartor.platform.work import Work
from sartor.platform.workspace import Workspace

FileWriter = Callable[[str, dict[str, Any]], Path]
FIELDS = {
    "name": {"type": "text", "label": "Name", "order": 10, "required": True},
    "price": {"type": "money", "label": "Price", "order": 20},
    "boss": {"type": "lookup", "label": "Boss", "order": 30, "options": {"entity": "client"}},
}
CAME = "key,name,price,boss\na,Ann,10 CNY,\nb,Bob,20 CNY,a\nc,Cid,,\n"
NEW = "key,name,price,boss\na,Anna,11 CNY,\nb,Bob,25 CNY,d\nd,Dan,,\n"


@pytest.fixture
def versions(folder_of: FileWriter) -> Iterator[Blueprint]:
    """The small blueprint with three records, and its next version, in which one is new and one is missing."""

    def made(name: str, version: str, rows: str) -> Blueprint:
        head = {**BASE["blueprint.json"], "version": version, "languages": ["en"]}
        entity = {**BASE["entities/client.json"], "fields": FIELDS}
        files = {**BASE, "blueprint.json": head, "entities/client.json": entity, "records/client.csv": rows}
        return read_folder(folder_of(name, files))

    return iter([made("first", "1.0.0", CAME), made("second", "2.0.0", NEW)])


@pytest.fixture
def bare(versions: Iterator[Blueprint], folder_of: FileWriter) -> Blueprint:
    """The next version of it without any records."""
    head = {**BASE["blueprint.json"], "version": "2.0.0", "languages": ["en"]}
    entity = {**BASE["entities/client.json"], "fields": FIELDS}
    return read_folder(folder_of("bare", {**BASE, "blueprint.json": head, "entities/client.json": entity}))


@pytest.fixture
def client(workspace: Workspace, versions: Iterator[Blueprint]) -> Workspace:
    install(workspace, [next(versions)], "L3")
    return workspace


def rows(workspace: Workspace) -> dict[str, tuple[Any, Any]]:
    fields = (("name",), ("price",), ("boss",))
    page = workspace.serving().reader.page(workspace.system("test"), Question("client", fields)).rows
    return {each["name"]: ((each["price"] or {}).get("amount"), (each["boss"] or {}).get("title")) for each in page}


def change(workspace: Workspace, who: str, **values: Any) -> None:
    serving, asker = workspace.serving(), workspace.system("test")
    page = serving.reader.page(asker, Question("client", (("name",),))).rows
    number = next(decode_id(each["id"]) for each in page if each["name"] == who)
    serving.writer.update(asker, "client", number, Wish(values))


def upgrade(workspace: Workspace, blueprint: Blueprint, rest: Choice | None = None) -> Look:
    upgrades = Upgrades(workspace, "small")
    look = upgrades.decided(upgrades.look(blueprint), rest)
    upgrades.drafts.carry_out(look.draft, "upgrade")
    return look


def test_what_only_the_new_version_changed_comes_by_itself(client: Workspace, versions: Iterator[Blueprint]) -> None:
    look = upgrade(client, next(versions))
    assert [(each.key, each.left_out) for each in look.upgrade.issues] == [("record/client/c", True)]
    assert rows(client) == {"Anna": ("11.00", None), "Bob": ("25.00", "Dan"), "Cid": (None, None), "Dan": (None, None)}


def test_what_both_changed_is_asked_and_mine_stands(client: Workspace, versions: Iterator[Blueprint]) -> None:
    change(client, "Ann", name="Annette")
    new, upgrades = next(versions), Upgrades(client, "small")
    look = upgrades.look(new)
    (issue,) = look.upgrade.open
    question = dict((each.place, said) for each, said in upgrades.questions(look))["/name"]
    assert (issue.key, question.thing) == ("record/client/a", "Client “Anna”: Name")
    assert (question.was, question.mine, question.theirs) == ("“Ann”", "“Annette”", "“Anna”")
    with pytest.raises(Undecided):
        upgrade(client, new)
    upgrade(client, new, Choice.KEEP)
    assert rows(client)["Annette"] == ("11.00", None)


@pytest.mark.parametrize(("choice", "said"), [("keep", "Annette"), ("take", "Anna"), ("edit", "Anita")])
def test_the_same_decisions_give_the_same_records_again(
    client: Workspace, versions: Iterator[Blueprint], choice: str, said: str
) -> None:
    change(client, "Ann", name="Annette")
    new = next(versions)
    Upgrades(client, "small").book.add([Ruling("record/client/a", "/name", Choice(choice), "Anita")])
    upgrade(client, new)
    assert said in rows(client)
    change(client, said, name="Later")
    assert load(client, [new], RECORDS) == 0
    assert "Later" in rows(client)


def test_what_is_left_out_goes_only_if_somebody_says_so(client: Workspace, versions: Iterator[Blueprint]) -> None:
    Upgrades(client, "small").book.add([Ruling("record/client/c", "", Choice.TAKE)])
    upgrade(client, next(versions))
    assert "Cid" not in rows(client)


def test_records_follow_an_upgrade_that_came_by_a_change_set(client: Workspace, versions: Iterator[Blueprint]) -> None:
    new, upgrades = next(versions), Upgrades(client, "small", "spring")
    upgrades.drafts.put(upgrades.look(new).draft, into="spring")
    plan = client.publisher.plan("spring")
    client.publisher.publish(Publication("spring", confirm=plan.fingerprint), "spring")
    assert "Ann" in rows(client)
    assert load(client, [new], RECORDS) == 3
    assert rows(client)["Bob"] == ("25.00", "Dan")
    assert Drafts(client).plan(Upgrades(client, "small").look(new).draft).is_empty


def test_more_records_are_compared_than_one_condition_can_name(client: Workspace) -> None:
    page = client.serving().reader.page(client.system("test"), Question("client", (("id",),)))
    wanted = [*range(1, 600), *(decode_id(each["id"]) for each in page.rows)]
    found = Standing(client, client.system("test")).cells("client", wanted)
    assert sorted(each["name"] for each in found.values()) == ["Ann", "Bob", "Cid"]


def test_a_decision_that_the_field_cannot_have_is_refused(client: Workspace, versions: Iterator[Blueprint]) -> None:
    change(client, "Ann", price={"amount": "12.00", "currency": "CNY"})
    change(client, "Bob", boss=None)
    new, upgrades = next(versions), Upgrades(client, "small")
    for key, place, value in (("a", "/price", "much"), ("b", "/boss", "nobody"), ("a", "/price", {"amount": 1})):
        with pytest.raises(BadRequest):
            upgrades.look(new, [Ruling(f"record/client/{key}", place, Choice.EDIT, value)])
    look = upgrades.look(new, [Ruling("record/client/a", "/price", Choice.EDIT, 0)])
    assert [each.cells["price"] for each in look.changed if each.key == "a" and each.cells] == [{"price": "0"}]


def test_what_cannot_be_read_is_refused_and_does_not_stop_the_next_start(
    client: Workspace, versions: Iterator[Blueprint]
) -> None:
    new = next(versions)
    broken = replace(new, tables={RECORDS: {"client": NEW.replace("25 CNY", "much")}, SAMPLES: {"client": "name\nx\n"}})
    drafts, draft = Drafts(client), Upgrades(client, "small").look(broken).draft
    confirm = drafts.plan(draft).fingerprint
    with pytest.raises(Invalid):
        drafts.publish(draft, Publication("upgrade", confirm=confirm), samples=True)
    assert coming.read(client.database) == []
    said: list[str] = []
    client.database.run(lambda work: coming.note(work, Coming(SAMPLES, (("small", broken.digest),))))
    finish(client, said.append)
    assert "no key" in said[-1]


def test_records_of_a_version_that_is_not_published_do_not_come(
    client: Workspace, versions: Iterator[Blueprint]
) -> None:
    older = Upgrades(client, "small").records_base()
    assert older is not None
    upgrade(client, next(versions))
    before = rows(client)
    client.database.run(lambda work: coming.note(work, Coming(RECORDS, (("small", older.digest),))))
    finish(client, lambda said: None)
    assert (rows(client), coming.read(client.database)) == (before, [])


def test_a_promotion_asks_about_records_and_keeps_no_decision_that_does_not_fit(
    client: Workspace, versions: Iterator[Blueprint]
) -> None:
    change(client, "Ann", name="Annette")
    new = next(versions)
    promotion = Promotion(client, Design(Upgrades(client, "small").look(new).draft.documents, (new,)))
    promotion.book.add(Ruling(each.key, each.place, Choice.TAKE) for each in promotion.look().open)
    (asked,) = promotion.look().open
    said = dict((each.key, question) for each, question in promotion.questions(promotion.look()))
    assert (asked.key, said[asked.key].mine) == ("record/client/a", "“Annette”")
    kept = promotion.book.read()
    with pytest.raises(BadRequest):
        promotion.decided([Ruling(asked.key, asked.place, Choice.EDIT, "")])
    assert promotion.book.read() == kept
    with pytest.raises(Undecided):
        promotion.decided()
    draft = promotion.decided([Ruling(asked.key, asked.place, Choice.EDIT, "Anita")])
    promotion.publish(draft, Publication("over", confirm=promotion.drafts.plan(draft).fingerprint))
    assert "Anita" in rows(client)


def test_what_somebody_saves_in_between_is_not_overwritten(client: Workspace, versions: Iterator[Blueprint]) -> None:
    new = next(versions)
    begun, loader = RecordUpgrade(client, new), SampleLoader(client)
    change(client, "Ann", name="Annette")
    loader.load([new], RECORDS, then=lambda work: begun.carry_out(work, loader) and None)
    assert rows(client)["Annette"] == ("10.00", None)
    assert rows(client)["Bob"] == ("25.00", "Dan")
    look = Upgrades(client, "small").look(new)
    assert ([each.place for each in look.upgrade.open], [each.key for each in look.changed]) == (["/name"], ["a"])


def test_a_second_attempt_begins_anew(
    workspace: Workspace, versions: Iterator[Blueprint], monkeypatch: pytest.MonkeyPatch
) -> None:
    carry_out, failed = RecordUpgrade.carry_out, []

    def raced_once(self: RecordUpgrade, work: Work, loader: SampleLoader) -> int:
        if not failed:
            failed.append(True)
            raise Raced("again")
        return carry_out(self, work, loader)

    monkeypatch.setattr(RecordUpgrade, "carry_out", raced_once)
    install(workspace, [list(versions)[1]], "L3")
    assert rows(workspace)["Bob"] == ("25.00", "Dan")


def test_a_version_without_any_records_takes_out_what_was_decided(client: Workspace, bare: Blueprint) -> None:
    Upgrades(client, "small").book.add([Ruling("record/client/c", "", Choice.TAKE)])
    upgrade(client, bare, Choice.KEEP)
    assert set(rows(client)) == {"Ann", "Bob"}


def test_a_promotion_asks_before_a_version_without_records_takes_them_out(client: Workspace, bare: Blueprint) -> None:
    promotion = Promotion(client, Design(Upgrades(client, "small").look(bare).draft.documents, (bare,)))
    promotion.book.add(Ruling(each.key, each.place, Choice.TAKE) for each in promotion.look().open)
    assert {f"record/client/{each}" for each in "abc"} <= {each.key for each in promotion.look().issues}


def test_titles_that_go_in_a_circle_end(client: Workspace) -> None:
    model = client.serving().model
    boss = replace(model.entities["client"], title="boss")
    row = {each: {("client", each): {"boss": {"boss": other}}} for each, other in ("ab", "ba")}
    found = replace(model, entities={**model.entities, "client": boss})
    words = RecordWords(found, {}, {**row["a"], **row["b"]}, lambda *_what: None)
    assert words.title(("client", "a")) == "a"


def test_who_was_said_to_be_somebody_here_is_so_in_a_change_set_and_later(client: Workspace, bare: Blueprint) -> None:
    draft = Upgrades(client, "small", "spring").look(bare).draft
    Drafts(client).put(replace(draft, people={"eve@example.com": "ann@example.com"}), into="spring")
    Drafts(client).put(draft, by=7, into="spring")
    known = newcomers_of(client.database, "small")
    assert (known.by, known.meant) == (7, {"eve@example.com": "ann@example.com"})
