"""A list or board whose filter asks only what lies behind a lookup or is worked out when it is read."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from sartor.platform.linting.base import Rule
from sartor.platform.linting.finding import Finding, Severity
from sartor.platform.linting.subject import Subject
from sartor.platform.model import Entity, View
from sartor.platform.publishing.steps.indexing import has_column
from sartor.platform.text import gettext as _
from sartor.platform.text import pick


class FilterWithoutIndex(Rule):
    key = "L303"
    label = {"en": "A filter without an index", "zh": "无法使用索引的筛选"}
    icon = "filter-off"
    severity = Severity.HINT
    unmended = {
        "en": "To drop the filter shows other records, and which field of its own to ask for only a person knows.",
        "zh": "去掉筛选会显示其他记录；该用哪个自有字段筛选，只有人知道。",
    }
    example = {
        "entity/machine": {
            "label": {"en": "Machine", "zh": "机器"},
            "title": "name",
            "fields": {
                "name": {"type": "text", "label": {"en": "Name", "zh": "名称"}},
                "part_of": {
                    "type": "lookup",
                    "label": {"en": "Part of", "zh": "所属"},
                    "options": {"entity": "machine"},
                },
            },
        },
        "view/machine.all": {
            "label": {"en": "All machines", "zh": "全部机器"},
            "entity": "machine",
            "type": "list",
            "columns": {"name": {}, "part_of": {}},
            "filter": "part_of.name = 'Lathe'",
        },
    }

    def find(self, subject: Subject) -> Iterator[Finding]:
        for view in subject.model.views.values():
            if _is_blind(subject.model.entities[view.entity], view):
                yield self.finding(f"view/{view.name}", "/filter", partial(_sentence, view))


def _is_blind(entity: Entity, view: View) -> bool:
    """Whether no column of the entity itself takes part. An attribute (`stage.outcome`) is read from its column."""
    if view.filter is None or not view.filter.paths:
        return False
    return all(_leads_away(entity, path) or not has_column(entity, path[0]) for path in view.filter.paths)


def _leads_away(entity: Entity, path: tuple[str, ...]) -> bool:
    field = entity.fields.get(path[0])
    return len(path) > 1 and field is not None and bool(field.type.targets(field))


def _sentence(view: View) -> str:
    return _(
        "%(label)s asks only for what lies behind a lookup or is worked out when it is read: every record is looked "
        "at. Ask for a field of its own too, or store the value in one.",
        label=pick(view.label),
    )
