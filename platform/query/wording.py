"""Conditions as sentences: `amount is at least ¥100,000`, `金额不小于10万元`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from sartor.platform.access.context import Context
from sartor.platform.errors import SartorError
from sartor.platform.expressions import record
from sartor.platform.fields.operators import PERIODS, Needs
from sartor.platform.model import Entity, Field, Model
from sartor.platform.model.ids import decode_id
from sartor.platform.query.columns import Column, attribute_words, end_of, label_of
from sartor.platform.query.conditions import Condition, period_of, plain_value
from sartor.platform.query.reader import Reader
from sartor.platform.text import ngettext, pick
from sartor.platform.ui import format as formats

MOST_NAMED = 6
"""Of more values than that the first are named, and the others counted."""


class Desk(Protocol):
    """Who reads, in which design and language: titles are said as far as the reader may see them."""

    @property
    def model(self) -> Model: ...

    @property
    def reader(self) -> Reader: ...

    @property
    def context(self) -> Context: ...

    @property
    def language(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Sentence:
    """lead **value** tail."""

    name: str
    lead: str
    value: str
    tail: str = ""

    @property
    def whole(self) -> str:
        return f"{self.lead}{self.value}{self.tail}"


def sentence(desk: Desk, entity: Entity, condition: Condition) -> Sentence:
    """The condition in words; its text where it is more than words can say."""
    operator = condition.operator
    if operator is None or condition.path[0] not in entity.fields:
        return Sentence(condition.text, "", condition.text)
    label = label_of(desk.model, entity, condition.path)
    field, rest = end_of(desk.model, entity, condition.path)
    return worded(desk, Column(condition.path, field, label, rest), condition)


def worded(desk: Desk, column: Column, condition: Condition) -> Sentence:
    """The words of a condition that an operator says, about a column."""
    operator, label = condition.operator, column.label
    assert operator is not None
    try:
        texts = [_said(desk, column, condition, each) for each in condition.values[:MOST_NAMED]]
    except (ValueError, SartorError):
        return Sentence(label, "", condition.text)
    words, space = pick(operator.sentence, desk.language), "" if desk.language == "zh" else " "
    before, brace, after = words.partition("{")
    if not brace:
        return Sentence(label, label + space, words)
    middle, _brace, tail = after.rpartition("}")
    value = ("{" + middle + "}").format(*texts, all=_listed(texts, len(condition.values), desk.language))
    return Sentence(label, label + space + before, value, tail)


def _listed(texts: list[str], many: int, language: str) -> str:
    if len(texts) < 2:
        return "".join(texts)
    joint, last = ("、", "或") if language == "zh" else (", ", " or ")
    if many > len(texts):
        texts = [*texts, ngettext("%(n)s more", "%(n)s more", many - len(texts))]
    return joint.join(texts[:-1]) + last + texts[-1]


def _said(desk: Desk, column: Column, condition: Condition, node: Any) -> str:
    assert condition.operator is not None
    if condition.operator.needs is Needs.PERIOD:
        return pick(PERIODS[period_of(node) or ""].label, desk.language)
    value = plain_value(node)
    if condition.operator.needs is Needs.DAYS:
        return str(value)
    if column.rest:
        return attribute_words(desk.model, column).get(value, str(value))
    return value_text(desk, column.field, value)


def value_text(desk: Desk, field: Field, value: Any) -> str:
    """A literal as people read it."""
    face = field.face
    targets = face.type.targets(face)
    if isinstance(value, date) and not isinstance(value, datetime):
        return formats.day(value)  # also where an instant is compared with a day
    if field.system and face.type.expression_type(face, desk.model) == record(field.entity):
        return title_of(desk, (field.entity,), str(value))
    if targets:
        return title_of(desk, targets, value)
    if face.type.members(face) is not None:
        return str(face.type.show(face, face.type.from_operand(face, (value,)), desk.language))
    return str(face.type.show(face, face.type.from_operand(face, value), desk.language))


def title_of(desk: Desk, targets: tuple[str, ...], key: str) -> str:
    """The title of a record, where the reader may see it; else the id that was written."""
    for target in targets:
        title = desk.model.entity(target).title
        try:
            found = desk.reader.record(desk.context, target, decode_id(key), ((title,),), deleted=None)
        except SartorError:
            continue
        return str(found[title])
    return key
