"""A view, report or rule that asks for a choice which is not offered any more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from sartor.platform.expressions.term import terms
from sartor.platform.linting.base import Rule
from sartor.platform.linting.finding import Finding, Severity
from sartor.platform.linting.subject import Subject
from sartor.platform.model import Field
from sartor.platform.text import Label, pick
from sartor.platform.text import gettext as _


class NamesRetired(Rule):
    key = "L305"
    label = {"en": "A choice that is retired and still asked for", "zh": "仍被引用的停用选项"}
    icon = "archive"
    severity = Severity.WARNING
    unmended = {
        "en": "Old records still have the choice: to drop it hides them, to offer it again may not be meant.",
        "zh": "旧记录仍有该选项：去掉会隐藏它们，重新启用又未必是本意。",
    }
    example = {
        "options/fuel": {
            "label": {"en": "Fuel", "zh": "燃料"},
            "choices": {
                "coal": {"label": {"en": "Coal", "zh": "煤"}, "retired": True},
                "gas": {"label": {"en": "Gas", "zh": "燃气"}},
            },
        },
        "entity/machine": {
            "label": {"en": "Machine", "zh": "机器"},
            "title": "name",
            "fields": {
                "name": {"type": "text", "label": {"en": "Name", "zh": "名称"}},
                "fuel": {"type": "choice", "label": {"en": "Fuel", "zh": "燃料"}, "options": {"set": "fuel"}},
            },
        },
        "view/machine.coal": {
            "label": {"en": "With coal", "zh": "燃煤"},
            "entity": "machine",
            "type": "list",
            "columns": {"name": {}, "fuel": {}},
            "filter": "fuel = 'coal'",
        },
    }

    def find(self, subject: Subject) -> Iterator[Finding]:
        retired = dict(_retired(subject))
        if not retired:
            return
        for place, expression in subject.expressions():
            for term in terms(expression.term):
                field, choices = retired.get(term.owner or ("", ""), (None, {}))
                if field and term.op == "const" and term.value in choices:
                    yield self.finding(place.key, place.pointer, partial(_sentence, field, choices[term.value]))


Choices = Mapping[str, Label]


def _retired(subject: Subject) -> Iterator[tuple[tuple[str, str], tuple[Field, Choices]]]:
    """Fields with choices that are retired, and the labels of those."""
    for entity in subject.entities():
        for field in subject.designed(entity):
            part = subject.part(f"entity/{entity.name}", f"/fields/{field.name}").get("options", {})
            shared = subject.documents.get(f"options/{part.get('set')}", {})
            choices = part.get("choices") or shared.get("choices") or {}
            found = {key: each["label"] for key, each in choices.items() if each.get("retired")}
            if found:
                yield (entity.name, field.name), (field, found)


def _sentence(field: Field, choice: Label) -> str:
    return _(
        "“%(choice)s” of %(field)s is retired: only old records have it, and no new one ever will.",
        choice=pick(choice),
        field=pick(field.label),
    )
