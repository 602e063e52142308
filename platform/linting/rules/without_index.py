"""A page that goes without an index because its entity has as many as it may have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from sartor.platform.linting.base import Rule, offer
from sartor.platform.linting.finding import GONE, Edit, Finding, Fix, Severity
from sartor.platform.linting.subject import Subject
from sartor.platform.model import Entity, View
from sartor.platform.publishing.steps.indexing import MOST, is_served, questions, wanted_indexes
from sartor.platform.storage.steps import CreateIndex
from sartor.platform.text import Label, pick
from sartor.platform.text import gettext as _

OFFERED = 2
"""Other orders that are offered."""
FIELDS = [f"mark_{number}" for number in range(MOST + 1)]


class WithoutIndex(Rule):
    key = "L302"
    label = {"en": "A page without an index", "zh": "没有索引的页面"}
    icon = "database-off"
    severity = Severity.HINT
    unmended = {
        "en": "A page that compares fields which no index begins with, or a related list, has no order to give up.",
        "zh": "若页面比较的字段没有索引以其开头，或它是相关列表，则没有可放弃的排序。",
    }
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
            wanted = wanted_indexes(entity, subject.model, subject.tables)
            for page in dict.fromkeys(wanted.left_out):
                if page in subject.documents:
                    offers = _offers(subject, entity, page, wanted.indexes)
                    yield self.finding(page, "", partial(_sentence, entity), offers=offers)


def _offers(subject: Subject, entity: Entity, page: str, indexes: Sequence[CreateIndex]) -> Iterator[Fix]:
    """The orders of earlier pages that their indexes serve here too, and no order at all."""
    view = subject.model.views.get(page.removeprefix("view/"))
    if view is None or not view.sort:
        return
    asked = {each.asked_by: each for each in reversed(questions(entity, subject.model))}
    orders: dict[tuple[str, ...], View] = {}
    for other in subject.model.views_of(entity.name):
        question = replace(asked[page], sort=tuple(other.sort))
        if other.sort and other.sort != view.sort and is_served(entity, question, indexes):
            orders.setdefault(tuple(other.sort), other)
    for sort, other in list(orders.items())[:OFFERED]:
        yield offer(f"as_{other.name}", partial(_like, other.label), Edit(page, "/sort", list(sort)))
    if not asked[page].equal:
        yield offer("unsorted", lambda: _("Leave out its order"), Edit(page, "/sort", GONE))


def _like(other: Label) -> str:
    return _("Sort it like “%(page)s”", page=pick(other))


def _sentence(entity: Entity) -> str:
    return _(
        "%(entity)s has its %(n)s indexes already, which earlier pages need: on many records this one is slow. "
        "Sort it like another page, or let it compare a lookup.",
        entity=pick(entity.label),
        n=MOST,
    )
