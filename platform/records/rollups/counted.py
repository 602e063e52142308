"""Roll-ups counted while they are read, for a look at a design that is not published: the same statements that a
publish will count with, as sub-selects of the record that they are of."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa

from sartor.platform.expressions import EnvBinds
from sartor.platform.model import Field
from sartor.platform.query.sources import from_clause
from sartor.platform.records.memory.plan import uncounted
from sartor.platform.records.rollups.counting import Counting
from sartor.platform.records.rollups.fitted import Element, shadows
from sartor.platform.storage.tables import Tables


def counted(tables: Tables, item: Field, outer: sa.FromClause, binds: EnvBinds) -> Mapping[str, Element]:
    """The columns of a roll-up by name, for the rows of `outer`. tables: with what is counted."""
    counting = Counting(tables, [item], binds)
    specs = [each for each in item.type.columns(item) if not each.shadow]
    made = [_of(counting, item, element, outer) for element, _wire in counting.aggregate(item)]
    named = {item.stored_as + spec.suffix: each for spec, each in zip(specs, made, strict=True)}
    return {**named, **shadows(item, made[0], tables.dialect)}


def _of(counting: Counting, item: Field, made: Element, outer: sa.FromClause) -> Element:
    source, nothing = counting.source, uncounted(item)
    conditions = [*counting.conditions(), source.stored(counting.by) == outer.c.id]
    chosen = sa.select(made).select_from(from_clause(source)).where(*conditions).limit(1)
    found = chosen.correlate(outer).scalar_subquery()
    return found if nothing is None else sa.func.coalesce(found, nothing)
