"""An entity that no role may read: whoever is no administrator never sees a record of it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from sartor.platform.linting.base import Rule, offer
from sartor.platform.linting.finding import Edit, Finding, Fix, Severity
from sartor.platform.linting.subject import Subject
from sartor.platform.model import Entity, Grant, Model, Operation, Role
from sartor.platform.model.role import SCOPES
from sartor.platform.publishing.words.part_words import value_words
from sartor.platform.text import gettext as _
from sartor.platform.text import listed, pick

OFFERED = 3
"""Roles to which it is offered to open it: those that open most of what it is related to."""
MACHINE = {
    "label": {"en": "Machine", "zh": "机器"},
    "title": "name",
    "fields": {"name": {"type": "text", "label": {"en": "Name", "zh": "名称"}}},
}
WRITES = {Operation.CREATE, Operation.UPDATE}


class UnopenedEntity(Rule):
    key = "L502"
    label = {"en": "An entity that no role opens", "zh": "没有角色可查看的实体"}
    icon = "eye-off"
    severity = Severity.HINT
    unmended = {
        "en": "Where no role opens anything yet, one is made first.",
        "zh": "若还没有角色可查看任何内容，须先新建角色。",
    }
    example = {
        "entity/machine": MACHINE,
        "entity/tool": MACHINE | {"label": {"en": "Tool", "zh": "工具"}},
        "role/fitter": {
            "label": {"en": "Fitter", "zh": "装配工"},
            "grants": {"tool": {"operations": ["create", "read"], "scope": "all", "fields": {"*": "write"}}},
        },
    }

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Lines are seen with the record that they stand in."""
        grants = [grant for role in subject.model.roles.values() for grant in role.grants.values()]
        opened = {grant.entity for grant in grants if Operation.READ in grant.operations}
        for entity in subject.entities():
            if entity.line_of is None and entity.name not in opened:
                offers = _offers(subject.model, entity)
                yield self.finding(f"entity/{entity.name}", "", partial(_sentence, entity), offers=offers)


def _sentence(entity: Entity) -> str:
    return _("No role may read %(entity)s: only administrators see its records.", entity=pick(entity.label))


def _offers(model: Model, entity: Entity) -> Iterator[Fix]:
    """To open it to a role as far as that role opens what is nearest to it."""
    near = _related(model, entity)
    found = [(role, grants) for role in model.roles.values() if (grants := _reading(role, near))]
    found.sort(key=lambda each: (-sum(grant.entity in near for grant in each[1]), -len(each[1])))
    for role, grants in found[:OFFERED]:
        grant = _like(grants[0], entity)
        edit = Edit(f"role/{role.name}", f"/grants/{entity.name}", grant)
        yield offer(role.name, partial(_opening, role, grant), edit)


def _related(model: Model, entity: Entity) -> set[str]:
    """What it points to, and what points to it."""
    there = {target for field in entity.fields.values() for target in field.type.targets(field)}
    back = {
        other.name
        for other in model.entities.values()
        if any(entity.name in field.type.targets(field) for field in other.fields.values())
    }
    return {name for name in there | back if not model.entities[name].system}


def _reading(role: Role, near: set[str]) -> list[Grant]:
    """The grants of a role that let it read, those for what is near first."""
    found = [grant for grant in role.grants.values() if Operation.READ in grant.operations]
    return sorted(found, key=lambda grant: grant.entity not in near)


def _like(grant: Grant, entity: Entity) -> dict[str, Any]:
    """The same operations; the same scope where it can be said of this entity."""
    same = grant.scope in SCOPES and entity.owned and grant.condition is None
    return {
        "operations": [str(each) for each in Operation if each in grant.operations],
        "scope": grant.scope if same else "all",
        "fields": {"*": "write" if WRITES & grant.operations else "read"},
    }


def _opening(role: Role, grant: dict[str, Any]) -> str:
    words = value_words()
    return _(
        "Open it to %(role)s: %(operations)s; records: %(scope)s",
        role=pick(role.label),
        operations=listed([words[each] for each in grant["operations"]]),
        scope=words[grant["scope"]],
    )
