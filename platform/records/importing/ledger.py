"""The books of an import: what it is about, how far it came, and what became of each row.

A row is entered in the transaction that writes its record. So whatever is killed, the books are right, and going on
means beginning after the last row in them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from sartor.platform.errors import Conflict, NotFound
from sartor.platform.model import Model
from sartor.platform.records.importing.plan import ImportPlan
from sartor.platform.storage.adding import system_adding
from sartor.platform.storage.engine import Database
from sartor.platform.storage.system.base import json_text
from sartor.platform.storage.system.imports import sys_import, sys_import_row
from sartor.platform.storage.system.numbers import sys_counter
from sartor.platform.text import gettext as _
from sartor.platform.work import Work

COUNTED = ("create", "update", "skip", "fail")
AT_ONCE = 500
LAST_ROW = 2**62


@dataclass(frozen=True, slots=True)
class Entry:
    """What became of a row. action: one of COUNTED, or `undone`; record: 0 where there is none.

    before: the record's former values, see `images.py`; reasons: why it was refused, or what is missing; later: columns
    of fields whose record comes in a later row and that are still to be filled.
    """

    row: int
    action: str
    record: int = 0
    version: int = 0
    before: Mapping[str, Any] = field(default_factory=dict)
    reasons: tuple[Mapping[str, Any], ...] = ()
    later: tuple[str, ...] = ()

    def notes(self) -> dict[str, Any] | None:
        found = {"values": dict(self.before), "reasons": list(self.reasons), "later": list(self.later)}
        return {name: value for name, value in found.items() if value} or None


@dataclass(frozen=True, slots=True)
class Import:
    """One import. file: its name, and its number in the file store. state: `running`, `done`, `undone`;
    `cancelled` or `failed` as its job is, and then what was written until then is there."""

    id: int
    entity: str
    file: str
    state: str
    options: Mapping[str, Any]
    counts: Mapping[str, int]
    by: int | None
    at: datetime
    undone_at: datetime | None

    @property
    def plan(self) -> ImportPlan:
        return ImportPlan.from_dict(self.options["plan"])

    @property
    def stored_file(self) -> int:
        return int(self.options["file"])


_COLUMNS = [sys_import.c[name] for name in Import.__dataclass_fields__]


def begin(
    work: Work, plan: ImportPlan, file: tuple[int, str], by: int | None, noted: Mapping[str, Any] | None = None
) -> int:
    """Open the books of a new import; its number, counted from 1. noted: see `following.py`."""
    number = _next_number(work)
    stored, name = file
    row = {
        "id": number, "entity": plan.entity, "file": name, "state": "running", "counts": {}, "by": by, "at": work.now,
        "options": {"plan": plan.as_dict(), "file": str(stored)} | ({"noted": noted} if noted else {}),
    }  # fmt: skip
    work.connection.execute(sa.insert(sys_import).values(row))
    return number


def _next_number(work: Work) -> int:
    here = {"entity": "sys_import", "field": "id", "period": ""}
    mine = sa.and_(*(sys_counter.c[name] == value for name, value in here.items()))
    raised = sa.update(sys_counter).where(mine).values(value=sys_counter.c.value + 1).returning(sys_counter.c.value)
    number = work.connection.execute(raised).scalar()
    if number is None:
        number = 1
        work.connection.execute(sa.insert(sys_counter).values(**here, value=number))
    return int(number)


def get(database: Database, number: int) -> Import:
    """:raises NotFound: where there is none."""
    with database.read() as connection:
        row = connection.execute(sa.select(*_COLUMNS).where(sys_import.c.id == number)).first()
    if row is None:
        raise NotFound(_("There is no import %(number)s.", number=number))
    found = Import(*row)
    if found.state in ("cancelled", "failed"):  # nobody counted at its end
        return replace(found, counts=counts(database, number))
    return found


def how_many(database: Database) -> int:
    """Imports that came to their end and were not taken back."""
    with database.read() as connection:
        chosen = sa.select(sa.func.count()).select_from(sys_import).where(sys_import.c.state == "done")
        return int(connection.execute(chosen).scalar_one())


def require_over(found: Import) -> None:
    """:raises Conflict: for an import that still writes, or is about to: what is taken back now would be half of it."""
    if found.state == "running":
        said = _("Import %(number)s still runs. Stop it or wait for its end, then take it back.", number=found.id)
        raise Conflict(said)


def entity_of(database: Database, found: Import, model: Model) -> str:
    """What the entity of an import is called now.

    :raises NotFound: for one that was taken out since.
    """
    chosen = sa.select(sys_import_row.c.entity).where(sys_import_row.c.import_id == found.id).limit(1)
    with database.read() as connection:
        table = connection.execute(chosen).scalar()
    if table is None:
        return found.entity
    name = next((each.name for each in model.entities.values() if each.table == table), None)
    if name is None:
        raise NotFound(_("%(name)s was taken out since the import.", name=found.entity))
    return name


def last_row(work: Work, number: int) -> int:
    """The row up to which everything is in the books, 0 at the beginning. Rows are entered in the file's order."""
    found = work.connection.execute(
        sa.select(sa.func.max(sys_import_row.c.row_no)).where(sys_import_row.c.import_id == number)
    ).scalar()
    return found or 0


