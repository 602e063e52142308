"""What a blueprint consists of, and its files in canonical form."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sartor.platform.definitions.documents import Document, canonical
from sartor.platform.definitions.kinds import KINDS
from sartor.platform.packaging.files.sums import checksums

UNLIKE = {"entity": "entities", "options": "options"}
FOLDERS = {kind: UNLIKE.get(kind, f"{kind}s") for kind in KINDS if kind != "blueprint"}
"""Folder of each kind. The kind `blueprint` is the manifest itself."""

TABLES = ("records", "samples")
SCENARIOS = "scenarios"
OTHERS = {"extends", "with", SCENARIOS, *TABLES}
MANIFEST, README = "blueprint.json", "README.md"


@dataclass(frozen=True, slots=True)
class Parts:
    """Definitions and additions, each by `kind/name`; `files` tells where each was read from."""

    documents: Mapping[str, Document] = field(default_factory=dict)
    extends: Mapping[str, Document] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Blueprint:
    """A blueprint as read. bridges: parts by the other blueprint's name. tables: CSV texts by folder and name.

    carried: texts of other files by path. folder: where it was read from, if that was one.
    """

    name: str
    manifest: Mapping[str, Any]
    own: Parts
    bridges: Mapping[str, Parts] = field(default_factory=dict)
    tables: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    carried: Mapping[str, str] = field(default_factory=dict)
    folder: Path | None = None

    @property
    def requires(self) -> Mapping[str, str]:
        return self.manifest.get("requires", {})

    def document(self) -> dict[str, Any]:
        """The manifest as the definition `blueprint/<name>`, which a workspace keeps while it is installed."""
        kept = ("label", "summary", "version", "requires", "languages")
        return {name: self.manifest[name] for name in kept if name in self.manifest}

    def table(self, folder: str) -> Mapping[str, str]:
        """CSV texts of `records` or `samples`, by name."""
        return self.tables.get(folder, {})

    def files(self) -> dict[str, bytes]:
        """Its files in canonical form: the same blueprint always gives the same bytes."""
        texts = {MANIFEST: canonical(self.manifest), **self.carried, **_texts(self.own, "")}
        for other, parts in self.bridges.items():
            texts |= _texts(parts, f"with/{other}/")
        for folder, tables in self.tables.items():
            texts |= {f"{folder}/{name}.csv": text for name, text in tables.items()}
        return {path: texts[path].encode() for path in sorted(texts)}

    @property
    def digest(self) -> str:
        """SHA-256 over all its files: what tells two of the same version apart."""
        return hashlib.sha256(canonical(checksums(self.files())).encode()).hexdigest()


def _texts(parts: Parts, base: str) -> dict[str, str]:
    return {
        f"{base}{inner}{path_of(key)}": canonical(document)
        for inner, documents in (("", parts.documents), ("extends/", parts.extends))
        for key, document in documents.items()
    }


def path_of(key: str) -> str:
    """`entity/deal` -> `entities/deal.json`."""
    kind, _slash, name = key.partition("/")
    return f"{FOLDERS[kind]}/{name}.json"
