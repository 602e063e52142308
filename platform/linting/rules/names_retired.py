"""A view, report or rule that asks for a choice which is not offered any more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

from sartor.platform.definitions.compile.draft import Place
from sartor.platform.errors import InvalidExpression
from sartor.platform.expressions import parse, print_expression
from sartor.platform.expressions.conjuncts import conjuncts, from_conjuncts
from sartor.platform.expressions.nodes import Compare, In, Items, Literal, Node, Path, rebuilt, walk
from sartor.platform.expressions.term import terms
from sartor.platform.linting.base import Rule, offer
from sartor.platform.linting.finding import GONE, Edit, Finding, Fix, Severity
from sartor.platform.linting.subject import Subject
from sartor.platform.model import Field
from sartor.platform.text import Label, pick
from sartor.platform.text import gettext as _

PAGES = ("view/", "report/")
"""What may ask for more without opening anything; in a right or a rule, a condition that is gone would."""


class NamesRetired(Rule):
    key = "L305"
    label = {"en": "A choice that is retired and still asked for", "zh": "仍被引用的停用选项"}
    icon = "archive"
    severity = Severity.WARNING
    unmended = None
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
        retired = {(each.field.entity, each.field.name): each for each in _retired(subject)}
        if not retired:
            return
        for place, expression in subject.expressions():
            for term in terms(expression.term):
                of = retired.get(term.owner or ("", ""))
                if of and term.op == "const" and term.value in of.labels:
                    yield self._told(subject, place, of, str(term.value))

    def _told(self, subject: Subject, place: Place, of: Retired, choice: str) -> Finding:
        said = partial(_sentence, of.field, of.labels[choice])
        return self.finding(place.key, place.pointer, said, offers=_offers(subject, place, of, choice))


@dataclass(frozen=True, slots=True)
class Retired:
    """A field with choices that are retired. where: definition and pointer of its choices; labels: of the retired."""

    field: Field
    where: tuple[str, str]
    labels: Mapping[str, Label]


def _retired(subject: Subject) -> Iterator[Retired]:
    for entity in subject.entities():
        for field in subject.designed(entity):
            where = (f"entity/{entity.name}", f"/fields/{field.name}/options/choices")
            options = subject.part(where[0], f"/fields/{field.name}/options") or {}
            if not options.get("choices"):
                where = (f"options/{options.get('set')}", "/choices")
            choices = subject.part(*where) or {}
            labels = {key: each["label"] for key, each in choices.items() if each.get("retired")}
            if labels:
                yield Retired(field, where, labels)


def _offers(subject: Subject, place: Place, of: Retired, choice: str) -> Iterator[Fix]:
    """To offer it again; to ask for the others only; in the filter of a page, not to ask for it at all."""
    key, pointer = of.where
    label = of.labels[choice]
    yield offer(
        f"again_{choice}",
        lambda: _("Offer “%(choice)s” again", choice=pick(label)),
        Edit(key, f"{pointer}/{choice}/retired", GONE),
    )
    node = _parsed(subject.part(place.key, place.pointer))
    if node is None:
        return
    others = rebuilt(node, partial(_without, of.field.name, choice))
    if others != node:
        say = partial(_leaving_out, label)
        yield offer(f"others_{choice}", say, Edit(place.key, place.pointer, print_expression(others)))
    elif place.key.startswith(PAGES) and place.pointer == "/filter":
        left = [each for each in conjuncts(node) if not _asks(parse(each.text), of.field.name, choice)]
        if len(left) < len(conjuncts(node)):
            edit = Edit(place.key, place.pointer, from_conjuncts(left) or GONE)
            yield offer(f"unasked_{choice}", partial(_unasked, of.field), edit)


def _parsed(text: object) -> Node | None:
    """What stands there, if it is one expression: a text with braces holds several."""
    try:
        return parse(text) if isinstance(text, str) else None
    except InvalidExpression:
        return None


def _without(field: str, choice: str, node: Node) -> Node:
    """A list of choices of the field without this one, unless it is the last."""
    if not isinstance(node, In) or not isinstance(node.choices, Items) or not _is(node.value, field):
        return node
    left = tuple(each for each in node.choices.items if getattr(each, "value", None) != choice)
    return replace(node, choices=replace(node.choices, items=left)) if left else node


def _is(node: Node, field: str) -> bool:
    return isinstance(node, Path) and node.steps[-1] == field


def _asks(node: Node, field: str, choice: str) -> bool:
    """Whether a condition compares the field with the choice, and nothing else."""
    if not isinstance(node, Compare | In) or not any(_is(each, field) for each in node.children()):
        return False
    return any(isinstance(each, Literal) and each.value == choice for each in walk(node))


def _leaving_out(label: Label) -> str:
    return _("Leave “%(choice)s” out", choice=pick(label))


def _unasked(field: Field) -> str:
    return _("Do not filter by %(field)s", field=pick(field.label))


def _sentence(field: Field, choice: Label) -> str:
    return _(
        "“%(choice)s” of %(field)s is retired: only old records have it, and no new one ever will.",
        choice=pick(choice),
        field=pick(field.label),
    )
