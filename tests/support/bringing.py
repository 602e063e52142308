"""Importing into a world: a file made of a few lines, its books, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workshops import Workshop
from worlds import World

from sartor.platform.access.context import Context
from sartor.platform.records.importing import ledger
from sartor.platform.records.importing.check import Check, Checked
from sartor.platform.records.importing.complete import completed
from sartor.platform.records.importing.following import noted
from sartor.platform.records.importing.importer import Importer
from sartor.platform.records.importing.ledger import Entry, Import
from sartor.platform.records.importing.opening import open_file
from sartor.platform.records.importing.plan import ImportPlan
from sartor.platform.records.importing.undo import Undo, Undone


@dataclass
class Bringing:
    """Imports into one world. context: who imports, asked again for each chunk."""

    world: World | Workshop
    folder: Path
    context: Callable[[], Context]

    def acting(self) -> tuple[Any, Context]:
        return self.world.writer, self.context()

    def file(self, *lines: str, name: str = "file.csv") -> Path:
        path = self.folder / name
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    def plan(self, entity: str, path: Path, **more: Any) -> ImportPlan:
        plan = ImportPlan.from_dict({"entity": entity, **more})
        return completed(plan, open_file(path, path.name, plan), self.context())

    def begin(self, entity: str, path: Path, **more: Any) -> Import:
        plan = self.plan(entity, path, **more)
        there = noted(plan, self.context().model)
        number = self.world.database.run(lambda work: ledger.begin(work, plan, (1, path.name), None, there))
        return ledger.get(self.world.database, number)

    def importer(self, found: Import, path: Path) -> Importer:
        return Importer(self.world.database, self.acting, found, open_file(path, path.name, found.plan))

    def run(self, entity: str, path: Path, **more: Any) -> tuple[Import, dict[str, int]]:
        """A whole import."""
        found = self.begin(entity, path, **more)
        counts = self.importer(found, path).run()
        return ledger.get(self.world.database, found.id), counts

    def check(self, entity: str, path: Path, **more: Any) -> Checked:
        plan = self.plan(entity, path, **more)
        return Check(self.world.database, self.acting, plan, open_file(path, path.name, plan)).run()

    def undo(self, found: Import) -> Undone:
        return Undo(self.world.database, self.acting, found).run()

    def entries(self, found: Import) -> list[Entry]:
        return list(ledger.entries(self.world.database, found.id))

    def reasons(self, found: Import) -> dict[int, str]:
        """Row -> first reason."""
        return {each.row: str(each.reasons[0]["message"]) for each in self.entries(found) if each.reasons}
