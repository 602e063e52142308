"""What is inside a blueprint: how many definitions of each kind, how many sample records, which levels."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import StringIO
from typing import Any

from sartor.platform.definitions.documents import Documents
from sartor.platform.definitions.kinds import KINDS
from sartor.platform.packaging.files.shape import Blueprint

SHOWN = tuple(kind for kind in KINDS if kind != "blueprint")


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
    return Contents(_counted(blueprint.own.documents), added, _rows(blueprint.table("samples")), levels)


def contents_installed(documents: Documents, name: str) -> Contents:
    """Of what a blueprint brought, as it stands in a workspace."""
    return Contents(_counted(key for key, each in documents.items() if each.get("origin") == name))


def _counted(keys: Iterable[str]) -> dict[str, int]:
    found = Counter(key.partition("/")[0] for key in keys)
    return {kind: found[kind] for kind in SHOWN if found[kind]}


def _rows(tables: Mapping[str, str]) -> int:
    """Sample records; stays in stages (`deal.stages.csv`) belong to theirs."""
    return sum(count_rows(text) for name, text in tables.items() if "." not in name)


def count_rows(text: str) -> int:
    """Rows of a table below its head."""
    return sum(1 for _row in csv.reader(StringIO(text, newline=""))) - 1
