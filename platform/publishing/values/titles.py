"""Records by their titles, and titles by their records, for values that people know by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from sartor.platform.fields.base import Wanted
from sartor.platform.model import Entity, Field
from sartor.platform.storage.columns import wire
from sartor.platform.storage.tables import Tables
from sartor.platform.text import fold, language


class Titles:
    """Finds records by their titles, and titles by their records."""

    def __init__(self, connection: sa.Connection, tables: Tables) -> None:
        self.connection = connection
        self.tables = tables
        self._known: dict[tuple[str, str], int | None] = {}

    def texts(self, entity: Entity, numbers: Iterable[Any]) -> Mapping[int, str]:
        wanted = sorted({number for number in numbers if number is not None})
        title = entity.title_field
        table = self.tables.of(entity)
        specs = [spec for spec in title.type.columns(title) if not spec.shadow]
        wires = [wire(spec.kind, spec.scale, self.tables.dialect) for spec in specs]
        columns = [table.c[title.stored_as + spec.suffix] for spec in specs]
        rows = self.connection.execute(sa.select(table.c.id, *columns).where(table.c.id.in_(wanted)))
        return {row[0]: self._shown(title, wires, row[1:]) for row in rows}

    @staticmethod
    def _shown(title: Field, wires: Sequence[Any], cells: Sequence[Any]) -> str:
        values = [each(value) if each else value for each, value in zip(wires, cells, strict=True)]
        return "" if values[0] is None else title.type.show(title, title.type.load(title, *values), language())

    def number(self, wanted: Wanted) -> int | None:
        """The one live record with this title; None where there is none, or several."""
        for target in wanted.targets:
            key = (target, fold(wanted.text))
            if key not in self._known:
                self._known[key] = self._search(*key)
            if self._known[key] is not None:
                return self._known[key]
        return None

    def _search(self, target: str, folded: str) -> int | None:
        entity = self.tables.model.entities[target]
        table = self.tables.of(entity)
        name = entity.title_field.stored_as + "__fold"
        if name not in table.c or not sa.inspect(self.connection).has_table(entity.table):
            return None
        chosen = sa.select(table.c.id).where(table.c[name] == folded, table.c.deleted_at.is_(None)).limit(2)
        found = list(self.connection.execute(chosen).scalars())
        return found[0] if len(found) == 1 else None
