"""Installing raises what is required to the level that is asked for."""

from __future__ import annotations

from pathlib import Path

from sartor.platform.packaging.files.folder import read_folder
from sartor.platform.packaging.installing.install import install, installed, switched
from sartor.platform.workspace import Workspace


def levels(workspace: Workspace) -> dict[str, str]:
    return {each.name: each.level for each in installed(workspace.serving().design.documents)}


def test_what_is_required_stands_at_least_at_the_level_of_what_stands_on_it(
    workspace: Workspace, small: Path, more: Path
) -> None:
    install(workspace, [read_folder(small)], "L1")
    install(workspace, [read_folder(more)], "L3")
    assert levels(workspace) == {"more": "L3", "small": "L3"}


def test_what_is_required_is_not_lowered(workspace: Workspace, small: Path, more: Path) -> None:
    install(workspace, [read_folder(small)], "L3")
    install(workspace, [read_folder(more)], "L1")
    assert levels(workspace) == {"more": "L1", "small": "L3"}


def test_a_level_takes_along_what_it_stands_on_and_what_stands_on_it(
    workspace: Workspace, small: Path, more: Path
) -> None:
    install(workspace, [read_folder(small), read_folder(more)], "L1")
    there = workspace.serving().design.documents
    raised = switched(there, "more", "L3")
    assert {key: each["level"] for key, each in raised.items()} == {"blueprint/small": "L3", "blueprint/more": "L3"}
    assert switched(there, "small", "L3").keys() == {"blueprint/small"}
    assert switched({**there, **raised}, "small", "L2").keys() == {"blueprint/small", "blueprint/more"}
    assert switched({**there, **raised}, "more", "L2").keys() == {"blueprint/more"}
