"""Roll-ups counted while they are read, for a look at a design that is not published: the same statements that a
publish will count with, as sub-selects of the record that they are of."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa

from sartor.platform.expressions import EnvBinds
from sartor.platform.fields.base import Column, ColumnKind
from sartor.platform.model import Field
from sartor.platform.query.sources import from_clause
from sartor.platform.records.memory.plan import uncounted
from sartor.platform.records.rollups.counting import Counting
from sartor.platform.records.rollups.fitted import Element, shadows
from sartor.platform.storage.tables import Tables

LARGEST = 2**63 - 1


def counted(tables: Tables, item: Field, outer: sa.FromClause, binds: EnvBinds) -> Mapping[str, Element]:
    """The columns of a roll-up by name, for the rows of `outer`. tables: with what is counted."""
    counting = Counting(tables, [item], binds)
    specs = [each for each in item.type.columns(item) if not each.shadow]
    found = [_of(counting, item, element, outer) for element, _wire in counting.aggregate(item)]
    made = [_kept(each, spec, tables.dialect) for each, spec in zip(found, specs, strict=True)]
    named = {item.stored_as + spec.suffix: each for spec, each in zip(specs, made, strict=True)}
    return {**named, **shadows(item, made[0], tables.dialect)}


def _kept(element: Element, spec: Column, dialect: str) -> Element:
    """As its column keeps it: PostgreSQL adds whole numbers up to one that may have decimals."""
    if dialect != "postgresql" or spec.kind is not ColumnKind.INTEGER:
        return element
    return sa.case((sa.func.abs(element) <= sa.literal(LARGEST, sa.Numeric()), sa.cast(element, sa.BigInteger)))


def _of(counting: Counting, item: Field, made: Element, outer: sa.FromClause) -> Element:
    source, nothing = counting.source, uncounted(item)
    conditions = [*counting.conditions(), source.stored(counting.by) == outer.c.id]
    chosen = sa.select(made).select_from(from_clause(source)).where(*conditions).limit(1)
    found = chosen.correlate(outer).scalar_subquery()
    return found if nothing is None else sa.func.coalesce(found, nothing)
