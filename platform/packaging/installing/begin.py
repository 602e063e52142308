"""What a workspace begins with: blueprints and their samples, each in a transaction of its own that moves the note of
`unfinished.py` on. Killed in between, the next start goes on from there; and from what a later install has left."""

from __future__ import annotations

from dataclasses import replace

from sartor.platform.packaging.files.shape import Blueprint
from sartor.platform.packaging.installing.bringing import Say, finish
from sartor.platform.packaging.installing.install import find_blueprint, install, stock_folders, with_required
from sartor.platform.packaging.samples.writing import SampleLoader
from sartor.platform.storage import unfinished
from sartor.platform.storage.unfinished import Unfinished
from sartor.platform.workspace import Workspace


def wanted(names: tuple[str, ...], samples: bool) -> Unfinished:
    """Blueprints, and those that they require, to be found again by another process in another folder."""
    found = with_required([find_blueprint(name) for name in names], {})
    return Unfinished(tuple(_address(each) for each in found), samples and bool(found))


def _address(blueprint: Blueprint) -> str:
    shipped = stock_folders().get(blueprint.name)
    if blueprint.folder is None or shipped == blueprint.folder:
        return blueprint.name
    return str(blueprint.folder.resolve())


def want_more(workspace: Workspace, more: Unfinished) -> None:
    """Note what a workspace that has all it began with lacks of `more`."""
    blueprints = [find_blueprint(each) for each in more.blueprints]
    missing = with_required(blueprints, workspace.serving().design.documents)
    if missing:
        lacking = replace(more, blueprints=tuple(_address(each) for each in missing))
        workspace.database.run(lambda work: unfinished.note(work, lacking))


def go_on(workspace: Workspace, say: Say) -> None:
    """Bring a workspace what it still has to get."""
    finish(workspace, say)
    left = unfinished.read(workspace.database)
    if left.blueprints and not left.installed:
        left = _install(workspace, left, say)
    if left.blueprints:
        _fill(workspace, left, say)


def _install(workspace: Workspace, left: Unfinished, say: Say) -> Unfinished:
    """Install the blueprints; what is left after that."""
    blueprints = [find_blueprint(each) for each in left.blueprints]
    names = ", ".join(each.name for each in blueprints)
    say(f"Installing {names}")
    then = replace(left, installed=True) if left.samples else unfinished.NOTHING
    if not with_required(blueprints, workspace.serving().design.documents):
        workspace.database.run(lambda work: unfinished.move_on(work, left, then))
    else:
        install(
            workspace, blueprints, "L3" if left.samples else "L1",
            also=lambda work: unfinished.move_on(work, left, then),
        )  # fmt: skip
    return then


def _fill(workspace: Workspace, left: Unfinished, say: Say) -> None:
    """Write the samples of those blueprints that are still there."""
    say("Writing sample records; this takes a moment")
    present = workspace.serving().design.documents
    blueprints = [find_blueprint(each) for each in left.blueprints]
    loader = SampleLoader(workspace)
    kept = [each for each in blueprints if f"blueprint/{each.name}" in present]
    made = loader.load(kept, also=lambda work: unfinished.move_on(work, left))
    say(f"{made} sample records")
