"""Roll-ups counted while they are read, for a look at a design that is not published: the same statements that a
publish will count with, as sub-selects of the record that they are of."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import sqlalchemy as sa

from sartor.platform.model import Field
from sartor.platform.query.sources import from_clause, is_stored
from sartor.platform.records.plan import rollup_of, uncounted
from sartor.platform.records.rollups import Counting
from sartor.platform.storage.tables import Tables

Element = Callable[[sa.FromClause], sa.ColumnElement[object]]
"""Made for the table whose records are read."""


def counted(tables: Tables, item: Field) -> Mapping[str, Element]:
    """The columns of a roll-up by name; none for what takes more than one statement (an average), or counts values
    that are worked out when they are read."""
    rollup = rollup_of(item)
    source = tables.model.entities[rollup.counts]
    if rollup.of and any(name in source.fields and not is_stored(source.fields[name]) for name in rollup.of[:1]):
        return {}
    counting = Counting(tables, [item])
    made = [element for element, _wire in counting.aggregate(item)]
    names = [item.stored_as + spec.suffix for spec in item.type.columns(item) if not spec.shadow]
    if len(made) != len(names):
        return {}
    return {name: _element(counting, item, element) for name, element in zip(names, made, strict=True)}


def _element(counting: Counting, item: Field, made: sa.ColumnElement[object]) -> Element:
    source, nothing = counting.source, uncounted(item)

    def of(outer: sa.FromClause) -> sa.ColumnElement[object]:
        conditions = [*counting.conditions(), source.stored(counting.by) == outer.c.id]
        chosen = sa.select(made).select_from(from_clause(source)).where(*conditions).limit(1)
        found = chosen.correlate(outer).scalar_subquery()
        return found if nothing is None else sa.func.coalesce(found, nothing)

    return of
