"""Computing columns of rows that are there already, in batches by id."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import sqlalchemy as sa

from sartor.platform.storage.steps.step import Step

BATCH = 1_000

Compute = Callable[[Sequence[Any]], Sequence[Any] | None]
"""From the driver values of the source columns to those of the target columns; None leaves the row as it is."""


@dataclass(frozen=True, slots=True)
class Fill(Step):
    """Write `targets` of every row from its `sources`. `compute` gets and gives driver values."""

    phase: ClassVar[int] = 4
    made: sa.Table
    sources: Sequence[str]
    targets: Sequence[str]
    compute: Compute

    @property
    def table(self) -> str:  # type: ignore[override]
        return self.made.name

    def describe(self) -> str:
        return f"fill {', '.join(self.targets)} of {self.table} from {', '.join(self.sources)}"

    def apply(self, connection: sa.Connection) -> int:
        written, after = 0, 0
        while batch := self.batch(connection, after):
            after = batch[0]
            written += batch[1]
        return written

    def batch(self, connection: sa.Connection, after: int, size: int = BATCH) -> tuple[int, int] | None:
        """Fill the next rows behind id `after`: the last id and the number of rows written; None at the end."""
        columns = self.made.c
        chosen = sa.select(columns.id, *(columns[name] for name in self.sources))
        rows = connection.execute(chosen.where(columns.id > after).order_by(columns.id).limit(size)).all()
        if not rows:
            return None
        changes = [self._change(row.id, values) for row in rows if (values := self.compute(tuple(row)[1:])) is not None]
        if changes:
            places = {name: sa.bindparam(f"new_{name}", type_=columns[name].type) for name in self.targets}
            connection.execute(sa.update(self.made).where(columns.id == sa.bindparam("row")).values(places), changes)
        return rows[-1].id, len(changes)

    def _change(self, number: int, values: Sequence[Any]) -> dict[str, Any]:
        return {"row": number, **{f"new_{name}": value for name, value in zip(self.targets, values, strict=True)}}
