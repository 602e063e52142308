"""An installed blueprint as it stands in the workspace, as a blueprint again, with whatever it once came with."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from sartor.platform.definitions.documents import Document
from sartor.platform.packaging.comparing import shipped_blueprint
from sartor.platform.packaging.files.shape import Blueprint, Parts
from sartor.platform.packaging.files.sums import write_folder
from sartor.platform.packaging.installing.install import installed, require_installed, stock_blueprint
from sartor.platform.packaging.installing.merge import ENTRIES
from sartor.platform.packaging.versions.replacing import taken_out
from sartor.platform.workspace import Workspace

ENGINE = ("origin", "level", "shipped")
"""What a workspace notes in the definition of a blueprint, and no blueprint ships."""


def exported(workspace: Workspace, name: str) -> Blueprint:
    """An installed blueprint as the workspace has it now. Records, samples and scenarios are those that it came with.

    :raises NotFound: for one that is not there.
    """
    documents = workspace.serving().design.documents
    require_installed(documents, name)
    shipped = shipped_blueprint(workspace, name)
    parts = taken_out(documents, name)
    head = {key: value for key, value in documents[f"blueprint/{name}"].items() if key not in ENGINE}
    if shipped is None:
        return Blueprint(name, {"name": name, **head}, parts)
    there = {each.name for each in installed(documents)}
    own, bridges = _bridged(parts, shipped, there)
    manifest = {**shipped.manifest, **head, "name": name}
    return Blueprint(name, manifest, own, bridges, shipped.tables, shipped.carried)


def brought_records(workspace: Workspace, name: str) -> bool:
    """Whether an installed blueprint came with records of somebody's: in a file, which is none that we ship."""
    came, ours = shipped_blueprint(workspace, name), stock_blueprint(name)
    return came is not None and any(came.tables.values()) and (ours is None or came.digest != ours.digest)


def _bridged(parts: Parts, shipped: Blueprint, there: Collection[str]) -> tuple[Parts, Mapping[str, Parts]]:
    """The parts for when another blueprint is there, put apart again; those for others stay as they came."""
    own, extends, bridges = dict(parts.documents), dict(parts.extends), dict(shipped.bridges)
    for other, bridge in shipped.bridges.items():
        if other in there:
            documents = {key: own.pop(key) for key in bridge.documents if key in own}
            apart: dict[str, Any] = {}
            for key, like in bridge.extends.items():
                if key in extends and (moved := dict(_moved(extends[key], like))):
                    apart[key] = moved
                    extends[key] = _without(extends[key], moved)
            bridges[other] = Parts(documents, apart)
    return Parts(own, {key: each for key, each in extends.items() if each}), bridges


def _moved(addition: Document, like: Document, entries: bool = False) -> Iterator[tuple[str, Any]]:
    """Of an addition, the entries that `like` names, too."""
    for name, value in like.items():
        if name not in addition:
            continue
        if entries or not isinstance(value, Mapping):
            yield name, addition[name]
        elif inner := dict(_moved(addition[name], value, name in ENTRIES)):
            yield name, inner


def _without(addition: Document, moved: Document) -> dict[str, Any]:
    """An addition without those entries, and without maps that are empty then."""
    left: dict[str, Any] = {}
    for name, value in addition.items():
        if name not in moved:
            left[name] = value
        elif value != moved[name] and (inner := _without(value, moved[name])):
            left[name] = inner
    return left


def export(workspace: Workspace, name: str, folder: Path) -> int:
    """Write an installed blueprint into a folder; how many definitions."""
    blueprint = exported(workspace, name)
    write_folder(folder, blueprint.files())
    return len(blueprint.own.documents) + len(blueprint.own.extends)
