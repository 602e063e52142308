"""Values that were read for a template, by path: as expressions see them, and as people read them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from sartor.platform.expressions.types import Type
from sartor.platform.fields.clock import show_day
from sartor.platform.fields.drawing import Drawing
from sartor.platform.model import Entity, Field, Model, Money
from sartor.platform.model.ids import decode_id
from sartor.platform.query.columns import end_of
from sartor.platform.text import gettext as _
from sartor.platform.text import pick
from sartor.platform.ui import format as formats

Path = tuple[str, ...]
FROM_TEXT: Mapping[str, Any] = {
    "instant": datetime.fromisoformat,
    "date": date.fromisoformat,
    "decimal": Decimal,
    "integer": int,
}


@dataclass(frozen=True, slots=True)
class Manner:
    """How values are written. currency: of the workspace, for amounts that name none."""

    language: str
    zone: ZoneInfo
    currency: str


class Held:
    """One row as the reader gave it, in JSON by path. Feeds `evaluate`."""

    def __init__(self, model: Model, entity: Entity, row: Mapping[str, Any], manner: Manner) -> None:
        self.model = model
        self.entity = entity
        self.row = row
        self.manner = manner

    # ---- as expressions see them

    def get(self, path: Path) -> Any:
        said = self.row.get(".".join(path))
        if said is None or said == []:
            return None
        field, rest = end_of(self.model, self.entity, path)
        face = field.face
        if rest:
            kind = face.type.expression_type(face, self.model).attributes[rest[0]]
            return FROM_TEXT[kind.name](said) if kind.name in FROM_TEXT else said
        if face.type.targets(face):
            return tuple(map(_number, said)) if isinstance(said, list) else _number(said)
        return face.type.operand(face, face.type.told(face, said))

    # ---- as people read them

    def shown(self, path: Path) -> str:
        """Choices by label, money with its currency, records by title; blank for what is blank or closed."""
        said = self.row.get(".".join(path))
        if said is None or said in ([], ""):
            return ""
        field, rest = end_of(self.model, self.entity, path)
        face = field.face
        if rest:
            return self.written(face.type.expression_type(face, self.model).attributes[rest[0]], self.get(path))
        if face.type.targets(face):
            between = "、" if self.manner.language == "zh" else ", "
            return between.join(map(_title, said)) if isinstance(said, list) else _title(said)
        return self._plain(face, face.type.told(face, said))

    def drawing(self, path: Path) -> Drawing | None:
        """The picture of what `shown` tells, where the type draws one."""
        said = self.row.get(".".join(path))
        field, rest = end_of(self.model, self.entity, path)
        face = field.face
        if said is None or said == [] or rest or face.type.targets(face):
            return None
        return face.type.drawing(face, face.type.told(face, said))

    def _plain(self, face: Field, value: Any) -> str:
        if isinstance(value, Money):
            return self.money(value.amount, value.currency)
        if isinstance(value, datetime):
            return self.moment(value)
        return str(face.type.show(face, value, self.manner.language))

    def money(self, amount: Decimal, currency: str | None) -> str:
        """On paper an amount has its decimals even where they are zero."""
        return formats.money(amount, currency or self.manner.currency, cents=True, language=self.manner.language)

    def moment(self, value: datetime) -> str:
        """To the minute, in the zone of whoever prints."""
        local = value.astimezone(self.manner.zone)
        return f"{show_day(local.date(), self.manner.language)} {local:%H:%M}"

    def written(self, kind: Type, value: Any) -> str:
        """What an expression has worked out, by its type."""
        if value is None:
            return ""
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if kind.name == "choice":
            label = (kind.choices or {}).get(value)
            return pick(label, self.manner.language) if label else str(value)
        if isinstance(value, Decimal | int):
            return formats.number(value, None, self.manner.language)
        if isinstance(value, datetime):
            return self.moment(value)
        if isinstance(value, date):
            return show_day(value, self.manner.language)
        return str(value)


def _number(said: Mapping[str, Any]) -> int:
    return decode_id(said["id"])


def _title(said: Mapping[str, Any]) -> str:
    return str(said.get("title") or "")
