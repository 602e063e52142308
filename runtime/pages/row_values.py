"""A record that was read, as expressions see it: whether sections and fields show, judged for this reader."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sartor.platform.errors import SartorError
from sartor.platform.expressions import evaluate
from sartor.platform.model import Entity, Field
from sartor.platform.model.formula import Formula
from sartor.platform.model.ids import decode_id
from sartor.runtime.pages.desk import Desk

Path = tuple[str, ...]


class RowValues:
    """Feeds `evaluate` from a row of JSON; what lies behind lookups is read when it is asked for."""

    def __init__(self, desk: Desk, entity: Entity, row: Mapping[str, Any]) -> None:
        self.desk = desk
        self.entity = entity
        self.row = row

    def get(self, path: Path) -> Any:
        field, rest = self.entity.fields[path[0]], path[1:]
        said = self.row.get(field.name)
        if said is None:
            return None
        if not rest:
            return self._operand(field, said)
        targets = field.type.targets(field)
        if len(targets) == 1:
            return self._behind(targets[0], said, rest)
        value = field.face.type.told(field.face, said)
        return field.face.type.attribute(field.face, value, rest[0])

    def _operand(self, field: Field, said: Any) -> Any:
        value = field.face.type.told(field.face, said)
        return field.face.type.operand(field.face, value)

    def _behind(self, entity: str, said: Mapping[str, Any], rest: Path) -> Any:
        other = self.desk.model.entity(entity)
        try:
            row = self.desk.reader.record(self.desk.context, entity, decode_id(said["id"]), (rest[:1],))
        except SartorError:
            return None
        return RowValues(self.desk, other, row).get(rest)

    def holds(self, formula: Formula | None) -> bool:
        """Whether a condition is true; one that reads what is closed to the reader hides nothing."""
        if formula is None or not self.desk.names.may_use(formula, self.entity.name):
            return True
        expression: Any = formula
        return bool(evaluate(expression, self, self.desk.context.env()))
