"""The rows of a conversion: read from the old columns in batches by id, written to the new ones."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from sartor.platform.model import Field, Linked, Reference
from sartor.platform.publishing.plan import Counts, Sample
from sartor.platform.publishing.values.conversion import Converter, Outcome, Verdict
from sartor.platform.publishing.values.titles import Titles
from sartor.platform.records.saving.save import driver_columns
from sartor.platform.storage.columns import storer, wire
from sartor.platform.storage.system.history import sys_history
from sartor.platform.storage.tables import Tables
from sartor.platform.text import fold, language

BATCH = 1_000
SAMPLES = 5

Values = dict[int, Any]


@dataclass(slots=True)
class Tally:
    """How the values fared so far. rows: records that were gone through. writing: seconds for writing them."""

    exact: int = 0
    inexact: int = 0
    failed: int = 0
    samples: list[Sample] = field(default_factory=list)
    rows: int = 0
    writing: float = 0.0

    def add(self, record: int, outcome: Outcome) -> None:
        setattr(self, outcome.verdict, getattr(self, outcome.verdict) + 1)
        if outcome.verdict is not Verdict.EXACT and len(self.samples) < SAMPLES:
            self.samples.append(Sample(record, outcome.before, outcome.after, outcome.reason))

    def counts(self, estimated: bool = False) -> Counts:
        return Counts(self.exact, self.inexact, self.failed, estimated)


@dataclass(frozen=True, slots=True, eq=False)
class Conversion:
    """A field that gets another type. before, after: the tables that know the old and the new field.

    since: the new columns are those that the field had before, so only records written from then on are converted, and
    of these only values that are not what the conversion made of them then: those are still as they were. prepared: all
    values are ready, so that only those that were written meanwhile are left. trying: seconds that it took to try one
    record, none being written.
    """

    old: Field
    new: Field
    before: Tables
    after: Tables
    since: datetime | None = None
    zone: str = "UTC"
    prepared: bool = False
    trying: float = 0.0

    def rows(self, connection: sa.Connection) -> int:
        """How many records it goes through."""
        chosen = sa.select(sa.func.count()).select_from(self.before.of(self.old.entity))
        return int(connection.execute(self._concerned(chosen)).scalar_one())

    def trial(self, connection: sa.Connection, most: int | None = None) -> Tally:
        """Convert without writing: all values, or those of the first records. Of these also what is ready counts, which
        a preparation that was stopped has left."""
        tally, after = Tally(), 0
        converter = self.converter(connection)
        while ids := self.next_ids(connection, after, most):
            stale, values = self.stale(connection, ids)
            for record, value in values.items():
                tally.add(record, converter(value))
            after, tally.rows = ids[-1], tally.rows + len(ids)
            if most is not None:
                most, tally.exact = most - len(ids), tally.exact + len(ids) - len(stale)
        return tally

    def run(self, connection: sa.Connection, seen: Callable[[int], None] = lambda rows: None) -> Tally:
        """Convert and write every record. seen: told after how many."""
        tally, after = Tally(), 0
        converter = self.converter(connection)
        while ids := self.next_ids(connection, after):
            self.batch(connection, ids, converter, tally)
            after = ids[-1]
            seen(tally.rows)
        return tally

    def redo(self, connection: sa.Connection, ids: Sequence[int]) -> Tally:
        """Convert and write some records once more."""
        tally, converter = Tally(), self.converter(connection)
        for start in range(0, len(ids), BATCH):
            self.batch(connection, ids[start : start + BATCH], converter, tally)
        return tally

    def batch(self, connection: sa.Connection, ids: Sequence[int], converter: Converter, tally: Tally) -> None:
        """Convert and write some records; doing it again gives the same."""
        made: Values = {}
        stale, values = self.stale(connection, ids)
        for record, value in values.items():
            outcome = converter(value)
            tally.add(record, outcome)
            made[record] = outcome.value
        began = time.monotonic()
        if stale:
            self._write(connection, stale, made)
        tally.rows, tally.writing = tally.rows + len(ids), tally.writing + time.monotonic() - began

    def stale(self, connection: sa.Connection, ids: Sequence[int]) -> tuple[list[int], Values]:
        """Those of some records whose new columns do not say yet what they are to say, and the old values of these."""
        untouched = self._untouched(connection, ids)
        found = [record for record in ids if record not in untouched]
        return found, self.values(connection, found) if found else {}

    def _untouched(self, connection: sa.Connection, ids: Sequence[int]) -> frozenset[int]:
        """Records whose value is what the conversion made of the one that waits in the new columns."""
        if self.since is None:
            return frozenset()
        there = Conversion(self.new, self.old, self.after, self.before, zone=self.zone)
        converter, now = there.converter(connection), self.values(connection, ids)
        waiting = there.values(connection, ids)
        return frozenset(
            record for record, value in waiting.items() if _plain(converter(value).value) == _plain(now.get(record))
        )

    def converter(self, connection: sa.Connection) -> Converter:
        return Converter(self.old, self.new, Titles(connection, self.after).number, language(), self.zone)

    def next_ids(self, connection: sa.Connection, after: int, most: int | None = None) -> list[int]:
        table = self.before.of(self.old.entity)
        size = BATCH if most is None else min(BATCH, most)
        chosen = sa.select(table.c.id).where(table.c.id > after).order_by(table.c.id).limit(size)
        return list(connection.execute(self._concerned(chosen)).scalars())

    def late(self, connection: sa.Connection, cursor: int, since: datetime) -> list[int]:
        """What is left after a preparation: records beyond the last one that it came to, or written meanwhile."""
        table = self.before.of(self.old.entity)
        chosen = sa.select(table.c.id).where(sa.or_(table.c.id > cursor, self.written(since))).order_by(table.c.id)
        return list(connection.execute(self._concerned(chosen)).scalars())

    def _concerned(self, chosen: sa.Select[Any]) -> sa.Select[Any]:
        return chosen if self.since is None else chosen.where(self.written(self.since))

    def written(self, since: datetime) -> sa.ColumnElement[bool]:
        """Records that were written since a moment, by their own date or by the history, which nobody can set."""
        table = self.before.of(self.old.entity)
        began = sa.bindparam("began", since, type_=sys_history.c.at.type, unique=True)
        told = sa.select(sys_history.c.record).where(
            sys_history.c.entity == table.name, sys_history.c.at >= began
        )  # fmt: skip
        return sa.or_(sa.type_coerce(table.c.updated_at, began.type) >= began, table.c.id.in_(told))

    # ---- reading

    def values(self, connection: sa.Connection, ids: Sequence[int]) -> Values:
        """The old values of some records that have one, with titles where people know them by title."""
        read = self._members if self.old.type.members(self.old) else self._columns
        return read(connection, ids)

    def _columns(self, connection: sa.Connection, ids: Sequence[int]) -> Values:
        table = self.before.of(self.old.entity)
        specs = [spec for spec in self.old.type.columns(self.old) if not spec.shadow]
        columns = [table.c[self.old.stored_as + spec.suffix] for spec in specs]
        wires = [wire(spec.kind, spec.scale, self.before.dialect) for spec in specs]
        rows = connection.execute(sa.select(table.c.id, *columns).where(table.c.id.in_(ids))).all()
        found = {
            row[0]: [each(value) if each else value for each, value in zip(wires, row[1:], strict=True)] for row in rows
        }
        titles = self._titles(connection, [cells[0] for cells in found.values()])
        return {
            number: value
            for number, cells in found.items()
            if cells[0] is not None and (value := self._loaded(cells, titles)) is not None
        }

    def _loaded(self, cells: Sequence[Any], titles: Mapping[int, str] | None) -> Any:
        extra = () if titles is None else (titles.get(cells[0]), False)
        return self.old.type.load(self.old, *cells, *extra)

    def _members(self, connection: sa.Connection, ids: Sequence[int]) -> Values:
        side = self.before.members(self.old)
        chosen = sa.select(side.c.record, side.c.value).where(side.c.record.in_(ids))
        found: dict[int, list[Any]] = {}
        for record, value in connection.execute(chosen.order_by(side.c.record, side.c.position)):
            found.setdefault(record, []).append(value)
        titles = self._titles(connection, [value for values in found.values() for value in values])
        return {
            record: self.old.type.load_members(
                self.old, [(each,) if titles is None else (each, titles.get(each), False) for each in values]
            )
            for record, values in found.items()
        }

    def _titles(self, connection: sa.Connection, numbers: Iterable[Any]) -> Mapping[int, str] | None:
        targets = self.old.type.targets(self.old)
        if len(targets) != 1 or not self.old.type.asks_title:
            return None
        return Titles(connection, self.before).texts(self.before.model.entities[targets[0]], numbers)

    # ---- writing

    def _write(self, connection: sa.Connection, ids: Sequence[int], made: Values) -> None:
        if self.new.type.members(self.new):
            self._write_members(connection, ids, made)
            return
        table = self.after.of(self.new.entity)
        rows = []
        for number in ids:
            columns = driver_columns(self.after, self.new, made.get(number))
            rows.append({"row": number, **{f"new_{name}": value for name, value in columns.items()}})
        places = {
            name.removeprefix("new_"): sa.bindparam(name, type_=table.c[name.removeprefix("new_")].type)
            for name in rows[0]
            if name != "row"
        }
        connection.execute(sa.update(table).where(table.c.id == sa.bindparam("row")).values(places), rows)

    def _write_members(self, connection: sa.Connection, ids: Sequence[int], made: Values) -> None:
        side = self.after.members(self.new)
        members = self.new.type.members(self.new)
        convert = storer(members.kind, 0, self.after.dialect) or (lambda value: value)
        connection.execute(sa.delete(side).where(side.c.record.in_(ids)))
        rows = [
            {"record": record, "value": convert(each), "position": place}
            | ({"folded": fold(str(each))} if members.folded else {})
            for record, value in made.items()
            for place, each in enumerate(self.new.type.store(self.new, value) if value else ())
        ]
        if rows:
            connection.execute(sa.insert(side), rows)


def _plain(value: Any) -> Any:
    """A value without titles."""
    if isinstance(value, tuple | list):
        return tuple(_plain(each) for each in value) or None
    return value.id if isinstance(value, Linked | Reference) else value
