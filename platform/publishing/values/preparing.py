"""Changes of type on big tables: the new columns are filled beside the old ones before anything is published.

Nobody waits for it and nobody sees it. Whoever publishes then only converts what was written since, under the lock.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from sartor.platform.definitions.documents import digest
from sartor.platform.errors import Conflict, Outdated
from sartor.platform.model import Field
from sartor.platform.publishing.plan import Counts, Plan, PlanStep, Sample
from sartor.platform.publishing.values.convert_rows import Conversion, Tally
from sartor.platform.publishing.values.pace import WRITE, measured
from sartor.platform.storage.engine import Database
from sartor.platform.storage.steps.step import run as run_steps
from sartor.platform.storage.system.changes import sys_background_step
from sartor.platform.text import gettext as _
from sartor.platform.work import Work

CONVERT, WAITING, READY, DONE = "convert", "waiting", "ready", "done"


class Preparing(Conflict):
    """The values are still being converted; publishing becomes possible when that is done."""

    code = "preparing"


class LostMore(Outdated):
    """Values that were written while a conversion was prepared would be lost; it has to be prepared once more."""

    def __init__(self, prepared: Prepared) -> None:
        super().__init__(_("Records have changed since the plan was made; prepare it again."))
        self.prepared = prepared


@dataclass(frozen=True, slots=True)
class Prepared:
    """How far the conversion of one field is. set: the change set, or what `going_back` names. part: digest of the new
    field's document. source: columns that the values come from; physical: those of the same table that they go to."""

    id: int
    set: str
    entity: str
    field: str
    physical: str
    part: str
    ready: bool
    cursor: int
    done: int
    total: int
    since: datetime
    counts: Counts
    samples: tuple[Sample, ...]
    source: str
    table: str

    def is_for(self, new: Field) -> bool:
        """Whether it fills the columns of a field."""
        return (self.entity, self.physical) == (new.entity, new.stored_as)

    def is_of(self, old: Field, new: Field) -> bool:
        """Whether it fills them from those of the field as it is now: a publish may have made it something else."""
        return self.is_for(new) and self.source == old.stored_as


def going_back(number: int) -> str:
    """What the conversions are named after that going back to a revision needs; no change set is called so."""
    return f"revision {number}"


def read(connection: sa.Connection) -> list[Prepared]:
    """All conversions that are prepared or being prepared."""
    chosen = sa.select(sys_background_step).where(
        sys_background_step.c.kind == CONVERT, sys_background_step.c.state.in_([WAITING, READY])
    )  # fmt: skip
    return [_prepared(row) for row in connection.execute(chosen.order_by(sys_background_step.c.id))]


def _prepared(row: Any) -> Prepared:
    body = row.body
    return Prepared(
        row.id, body["set"], body["entity"], body["field"], body["physical"], body["part"],
        row.state == READY, row.cursor, row.done, row.total, row.at,
        Counts(**body["counts"]), tuple(Sample(**each) for each in body["samples"]),
        body.get("source", ""), body.get("table", ""),
    )  # fmt: skip


def names_given(found: Sequence[Prepared], documents: Mapping[str, Any]) -> dict[tuple[str, str], str]:
    """Physical names of fields that are being prepared and are still wanted just so."""
    given = {}
    for each in found:
        part = documents.get(f"entity/{each.entity}", {}).get("fields", {}).get(each.field)
        if part is not None and part_digest(part) == each.part:
            given[each.entity, each.field] = each.physical
    return given


def part_digest(part: Mapping[str, Any]) -> str:
    """What decides how values convert: the type and its options."""
    return digest({"type": part["type"], "options": part.get("options", {})})


