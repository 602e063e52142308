"""What was taken out of the design and is still in the database: columns and tables that may come back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from sartor.platform.storage.system.changes import PURGED, sys_retired
from sartor.platform.work import Work

ENTITY, FIELD, OLD_TYPE = "entity", "field", "type"
ROLE = "role"
KEYS = "keys"
"""Not out of use at all: values that are written otherwise since, which the history goes on telling as they were."""


@dataclass(frozen=True, slots=True)
class Retired:
    """what: `entity`, `field`, `type` for the old columns of a changed type, `role` or `keys`. definition: the part as
    it was; for a role who had it, for `keys` the new ones by the old ones. number: of its row, once there is one.

    revision, at: of the publish that took it out, once there is one.
    """

    entity: str
    field: str | None
    table: str
    column: str | None
    what: str
    definition: Mapping[str, Any]
    revision: int = 0
    at: datetime | None = None
    number: int = 0


def note(work: Work, found: Iterable[Retired], revision: int, new_id: Any) -> None:
    """Remember what a publish takes out; what has been out of use before, since then."""
    rows = [
        {
            "id": new_id(),
            "entity": each.entity,
            "field": each.field,
            "table_name": each.table,
            "column_name": each.column,
            "what": each.what,
            "revision": each.revision or revision,
            "at": each.at or work.now,
            "definition": dict(each.definition),
        }
        for each in found
    ]
    if rows:
        work.connection.execute(sa.insert(sys_retired), rows)


def since(connection: sa.Connection) -> dict[tuple[str, str], datetime]:
    """When columns went out of use, by table and name."""
    gone = sys_retired.c.column_name.is_not(None) & sys_retired.c.what.not_in((KEYS, PURGED))
    chosen = sa.select(sys_retired).where(gone).order_by(sys_retired.c.id)
    return {(row.table_name, row.column_name): row.at for row in connection.execute(chosen)}


def fields_of(connection: sa.Connection) -> list[tuple[int, Retired]]:
    """Fields that went out of use as a whole, with their numbers; the last one that went first."""
    return _of_kinds(connection, FIELD)[::-1]


def entities_of(connection: sa.Connection) -> list[tuple[int, Retired]]:
    """Entities that went out of use, with their numbers; the last one that went first."""
    return _of_kinds(connection, ENTITY)[::-1]


def out_of_use(connection: sa.Connection) -> dict[tuple[str, str | None], Retired]:
    """Tables and columns that no definition names, by their physical names."""
    return {(each.table, each.column): each for _number, each in _of_kinds(connection, ENTITY, FIELD, OLD_TYPE)}


def roles(connection: sa.Connection, since: int) -> list[Retired]:
    """Roles that were taken out after a revision, the first one first."""
    return [each for _number, each in _of_kinds(connection, ROLE) if each.revision > since]


def forget_roles(work: Work, *found: Retired) -> None:
    """They are there again."""
    numbers = [each.number for each in found]
    work.connection.execute(sa.delete(sys_retired).where(sys_retired.c.id.in_(numbers)))


def _of_kinds(connection: sa.Connection, *kinds: str) -> list[tuple[int, Retired]]:
    chosen = sa.select(sys_retired).where(sys_retired.c.what.in_(kinds)).order_by(sys_retired.c.id)
    return [(row.id, _read(row)) for row in connection.execute(chosen)]


def _read(row: sa.Row[Any]) -> Retired:
    return Retired(
        row.entity, row.field, row.table_name, row.column_name, row.what, row.definition, row.revision, row.at,
        row.id,
    )  # fmt: skip


def retyped(connection: sa.Connection) -> frozenset[tuple[str, str]]:
    """Columns, by table and name, whose field goes on in others because it has another type."""
    chosen = sa.select(sys_retired.c.table_name, sys_retired.c.column_name).where(sys_retired.c.what == OLD_TYPE)
    return frozenset((row.table_name, row.column_name) for row in connection.execute(chosen))


def forget(work: Work, used: Mapping[str, set[str]]) -> None:
    """Forget what is in use (again). used: physical table -> the physical names of its fields."""
    for row in work.connection.execute(sa.select(sys_retired).where(sys_retired.c.what != KEYS)).all():
        if row.table_name in used and (row.column_name is None or row.column_name in used[row.table_name]):
            work.connection.execute(sa.delete(sys_retired).where(sys_retired.c.id == row.id))
