"""The values of one record as expressions see them: its fields, and what lookups lead to."""

from __future__ import annotations

from typing import Any

from sartor.platform.expressions import Env, evaluate
from sartor.platform.model import Field, Reference
from sartor.platform.model.formula import Formula
from sartor.platform.query.sources import is_stored
from sartor.platform.records.memory.state import Loader, State

Path = tuple[str, ...]
USER, DEPARTMENT = ("user",), ("department",)


class RecordValues:
    """Feeds `evaluate`. `old`: the state before the write, None for a new record."""

    def __init__(self, state: State, loader: Loader, env: Env, old: State | None = None) -> None:
        self.state = state
        self.loader = loader
        self.env = env
        self.old = old

    def get(self, path: Path) -> Any:
        first, rest = path[0], path[1:]
        entity = self.state.entity
        if first == "old" and first not in entity.fields:
            return RecordValues(self.old, self.loader, self.env).get(rest) if self.old else None
        if first == "parent" and entity.line_of:
            return self._behind(entity.fields[entity.line_of.lookup], rest)
        field = entity.fields[first]
        if not rest:
            return field.type.operand(field, self.value(field))
        if len(field.type.targets(field)) == 1:
            return self._behind(field, rest)
        value = self.loader.value(self.state, field)
        return None if value is None else field.type.attribute(field, value, rest[0])

    def value(self, field: Field) -> Any:
        """The field's value; a formula without a column is worked out."""
        if is_stored(field) or field.formula is None:
            return self.loader.value(self.state, field)
        return self.evaluate(field.formula)

    def evaluate(self, formula: Formula) -> Any:
        return evaluate(formula, self, self.env)

    def _behind(self, field: Field, rest: Path) -> Any:
        if rest == DEPARTMENT and field.type.targets(field) == USER:
            user = self.loader.value(self.state, field)
            return None if user is None else self.loader.department_of(user)
        target = self.target(field)
        return RecordValues(target, self.loader, self.env).get(rest) if target else None

    def target(self, field: Field) -> State | None:
        """The record that a lookup points to."""
        pointer = self.loader.value(self.state, field)
        if pointer is None:
            return None
        number = pointer.id if isinstance(pointer, Reference) else pointer
        return self.loader.state(field.type.targets(field)[0], number)
