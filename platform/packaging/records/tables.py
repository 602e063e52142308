"""Chosen records as tables of a blueprint: with stable keys, with what they point to, and with their lines.

A record that came with a blueprint keeps its key; any other one gets a key made of its id, which another workspace
keeps in turn. So the same records give the same bytes wherever they are written.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from io import StringIO
from typing import Any

from sartor.platform.access.context import Context
from sartor.platform.errors import Invalid, Problem
from sartor.platform.model import Entity, Field, Operation
from sartor.platform.model.ids import decode_id, encode_id
from sartor.platform.packaging.records.keys import known_keys
from sartor.platform.packaging.records.newcomers import PEOPLE, USER, called
from sartor.platform.query.question import LARGEST_PAGE, Question
from sartor.platform.records.exporting.columns import transferred, value_of
from sartor.platform.records.saving.past import read_past_stays
from sartor.platform.text import gettext as _
from sartor.platform.workspace import Workspace

MOST = 20_000
"""Records of one entity that go into a blueprint; more is an export for transfer."""
PIECE = 200
"""Ids that are asked for at once: a condition is a text, and has a greatest length."""
Row = Mapping[str, Any]
Record = tuple[str, int]
"""Entity and number of a record."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Records of an entity. condition: a filter in the expression language; none: all of them."""

    entity: str
    condition: str | None = None


class RecordTables:
    """Writes records that somebody may export. Everything is read as that person reads it."""

    beside: tuple[str, ...] = ("id",)
    """What is read besides the fields that are written."""

    def __init__(self, workspace: Workspace, context: Context, found: Mapping[Record, str] | None = None) -> None:
        """found: keys of records that nobody has noted, but that are known all the same."""
        self.context = context
        self.serving = workspace.serving()
        self.names = self.serving.names.of(context)
        self.keys = {**(found or {}), **known_keys(workspace)}
        self.directory = workspace.directory(workspace.stamp())
        self.may_address = any(each.name == "email" for each in context.access.readable(USER))
        self.rows: dict[str, dict[int, Row]] = {}

    def written(self, wanted: Iterable[Wanted]) -> dict[str, str]:
        """CSV texts by entity.

        :raises Forbidden: for an entity that the person may not export. :raises Invalid: where there are too many.
        """
        for each in wanted:
            self._read(each)
        self._follow()
        tables = {name: self._table(name) for name in sorted(self.rows) if self.rows[name]}
        stays = {f"{name}.stages": text for name in tables if (text := self._stays(name))}
        return {**tables, **stays}

    def _among(self, entity: str, name: str, ids: Iterable[str]) -> list[Row]:
        """The new rows of which a field is one of these ids."""
        wanted, found = sorted(ids), []
        for start in range(0, len(wanted), PIECE):
            listed = ", ".join(f"'{each}'" for each in wanted[start : start + PIECE])
            found += self._read(Wanted(entity, f"{name} in [{listed}]"))
        return found

    def _read(self, wanted: Wanted) -> list[Row]:
        """The rows that are new among those that are asked for."""
        self.context.access.require(Operation.EXPORT, wanted.entity)
        entity = self.context.model.entity(wanted.entity)
        conditions = [wanted.condition] if wanted.condition else []
        question = Question(
            entity.name, tuple((name,) for name in (*self.beside, *(item.name for item in self._fields(entity)))),
            where=self.names.conditions(entity.name, conditions), sort=self.names.terms(entity.name, "id"),
            limit=LARGEST_PAGE, operation=Operation.EXPORT,
        )  # fmt: skip
        found: list[Row] = []
        there = self.rows.setdefault(entity.name, {})
        while True:
            page = self.serving.reader.page(self.context, question)
            for row in page.rows:
                number = decode_id(row["id"])
                if number not in there:
                    there[number] = row
                    found.append(row)
            if len(there) > MOST:
                said = _("%(name)s has more than %(n)s records; narrow them down.", name=entity.name, n=MOST)
                raise Invalid(said, [Problem("", "too_many", said)])
            if page.next is None:
                return found
            question = replace(question, cursor=page.next)

    def _fields(self, entity: Entity) -> list[Field]:
        return sorted(transferred(entity, self.context), key=lambda item: item.name)

    def _follow(self) -> None:
        """Bring along what the records point to, and their lines, until nothing is missing."""
        waiting = {name: list(rows.values()) for name, rows in self.rows.items()}
        while any(waiting.values()):
            missing: dict[str, set[int]] = {}
            for name, rows in waiting.items():
                for target, number in self._pointed(self.context.model.entity(name), rows):
                    if target not in PEOPLE and number not in self.rows.get(target, {}):
                        missing.setdefault(target, set()).add(number)
            lines = {name: self._lines(name, rows) for name, rows in waiting.items() if rows}
            waiting = {name: self._among(name, "id", map(encode_id, ids)) for name, ids in sorted(missing.items())}
            for found in lines.values():
                for name, rows in found.items():
                    waiting[name] = [*waiting.get(name, []), *rows]

    def _lines(self, parent: str, rows: Iterable[Row]) -> dict[str, list[Row]]:
        found, parents = {}, [row["id"] for row in rows]
        for entity in self.context.model.entities.values():
            if entity.line_of is not None and entity.line_of.parent == parent:
                found[entity.name] = self._among(entity.name, entity.line_of.lookup, parents)
        return found

    def _pointed(self, entity: Entity, rows: Iterable[Row]) -> Iterable[tuple[str, int]]:
        for item in self._fields(entity):
            for row in rows if item.type.targets(item) else ():
                for each in _listed(row.get(item.name)):
                    yield each.get("entity") or item.type.targets(item)[0], decode_id(each["id"])

    # ---- writing

    def _table(self, name: str) -> str:
        entity = self.context.model.entity(name)
        keyed = self._line_keys(entity) if entity.line_of else dict(sorted(self._own_keys(name).items()))
        cells = {key: self._cells(entity, row) for key, row in keyed.items()}
        heads = sorted({head for row in cells.values() for head, cell in row.items() if cell != ""})
        return _written(["key", *heads], ([key, *(cells[key].get(head, "") for head in heads)] for key in cells))

    def _stays(self, name: str) -> str:
        """The stages that the records have been through, with their times; blank where they have none."""
        item = next((each for each in self._fields(self.context.model.entity(name)) if each.type.pipelines(each)), None)
        past = read_past_stays(self.serving.writer.tools, item, self.rows[name]) if item else {}
        rows = [
            (self._key(name, number), place, stage, at.isoformat(timespec="microseconds").replace("+00:00", "Z"))
            for number, steps in past.items()
            for place, (stage, at) in enumerate(steps)
        ]
        return _written(["key", "stage", "at"], ([key, stage, at] for key, _place, stage, at in sorted(rows)))

    def _own_keys(self, name: str) -> dict[str, Row]:
        return {self._key(name, number): row for number, row in self.rows[name].items()}

    def _line_keys(self, entity: Entity) -> dict[str, Row]:
        """Lines by their parents, in the order in which they were made: that of the file is theirs when they come."""
        assert entity.line_of is not None
        parent, lookup = entity.line_of.parent, entity.line_of.lookup

        def order(found: tuple[int, Row]) -> tuple[str, int]:
            return self._key(parent, decode_id(found[1][lookup]["id"])), found[0]

        return {
            self._key(entity.name, number): row for number, row in sorted(self.rows[entity.name].items(), key=order)
        }

    def _key(self, entity: str, number: int) -> str:
        return self.keys.get((entity, number)) or f"r{encode_id(number).lower()}"

    def _cells(self, entity: Entity, row: Row) -> dict[str, str]:
        return {item.name: self._cell(item, row.get(item.name)) for item in self._fields(entity)}

    def _cell(self, item: Field, said: Any) -> str:
        if said is None or said == []:
            return ""
        if item.type.targets(item):
            return ";".join(each for each in map(lambda one: self._pointer(item, one), _listed(said)) if each)
        cell = item.type.write_text(item, value_of(item, said), "transfer", "en")
        if isinstance(cell, bool):
            return "true" if cell else "false"
        return "" if cell is None else str(cell)

    def _pointer(self, item: Field, said: Mapping[str, Any]) -> str:
        targets = item.type.targets(item)
        entity, number = said.get("entity") or targets[0], decode_id(said["id"])
        if entity in PEOPLE:
            name = "" if item.system else self._called(entity, number)
            return f"{entity}:{name}" if name and len(targets) > 1 else name
        if said.get("deleted") or not self._comes_along(entity, number):
            return ""
        key = self._key(entity, number)
        return f"{entity}:{key}" if len(targets) > 1 or said.get("entity") else key

    def _called(self, entity: str, number: int) -> str:
        """By what another workspace knows a person or a department; no address for whoever may not read it."""
        return "" if entity == USER and not self.may_address else called(self.directory, entity, number)

    def _comes_along(self, entity: str, number: int) -> bool:
        return number in self.rows.get(entity, {}) or (entity, number) in self.keys


