"""What an expression of a draft gives for one record that is there: a trial for whoever writes it.

The draft says what names mean; values are the stored ones, read by the rights of whoever asks. Formulas are worked
out anew, since the draft may have changed them. Nothing is written.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sartor.platform.access.context import Context
from sartor.platform.errors import Forbidden
from sartor.platform.expressions import Env, Expression, evaluate
from sartor.platform.model import Entity, Field, FieldLevel, Model, Operation
from sartor.platform.model.formula import Formula
from sartor.platform.query.sources import is_stored
from sartor.platform.records.memory.state import Loader, State
from sartor.platform.records.taking.closed import admits
from sartor.platform.text import gettext as _
from sartor.platform.text import pick

Path = tuple[str, ...]


@dataclass(slots=True)
class Trial:
    """What is shared while one expression is tried. missing: fields that have no values yet, by label."""

    draft: Model
    loader: Loader
    context: Context
    env: Env
    missing: list[str] = field(default_factory=list)


class SampleValues:
    """The values of one record as the draft names them. `old` is the record itself: nothing was changed yet."""

    def __init__(self, state: State, trial: Trial) -> None:
        self.state = state
        self.trial = trial
        self.published = state.entity
        self.entity: Entity = trial.draft.entities[state.entity.name]

    def get(self, path: Path) -> Any:
        """:raises Forbidden: for a field that is closed to whoever asks."""
        first, rest = path[0], path[1:]
        line_of = self.entity.line_of
        if first == "old" and first not in self.entity.fields:
            return self.get(rest)
        if first == "parent" and line_of and first not in self.entity.fields:
            return self._behind(self.entity.fields[line_of.lookup], rest)
        item = self.entity.fields[first]
        if not rest and item.formula is not None:
            return self._worked_out(item, item.formula)
        if not rest:
            return item.type.operand(item, self.value(item))
        if len(item.type.targets(item)) == 1:
            return self._behind(item, rest)
        value = self.value(item)
        return None if value is None else item.type.attribute(item, value, rest[0])

    def value(self, item: Field) -> Any:
        """A stored value, or a formula of the draft worked out."""
        if item.formula is not None:
            return item.type.from_operand(item, self._worked_out(item, item.formula))
        now = self.published.fields.get(item.name)
        self._require_open(item, now)
        if now is None or not _holds(now, item):
            self.trial.missing.append(pick(item.label))
            return None
        return self.trial.loader.value(self.state, now)

    def _worked_out(self, item: Field, formula: Formula) -> Any:
        """As the draft says it: what it reads is asked for field by field."""
        self._require_open(item, self.published.fields.get(item.name))
        return evaluate(formula, self, self.trial.env)

    def _require_open(self, item: Field, now: Field | None) -> None:
        access = self.trial.context.access
        if now is not None and access.level(self.published.name, now.name) < FieldLevel.READ:
            raise Forbidden(_("%(field)s is not open to you.", field=pick(item.label)))

    def _behind(self, item: Field, rest: Path) -> Any:
        pointer = self.value(item)
        number = getattr(pointer, "id", pointer)
        target = None if number is None else self.trial.loader.state(item.type.targets(item)[0], number)
        if target is None or target.entity.name not in self.trial.draft.entities or not self._is_seen(target):
            return None
        return SampleValues(target, self.trial).get(rest)

    def _is_seen(self, target: State) -> bool:
        """A path through a record that one may not see is blank, as everywhere."""
        context = self.trial.context
        if not context.access.may(Operation.READ, target.entity.name):
            return False
        scope = context.access.scope(Operation.READ, target.entity.name)
        return admits(scope, target, self.trial.loader, context)


def _holds(now: Field, item: Field) -> bool:
    """Whether what is stored of the published field is what the draft's field would hold."""
    is_same = now.type is item.type and (not item.type.computed or now.options == item.options)
    return is_same and (is_stored(now) or now.type.members(now) is not None)


def tried(expression: Expression, state: State, trial: Trial) -> Any:
    """The value of an expression for a record.

    :raises Forbidden: where it reads a field that is closed to whoever asks.
    """
    return evaluate(expression, SampleValues(state, trial), trial.env)
