"""Values from side tables (choices, tags, links) for the rows of a page: one statement for each field."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from sartor.platform.access.rights import Access
from sartor.platform.model import Field
from sartor.platform.query.outputs import title_column
from sartor.platform.query.sources import Sources, from_clause
from sartor.platform.storage.statement import Statement, in_list
from sartor.platform.storage.tables import Tables


def members_statement(tables: Tables, field: Field, access: Access | None) -> Statement:
    """(record, value[, title, deleted]) for the records of parameter `records`, in the order they were given in.

    Titles are blank for records that the reader may not see; without `access`, as the system.
    """
    side = tables.members(field).alias("m")
    columns: list[sa.ColumnElement[Any]] = [side.c.record, side.c.value]
    clause: sa.FromClause = side
    targets = field.type.targets(field)
    if targets:
        other = Sources(tables, access, "t").base(tables.model.entities[targets[0]])
        visible = other.statement.visible(other)
        title = title_column(other)
        condition = side.c.value == other.id
        clause = side.outerjoin(from_clause(other), condition if visible is None else sa.and_(condition, visible))
        columns += [title, other.table.c.deleted_at.is_not(None)]
    chosen = (
        sa.select(*columns)
        .select_from(clause)
        .where(in_list(side.c.record, "records", tables.dialect))
        .order_by(side.c.record, side.c.position, side.c.value)
    )
    return Statement.compile(chosen, tables.dialect)


def by_record(rows: Sequence[tuple[Any, ...]], field: Field) -> dict[int, Any]:
    """JSON of the members for each record."""
    found: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for record, *member in rows:
        found[record].append(tuple(member))
    dump = field.type.dump_members
    return {record: dump(field, members) for record, members in found.items()}
