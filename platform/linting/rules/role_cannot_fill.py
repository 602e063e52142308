"""A required field that a role which makes or changes records cannot write, or nobody at all: saving is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from sartor.platform.linting.base import Rule, fix
from sartor.platform.linting.filling import is_shut, is_typed, is_typed_at_times
from sartor.platform.linting.finding import GONE, Edit, Finding, Severity
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
        for entity in subject.entities():
            yield from self._shut(subject, entity)
        for role in subject.model.roles.values():
            for entity in subject.entities():
                if role.grants.get(entity.name) and entity.line_of is None:
                    yield from self._of(subject, role, entity)

    def _shut(self, subject: Subject, entity: Entity) -> Iterator[Finding]:
        for field in subject.designed(entity):
            if is_shut(entity, field, subject.model):
                key, pointer = f"entity/{entity.name}", f"/fields/{field.name}/read_only"
                mend = fix(partial(_opening, field), Edit(key, pointer, GONE))
                yield self.finding(key, f"/fields/{field.name}", partial(_shut_sentence, field), mend)

    def _of(self, subject: Subject, role: Role, entity: Entity) -> Iterator[Finding]:
        made = _written(subject, role, entity, Operation.CREATE)
        changed = _written(subject, role, entity, Operation.UPDATE)
        written = (made or frozenset()) | (changed or frozenset())
        for field in subject.designed(entity):
            if made is not None and field.name not in made and is_typed(entity, field, subject.model):
                yield self._told(role, entity, field, _sentence)
            elif _lacks_at_times(subject, entity, field, written):
                yield self._told(role, entity, field, _sentence_at_times)

    def _told(self, role: Role, entity: Entity, field: Field, say: Callable[[Role, Entity, Field], str]) -> Finding:
        key, pointer = f"role/{role.name}", f"/grants/{entity.name}"
        edit = Edit(key, f"{pointer}/fields/{field.name}", "write")
        mend = fix(lambda: _("Let this role write %(field)s", field=pick(field.label)), edit)
        return self.finding(key, pointer, partial(say, role, entity, field), mend)


def _written(subject: Subject, role: Role, entity: Entity, operation: Operation) -> frozenset[str] | None:
    """The fields that the role may write in such a write; None where it may do no such thing."""
    rights = subject.rights(role.name)
    allowing = rights.allowing(operation, entity.name)
    return frozenset[str]().union(*(rights.written(entity.name, each) for each in allowing)) if allowing else None


def _lacks_at_times(subject: Subject, entity: Entity, field: Field, written: frozenset[str]) -> bool:
    """Whether what a role writes can make a condition true under which it would have to write more than it may."""
    if field.name in written or field.required_if is None or not is_typed_at_times(entity, field, subject.model):
        return False
    paths = field.required_if.paths
    return bool(written) and (not paths or any(path[0] in written for path in paths))


def _sentence(role: Role, entity: Entity, field: Field) -> str:
    return _(
        "%(role)s may create %(entity)s and cannot write %(field)s, which is required: saving fails every time.",
        role=pick(role.label),
        entity=pick(entity.label),
        field=pick(field.label),
    )


def _sentence_at_times(role: Role, entity: Entity, field: Field) -> str:
    return _(
        "%(role)s may write %(entity)s and cannot write %(field)s, which is required at times: saving fails as soon as "
        "its condition holds.",
        role=pick(role.label),
        entity=pick(entity.label),
        field=pick(field.label),
    )


def _opening(field: Field) -> str:
    return _("Let people fill in %(field)s", field=pick(field.label))


def _shut_sentence(field: Field) -> str:
    return _(
        "%(field)s is required, and nobody may type it: nothing fills it in, so that no record can be saved.",
        field=pick(field.label),
    )