def enter(work: Work, dialect: str, number: int, entity: str, entries: Iterable[Entry]) -> None:
    """Enter rows. entity: its physical name."""
    rows = [
        {
            "import_id": number, "row_no": each.row, "entity": entity, "record": each.record, "action": each.action,
            "version": each.version, "before": json_text(notes) if (notes := each.notes()) else None,
        }
        for each in entries
    ]  # fmt: skip
    system_adding(sys_import_row, dialect).send(work, rows)


def change_entry(work: Work, number: int, entry: Entry) -> None:
    """Enter again what became of a row."""
    here = sa.and_(sys_import_row.c.import_id == number, sys_import_row.c.row_no == entry.row)
    values = {"action": entry.action, "version": entry.version, "before": entry.notes()}
    work.connection.execute(sa.update(sys_import_row).where(here).values(values))


def set_state(work: Work, number: int, **values: Any) -> None:
    work.connection.execute(sa.update(sys_import).where(sys_import.c.id == number).values(**values))


def counts(database: Database, number: int) -> dict[str, int]:
    """How many rows came to what; `incomplete`: records that were written without something that they needed."""
    chosen = (
        sa.select(sys_import_row.c.action, sa.func.count())
        .where(sys_import_row.c.import_id == number)
        .group_by(sys_import_row.c.action)
    )
    with database.read() as connection:
        found = {str(action): int(count) for action, count in connection.execute(chosen)}
    incomplete = sum(1 for entry in entries(database, number, noted=True) if entry.action != "fail" and entry.reasons)
    return {name: found.get(name, 0) for name in COUNTED} | ({"incomplete": incomplete} if incomplete else {})


def entries(
    database: Database, number: int, *, actions: tuple[str, ...] = (), noted: bool = False, backwards: bool = False
) -> Iterator[Entry]:
    """Rows in the order of the file, or `backwards`; `noted`: only those with something beside the action."""
    place = sys_import_row.c.row_no
    at = LAST_ROW if backwards else -1
    chosen = (
        sa.select(sys_import_row)
        .where(sys_import_row.c.import_id == number)
        .order_by(place.desc() if backwards else place)
        .limit(AT_ONCE)
    )
    if actions:
        chosen = chosen.where(sys_import_row.c.action.in_(actions))
    if noted:
        chosen = chosen.where(sys_import_row.c.before.is_not(None))
    while True:
        with database.read() as connection:
            rows = connection.execute(chosen.where(place < at if backwards else place > at)).all()
        yield from map(_entry, rows)
        if len(rows) < AT_ONCE:
            return
        at = rows[-1].row_no


def _entry(row: Any) -> Entry:
    notes = row.before or {}
    return Entry(
        row.row_no, row.action, row.record, row.version, notes.get("values", {}), tuple(notes.get("reasons", ())),
        tuple(notes.get("later", ())),
    )  # fmt: skip
