"""A page that goes without an index because its entity has as many as it may have."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from sartor.platform.linting.base import Rule
from sartor.platform.linting.finding import Finding, Severity
from sartor.platform.linting.subject import Subject
from sartor.platform.model import Entity
from sartor.platform.publishing.steps.indexing import MOST, questions, wanted_indexes
from sartor.platform.text import gettext as _
from sartor.platform.text import pick

FIELDS = [f"mark_{number}" for number in range(MOST + 1)]


class WithoutIndex(Rule):
    key = "L302"
    label = {"en": "A page without an index", "zh": "没有索引的页面"}
    icon = "database-off"
    severity = Severity.HINT
    unmended = {"en": "Which of the pages may be the slow one is a choice.", "zh": "让哪个页面变慢，需要人来决定。"}
    example = {
        "entity/machine": {
            "label": {"en": "Machine", "zh": "机器"},
            "title": "name",
            "fields": {"name": {"type": "text", "label": {"en": "Name", "zh": "名称"}}}
            | {name: {"type": "integer", "label": name.upper()} for name in FIELDS},
        },
    } | {
        f"view/machine.{name}": {
            "label": name.upper(),
            "entity": "machine",
            "type": "list",
            "columns": {"name": {}, **dict.fromkeys(FIELDS, {})},
            "sort": [name],
        }
        for name in FIELDS
    }

    def find(self, subject: Subject) -> Iterator[Finding]:
        for entity in subject.entities():
            if len(questions(entity, subject.model)) <= MOST:
                continue
            for page in dict.fromkeys(wanted_indexes(entity, subject.model, subject.tables).left_out):
                if page in subject.documents:
                    yield self.finding(page, "", partial(_sentence, entity))


def _sentence(entity: Entity) -> str:
    return _(
        "%(entity)s has its %(n)s indexes already, which earlier pages need: on many records this one is slow. "
        "Sort it like another page, or let it compare a lookup.",
        entity=pick(entity.label),
        n=MOST,
    )
