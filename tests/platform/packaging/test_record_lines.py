"""Lines of reference records are merged by an upgrade line by line, and written with their parents."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from smalls import BASE

from sartor.platform.model.ids import decode_id
from sartor.platform.packaging.files.folder import read_folder
from sartor.platform.packaging.files.shape import Blueprint
from sartor.platform.packaging.installing.install import install
from sartor.platform.packaging.records.tables import RecordTables, Wanted
from sartor.platform.packaging.records.upgrade import RecordUpgrade
from sartor.platform.packaging.samples.files import RECORDS, read_rows
from sartor.platform.packaging.samples.removing import remove_samples
from sartor.platform.packaging.samples.writing import SampleLoader
from sartor.platform.packaging.selected import selected_blueprint
from sartor.platform.packaging.versions.upgrades import Look, Upgrades
from sartor.platform.packaging.versions.upgrading import Ruling
from sartor.platform.publishing.change_sets.deciding import Choice
from sartor.platform.query.question import Question
from sartor.platform.records.wish import Wish
from sartor.platform.storage.system.blueprints import sys_shipped_record
from sartor.platform.workspace import Workspace

FileWriter = Callable[[str, dict[str, Any]], Path]
TEXT = {"type": "text", "label": "Text", "order": 10}
CLIENT = {
    **BASE["entities/client.json"],
    "fields": {
        "name": TEXT,
        "items": {
            "type": "children", "label": "Items", "order": 20, "options": {"entity": "item", "lookup": "client"},
        },
    },
}  # fmt: skip
ITEM = {
    "label": "Item", "title": "what",
    "fields": {
        "what": {**TEXT, "label": "What"}, "note": {**TEXT, "label": "Note", "order": 20},
        "client": {"type": "lookup", "label": "Client", "order": 30, "required": True, "options": {"entity": "client"}},
    },
}  # fmt: skip
CAME = "key,client,what,note\na1,a,Pen,red\na2,a,Ink,old\na3,a,Cap,\n"
NEW = "key,client,what,note\na1,a,Pencil,blue\na2,a,Ink,new\na4,a,Box,big\n"


def version(folder_of: FileWriter, number: str, rows: str, what: str = "records") -> Blueprint:
    head = {**BASE["blueprint.json"], "version": number, "languages": ["en"]}
    tables = {
        f"{what}/client.csv": f"key,name,updated_at\na,Ann,2026-0{number[0]}-01T00:00:00Z\n",
        f"{what}/item.csv": rows,
    }
    entities = {"entities/client.json": CLIENT, "entities/item.json": ITEM}
    return read_folder(folder_of(f"v{number}{what}", {**BASE, "blueprint.json": head, **entities, **tables}))


@pytest.fixture
def new(folder_of: FileWriter) -> Blueprint:
    return version(folder_of, "2.0.0", NEW)


@pytest.fixture
def shop(workspace: Workspace, folder_of: FileWriter) -> Workspace:
    install(workspace, [version(folder_of, "1.0.0", CAME)], "L3")
    return workspace


def lines(workspace: Workspace) -> list[tuple[Any, Any]]:
    rows = workspace.serving().reader.page(workspace.system("test"), Question("item", (("what",), ("note",)))).rows
    return [(each["what"], each["note"]) for each in sorted(rows, key=lambda each: each["id"])]


def write(workspace: Workspace, **lines_sent: Any) -> None:
    """Change lines by what they are called."""
    serving, asker = workspace.serving(), workspace.system("test")
    ids = {each["what"]: each["id"] for each in serving.reader.page(asker, Question("item", (("what",),))).rows}
    sent = {
        "add": lines_sent.get("add", []),
        "update": {ids[name]: values for name, values in lines_sent.get("update", {}).items()},
        "remove": [ids[name] for name in lines_sent.get("remove", [])],
    }
    (row,) = serving.reader.page(asker, Question("client", (("name",),))).rows
    serving.writer.update(asker, "client", decode_id(row["id"]), Wish({"items": sent}))


def upgrade(workspace: Workspace, blueprint: Blueprint, rest: Choice | None = None) -> Look:
    upgrades = Upgrades(workspace, "small")
    look = upgrades.decided(upgrades.look(blueprint), rest)
    upgrades.drafts.carry_out(look.draft, "upgrade")
    return look


def test_lines_that_only_the_new_version_changed_come_by_themselves(shop: Workspace, new: Blueprint) -> None:
    look = upgrade(shop, new)
    assert [(each.key, each.left_out) for each in look.upgrade.issues] == [("record/item/a3", True)]
    assert look.told == (
        "Client “Ann”, Item “Pencil”: Note, What",
        "Client “Ann”, Item “Ink”: Note",
        "Client “Ann”, Item “Box” is added",
    )
    assert lines(shop) == [("Pencil", "blue"), ("Ink", "new"), ("Cap", None), ("Box", "big")]
    assert Upgrades(shop, "small").look(new).told == ()


@pytest.mark.parametrize(("choice", "said"), [("keep", "mine"), ("take", "new"), ("edit", "ours")])
def test_what_both_changed_in_a_line_is_asked(shop: Workspace, new: Blueprint, choice: str, said: str) -> None:
    write(shop, update={"Ink": {"note": "mine"}}, add=[{"what": "Own"}])
    upgrades = Upgrades(shop, "small")
    (issue,) = upgrades.look(new).upgrade.open
    question = dict((each.place, asked) for each, asked in upgrades.questions(upgrades.look(new)))["/note"]
    assert (issue.key, question.thing) == ("record/item/a2", "Client “Ann”, Item “Ink”: Note")
    assert (question.was, question.mine, question.theirs) == ("“old”", "“mine”", "“new”")
    upgrades.book.add([Ruling(issue.key, issue.place, Choice(choice), "ours")])
    upgrade(shop, new)
    assert lines(shop) == [("Pencil", "blue"), ("Ink", said), ("Cap", None), ("Own", None), ("Box", "big")]


def test_a_line_that_is_gone_does_not_come_back_and_one_that_is_left_out_goes_if_somebody_says_so(
    shop: Workspace, new: Blueprint
) -> None:
    write(shop, remove=["Pen"])
    Upgrades(shop, "small").book.add([Ruling("record/item/a3", "", Choice.TAKE)])
    upgrade(shop, new)
    assert lines(shop) == [("Ink", "new"), ("Box", "big")]


def test_a_line_that_an_upgrade_took_out_comes_back_with_a_version_that_has_it(
    shop: Workspace, new: Blueprint, folder_of: FileWriter
) -> None:
    Upgrades(shop, "small").book.add([Ruling("record/item/a3", "", Choice.TAKE)])
    upgrade(shop, new)
    upgrade(shop, version(folder_of, "3.0.0", NEW + "a3,a,Lid,\n"))
    assert lines(shop)[-1] == ("Lid", None)


def test_lines_that_came_before_their_keys_were_noted_are_known_by_their_order(shop: Workspace, new: Blueprint) -> None:
    table = shop.serving().model.entity("item").table
    forget = sa.delete(sys_shipped_record).where(sys_shipped_record.c.entity == table)
    shop.database.run(lambda work: work.connection.execute(forget) and None)
    upgrade(shop, new, Choice.TAKE)
    assert lines(shop) == [("Pencil", "blue"), ("Ink", "new"), ("Cap", None), ("Box", "big")]


def test_what_cannot_be_told_apart_stays_and_that_is_told(shop: Workspace, new: Blueprint) -> None:
    table = shop.serving().model.entity("item").table
    forget = sa.delete(sys_shipped_record).where(sys_shipped_record.c.entity == table)
    shop.database.run(lambda work: work.connection.execute(forget) and None)
    write(shop, remove=["Pen"])
    look = upgrade(shop, new)
    assert look.stays
    assert lines(shop) == [("Ink", "old"), ("Cap", None), ("Box", "big")]


def test_lines_of_what_somebody_saved_in_between_are_left_alone(shop: Workspace, new: Blueprint) -> None:
    begun, loader = RecordUpgrade(shop, new), SampleLoader(shop)
    write(shop, update={"Ink": {"note": "mine"}})
    loader.load([new], RECORDS, then=lambda work: begun.carry_out(work, loader) and None)
    assert lines(shop) == [("Pencil", "blue"), ("Ink", "mine"), ("Cap", None), ("Box", "big")]


def test_lines_keep_their_keys_in_files_and_go_with_their_samples(workspace: Workspace, folder_of: FileWriter) -> None:
    came = version(folder_of, "1.0.0", CAME, "samples")
    install(workspace, [came], "L3")
    SampleLoader(workspace).load([came])
    tables = RecordTables(workspace, workspace.system("export")).written([Wanted("client")])
    assert [row["key"] for _number, row in read_rows(tables["item"])] == ["a1", "a2", "a3"]
    assert (remove_samples(workspace), lines(workspace)) == (1, [])


def test_lines_that_came_before_their_keys_were_noted_leave_under_their_old_names(shop: Workspace) -> None:
    table = shop.serving().model.entity("item").table
    forget = sa.delete(sys_shipped_record).where(sys_shipped_record.c.entity == table)
    shop.database.run(lambda work: work.connection.execute(forget))
    made, _along = selected_blueprint(
        shop, shop.system("test"), BASE["blueprint.json"], [], {RECORDS: [Wanted("client")]}
    )
    assert [row["key"] for _number, row in read_rows(made.table(RECORDS)["item"])] == ["a1", "a2", "a3"]
