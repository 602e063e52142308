"""Putting changes into tables: rows and side tables, those of one kind in one go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from sartor.platform.model import Field
from sartor.platform.records.memory.change import Change
from sartor.platform.records.memory.tools import Tools
from sartor.platform.records.saving.stored import Row, Stored, stored_in
from sartor.platform.storage.columns import storer
from sartor.platform.storage.tables import Tables
from sartor.platform.text import fold
from sartor.platform.work import Work


class Saving:
    """What some changes put into the tables that is not there yet: gathered, then sent, new rows first."""

    def __init__(self, tools: Tools, work: Work) -> None:
        self.tools = tools
        self.work = work
        self._again = False
        self._new: dict[str, list[Row]] = defaultdict(list)
        self._changed: dict[tuple[str, tuple[str, ...], bool], list[Row]] = defaultdict(list)
        self._emptied: dict[Field, list[Row]] = defaultdict(list)
        self._members: dict[Field, list[Row]] = defaultdict(list)

    def add(self, change: Change, more: Mapping[str, Any]) -> None:
        """One INSERT or UPDATE, and the side tables that changed. more: columns that belong to no field."""
        plan, values = change.plan, change.unsaved()
        entity = plan.entity.name
        for name, item in plan.many.items():
            if name in values:
                self._add_members(change, item, values[name] or ())
        self._again = self._again or change.is_sent
        if change.before is None and not change.saved:
            known = {name: value for name, value in values.items() if value is not None}  # it is blank to begin with
            self._new[entity].append(
                {**self.tools.blank_row(entity), **columns_of(self.tools.stored(entity), known), **more}
            )
        elif columns := columns_of(self.tools.stored(entity), values):
            self._alter(change, {**columns, **more})
        change.saved, change.is_sent = dict(change.after.values), True

    def _alter(self, change: Change, columns: Row) -> None:
        row: Row = {f"new_{name}": value for name, value in columns.items()} | {"row": change.id}
        before, marked = change.before, False
        if before is not None and before.mark is not None:
            row["mark"], before.mark, marked = before.mark, None, True  # what follows is our own doing, no rival's
        self._changed[change.entity.name, tuple(sorted(columns)), marked].append(row)

    def send(self) -> None:
        if self._again:
            self.work.settle()  # one statement cannot change a row twice
        for entity, rows in self._new.items():
            self.tools.adding(entity).send(self.work, rows)
        for (entity, names, marked), rows in self._changed.items():
            self.work.send(self.tools.alteration(entity, names, marked=marked), rows)
        for item, rows in self._emptied.items():
            self.work.send(self.tools.members_removal(item), rows)
        if self._emptied:
            self.work.settle()  # what comes in must find the place empty
        for item, rows in self._members.items():
            self.tools.members_adding(item).send(self.work, rows)

    def _add_members(self, change: Change, item: Field, values: Any) -> None:
        if change.before is not None:
            self._emptied[item].append({"record": change.id})
        convert = storer(item.type.members(item).kind, 0, self.tools.tables.dialect)
        for place, each in enumerate(item.type.store(item, values)):
            row = {"record": change.id, "value": convert(each) if convert else each, "position": place}
            if item.type.members(item).folded:
                row["folded"] = fold(str(each))
            self._members[item].append(row)


def columns_of(stored: Mapping[str, Stored], values: Mapping[str, Any]) -> Row:
    """Physical column -> value as the driver wants it, of those fields that have columns."""
    row: Row = {}
    for name, value in values.items():
        put = stored.get(name)
        if put is not None:
            put(row, value)
    return row


def driver_columns(tables: Tables, item: Field, value: Any) -> Row:
    """The same of one field."""
    return columns_of({item.name: stored_in(tables, item)}, {item.name: value})
