"""A required field that a role which may create records cannot write: its people can never save one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from sartor.platform.linting.base import Rule, fix
from sartor.platform.linting.filling import is_typed
from sartor.platform.linting.finding import Edit, Finding, Severity
from sartor.platform.linting.subject import Subject
from sartor.platform.model import Entity, Field, Operation, Role
from sartor.platform.text import gettext as _
from sartor.platform.text import pick


class RoleCannotFill(Rule):
    key = "L102"
    label = {"en": "A required field that a role cannot write", "zh": "角色无法填写的必填字段"}
    icon = "lock"
    severity = Severity.ERROR
    unmended = None
    example = {
        "entity/machine": {
            "label": {"en": "Machine", "zh": "机器"},
            "title": "name",
            "fields": {"name": {"type": "text", "label": {"en": "Name", "zh": "名称"}, "required": True}},
        },
        "role/fitter": {
            "label": {"en": "Fitter", "zh": "装配工"},
            "grants": {"machine": {"operations": ["create", "read"], "scope": "all", "fields": {"*": "read"}}},
        },
    }

    def find(self, subject: Subject) -> Iterator[Finding]:
        for role in subject.model.roles.values():
            for entity in subject.entities():
                if role.grants.get(entity.name) and entity.line_of is None:
                    yield from self._of(subject, role, entity)

    def _of(self, subject: Subject, role: Role, entity: Entity) -> Iterator[Finding]:
        rights = subject.rights(role.name)
        creating = rights.allowing(Operation.CREATE, entity.name)
        if not creating:
            return
        written = frozenset[str]().union(*(rights.written(entity.name, each) for each in creating))
        for field in subject.designed(entity):
            if field.name not in written and is_typed(entity, field, subject.model):
                yield self._told(role, entity, field)

    def _told(self, role: Role, entity: Entity, field: Field) -> Finding:
        key, pointer = f"role/{role.name}", f"/grants/{entity.name}"
        edit = Edit(key, f"{pointer}/fields/{field.name}", "write")
        mend = fix(lambda: _("Let this role write %(field)s", field=pick(field.label)), edit)
        return self.finding(key, pointer, partial(_sentence, role, entity, field), mend)


def _sentence(role: Role, entity: Entity, field: Field) -> str:
    return _(
        "%(role)s may create %(entity)s and cannot write %(field)s, which is required: saving fails every time.",
        role=pick(role.label),
        entity=pick(entity.label),
        field=pick(field.label),
    )
