"""Values of reference records: read from the cells of a blueprint, and written in the one form that is compared."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import marshmallow as ma

from sartor.platform.errors import BadRequest, SartorError
from sartor.platform.model import Entity, Field, Model
from sartor.platform.packaging.records.lines import Place
from sartor.platform.packaging.records.newcomers import PEOPLE, called
from sartor.platform.packaging.samples.cells import SampleCells, pointed_at
from sartor.platform.packaging.samples.files import Row
from sartor.platform.records.exporting.columns import value_of
from sartor.platform.text import gettext as _
from sartor.platform.text import pick


@dataclass(frozen=True, slots=True)
class RecordCells:
    """cells: reads them, and knows the records that are here. new: those that come with the new version."""

    model: Model
    cells: SampleCells
    new: Collection[Place]

    def value(self, entity: Entity, item: Field, cells: Mapping[str, str]) -> Any:
        """The value of a field; None for cells that are empty or cannot be read."""
        try:
            told = self.cells.values(entity, Row(entity.name, "", dict(cells), entity.name, 0), cells)
            return value_of(item, told[item.name]) if item.name in told else None
        except (SartorError, ValueError, ma.ValidationError):
            return None

    def written(self, entity: Entity, field: str, cells: Mapping[str, str]) -> str:
        """A value as an export writes it; what cannot be read stays as it is."""
        item, text = entity.fields[field], cells.get(field, "")
        if item.type.targets(item):
            return ";".join(self._pointer(item, each) for each in text.split(";") if each.strip())
        value = self.value(entity, item, cells)
        if value is None:
            return text
        cell = item.type.write_text(item, value, "transfer", "en")
        return ("true" if cell else "false") if isinstance(cell, bool) else "" if cell is None else str(cell)

    def edited(self, of: Place, field: str, value: Any) -> str:
        """Another value as a cell.

        :raises BadRequest: for one that the field cannot have.
        """
        entity = self.model.entities[of[0]]
        text = "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
        row = Row(entity.name, of[1], {field: text}, entity.name, 0)
        try:
            fits = field in self.cells.values(entity, row, row.cells) or self._comes(entity.fields[field], row)
        except (SartorError, ValueError, ma.ValidationError):
            fits = False
        if not fits and (text or entity.fields[field].required):
            label = pick(entity.fields[field].label)
            raise BadRequest(_("%(field)s: %(value)s does not fit.", field=label, value=text[:80] or _("blank")))
        return text

    def _comes(self, item: Field, row: Row) -> bool:
        """Whether what a cell points to is here, or comes with the new version."""
        keys = [each.strip() for each in row.later.get(item.name, "").split(";") if each.strip()]
        places = (pointed_at(each, item.type.targets(item)[0]) for each in keys)
        return bool(keys) and all(each in self.cells.ids or each in self.new for each in places)

    def _pointer(self, item: Field, text: str) -> str:
        """What a cell points to, as an export writes it: its key, or what a person or a department here is called."""
        targets = item.type.targets(item)
        entity, key = pointed_at(text.strip(), targets[0])
        number = self.cells.ids.get((entity, key)) if entity in PEOPLE else None
        name = (called(self.cells.directory, entity, number) if number is not None else "") or key
        return name if len(targets) == 1 else f"{entity}:{name}"
