"""Samples that came while a lower level was switched on, completed once there is room for more of them.

Only what is blank since it was above the level is filled in, and only in samples that nobody has changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sartor.platform.model import Entity
from sartor.platform.packaging.files.shape import Blueprint
from sartor.platform.packaging.records.keys import came
from sartor.platform.packaging.records.tables import Standing
from sartor.platform.packaging.samples.files import SAMPLES, Row, SampleFiles
from sartor.platform.packaging.samples.writing import SampleLoader
from sartor.platform.records.wish import Wish
from sartor.platform.work import Work
from sartor.platform.workspace import Workspace

LOWEST = "L1"


@dataclass(frozen=True, slots=True)
class Incomplete:
    """A sample that lacks what its row says. cells: those."""

    row: Row
    record: int
    version: int
    cells: Mapping[str, str]


class Completing:
    """The samples of blueprints that can be completed now."""

    def __init__(self, workspace: Workspace, blueprints: Iterable[Blueprint]) -> None:
        self.workspace = workspace
        self.model = workspace.serving().model
        self.found = list(self._all(SampleFiles.of(blueprints, SAMPLES, workspace.serving().design)))

    def carry_out(self, work: Work, loader: SampleLoader) -> int:
        """Fill them in; how many. loader: knows the records that came meanwhile by their keys."""
        done = 0
        for each in self.found:
            entity = self.model.entity(each.row.entity)
            if values := loader.cells.values(entity, each.row, each.cells):
                loader.serving.writer.update(
                    loader.context, entity.name, each.record, Wish(values, each.version), work=work
                )
                done += 1
        return done

    def _all(self, files: SampleFiles) -> Iterator[Incomplete]:
        with self.workspace.database.read() as connection:
            records = {(entity, key): record for entity, key, record in came(connection, self.model)}
        for name in sorted(files.rows):
            entity, above = self.model.entity(name), _above(self.model.entity(name))
            rows = {records[name, key]: row for key, row in files.rows[name].items() if (name, key) in records}
            wanted = {number: cells for number, row in rows.items() if (cells := _of(row, above))}
            yield from (each for each in self._compared(entity, rows, wanted) if each.cells)

    def _compared(
        self, entity: Entity, rows: Mapping[int, Row], wanted: Mapping[int, Mapping[str, str]]
    ) -> Iterator[Incomplete]:
        if not wanted:
            return
        there = Untouched(self.workspace, self.workspace.system("samples", purpose="migrate"))
        for number, cells in there.cells(entity.name, wanted).items():
            if there.is_untouched(entity.name, number):
                lacking = {name: cell for name, cell in wanted[number].items() if not cells.get(name)}
                yield Incomplete(rows[number], number, there.version(entity.name, number), lacking)


class Untouched(Standing):
    """Records as they stand, with whether any person has changed them."""

    beside = (*Standing.beside, "updated_by")

    def is_untouched(self, entity: str, record: int) -> bool:
        return self.rows[entity][record].get("updated_by") is None


def _above(entity: Entity) -> set[str]:
    """Fields that were not there at the lowest level and are there now."""
    return {name for name, field in entity.fields.items() if field.level > LOWEST and not field.inert}


def _of(row: Row, names: set[str]) -> dict[str, str]:
    return {name: cell for name, cell in row.cells.items() if cell and name.partition(".")[0] in names}
