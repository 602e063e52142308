"""What a blueprint brings finds what it speaks of, although that is called otherwise by now."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from kits import KITS

from sartor.platform.founding import found_workspace
from sartor.platform.packaging.files.names_of_now import tables_of_now
from sartor.platform.packaging.files.shape import Blueprint, Parts
from sartor.platform.packaging.installing.bringing import load
from sartor.platform.packaging.installing.drafting import Drafts
from sartor.platform.packaging.installing.importing import Importing
from sartor.platform.packaging.samples.files import RECORDS, SAMPLES
from sartor.platform.packaging.versions.promoting import Promotion, packed_design, unpacked_design
from sartor.platform.packaging.versions.upgrades import Upgrades
from sartor.platform.publishing.applying import Publication
from sartor.platform.publishing.change_sets.deciding import Choice
from sartor.platform.publishing.names.renaming import Rename
from sartor.platform.query.question import Question
from sartor.platform.settings import Settings
from sartor.platform.workspace import Workspace

KIT = KITS["kit"][0]


@pytest.fixture
def renamed(tmp_path: Path) -> Iterator[Workspace]:
    """A workspace in which the blueprint's entity and one of its fields got other names."""
    folder = tmp_path / "test side"
    folder.mkdir()
    opened = Workspace.open(Settings.from_environment({"SARTOR_DATA": str(folder), "SARTOR_SECRET_KEY": "s" * 40}))
    found_workspace(opened)
    Drafts(opened).carry_out(Importing(opened, KIT).draft({"*": "keep"}, "L3"), "import")
    for each in (Rename("entity/kit", "dimension", "size"), Rename("entity/kit", "tool")):
        opened.publisher.sets.rename(each)
    opened.publisher.publish(Publication())
    yield opened
    opened.close()


def tools(workspace: Workspace) -> dict[str, Any]:
    question = Question("tool", (("name",), ("dimension",), ("colour",)))
    rows = workspace.serving().reader.page(workspace.system("test"), question).rows
    return {row["name"]: (row["dimension"], row["colour"]) for row in rows}


def test_they_come_to_where_the_design_is_taken(renamed: Workspace, workspace: Workspace) -> None:
    promotion = Promotion(workspace, unpacked_design(packed_design(renamed)))
    draft = promotion.decided(rest=Choice.TAKE)
    promotion.publish(draft, Publication(confirm=promotion.drafts.plan(draft).fingerprint))
    there = {"Hammer": ("12", "red"), "Saw": ("large", "grey")}
    assert tools(workspace) == there
    assert load(workspace, [KIT], RECORDS) == 0
    assert load(workspace, [KIT], SAMPLES) == 1
    assert tools(workspace) == {**there, "Sample": ("7", "grey")}


def test_an_upgrade_goes_into_what_was_renamed_here(renamed: Workspace) -> None:
    upgrades = Upgrades(renamed, "kit")
    documents = upgrades.decided(upgrades.look(KITS["kit"][1]), Choice.TAKE).draft.documents
    fields = documents["entity/tool"]["fields"]
    assert "entity/kit" not in documents
    assert (fields["dimension"]["type"], fields["cost"]["type"], "size" in fields) == ("integer", "decimal", False)


def test_choices_stages_and_entities_in_cells_are_those_of_now() -> None:
    tables = {
        "kit": "key,colour,state,about,price.currency\nk1,red;grey,new,kit:k2;shop:s1,EUR\n",
        "kit.stages": "key,stage,at\nk1,new,2026-01-01\n",
    }
    documents = {
        "entity/tool": {
            "formerly": ["kit"],
            "fields": {
                "tint": {"type": "choices", "formerly": ["colour"], "options": {"set": "tints"}},
                "state": {"type": "stage"},
                "about": {"type": "reference", "options": {"entities": {"tool": {}, "shop": {}}}},
                "cost": {"type": "money", "formerly": ["price"]},
            },
        },
        "options/tints": {"choices": {"crimson": {"formerly": ["red"]}, "grey": {}}},
        "pipeline/tool": {"entity": "tool", "field": "state", "stages": {"fresh": {"formerly": ["new"]}}},
    }
    blueprint = Blueprint("kit", {}, Parts({}, {}, {}), tables={RECORDS: tables})
    assert tables_of_now(blueprint, RECORDS, documents) == {
        "tool": "key,tint,state,about,cost.currency\nk1,crimson;grey,fresh,tool:k2;shop:s1,EUR\n",
        "tool.stages": "key,stage,at\nk1,fresh,2026-01-01\n",
    }
    assert tables_of_now(blueprint, RECORDS, {}) == tables
