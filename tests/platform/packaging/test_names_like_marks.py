"""Fields, stages and words may be called as what a blueprint or the engine notes in definitions: `origin`, `level`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from taking import take_out

from sartor.platform.definitions.documents import without_engine_keys
from sartor.platform.definitions.validate import validate
from sartor.platform.packaging.exporting import exported
from sartor.platform.packaging.files.archive import packed, unpacked
from sartor.platform.packaging.files.folder import read_folder
from sartor.platform.packaging.installing.drafting import Drafts
from sartor.platform.packaging.installing.importing import Importing
from sartor.platform.packaging.installing.install import install
from sartor.platform.packaging.installing.uninstall import KEEP
from sartor.platform.packaging.selected import selected_blueprint
from sartor.platform.workspace import Workspace

NAMES = (
    "origin", "level", "formerly", "order", "label", "type", "options", "fields", "choices", "path", "entity", "takes",
    "brings_back", "retired", "set", "values", "maps", "on_enter", "columns", "constructor", "x",
)  # fmt: skip
SETS = {name: f"'{name}'" for name in NAMES}
LEVELS = {"*": "read", **dict.fromkeys(NAMES, "hidden"), "x": "write"}


def text(n: int, label: str) -> dict[str, Any]:
    return {"type": "text", "label": label, "order": n}


FILES: dict[str, Any] = {
    "blueprint.json": {"name": "odd", "version": "1.0.0", "label": "Odd", "languages": ["en"]},
    "entities/item.json": {
        "label": "Item", "title": "name",
        "fields": {
            "name": text(1, "Name"), **{name: text(n, name) for n, name in enumerate(NAMES, 2)},
            "stage": {"type": "stage", "label": "Stage", "order": 90, "options": {"pipelines": ["item"]}},
        },
    },
    "pipelines/item.json": {
        "label": "Items", "entity": "item", "field": "stage",
        "stages": {
            "origin": {"label": "First", "order": 1, "on_leave": SETS},
            "level": {"label": "Last", "order": 2, "outcome": "won", "on_enter": SETS},
        },
        "transitions": {"level": {"from": ["origin"], "to": ["level"], "roles": ["odd"]}},
    },
    "options/odd.json": {
        "label": "Odd", "choices": {name: {"label": name, "order": n} for n, name in enumerate(NAMES)},
        "maps": {"table": {"origin": "level", "level": "origin"}},
    },
    "forms/item.main.json": {
        "label": "Item", "entity": "item",
        "sections": {"origin": {"label": "All", "fields": {name: {"order": n} for n, name in enumerate(NAMES)}}},
        "buttons": {"level": {"label": "Fill", "set": SETS}},
    },
    "views/item.all.json": {
        "label": "Items", "entity": "item", "type": "list",
        "columns": {name: {"order": n} for n, name in enumerate(NAMES)},
    },
    "roles/odd.json": {
        "label": "Odd", "grants": {"item": {"operations": ["read", "update"], "scope": "all", "fields": LEVELS}}
    },
}  # fmt: skip
MANIFEST = {"name": "part", "version": "1.0.0", "label": "Part", "languages": ["en"]}


@pytest.fixture
def odd(workspace: Workspace, folder_of: Callable[[str, dict[str, Any]], Path]) -> Workspace:
    install(workspace, [read_folder(folder_of("odd", FILES))], "L1")
    return workspace


def bare(workspace: Workspace, key: str) -> Any:
    found: Any = without_engine_keys(workspace.serving().design.documents[key])
    return {name: each for name, each in found.items() if name not in ("origin", "formerly")}


def test_an_export_says_all_that_is_there(odd: Workspace, folder_of: Any) -> None:
    written = exported(odd, "odd").own.documents
    assert written == dict(read_folder(folder_of("odd", FILES)).own.documents)
    part, _found = selected_blueprint(odd, odd.system("test"), MANIFEST, ["role/odd", "options/odd"], {})
    assert part.own.documents["role/odd"] == FILES["roles/odd.json"]
    assert part.own.documents["options/odd"] == FILES["options/odd.json"]


def test_a_copy_is_as_closed_as_what_it_is_a_copy_of(odd: Workspace) -> None:
    keys = [f"{kind}/{name}" for kind, name in (("role", "odd"), ("form", "item.main"), ("view", "item.all"))]
    part, _found = selected_blueprint(odd, odd.system("test"), MANIFEST, keys, {})
    coming = Importing(odd, unpacked(packed(part)))
    Drafts(odd).carry_out(coming.draft({"*": "both"}), "import")
    (grant,) = bare(odd, "role/odd_2")["grants"].values()
    assert {name: level for name, level in grant["fields"].items() if name in LEVELS} == LEVELS
    assert bare(odd, "form/item.main_2")["buttons"]["level"]["set"] == SETS


def test_what_stays_when_a_blueprint_goes_says_all_that_it_said(odd: Workspace) -> None:
    keys = ("entity/item", "pipeline/item", "options/odd", "form/item.main", "view/item.all", "role/odd")
    before = {key: bare(odd, key) for key in keys}
    take_out(odd, "odd", KEEP)
    assert {key: bare(odd, key) for key in keys} == before


def test_a_field_is_not_called_as_the_engine_calls_a_column(workspace: Workspace) -> None:
    document = {"label": "Item", "title": "stored_as", "fields": {"stored_as": text(1, "Stored as")}}
    (problem,) = validate(workspace.kinds, "entity/item", document)
    assert "reserved word" in problem.message


def test_a_choice_may_be_called_as_the_engine_calls_a_column() -> None:
    document = {"choices": {"stored_as": {"label": "Stored as", "stored_as": "x"}}}
    assert without_engine_keys(document) == {"choices": {"stored_as": {"label": "Stored as"}}}
