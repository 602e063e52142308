"""Samples and levels are two wishes: what lies above the level of its blueprint is left out."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from smalls import BASE, MORE
from taking import edit

from sartor.platform.access.actor import Actor
from sartor.platform.model.ids import decode_id
from sartor.platform.packaging.comparing import shipped_for
from sartor.platform.packaging.files.folder import read_folder
from sartor.platform.packaging.installing.bringing import load
from sartor.platform.packaging.installing.install import find_blueprint, install
from sartor.platform.packaging.samples.completing import Completing
from sartor.platform.packaging.samples.files import RECORDS, SAMPLES
from sartor.platform.packaging.samples.writing import SampleLoader, missing_rows
from sartor.platform.query.question import Question
from sartor.platform.records.wish import Wish
from sartor.platform.workspace import Workspace


@pytest.fixture
def levelled(folder_of: Callable[[str, dict[str, Any]], Path]) -> Path:
    """Clients whose phone is of the second level, as their visits are."""
    files = deepcopy(BASE)
    files["entities/client.json"]["fields"]["phone"] = {"type": "text", "label": "Phone", "order": 20, "level": "L2"}
    files["entities/visit.json"] = {**MORE["entities/visit.json"], "level": "L2"}
    tables = {
        "samples/client.csv": "key,name,phone\nc1,Ann,123\n",
        "samples/visit.csv": "key,subject,client\nv1,Hello,c1\n",
    }
    return folder_of("small", {**files, **tables})


def clients(workspace: Workspace) -> list[Any]:
    question = Question("client", (("name",),))
    return [row["name"] for row in workspace.serving().reader.page(workspace.system("test"), question).rows]


def rows_of(workspace: Workspace, question: Question) -> list[Any]:
    return list(workspace.serving().reader.page(workspace.system("test"), question).rows)


@pytest.mark.parametrize(("level", "made"), [("L1", 1), ("L2", 2)])
def test_samples_come_as_far_as_the_level_has_room(workspace: Workspace, levelled: Path, level: str, made: int) -> None:
    install(workspace, [read_folder(levelled)], level)
    assert missing_rows(workspace, read_folder(levelled), SAMPLES) == made
    assert SampleLoader(workspace).load([read_folder(levelled)]) == made
    assert clients(workspace) == ["Ann"]


def test_samples_that_nobody_has_changed_are_completed_when_the_level_is_raised(
    workspace: Workspace, folder_of: Callable[[str, dict[str, Any]], Path], levelled: Path
) -> None:
    table = "key,name,phone\nc1,Ann,123\nc2,Bob,456\nc3,Cid,789\n"
    blueprint = read_folder(folder_of("small", {"samples/client.csv": table}))
    install(workspace, [blueprint], "L1")
    load(workspace, [blueprint], SAMPLES)
    question = Question("client", (("name",), ("phone",), ("version",)))
    ids = {row["name"]: row["id"] for row in rows_of(workspace, question)}
    writer, system = workspace.serving().writer, workspace.system("test")
    person = writer.create(system, "user", {"name": "Eve", "email": "eve@example.com"}).id
    eve = replace(system, actor=Actor(person, "Eve", "person"))
    writer.update(eve, "client", decode_id(ids["Bob"]), Wish({"name": "Rob"}))
    edit(workspace, "blueprint/small", lambda each: each.update(level="L2"))
    assert load(workspace, [blueprint], SAMPLES) == 3
    assert {row["name"]: row["phone"] for row in rows_of(workspace, question)} == {
        "Ann": "123", "Rob": None, "Cid": "789",
    }  # fmt: skip
    assert Completing(workspace, [blueprint]).found == []


def test_samples_of_the_stock_come_at_the_first_level(workspace: Workspace) -> None:
    stock = [find_blueprint("base"), find_blueprint("sales")]
    install(workspace, stock, "L1")
    assert SampleLoader(workspace).load(stock) > 1000


def test_samples_bring_those_that_they_add_to(
    workspace: Workspace, folder_of: Callable[[str, dict[str, Any]], Path]
) -> None:
    small = folder_of("small", {**BASE, "samples/client.csv": "key,name\nc1,Ann\n"})
    extended = json.loads(json.dumps(MORE["extends/entities/client.json"]))
    extended["fields"]["phone"] = {"type": "text", "label": "Phone", "order": 20}
    files = {**MORE, "extends/entities/client.json": extended, "samples/client.csv": "key,phone\nc1,123\n"}
    install(workspace, [read_folder(small), read_folder(folder_of("more", files))], "L1")
    assert [each.name for each in shipped_for(workspace, "more", RECORDS)] == ["more"]
    assert load(workspace, shipped_for(workspace, "more", SAMPLES), SAMPLES) == 1
    assert clients(workspace) == ["Ann"]
