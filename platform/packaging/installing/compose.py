"""Composing definitions: which documents a workspace has once some blueprints are in it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sartor.platform.definitions.documents import Documents
from sartor.platform.definitions.system import system_documents
from sartor.platform.errors import InvalidDefinition, Problem
from sartor.platform.packaging.files.shape import Blueprint, Parts
from sartor.platform.packaging.installing.merge import extended, with_origin
from sartor.platform.text import gettext as _
from sartor.platform.text import near, pick


def in_order(blueprints: Iterable[Blueprint], present: Collection[str] = ()) -> list[Blueprint]:
    """Each blueprint after those it requires. present: names of those that are installed already.

    :raises InvalidDefinition: for a requirement that is neither among them nor present.
    """
    waiting = {each.name: each for each in sorted(blueprints, key=lambda each: each.name)}
    placed: dict[str, Blueprint] = {}
    while waiting:
        ready = [each for each in waiting.values() if set(each.requires) <= {*placed, *present}]
        if not ready:
            _refuse_missing(waiting, {*placed, *present})
        for each in ready:
            placed[each.name] = waiting.pop(each.name)
    return list(placed.values())


def _refuse_missing(waiting: Mapping[str, Blueprint], known: Collection[str]) -> None:
    problems = []
    for each in waiting.values():
        for name in sorted(set(each.requires) - set(known)):
            said = _("%(blueprint)s requires %(name)s, which is not there.", blueprint=each.name, name=name)
            problems.append(Problem("/requires", "requires", said, near(name, known), "blueprint.json"))
    raise InvalidDefinition(problems[0].message, problems)


def compose(blueprints: Iterable[Blueprint], start: Documents | None = None) -> dict[str, Any]:
    """The documents of a workspace with these blueprints and nothing else, unless it starts from something."""
    documents: dict[str, Any] = dict(start) if start is not None else system_documents()
    for each in in_order(blueprints):
        add_blueprint(documents, each)
    return documents


def add_blueprint(documents: dict[str, Any], blueprint: Blueprint) -> None:
    """Add one blueprint, and whatever bridges it forms with those that are there.

    :raises InvalidDefinition: when a name is taken.
    """
    documents[f"blueprint/{blueprint.name}"] = with_origin(blueprint.document(), blueprint.name)
    _add_parts(documents, blueprint.own, blueprint.name)
    for other, parts in blueprint.bridges.items():
        if f"blueprint/{other}" in documents:
            _add_parts(documents, parts, blueprint.name)


def _add_parts(documents: dict[str, Any], parts: Parts, origin: str) -> None:
    problems = []
    for key, document in parts.documents.items():
        if key in documents and documents[key].get("origin") != origin:
            said = _("%(key)s is there already.", key=key)
            problems.append(Problem("", "collision", said, file=parts.files.get(key, key)))
        documents[key] = with_origin(document, origin)
    for key, addition in parts.extends.items():
        if key not in documents:
            said = _("There is no %(key)s to extend.", key=key)
            problems.append(Problem("", "unknown", said, near(key, documents), parts.files.get("extends:" + key, key)))
            continue
        documents[key] = extended(documents[key], addition, origin, parts.files.get("extends:" + key, key))
    if problems:
        title = pick(documents[f"blueprint/{origin}"].get("label")) or origin
        raise InvalidDefinition(_("%(origin)s does not fit in.", origin=title), problems)