class Standing(RecordTables):
    """Records as they stand in the workspace, to be compared with what came: every pointer is written."""

    beside: tuple[str, ...] = ("id", "version")

    def version(self, entity: str, record: int) -> int:
        """The version of a record whose cells were read, with which it is written later if nobody was faster."""
        return int(self.rows[entity][record]["version"])

    def cells(self, entity: str, records: Iterable[int]) -> dict[int, dict[str, str]]:
        """The cells of those of the records that are there."""
        wanted = list(records)
        self._among(entity, "id", map(encode_id, wanted))
        model, there = self.context.model.entity(entity), self.rows.get(entity, {})
        return {number: self._cells(model, there[number]) for number in wanted if number in there}

    def lines(self, entity: str, parents: Iterable[int]) -> dict[int, int]:
        """The live lines of some records, each with the record that it belongs to."""
        line_of = self.context.model.entity(entity).line_of
        assert line_of is not None
        found = self._among(entity, line_of.lookup, map(encode_id, parents))
        return {decode_id(row["id"]): decode_id(row[line_of.lookup]["id"]) for row in found}

    def _called(self, entity: str, number: int) -> str:
        return super()._called(entity, number) or self._key(entity, number)

    def _comes_along(self, entity: str, number: int) -> bool:
        return True


def _written(heads: list[str], rows: Iterable[list[str]]) -> str:
    """A table as a text; blank without a row."""
    text, kept = StringIO(newline=""), list(rows)
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([heads, *kept] if kept else [])
    return text.getvalue()


def _listed(said: Any) -> list[Mapping[str, Any]]:
    return said if isinstance(said, list) else [said] if said else []
