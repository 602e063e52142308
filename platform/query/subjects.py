"""What a condition is about: a field at the end of a path, or an attribute of one; its operators, and how the values
of its conditions are typed, chosen and written as literals of the expression language."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sartor.platform.errors import Invalid, Problem, SartorError
from sartor.platform.expressions import Node, Type, record
from sartor.platform.expressions.printer import literal
from sartor.platform.fields.base import Reading, quoted
from sartor.platform.fields.date import PERIODS as TIMES
from sartor.platform.fields.integer import COMPARING
from sartor.platform.fields.one_line import MATCHING
from sartor.platform.fields.operators import OPERATORS, PERIODS, Needs, Operator, condition
from sartor.platform.model import Entity, Field, Model
from sartor.platform.query.columns import Path, end_of, label_of
from sartor.platform.query.conditions import period_of, plain_value
from sartor.platform.text import gettext as _
from sartor.platform.text import pick

OF_ATTRIBUTES: Mapping[str, Sequence[str]] = {
    "choice": ("one_of", "none_of", "is", "is_not", "is_blank", "is_not_blank"),
    "text": MATCHING,
    "integer": COMPARING,
    "decimal": COMPARING,
    "boolean": ("is_true", "is_not_true", "is_false"),
    "date": TIMES,
    "instant": TIMES,
}
"""Operators of what stands behind a dot, by its type in the expression language."""

INPUTS = {"integer": "number", "decimal": "number", "date": "date", "instant": "date"}
"""How people give a value, where it is not a text: of a field by its type in the language, of an attribute, too."""


@dataclass(frozen=True, slots=True)
class Asks:
    """How a value is given. kind: text, number, date, percent, choice or record. entities: whose records."""

    kind: str
    options: tuple[tuple[str, str], ...] = ()
    entities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Subject:
    """path: as it is written. field: the last field; attribute: what is meant behind it, else empty."""

    model: Model
    path: Path
    label: str
    field: Field
    attribute: str
    kind: Type

    @property
    def name(self) -> str:
        return ".".join(self.path)

    @property
    def operators(self) -> tuple[Operator, ...]:
        """Those that filters offer, the most likely first."""
        keys = OF_ATTRIBUTES.get(self.kind.name, ()) if self.attribute else self.field.face.type.operators
        return tuple(OPERATORS[key] for key in keys)

    def asks(self, language: str) -> Asks:
        face = self.field.face
        targets = face.type.targets(face)
        if self.attribute:
            choices = tuple((key, pick(label, language)) for key, label in (self.kind.choices or {}).items())
            return Asks("choice", choices) if choices else Asks(INPUTS.get(self.kind.name, "text"))
        if self._is_own_id:
            return Asks("record", entities=(self.field.entity,))
        if targets:
            return Asks("record", entities=tuple(targets))
        given = face.type.widget_options(face, language)
        if given.get("options"):
            return Asks("choice", tuple((each["value"], each["text"]) for each in given["options"]))
        if face.type.widget == "percent":
            return Asks("percent")
        return Asks(INPUTS.get(self.kind.name, "text"))

    @property
    def _is_own_id(self) -> bool:
        return self.field.system and self.kind == record(self.field.entity)

    # ---- values: the texts that stand in inputs

    def typed(self, operator: Operator, node: Node, reading: Reading) -> str:
        """What stands in the input for a value of a condition.

        :raises ValueError: for one that no input could show.
        """
        if operator.needs is Needs.PERIOD:
            return period_of(node) or ""
        value, face = plain_value(node), self.field.face
        if operator.needs is Needs.DAYS or isinstance(value, str):
            return str(value)
        if isinstance(value, date) and not isinstance(value, datetime):
            return value.isoformat()
        if self.attribute or isinstance(value, bool):
            return str(value).lower()
        shown = face.type.write_form(face, face.type.from_operand(face, value), reading)
        return str(shown["amount"] if isinstance(shown, Mapping) else shown)

    def written(self, operator: Operator, typed: Sequence[str], reading: Reading) -> str:
        """A condition as text, of what stands in its inputs.

        :raises Invalid: where the operator or a value does not fit.
        """
        if self.attribute:
            self._require(operator)
            return operator.expression(self.name, [self._attribute_literal(operator, each) for each in typed])
        try:
            values = [self._value(operator, each, reading) for each in typed]
            self._require_meaning(operator, values)
        except ValueError as error:
            raise Invalid(str(error), [Problem("values", "value", str(error))]) from None
        return condition(self.field, self.name, operator.key, values)

    def _require(self, operator: Operator) -> None:
        if operator not in self.operators:
            said = _("%(field)s has no filter “%(key)s”. Known: %(known)s.", field=self.label, key=operator.key,
                     known=", ".join(each.key for each in self.operators))  # fmt: skip
            raise Invalid(said, [Problem("operator", "unknown", said)])

    def _value(self, operator: Operator, typed: str, reading: Reading) -> Any:
        """JSON of the field."""
        face, text = self.field.face, typed.strip()
        if not text:
            raise ValueError(_("A value is missing."))
        if operator.needs is Needs.DAYS:
            return int(text) if text.isdigit() and len(text) < 9 else text
        as_typed = ("choice", "record", "text") if "T" in text else ("choice", "record", "text", "date")
        if operator.needs is Needs.PERIOD or self.asks(reading.language).kind in as_typed:
            return text
        return face.type.read_form(face, _getter(text), reading)

    def _require_meaning(self, operator: Operator, values: Sequence[Any]) -> None:
        """Letters are nothing that a phone number could hold.

        :raises ValueError: for a text of which nothing is left.
        """
        if operator.needs not in (Needs.DAYS, Needs.PERIOD):
            face = self.field.face
            lost = next((each for each in values if face.type.literal(face, each) == quoted("")), None)
            if lost is not None:
                raise ValueError(_("%(field)s never holds “%(value)s”.", field=self.label, value=str(lost)[:40]))

    def _attribute_literal(self, operator: Operator, typed: str) -> str:
        text = typed.strip()
        if not text:
            said = _("A value is missing.")
            raise Invalid(said, [Problem("values", "value", said)])
        if operator.needs is Needs.PERIOD and text in PERIODS:
            return PERIODS[text].range
        if operator.needs is Needs.DAYS or self.kind.number:
            return _plain_number(text)
        if self.kind.name in ("date", "instant"):
            return literal(_day(text))
        return literal(text)


def _getter(text: str) -> Callable[[str], Sequence[str]]:
    return lambda part: (text,) if part in ("", "amount") else ()


def _plain_number(text: str) -> str:
    if not text.replace(".", "", 1).removeprefix("-").isdigit():
        said = _("%(value)s is not a number.", value=text[:40])
        raise Invalid(said, [Problem("values", "value", said)])
    return text


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        said = _("%(value)s is not a day such as 2026-05-01.", value=text[:40])
        raise Invalid(said, [Problem("values", "value", said)]) from None


def subject(model: Model, entity: str, roots: Mapping[str, str], path: Path) -> Subject | None:
    """What a path of an expression names; None where there is nothing, or nothing with conditions."""
    here, rest = _start(model, entity, roots, path)
    if here is None or not rest or rest[0] not in here.fields:
        return None
    field, behind = end_of(model, here, rest)
    if len(behind) > 1:
        return None
    try:
        kind = field.type.expression_type(field, model)
    except SartorError:
        return None
    if behind and behind[0] not in kind.attributes:
        return None
    label = label_of(model, here, rest)
    if len(rest) < len(path):
        label = f"{root_label(model, path[0], roots)} · {label}"
    return Subject(
        model, path, label, field, behind[0] if behind else "", kind.attributes[behind[0]] if behind else kind
    )


def _start(model: Model, entity: str, roots: Mapping[str, str], path: Path) -> tuple[Entity | None, Path]:
    if path and path[0] in roots:
        return model.entities.get(roots[path[0]]), path[1:]
    return model.entities.get(entity), path


def root_label(model: Model, root: str, roots: Mapping[str, str]) -> str:
    """What people call a further first name: `old` is the record before the change, any other one another record."""
    if root == "old":
        return _("before the change")
    found = model.entities.get(roots.get(root, ""))
    return pick(found.label) if found else root
