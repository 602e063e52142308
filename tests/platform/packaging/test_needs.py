"""What a blueprint requires is checked by version, and what is missing is named with where to get it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from taking import take_out

from sartor.platform.definitions.kinds import KINDS, Kinds
from sartor.platform.errors import Conflict, NotFound
from sartor.platform.packaging.files.folder import read_folder
from sartor.platform.packaging.installing.install import install
from sartor.platform.packaging.installing.merge import ENTRIES
from sartor.platform.packaging.installing.needs import satisfies
from sartor.platform.packaging.versions.upgrades import is_newer
from sartor.platform.query.question import Question
from sartor.platform.workspace import Workspace


@pytest.mark.parametrize(
    ("version", "wanted", "does"),
    [("1.4.0", "^1", True), ("2.0.0", "^1", False), ("1.1.9", "^1.2", False), ("1.2.0", "1.2.0", True)],
)
def test_versions_are_compared_by_their_numbers(version: str, wanted: str, does: bool) -> None:
    assert satisfies(version, wanted) is does


def test_a_missing_requirement_is_named_with_where_to_get_it(workspace: Workspace, more: Path) -> None:
    with pytest.raises(NotFound, match=r"more requires small \^1, .* Bring the file of small in first"):
        install(workspace, [read_folder(more)])


@pytest.mark.parametrize(("version", "is_offered"), [("0.9.0", False), ("1.0.0", True), ("1.10.0", True)])
def test_no_earlier_version_is_offered_as_an_upgrade(
    workspace: Workspace, small: Path, version: str, is_offered: bool
) -> None:
    installed = read_folder(small)
    install(workspace, [installed])
    other = replace(installed, manifest={**installed.manifest, "version": version, "summary": "Another"})
    assert is_newer(workspace, "small", other) is is_offered


def test_another_version_of_a_requirement_is_refused(workspace: Workspace, small: Path, more: Path) -> None:
    manifest = small / "blueprint.json"
    manifest.write_text(manifest.read_text().replace("1.0.0", "2.0.0"))
    install(workspace, [read_folder(small)])
    with pytest.raises(Conflict, match="and 2.0.0 is here"):
        install(workspace, [read_folder(more)])


def test_taken_out_with_its_data_kept_it_is_one_s_own(workspace: Workspace, small: Path, more: Path) -> None:
    install(workspace, [read_folder(small), read_folder(more)], "L3")
    workspace.serving().writer.create(workspace.system("test"), "visit", {"subject": "Hello"})
    take_out(workspace, "more", "keep")
    documents = workspace.serving().design.documents
    assert "blueprint/more" not in documents
    assert "origin" not in documents["entity/visit"]
    assert "origin" not in documents["entity/client"]["fields"]["visits"]
    page = workspace.serving().reader.page(workspace.system("test"), Question("visit", (("subject",),)))
    assert [row["subject"] for row in page.rows] == ["Hello"]


def test_every_map_whose_entries_remember_an_origin_is_known(workspace: Workspace) -> None:
    """A new kind with a new map belongs into `ENTRIES`, so that blueprints can add to it."""
    found = {name for kind in KINDS for name in _maps(Kinds(workspace.extensions).schema(kind), "")}
    assert found <= ENTRIES


def _maps(schema: object, name: str) -> set[str]:
    if isinstance(schema, list):
        return {each for one in schema for each in _maps(one, name)}
    if not isinstance(schema, dict):
        return set()
    entry = schema.get("additionalProperties")
    own = {name} if isinstance(entry, dict) and "origin" in entry.get("properties", {}) and name else set()
    inner = {each for key, one in schema.get("properties", {}).items() for each in _maps(one, key)}
    rest = {each for key, one in schema.items() if key not in ("properties", "$defs") for each in _maps(one, name)}
    return own | inner | rest
