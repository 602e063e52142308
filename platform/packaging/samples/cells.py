"""The cells of a row of a blueprint as JSON for the writer: relative days, keys in place of ids, people by address."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sartor.platform.access.context import Context
from sartor.platform.access.people import Directory
from sartor.platform.fields.base import ColumnKind, Reading
from sartor.platform.model import Entity, Field
from sartor.platform.model.ids import encode_id
from sartor.platform.packaging.records.newcomers import OWNER, PEOPLE, USER, Newcomers, department_called
from sartor.platform.packaging.samples.dates import sample_day, sample_instant, sample_integer
from sartor.platform.packaging.samples.files import Row, wrong
from sartor.platform.text import gettext as _

EXACT = Reading(exact=True)
FOR_PEOPLE = Reading()


class SampleCells:
    """ids: of the records that cells may point to, by entity and key.

    directory: where people are looked up. context: in whose day and zone times are meant.
    """

    def __init__(self, directory: Directory, context: Context, newcomers: Newcomers | None = None) -> None:
        self.directory = directory
        self.zone = context.zone
        self.today = context.env().today
        self.newcomers = newcomers or Newcomers()
        self.ids: dict[tuple[str, str], int] = {}

    def values(self, entity: Entity, row: Row, cells: Mapping[str, str]) -> dict[str, Any]:
        """The cells of a row as JSON for the writer, without empty ones and those above the level of the blueprint.
        row: keeps what it has to wait for.

        :raises Invalid: for a field that the entity does not have. :raises ValueError: for a cell that cannot be read.
        """
        values: dict[str, Any] = {}
        parts: dict[str, dict[str, str]] = defaultdict(dict)
        for name, cell in cells.items():
            head, dot, part = name.partition(".")
            if head not in entity.fields:
                raise wrong(row.file, row.number, _("There is no field %(name)s.", name=head))
            if cell == "" or entity.fields[head].inert:
                continue
            if dot:
                parts[head][part] = cell
            else:
                values[head] = cell
        made = {}
        for name, cell in values.items():
            item = entity.fields[name]
            found = self._value(item, cell, row)
            if found is not None:
                made[name] = {**found, **parts.pop(name)} if name in parts else found
        return made | {name: dict(each) for name, each in parts.items()}

    def instant(self, text: str) -> datetime:
        """A time as samples write it.

        :raises ValueError: for anything else.
        """
        return sample_instant(text, self.today, self.zone)

    def _value(self, item: Field, cell: str, row: Row) -> Any:
        if item.type.targets(item):
            return self._pointer(item, cell, row)
        kinds = [column.kind for column in item.type.columns(item)]
        if kinds[:1] == [ColumnKind.DATE]:
            return sample_day(cell, self.today).isoformat()
        if kinds[:1] == [ColumnKind.INSTANT]:
            return self.instant(cell).isoformat()
        if kinds[:1] == [ColumnKind.INTEGER] and (number := sample_integer(cell, self.today)) is not None:
            return number
        is_list = item.type.members(item) and not cell.startswith("[")
        return item.type.read_text(item, cell, FOR_PEOPLE if is_list else EXACT)

    def _pointer(self, item: Field, cell: str, row: Row) -> Any:
        """Ids for keys; a pointer to a row that is not there yet is kept for later."""
        targets = item.type.targets(item)
        keys = [each.strip() for each in cell.split(";") if each.strip()]
        named = [each for key in keys if (each := self._known(item, *pointed_at(key, targets[0])))]
        if not named:
            return None
        if any(each not in self.ids for each in named):
            row.later[item.name] = cell
            return None
        found = [encode_id(self.ids[each]) for each in named]
        if item.type.members(item) is not None:
            return found
        return found[0] if ":" not in cell else {"entity": named[0][0], "id": found[0]}

    def _known(self, item: Field, entity: str, key: str) -> tuple[str, str] | None:
        """What a cell points to. A person may be named by mail address, a department by its name; what a stranger owned
        gets another owner."""
        if entity not in PEOPLE or "@" not in key or (entity, key) in self.ids:
            return entity, key
        number = self._person(item, key) if entity == USER else department_called(self.directory, key)
        if number is not None:
            self.ids[entity, key] = number
        return None if number is None else (entity, key)

    def _person(self, item: Field, key: str) -> int | None:
        person = self.directory.by_email(self.newcomers.meant.get(key, key))
        number = person.id if person else self.newcomers.by if item.name == OWNER else None
        if person is None:
            self.newcomers.strangers.add(key)
        return number


def pointed_at(key: str, entity: str) -> tuple[str, str]:
    """Entity and key of what `entity:key` or, where there is one entity to point at, `key` names."""
    head, colon, tail = key.partition(":")
    return (head, tail) if colon else (entity, key)
