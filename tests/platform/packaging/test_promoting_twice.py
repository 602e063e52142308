"""From test to production twice, with everything that a design has: the second time there is nothing to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from smalls import BASE
from taking import edit

from sartor.platform.founding import found_workspace
from sartor.platform.model.ids import decode_id
from sartor.platform.packaging.files.folder import read_folder
from sartor.platform.packaging.files.shape import Blueprint
from sartor.platform.packaging.installing.drafting import Draft, Drafts
from sartor.platform.packaging.installing.install import install
from sartor.platform.packaging.versions.promoting import Promotion, packed_design, unpacked_design
from sartor.platform.packaging.versions.upgrades import Upgrades
from sartor.platform.publishing.applying import Publication
from sartor.platform.publishing.change_sets.deciding import Choice
from sartor.platform.publishing.names.renaming import renamed
from sartor.platform.publishing.names.rewriting import Rename
from sartor.platform.query.question import Question
from sartor.platform.records.wish import Wish
from sartor.platform.settings import Settings
from sartor.platform.workspace import Workspace

FileWriter = Callable[[str, dict[str, Any]], Path]


def text(label: str, order: int, **more: Any) -> dict[str, Any]:
    return {"type": "text", "label": label, "order": order, **more}


OWN: dict[str, Any] = {
    "options/size": {
        "label": "Size", "choices": {"s": {"label": "Small", "order": 1}, "l": {"label": "Large", "order": 2}},
    },
    "entity/ware": {
        "label": "Ware", "title": "name",
        "fields": {
            "name": text("Name", 10), "note": text("Note", 20), "mark": text("Mark", 30),
            "size": {"type": "choice", "label": "Size", "order": 40, "options": {"set": "size"}},
            "state": {"type": "stage", "label": "State", "order": 50, "options": {"pipelines": ["ware"]}},
        },
    },
    "pipeline/ware": {
        "label": "Ware", "entity": "ware", "field": "state",
        "stages": {each: {"label": each, "order": place, "outcome": "open"} for place, each in enumerate(("a", "b"))},
        "transitions": {"on": {"label": "On", "order": 1, "from": ["a"], "to": ["b"]}},
    },
    "role/keeper": {
        "label": "Keeper", "grants": {"ware": {"operations": ["read"], "scope": "all", "fields": {"note": "read"}}},
    },
    "template/ware.page": {
        "label": "Page", "entity": "ware", "purpose": "print",
        "blocks": {"body": {"kind": "text", "order": 10, "content": "{{ name }}: {{ note }}"}},
    },
    "view/ware.all": {"label": "Wares", "entity": "ware", "type": "list", "columns": {"note": {"order": 1}},
                      "filter": "size = 's' and state = 'a'"},
}  # fmt: skip


@pytest.fixture
def test_side(tmp_path: Path) -> Iterator[Workspace]:
    folder = tmp_path / "test side"
    folder.mkdir()
    opened = Workspace.open(Settings.from_environment({"SARTOR_DATA": str(folder), "SARTOR_SECRET_KEY": "s" * 40}))
    found_workspace(opened)
    yield opened
    opened.close()


@pytest.fixture
def small(folder_of: FileWriter) -> Callable[[str, str], Blueprint]:
    """A version of the small blueprint with these reference records."""

    def made(version: str, rows: str) -> Blueprint:
        head = {**BASE["blueprint.json"], "version": version}
        return read_folder(folder_of(version, {**BASE, "blueprint.json": head, "records/client.csv": rows}))

    return made


def publish(workspace: Workspace, **changed: Any) -> None:
    together = {**workspace.serving().design.documents, **changed}
    Drafts(workspace).carry_out(Draft("own", "Own", {k: v for k, v in together.items() if v is not None}), "own")


def rename(workspace: Workspace, *what: Any) -> None:
    documents = workspace.serving().design.documents
    publish(workspace, **renamed(documents, Rename(*what), workspace.kinds))


def promote(here: Workspace, there: Workspace, rest: Choice | None = None) -> tuple[int, bool]:
    """The revision, and whether there was anything to do."""
    promotion = Promotion(there, unpacked_design(packed_design(here)))
    draft = promotion.decided(rest=rest)
    plan = promotion.drafts.plan(draft)
    revision = promotion.publish(draft, Publication("over", None, plan.fingerprint))
    return revision, not plan.is_empty


def rows(workspace: Workspace, entity: str, *names: str) -> list[dict[str, Any]]:
    question = Question(entity, tuple((name,) for name in ("id", *names)))
    return list(workspace.serving().reader.page(workspace.system("test"), question).rows)


def require_nothing_to_do(test_side: Workspace, production: Workspace) -> None:
    before = production.stamp().revision
    look = Promotion(production, unpacked_design(packed_design(test_side)))
    assert (look.look().open, look.told(look.look())) == ((), ())
    assert promote(test_side, production) == (before, False)
    assert packed_design(production) == packed_design(test_side)


def test_a_second_promotion_of_everything_does_nothing(
    test_side: Workspace, workspace: Workspace, small: Callable[[str, str], Blueprint]
) -> None:
    publish(test_side, **OWN)
    install(test_side, [small("1.0.0", "key,name\na,Ann\nb,Bob\n")], "L3")
    assert promote(test_side, workspace)[1]
    require_nothing_to_do(test_side, workspace)
    made = workspace.serving().writer
    context = workspace.system("test")
    ware = made.create(context, "ware", {"name": "Nut", "note": "hard", "mark": "x", "size": "s"}).id

    rename(test_side, "entity/ware", "remark", "note")
    rename(test_side, "options/size", "small", None, "s")
    rename(test_side, "pipeline/ware", "begun", None, "a")
    rename(test_side, "view/ware.all", "ware.every")
    edit(test_side, "entity/ware", lambda each: each["fields"].pop("mark"))
    edit(test_side, "role/keeper", lambda each: each["grants"]["ware"]["operations"].append("update"))
    publish(test_side, **{"template/ware.page": None})
    newer = small("2.0.0", "key,name\na,Anna\nb,Bobby\nc,Cid\n")
    Drafts(test_side).carry_out(Upgrades(test_side, "small").look(newer).draft, "upgrade")
    bob = next(each for each in rows(workspace, "client", "name") if each["name"] == "Bob")
    made.update(context, "client", decode_id(bob["id"]), Wish({"name": "Robert"}))

    assert promote(test_side, workspace, Choice.KEEP)[1]
    require_nothing_to_do(test_side, workspace)
    (kept,) = rows(workspace, "ware", "name", "remark", "size", "state")
    assert decode_id(kept["id"]) == ware
    assert (kept["remark"], kept["size"], kept["state"]) == ("hard", "small", "begun")
    assert [each["name"] for each in rows(workspace, "client", "name")] == ["Anna", "Robert", "Cid"]
