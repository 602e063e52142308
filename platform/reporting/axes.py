"""What a report groups by: how the keys of its groups are called, ordered, coloured, and said as a condition."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from decimal import Decimal
from typing import Any

from sartor.platform.definitions.compile.scope import STAYS, stay_types
from sartor.platform.errors import Invalid, Problem
from sartor.platform.expressions.nodes import Literal
from sartor.platform.expressions.printer import print_expression
from sartor.platform.fields.currencies import TOLD_SEVERAL
from sartor.platform.fields.refusal import Refused
from sartor.platform.model import SEVERAL, Dimension, Field, Model, Outcome, Pipeline
from sartor.platform.query.question import Group
from sartor.platform.query.sources import is_stored
from sartor.platform.reporting.buckets import bucket_of, label_of, span_of, tick_of
from sartor.platform.reporting.numbers import Leaf
from sartor.platform.reporting.periods import Period
from sartor.platform.text import gettext as _
from sartor.platform.text import language, pick, sort_key

PERIOD = ("period",)
SHADES = 4


class Axis(ABC):
    """One dimension of one run. ordered: its own order means something (time, stages, choices)."""

    ordered = False
    bucket: str | None = None

    def __init__(self, dimension: Dimension, label: str) -> None:
        self.name = dimension.name
        self.path = dimension.path
        self.label = label

    def path_in(self, leaf: Leaf) -> tuple[str, ...] | None:
        """The path as seen from what a leaf counts; None where there is none (a number of now has no date)."""
        if not leaf.source.endswith(STAYS) or self.path[0] in stay_types(""):
            return self.path
        return ("record", *self.path)

    def group(self, leaf: Leaf) -> Group | None:
        path = self.path_in(leaf)
        return Group(path, self.bucket) if path else None

    @abstractmethod
    def read(self, said: Any) -> str | None:
        """The key of a group from what the reader gave for it."""

    @abstractmethod
    def text(self, key: str | None) -> str: ...

    @abstractmethod
    def place(self, key: str) -> Any:
        """What keys are sorted by; blanks come last anyhow."""

    @abstractmethod
    def condition(self, leaf: Leaf, key: str | None) -> str | None:
        """That a record belongs to the group; None where no filter can say it."""

    def colour(self, key: str | None) -> str | None:
        return None

    def tick(self, key: str | None, first: bool) -> str | None:
        """The name of a group where it stands on an axis, if it is another one there."""
        return None

    def order(self, key: str | None) -> tuple[bool, Any, str]:
        return (key is None, "" if key is None else self.place(key), key or "")


class TimeAxis(Axis):
    """Days in buckets: of a date of the records, or (`period`) of the date of each metric."""

    ordered = True

    def __init__(self, dimension: Dimension, label: str) -> None:
        super().__init__(dimension, label)
        self.bucket = dimension.bucket or ("month" if dimension.path == PERIOD else "day")

    def path_in(self, leaf: Leaf) -> tuple[str, ...] | None:
        if self.path == PERIOD:
            return tuple(leaf.on.split(".")) if leaf.on else None
        return super().path_in(leaf)

    def read(self, said: Any) -> str | None:
        return None if said is None else str(said)

    def text(self, key: str | None) -> str:
        return _("(blank)") if key is None else label_of(key, self.unit)

    def tick(self, key: str | None, first: bool) -> str | None:
        return None if key is None else tick_of(key, self.unit, first)

    def place(self, key: str) -> str:
        return key

    @property
    def unit(self) -> str:
        assert self.bucket is not None
        return self.bucket

    def checked(self, key: str) -> str:
        """A key that comes from outside.

        :raises Invalid: for what is no bucket of this axis.
        """
        try:
            if bucket_of(span_of(key, self.unit)[0], self.unit) == key:
                return key
        except (ValueError, IndexError, KeyError):
            pass
        said = _("“%(text)s” is no %(unit)s.", text=key, unit=self.unit)
        raise Invalid(said, [Problem("key", "unknown", said)])

    def days(self, key: str) -> Period:
        return Period(*span_of(key, self.unit))

    def condition(self, leaf: Leaf, key: str | None, period: Period | None = None) -> str | None:
        """period: the days that count at all, where they are about the same date."""
        path = ".".join(self.path_in(leaf) or ())
        if key is None:
            return f"{path} is blank"
        days = self.days(key).within(period)
        return days.condition(path) if days else None


class FieldAxis(Axis):
    """The value of a field, or of an attribute behind one (`stage.outcome`)."""

    def __init__(self, dimension: Dimension, label: str, model: Model, end: tuple[Field, tuple[str, ...]]) -> None:
        super().__init__(dimension, label)
        self.model = model
        self.field, self.rest = end[0].face, end[1]
        kind = self.field.type.expression_type(self.field, model)
        self.kind = kind.attributes[self.rest[0]] if self.rest else kind
        self.choices = list(self.kind.choices or ())
        self.ordered = bool(self.choices) or self.kind.number or self.kind.name == "boolean"
        self.folds = not self.rest and is_stored(end[0]) and end[0].type.folds(end[0])
        self._said: dict[str, Any] = {}

    def read(self, said: Any) -> str | None:
        if said is None:
            return None
        key = said.get("id") if isinstance(said, dict) else said
        text = key if isinstance(key, str) else json.dumps(key if key is not None else said, sort_keys=True)
        if self.folds:
            # One group may be written in another way in another period, or by another measure: it begins as first said.
            text = self.field.type.fold(self.field, text)
            said = self._said.get(text, said)
        self._said[text] = said
        return text

    def said(self, key: str) -> Any:
        return self._said.get(key, key)

    def text(self, key: str | None) -> str:
        if key is None:
            return _("(blank)")
        said = self.said(key)
        if isinstance(said, dict) and "title" in said:
            return self._title(said)
        if self.rest:
            return pick((self.kind.choices or {}).get(said, str(said)))
        value = self.field.type.told(self.field, said)
        return str(self.field.type.show(self.field, value, language())) or key

    @staticmethod
    def _title(said: dict[str, Any]) -> str:
        title = said["title"]
        if title is None:
            return _("(not open to you)")
        return _("%(title)s (in the recycle bin)", title=title) if said.get("deleted") else str(title)

    def place(self, key: str) -> Any:
        if self.choices:
            return self.choices.index(key) if key in self.choices else len(self.choices)
        if self.kind.number:
            said = self.said(key)
            found = said["amount"] if isinstance(said, dict) else said
            return (found is None, Decimal(str(found or 0)))
        if self.kind.name == "boolean":
            return key != "true"
        return sort_key(self.text(key))

    def condition(self, leaf: Leaf, key: str | None) -> str | None:
        path = ".".join(self.path_in(leaf) or self.path)
        if key is None:
            return f"{path} is blank"
        if self.said(key) == TOLD_SEVERAL:
            return f"{path}.currency = '{SEVERAL}'"
        if self.rest:
            said = self.said(key)
            value = Decimal(said) if self.kind.number else said
            return f"{path} = {print_expression(Literal(value))}"
        try:
            return f"{path} = {self.field.type.literal(self.field, self.said(key))}"
        except Refused:
            return None

    def colour(self, key: str | None) -> str | None:
        if key is None or self.rest:
            return None
        for name in self.field.type.pipelines(self.field):
            if key in self.model.pipelines[name].stages:
                return stage_colour(self.model.pipelines[name], key)
        return None


def stage_colour(pipeline: Pipeline, key: str) -> str:
    """Open stages are one hue that grows deeper, won is green, the others grey."""
    stage = pipeline.stages[key]
    if stage.outcome is not Outcome.OPEN:
        return "--plot-won" if stage.outcome is Outcome.WON else "--plot-lost"
    count = sum(each.outcome is Outcome.OPEN for each in pipeline.stages.values())
    shade = stage.index if count <= SHADES else 1 + round((stage.index - 1) * (SHADES - 1) / (count - 1))
    return f"--plot-{max(1, min(SHADES, shade))}"
