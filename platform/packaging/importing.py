"""Bringing a blueprint file into a workspace where some of its names are taken: keep what is there, replace it, add
what it lacks, or keep both.

What came from the same blueprint before is no collision: it is brought up to what the file says, and what the file
does not have any more goes. So the same file twice changes nothing the second time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sartor.platform.definitions.documents import Documents
from sartor.platform.definitions.kinds import Kinds
from sartor.platform.errors import Conflict, Problem
from sartor.platform.packaging.compose import add_blueprint
from sartor.platform.packaging.folder import Blueprint, Parts
from sartor.platform.packaging.install import with_required
from sartor.platform.packaging.merge import completed, with_origin, without_origin
from sartor.platform.packaging.selection import additions
from sartor.platform.publishing.plan import Plan
from sartor.platform.publishing.renaming import renamed
from sartor.platform.publishing.rewriting import Rename
from sartor.platform.text import gettext as _
from sartor.platform.workspace import Workspace

KEEP, REPLACE, MERGE, BOTH = "keep", "replace", "merge", "both"
CHOICES = (KEEP, REPLACE, MERGE, BOTH)
Choices = Mapping[str, str]
"""What to do by definition; `*` for every one that is not named."""


class Collides(Conflict):
    """Names that the file brings are taken; `problems` names them. The same file with choices will do."""

    code = "collision"


def collisions(blueprint: Blueprint, documents: Documents) -> list[str]:
    """Definitions of a file whose names something else has."""
    return sorted(
        key for key in blueprint.own.documents
        if key in documents and documents[key].get("origin") != blueprint.name
    )  # fmt: skip


def import_plan(
    workspace: Workspace, blueprint: Blueprint, choices: Choices | None = None, level: str | None = None
) -> Plan:
    """What bringing in a blueprint file would do. level: of what is new, all of it (L3) unless said otherwise; a
    blueprint that is there keeps its own.

    :raises Collides: naming the definitions for which there is no choice. :raises InvalidDefinition: when it does not
        hold together with what is there.
    """
    present = workspace.serving().design.documents
    documents = imported(present, blueprint, choices or {}, workspace.kinds)
    for key in documents.keys() - present.keys():
        if key.startswith("blueprint/"):
            documents[key] = {**documents[key], "level": level or "L3"}
    return workspace.publisher.plan_documents(documents)


def imported(present: Documents, blueprint: Blueprint, choices: Choices, kinds: Kinds) -> dict[str, Any]:
    """The definitions with the file in them."""
    itself = f"blueprint/{blueprint.name}"
    documents = {
        key: without_origin(each, blueprint.name)
        for key, each in present.items()
        if each.get("origin") != blueprint.name and key != itself
    }
    for each in with_required([blueprint], documents):
        if each.name != blueprint.name:
            add_blueprint(documents, each)
    settled, taken = _settled(blueprint, documents, choices, kinds)
    documents.update(taken)
    add_blueprint(documents, settled)
    if "level" in present.get(itself, {}):
        documents[itself]["level"] = present[itself]["level"]
    return {key: _as_before(each, present.get(key)) for key, each in documents.items()}


def _as_before(document: Any, before: Any) -> Any:
    """The same object where nothing is different, so that it is neither compared nor checked again."""
    return before if document == before else document


def _settled(
    blueprint: Blueprint, documents: Documents, choices: Choices, kinds: Kinds
) -> tuple[Blueprint, dict[str, Any]]:
    """The blueprint without what collides, and the definitions that take its place."""
    taken = [key for key in blueprint.own.documents if key in documents]
    meant = {key: choices.get(key, choices.get("*", "")) for key in taken}
    _require_choices(meant)
    parts = _renamed(blueprint, documents, [key for key in taken if meant[key] == BOTH], kinds)
    put: dict[str, Any] = {}
    for key in taken:
        if meant[key] == REPLACE:
            put[key] = with_origin(parts.documents[key], blueprint.name)
        elif meant[key] == MERGE:
            put[key] = completed(documents[key], parts.documents[key], blueprint.name)
    rest = {key: each for key, each in parts.documents.items() if key not in documents}
    return replace(blueprint, own=replace(parts, documents=rest)), put


def _require_choices(meant: Choices) -> None:
    open_ = sorted(key for key, choice in meant.items() if choice not in CHOICES)
    if open_:
        said = _("These names are taken: %(names)s. Choose for each what is to stay.", names=", ".join(open_))
        told = (Problem("", "collision", _("%(key)s is there already.", key=key), file=key) for key in open_)
        raise Collides(said, list(told))


def _renamed(blueprint: Blueprint, documents: Documents, keys: list[str], kinds: Kinds) -> Parts:
    """The blueprint's definitions and additions, with free names for some, wherever those are used inside it."""
    own, extends = dict(blueprint.own.documents), dict(blueprint.own.extends)
    for key in keys:
        kind, _slash, name = key.partition("/")
        new = _free_name(kind, name, {*documents, *own})
        there = {each: documents[each] for each in extends if each in documents}
        together = {**documents, **own, **{each: completed(there[each], extends[each], "") for each in there}}
        for changed, document in renamed(together, Rename(key, new), kinds).items():
            if document is None:
                own.pop(changed, None)
            elif changed in own or changed == f"{kind}/{new}":
                own[changed] = {label: part for label, part in document.items() if label != "formerly"}
            elif changed in there:
                extends[changed] = additions(there[changed], document) or {}
    return Parts(own, extends, blueprint.own.files)


def _free_name(kind: str, name: str, taken: set[str]) -> str:
    number = 2
    while f"{kind}/{name}_{number}" in taken:
        number += 1
    return f"{name}_{number}"
