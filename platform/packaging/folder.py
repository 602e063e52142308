"""A blueprint as a folder on disk.

sales/blueprint.json                name, version, label, requires …
sales/<kinds>/<name>.json           its own definitions
sales/extends/<kinds>/<name>.json   what it adds to definitions of a required blueprint
sales/with/<other>/…                parts for when another blueprint is there too
sales/records/*.csv                 reference records; samples/*.csv: demo data
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sartor.platform.definitions.documents import Document, canonical, strict_json
from sartor.platform.definitions.kinds import KINDS
from sartor.platform.errors import BadRequest, InvalidDefinition, Problem
from sartor.platform.text import gettext as _
from sartor.platform.text import near

FOLDERS = {
    "options": "options", "entity": "entities", "pipeline": "pipelines", "view": "views", "form": "forms",
    "template": "templates", "metric": "metrics", "report": "reports", "dashboard": "dashboards", "role": "roles",
    "app": "apps",
}  # fmt: skip
"""Folder of each kind. The kind `blueprint` is the manifest itself."""

OTHERS = {"extends", "with", "records", "samples"}
LARGEST = 2_000_000


@dataclass(frozen=True, slots=True)
class Parts:
    """Definitions and additions, each by `kind/name`; `files` tells where each was read from."""

    documents: Mapping[str, Document] = field(default_factory=dict)
    extends: Mapping[str, Document] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Blueprint:
    """A blueprint as read. `bridges`: parts by the other blueprint's name. `tables`: CSV files by folder and name."""

    name: str
    manifest: Mapping[str, Any]
    own: Parts
    bridges: Mapping[str, Parts]
    tables: Mapping[str, Mapping[str, Path]]
    folder: Path

    @property
    def requires(self) -> Mapping[str, str]:
        return self.manifest.get("requires", {})

    def document(self) -> dict[str, Any]:
        """The manifest as the definition `blueprint/<name>`, which a workspace keeps while it is installed."""
        kept = ("label", "summary", "version", "requires", "languages")
        return {name: self.manifest[name] for name in kept if name in self.manifest}


def read_folder(folder: Path) -> Blueprint:
    """Read a blueprint.

    :raises InvalidDefinition: with every file that cannot be read or stands where nothing is expected.
    """
    problems: list[Problem] = []
    manifest = _manifest(folder)
    own = _parts(folder, folder, problems)
    bridges = {each.name: _parts(each, folder, problems) for each in _folders(folder / "with")}
    if problems:
        raise InvalidDefinition(_("%(folder)s is not a blueprint that can be read.", folder=folder.name), problems)
    tables = {
        name: {file.stem: file for file in sorted((folder / name).glob("*.csv"))} for name in ("records", "samples")
    }
    return Blueprint(manifest["name"], manifest, own, bridges, tables, folder)


def _manifest(folder: Path) -> Mapping[str, Any]:
    path = folder / "blueprint.json"
    if not path.is_file():
        said = _("%(folder)s holds no blueprint.json.", folder=folder.name)
        raise InvalidDefinition(said, [Problem("", "missing", said, file="blueprint.json")])
    manifest = strict_json(path.read_bytes())
    if not isinstance(manifest, dict) or not isinstance(manifest.get("name"), str):
        said = _("blueprint.json is an object with at least a name, a version and a label.")
        raise InvalidDefinition(said, [Problem("", "type", said, file="blueprint.json")])
    return manifest


def _folders(path: Path) -> list[Path]:
    return sorted(each for each in path.iterdir() if each.is_dir()) if path.is_dir() else []


def _parts(folder: Path, root: Path, problems: list[Problem]) -> Parts:
    files: dict[str, str] = {}
    documents = dict(_read_kinds(folder, root, files, problems))
    extends = dict(_read_kinds(folder / "extends", root, files, problems, prefix="extends:"))
    known = set(FOLDERS.values()) | OTHERS
    for each in _folders(folder):
        if each.name not in known:
            guess = near(each.name, known)
            said = _("There is no kind of definition for the folder %(name)s.", name=each.name)
            problems.append(Problem("", "folder", said, guess, str(each.relative_to(root))))
    return Parts(documents, extends, files)


def _read_kinds(
    folder: Path, root: Path, files: dict[str, str], problems: list[Problem], prefix: str = ""
) -> Iterator[tuple[str, Document]]:
    for kind, name in FOLDERS.items():
        for path in sorted((folder / name).glob("*.json")):
            key = f"{kind}/{path.stem}"
            files[prefix + key] = str(path.relative_to(root))
            try:
                if path.stat().st_size > LARGEST:
                    raise BadRequest(_("The file is larger than %(n)s bytes.", n=LARGEST))
                document = strict_json(path.read_bytes())
            except BadRequest as error:
                problems.append(Problem("", "json", error.message, file=files[prefix + key]))
                continue
            if isinstance(document, dict):
                yield key, document
            else:
                said = _("A definition is a JSON object.")
                problems.append(Problem("", "type", said, file=files[prefix + key]))


def write_folder(folder: Path, manifest: Mapping[str, Any], parts: Parts) -> None:
    """Write a blueprint in canonical form: the same definitions always give the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "blueprint.json").write_text(canonical(manifest), "utf-8", newline="\n")
    for documents, base in ((parts.documents, folder), (parts.extends, folder / "extends")):
        for key, document in sorted(documents.items()):
            kind, name = key.split("/", 1)
            path = base / FOLDERS[kind] / f"{name}.json"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(canonical(document), "utf-8", newline="\n")


assert set(FOLDERS) | {"blueprint"} == set(KINDS), "every kind has a folder"
