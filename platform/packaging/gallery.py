"""The blueprints of a workspace and those that can be installed, as a gallery shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sartor.platform.definitions.documents import Documents
from sartor.platform.definitions.json_text import strict_json
from sartor.platform.packaging.files.contents import Contents, contents, contents_installed
from sartor.platform.packaging.files.folder import read_folder
from sartor.platform.packaging.files.shape import MANIFEST, Blueprint
from sartor.platform.packaging.installing.install import installed, stock_folders


@dataclass(frozen=True, slots=True)
class Shown:
    """level: of an installed one, else None. shipped: as we ship it, None for one that came by file."""

    name: str
    label: Any
    version: str
    summary: Any
    level: str | None
    requires: tuple[str, ...]
    contents: Contents
    shipped: Blueprint | None


def labels(documents: Documents) -> dict[str, Any]:
    """What blueprints are called, by name: those that we ship, and the installed ones as they call themselves."""
    ours = {name: strict_json((path / MANIFEST).read_bytes())["label"] for name, path in stock_folders().items()}
    return ours | {each.name: each.label for each in installed(documents)}


def gallery(documents: Documents) -> list[Shown]:
    """The installed ones as they stand, then what we ship besides; each by name."""
    ours = {name: read_folder(path) for name, path in stock_folders().items()}
    there = [_installed(documents, each.name, each.level, ours.get(each.name)) for each in installed(documents)]
    names = {each.name for each in there}
    return there + [_available(each) for name, each in sorted(ours.items()) if name not in names]


def _installed(documents: Documents, name: str, level: str, shipped: Blueprint | None) -> Shown:
    kept = documents[f"blueprint/{name}"]
    now = contents_installed(documents, name)
    samples = contents(shipped).samples if shipped else 0
    inside = Contents(now.kinds, samples=samples, levels=shipped.manifest.get("levels") if shipped else None)
    requires = tuple(kept.get("requires", ()))
    return Shown(name, kept["label"], kept["version"], kept.get("summary"), level, requires, inside, shipped)


def _available(blueprint: Blueprint) -> Shown:
    manifest = blueprint.manifest
    return Shown(
        blueprint.name, manifest["label"], manifest["version"], manifest.get("summary"), None,
        tuple(blueprint.requires), contents(blueprint), blueprint,
    )  # fmt: skip
