"""Bands: numbers grouped by where they lie, such as amounts under 10,000, up to 50,000, and above."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sartor.platform.fields.digits import is_grouped
from sartor.platform.model import Dimension, Field, Model
from sartor.platform.query.question import Bands, Group
from sartor.platform.reporting.axes import Axis
from sartor.platform.reporting.numbers import Leaf
from sartor.platform.text import gettext as _
from sartor.platform.ui import format as formats


class BandAxis(Axis):
    """The bands of a number; amounts of several currencies are compared in that of the workspace."""

    ordered = True

    def __init__(self, dimension: Dimension, label: str, model: Model, field: Field) -> None:
        super().__init__(dimension, label)
        self.limits = dimension.bands
        face = field.face
        has_currency = "currency" in face.type.expression_type(face, model).attributes
        self.is_converted = has_currency and not face.options.get("currency")
        self.is_share = face.type.widget == "percent"
        self.is_grouped = is_grouped(face)

    def group(self, leaf: Leaf) -> Group | None:
        path = self.path_in(leaf)
        return Group(path, None, self._bands(path)) if path else None

    def _bands(self, path: tuple[str, ...]) -> Bands:
        dotted = ".".join(path)
        return Bands(f"base({dotted})" if self.is_converted else dotted, self.limits)

    def read(self, said: Any) -> str | None:
        return None if said is None else str(said)

    def text(self, key: str | None) -> str:
        if key is None:
            return _("(blank)")
        number = int(key)
        if number == 0:
            return _("under %(limit)s", limit=self._written(0))
        if number == len(self.limits):
            return _("%(limit)s and more", limit=self._written(number - 1))
        return _("%(least)s to under %(most)s", least=self._written(number - 1), most=self._written(number))

    def _written(self, place: int) -> str:
        limit = Decimal(self.limits[place])
        return formats.percent(limit) if self.is_share else formats.number(limit, grouped=self.is_grouped)

    def place(self, key: str) -> int:
        return int(key)

    def condition(self, leaf: Leaf, key: str | None) -> str | None:
        bands = self._bands(self.path_in(leaf) or self.path)
        return f"{bands.operand} is blank" if key is None else bands.condition(int(key))
