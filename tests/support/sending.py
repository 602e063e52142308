"""Exporting from a world."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from worlds import World

from sartor.platform.access.context import Context
from sartor.platform.query.asking import Names
from sartor.platform.records.exporting.exporter import Exported, Exporter
from sartor.platform.records.exporting.plan import ExportPlan


@dataclass
class Sending:
    """Exports from one world into one folder."""

    world: World
    folder: Path

    def run(self, entity: str, context: Context | None = None, **more: Any) -> tuple[Path, Exported]:
        """A whole export; its file."""
        asker = context or self.world.system
        plan = ExportPlan.from_dict({"entity": entity, **more})
        names = Names(self.world.model, asker.access)
        exporter = Exporter(self.world.database, self.world.reader, names, asker, plan)
        path = self.folder / f"{entity}.{plan.format}"
        return path, exporter.to_path(path)

    def rows(self, entity: str, context: Context | None = None, **more: Any) -> list[dict[str, str]]:
        """The rows of a CSV export, by column."""
        path, _written = self.run(entity, context, **more)
        with path.open(encoding="utf-8-sig", newline="") as stream:
            return list(csv.DictReader(stream))