class Preparation:
    """Prepares the conversions of one plan. Several processes may try; a batch is one transaction."""

    def __init__(self, database: Database, plan: Plan, name: str) -> None:
        self.database = database
        self.plan = plan
        self.name = name

    def unready(self) -> Iterator[PlanStep]:
        for step in self.plan.steps:
            if isinstance(step.job, Conversion) and step.counts and step.counts.estimated:
                yield step

    def run(self, seconds: float) -> bool:
        """Convert for about so long; whether everything is ready."""
        until = time.monotonic() + seconds
        begun = [(step.job, self._begun(step)) for step in self.unready()]  # all of them: who looks on sees their sum
        return all(self._converted(conversion, number, until) for conversion, number in begun)

    def _converted(self, conversion: Conversion, number: int, until: float) -> bool:
        while self.database.run(lambda work: self._some(work, conversion, number)):
            if time.monotonic() > until:
                return False
        return True

    def _begun(self, step: PlanStep) -> int:
        def begin(work: Work) -> int:
            found = find(work.connection, step.job.new)
            if found is not None and found.is_of(step.job.old, step.job.new):
                return found.id
            if found is not None:  # from columns that the field had before
                settle(work, found)
            run_steps(work.connection, step.ddl)
            return self._noted(work, step)

        return self.database.run(begin)

    def _noted(self, work: Work, step: PlanStep) -> int:
        new = step.job.new
        part = self.plan.design.documents[f"entity/{new.entity}"]["fields"][new.name]
        body = {
            "set": self.name, "entity": new.entity, "field": new.name, "physical": new.stored_as,
            "part": part_digest(part), "counts": asdict(Counts()), "samples": [], "source": step.job.old.stored_as,
            "table": self.plan.design.model.entities[new.entity].table,
        }  # fmt: skip
        row: dict[str, Any] = {
            "id": self.database.new_id(), "revision": self.plan.base, "kind": CONVERT, "body": body, "state": WAITING,
            "cursor": 0, "done": 0, "total": step.rows, "error": None, "at": work.now,
        }  # fmt: skip
        work.connection.execute(sa.insert(sys_background_step), row)
        return row["id"]

    def _some(self, work: Work, conversion: Conversion, number: int) -> bool:
        """The next records; whether there may be more."""
        chosen = sa.select(sys_background_step).where(sys_background_step.c.id == number)
        row = work.connection.execute(chosen.with_for_update()).one()
        ids = conversion.next_ids(work.connection, row.cursor)
        tally = tally_of(row.body)
        if ids:
            conversion.batch(work.connection, ids, conversion.converter(work.connection), tally)
        values = {
            "body": {**row.body, **_told(tally)},
            "cursor": ids[-1] if ids else row.cursor,
            "done": row.done + len(ids),
            "state": WAITING if ids else READY,
        }
        work.connection.execute(sa.update(sys_background_step).where(sys_background_step.c.id == number).values(values))
        measured(work, WRITE, tally.rows, tally.writing)
        return bool(ids)


def tally_of(body: Mapping[str, Any]) -> Tally:
    counts = body["counts"]
    samples = [Sample(**each) for each in body["samples"]]
    return Tally(counts["exact"], counts["inexact"], counts["failed"], samples)


def _told(tally: Tally) -> dict[str, Any]:
    return {"counts": asdict(tally.counts()), "samples": [asdict(each) for each in tally.samples]}


def find(connection: sa.Connection, new: Field) -> Prepared | None:
    """The preparation of a field's new columns."""
    return next((each for each in read(connection) if each.is_for(new)), None)


def catch_up(work: Work, conversion: Conversion, prepared: Prepared) -> None:
    """Convert what was written since, under the lock of the publish.

    :raises LostMore: when something of that would be lost, which nobody has seen in a plan.
    """
    late = conversion.late(work.connection, prepared.cursor, prepared.since)
    if conversion.redo(work.connection, late).counts().lossy:
        raise LostMore(prepared)


def forget(work: Work, table: str, column: str) -> None:
    """Columns are not there any more: nothing is prepared in them."""
    for each in read(work.connection):
        if (each.table, each.physical) == (table, column):
            settle(work, each)


def settle(work: Work, prepared: Prepared) -> None:
    """Nothing is prepared for the field any more."""
    done = sa.update(sys_background_step).where(sys_background_step.c.id == prepared.id)
    work.connection.execute(done.values(state=DONE))


def prepare_again(database: Database, prepared: Prepared) -> None:
    """Begin once more, because what was written since would lose something that nobody has confirmed."""
    chosen = sa.update(sys_background_step).where(sys_background_step.c.id == prepared.id)

    def restart(work: Work) -> None:
        kept = sa.select(sys_background_step.c.body).where(sys_background_step.c.id == prepared.id)
        body = {**work.connection.execute(kept).scalar_one(), **_told(Tally())}
        work.connection.execute(chosen.values(state=WAITING, cursor=0, done=0, at=work.now, body=body))

    database.run(restart)
