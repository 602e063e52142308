"""What an edited role changes for whom: who holds it, and its rights now against those that are published."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from sartor.builder.bench import Bench
from sartor.platform.access.roles import with_included
from sartor.platform.model import Model
from sartor.platform.publishing.names.lineage import Lineage, lineage
from sartor.platform.publishing.words.access_changes import access_changes

MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Effects:
    """holders: people who have the role, by itself or through another; names: of the first of them."""

    holders: int
    names: tuple[str, ...]
    sentences: tuple[str, ...]


def effects(here: Bench, name: str) -> Effects:
    """Of the role with the edits of the change set, against what is published."""
    before, names = here.workspace.serving(here.revision).model, lineage(here.documents, here.published)
    was = published_name(names, name)
    people = holders(here, was, before)
    after = here.workspace.compiler.draft_in_effect(here.documents).model if here.edited.edits else before
    told = access_changes(_only(before, was), _only(after, name), names)
    return Effects(len(people), tuple(people[:MOST_NAMED]), tuple(each.text for each in told))


def published_name(names: Lineage, name: str) -> str:
    """What a role is called where people have it."""
    return names.others.get(f"role/{name}", f"role/{name}").partition("/")[2]


def holders(here: Bench, name: str, model: Model) -> list[str]:
    """Names of the active people who hold a role, as it is published."""
    active = (each for each in here.context.directory.people.values() if each.active)
    return sorted(each.name for each in active if _holds(each.roles, name, model))


def _holds(roles: Iterable[str], name: str, model: Model) -> bool:
    return name in roles or any(role.name == name for role in with_included(roles, model.roles))


def _only(model: Model, name: str) -> Model:
    """The model with this role alone, so that nothing is told of the others."""
    return replace(model, roles={key: role for key, role in model.roles.items() if key == name})
