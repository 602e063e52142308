"""Conditions of a definition in the words of the filter operators, as the editors of conditions say them.

A field that is not published yet is known by its document alone: its choices by their labels, other values as written.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sartor.platform.errors import SartorError
from sartor.platform.expressions import Node
from sartor.platform.fields.operators import PERIODS, Needs
from sartor.platform.model import Entity
from sartor.platform.publishing.words.calling import Calling
from sartor.platform.query.columns import Column, attribute_words, end_of, label_of
from sartor.platform.query.conditions import Condition, conditions_of, period_of, plain_value
from sartor.platform.text import gettext as _
from sartor.platform.text import language, pick
from sartor.platform.ui import format as formats


def condition_said(calling: Calling, entity: str | None, text: str) -> str | None:
    """The condition in words; None where words cannot say all of it."""
    said = [_said(calling, entity, each) for each in conditions_of(text)] if entity else []
    whole = ""
    for each in said:
        if each is None:
            return None
        whole = _("%(one)s and %(other)s", one=whole, other=each) if whole else each
    return whole or None


def _said(calling: Calling, entity: str | None, condition: Condition) -> str | None:
    operator = condition.operator
    if operator is None:
        return None
    known = calling.model.entities.get(entity or "")
    column = _column(calling, known, condition)
    label = column.label if column else calling.path(entity, ".".join(condition.path))
    if label is None or (column is None and len(condition.path) > 1):
        return None
    try:
        texts = [_value(calling, entity, condition, column, each) for each in condition.values]
    except (ValueError, SartorError):
        return None
    if any(each is None for each in texts):
        return None
    space = "" if language() == "zh" else " "
    return label + space + operator.said([each or "" for each in texts], language())


def _column(calling: Calling, entity: Entity | None, condition: Condition) -> Column | None:
    if entity is None or condition.path[0] not in entity.fields:
        return None
    field, rest = end_of(calling.model, entity, condition.path)
    return Column(condition.path, field, label_of(calling.model, entity, condition.path), rest)


def _value(
    calling: Calling, entity: str | None, condition: Condition, column: Column | None, node: Node
) -> str | None:  # fmt: skip
    needs = condition.operator.needs if condition.operator else Needs.ONE
    if needs is Needs.PERIOD:
        return pick(PERIODS[period_of(node) or ""].label)
    value = plain_value(node)
    if needs is Needs.DAYS:
        return str(value)
    if isinstance(value, date) and not isinstance(value, datetime):
        return formats.day(value)
    return _of_column(calling, column, value) if column else _of_draft(calling, entity, condition.path[0], value)


def _of_column(calling: Calling, column: Column, value: Any) -> str | None:
    """None for records: they are named by titles that not every reader may see."""
    if column.rest:
        return attribute_words(calling.model, column).get(value, str(value))
    face = column.field.face
    if face.type.targets(face) or column.field.system:
        return None
    given = (value,) if face.type.members(face) is not None else value
    return str(face.type.show(face, face.type.from_operand(face, given), language()))


def _of_draft(calling: Calling, entity: str | None, name: str, value: Any) -> str | None:
    label = calling.choice(entity, name, value) if isinstance(value, str) else None
    return label or str(value)
