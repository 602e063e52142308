"""A list or board whose filter asks only what lies behind a lookup or is worked out when it is read."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from sartor.platform.expressions import parse, print_expression
from sartor.platform.linting.base import Rule, offer
from sartor.platform.linting.finding import Edit, Finding, Fix, Severity
from sartor.platform.linting.subject import Subject
from sartor.platform.model import Entity, View
from sartor.platform.publishing.steps.indexing import has_column
from sartor.platform.text import gettext as _
from sartor.platform.text import pick

DAYS = 365
"""What was changed longer ago is seldom looked for."""


class FilterWithoutIndex(Rule):
    key = "L303"
    label = {"en": "A filter without an index", "zh": "无法使用索引的筛选"}
    icon = "filter-off"
    severity = Severity.HINT
    unmended = None
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
            entity = subject.model.entities[view.entity]
            if _is_blind(entity, view):
                offers = _offers(subject, entity, view)
                yield self.finding(f"view/{view.name}", "/filter", partial(_sentence, view), offers=offers)


def _offers(subject: Subject, entity: Entity, view: View) -> Iterator[Fix]:
    """Something that a column holds is asked for too: what is still open, one's own, what was touched of late. An index
    serves what is one value or in the order that is asked for; where none does, the offer says so."""
    pipeline = next((each for each in subject.model.pipelines.values() if each.entity == entity.name), None)
    if pipeline:
        yield offer("open", _open, _narrowed(view, f"{pipeline.field}.outcome = 'open'"))
    if entity.owned:
        yield offer("own", _own, _narrowed(view, "owner = me()"))
    newest = Edit(f"view/{view.name}", "/sort", ["-updated_at"])
    yield offer("lately", partial(_lately, DAYS), _narrowed(view, f"updated_at >= today() - {DAYS}"), newest)


def _narrowed(view: View, condition: str) -> Edit:
    text = view.filter.text if view.filter else ""
    return Edit(f"view/{view.name}", "/filter", print_expression(parse(f"{condition} and ({text})")))


def _open() -> str:
    return _("Show only open ones; no index serves that, but only their other conditions are looked into")


def _own() -> str:
    return _("Show to each person only their own; publishing makes the index")


def _lately(days: int) -> str:
    return _("Show only what was changed in the last %(n)s days, newest first; publishing makes the index", n=days)


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
