"""What is inside a blueprint: how many definitions of each kind, how many sample records, which levels."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sartor.platform.definitions.documents import Documents
from sartor.platform.definitions.kinds import KINDS
from sartor.platform.packaging.folder import Blueprint

SHOWN = ("entity", "pipeline", "view", "form", "template", "metric", "report", "dashboard", "role", "app", "options")


@dataclass(frozen=True, slots=True)
class Contents:
    """kinds: definitions by kind, the kinds in their order. added: definitions of others that it adds to."""

    kinds: Mapping[str, int]
    added: int = 0
    samples: int = 0
    levels: Mapping[str, Any] | None = None


def contents(blueprint: Blueprint) -> Contents:
    """Of a blueprint as it ships."""
    added = len(blueprint.own.extends)
    levels = blueprint.manifest.get("levels")
    return Contents(_counted(blueprint.own.documents), added, _rows(blueprint.tables["samples"].values()), levels)


def contents_installed(documents: Documents, name: str) -> Contents:
    """Of what a blueprint brought, as it stands in a workspace."""
    return Contents(_counted(key for key, each in documents.items() if each.get("origin") == name))


def _counted(keys: Iterable[str]) -> dict[str, int]:
    found = Counter(key.partition("/")[0] for key in keys)
    return {kind: found[kind] for kind in sorted(SHOWN, key=KINDS.index) if found[kind]}


def _rows(files: Iterable[Path]) -> int:
    """Sample records; stays in stages (`deal.stages.csv`) belong to theirs."""
    found = 0
    for path in files:
        if "." not in path.stem:
            with path.open(encoding="utf-8", newline="") as stream:
                found += sum(1 for _row in csv.reader(stream)) - 1
    return found
