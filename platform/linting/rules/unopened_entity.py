"""An entity that no role may read: whoever is no administrator never sees a record of it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from sartor.platform.linting.base import Rule
from sartor.platform.linting.finding import Finding, Severity
from sartor.platform.linting.subject import Subject
from sartor.platform.model import Entity, Operation
from sartor.platform.text import gettext as _
from sartor.platform.text import pick


class UnopenedEntity(Rule):
    key = "L502"
    label = {"en": "An entity that no role opens", "zh": "没有角色可查看的实体"}
    icon = "eye-off"
    severity = Severity.HINT
    unmended = {
        "en": "Who may see its records, and which of them, is a decision.",
        "zh": "谁能看到它的记录、能看到哪些，需要人来决定。",
    }
    example = {
        "entity/machine": {
            "label": {"en": "Machine", "zh": "机器"},
            "title": "name",
            "fields": {"name": {"type": "text", "label": {"en": "Name", "zh": "名称"}}},
        },
    }

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Lines are seen with the record that they stand in."""
        grants = [grant for role in subject.model.roles.values() for grant in role.grants.values()]
        opened = {grant.entity for grant in grants if Operation.READ in grant.operations}
        for entity in subject.entities():
            if entity.line_of is None and entity.name not in opened:
                yield self.finding(f"entity/{entity.name}", "", partial(_sentence, entity))


def _sentence(entity: Entity) -> str:
    return _("No role may read %(entity)s: only administrators see its records.", entity=pick(entity.label))
