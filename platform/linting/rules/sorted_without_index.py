"""A page whose order no index can hold: the plan makes indexes by itself, but not for what is worked out when read."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from sartor.platform.linting.base import Rule, fix
from sartor.platform.linting.finding import GONE, Edit, Finding, Fix, Severity
from sartor.platform.linting.subject import Subject
from sartor.platform.model import Entity
from sartor.platform.publishing.steps.indexing import Question, has_column, questions
from sartor.platform.text import Label, pick
from sartor.platform.text import gettext as _


class SortedWithoutIndex(Rule):
    key = "L301"
    label = {"en": "An order without an index", "zh": "无法使用索引的排序"}
    icon = "arrows-sort"
    severity = Severity.WARNING
    unmended = {"en": "The order of a related list is chosen on its form.", "zh": "相关列表的排序在表单中选择。"}
    example = {
        "entity/machine": {
            "label": {"en": "Machine", "zh": "机器"},
            "title": "name",
            "fields": {
                "name": {"type": "text", "label": {"en": "Name", "zh": "名称"}},
                "built_on": {"type": "date", "label": {"en": "Built on", "zh": "制造日期"}},
                "age": {
                    "type": "formula",
                    "label": {"en": "Age", "zh": "已用天数"},
                    "formula": "days(today(), built_on)",
                    "options": {"result": {"type": "integer"}},
                },
            },
        },
        "view/machine.all": {
            "label": {"en": "All machines", "zh": "全部机器"},
            "entity": "machine",
            "type": "list",
            "columns": {"name": {}, "age": {}},
            "sort": ["-age"],
        },
    }

    def find(self, subject: Subject) -> Iterator[Finding]:
        for entity in subject.entities():
            for question in questions(entity, subject.model):
                for term in question.sort if question.asked_by != "role" else ():
                    if not has_column(entity, term.removeprefix("-")):
                        yield self._told(subject, entity, question, term)

    def _told(self, subject: Subject, entity: Entity, question: Question, term: str) -> Finding:
        field = entity.fields[term.removeprefix("-")]
        pointer = "/sort" if question.asked_by.startswith("view/") else "/tabs"
        mend = _mend(subject, entity, question.asked_by, field.label)
        return self.finding(question.asked_by, pointer, partial(_sentence, field.label), mend)


def _mend(subject: Subject, entity: Entity, page: str, field: Label) -> Fix | None:
    """A view goes on with what is left of its order, or with the usual one."""
    terms = subject.part(page, "/sort") if page.startswith("view/") else None
    if not terms:
        return None
    left = [each for each in terms if each.lstrip("-") not in entity.fields or has_column(entity, each.lstrip("-"))]
    if left == terms:
        return None
    return fix(lambda: _("Take %(field)s out of the order", field=pick(field)), Edit(page, "/sort", left or GONE))


def _sentence(field: Label) -> str:
    return _(
        "The order is by %(field)s, which is worked out when it is read: every record is read for each page. "
        "Sort by a stored field.",
        field=pick(field),
    )
