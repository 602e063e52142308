"""What a blueprint requires, checked before anything of it comes in: what is missing is named with where to get it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sartor.platform.definitions.documents import Documents
from sartor.platform.errors import Conflict, NotFound, Problem
from sartor.platform.packaging.files.shape import Blueprint
from sartor.platform.text import gettext as _

WANTED = re.compile(r"\^?(\d+)(?:\.(\d+))?(?:\.(\d+))?\Z")


def numbers(version: str) -> tuple[int, ...]:
    """`1.2.0` to be compared; nothing of what is no such version."""
    found = WANTED.match(version)
    return tuple(int(part or 0) for part in found.groups()) if found else ()


def satisfies(version: str, wanted: str) -> bool:
    """`^1.2`: the same first number and nothing older. What is no such condition holds for any version."""
    need, have = numbers(wanted), numbers(version)
    if not need or not have:
        return True
    return have[0] == need[0] and have >= need if wanted.startswith("^") else have == need


def require_version(blueprint: Blueprint, name: str, version: str) -> None:
    """:raises Conflict: for a requirement that is there in a version that will not do."""
    wanted = str(blueprint.requires.get(name, ""))
    if not satisfies(version, wanted):
        said = _(
            "%(blueprint)s requires %(name)s %(wanted)s, and %(version)s is here. Upgrade it first.",
            blueprint=blueprint.name, name=name, wanted=wanted, version=version,
        )  # fmt: skip
        raise Conflict(said, [Problem("/requires", "version", said, file="blueprint.json")])


def require_present(blueprint: Blueprint, documents: Documents) -> None:
    """The versions of what is there already. :raises Conflict: for one that will not do."""
    for name in blueprint.requires:
        itself: Mapping[str, str] | None = documents.get(f"blueprint/{name}")
        if itself is not None:
            require_version(blueprint, name, itself["version"])


def missing(blueprint: Blueprint, name: str) -> NotFound:
    """The refusal for a requirement that is nowhere to be had here."""
    said = _(
        "%(blueprint)s requires %(name)s %(wanted)s, which neither is here nor ships with Sartor. Bring the file of "
        "%(name)s in first: the workspace that %(blueprint)s comes from can export it.",
        blueprint=blueprint.name, name=name, wanted=str(blueprint.requires[name]),
    )  # fmt: skip
    return NotFound(said, [Problem("/requires", "requires", said, file="blueprint.json")])
