"""A design that is not published, looked at with the values that publishing would store.

Formulas whose values are new or others are worked out when they are read, roll-ups are counted then, keys that have
other names are translated. Nothing is written, so what is seen is what will be.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import sqlalchemy as sa

from sartor.platform.model import Entity, Field, Model
from sartor.platform.publishing.facing import Facing
from sartor.platform.publishing.models import Design
from sartor.platform.publishing.rekey_steps import back_keys, sets_of
from sartor.platform.records.counted import Element, counted
from sartor.platform.records.plan import rollup_of
from sartor.platform.storage.ahead import TablesAhead


def looked_ahead(facing: Facing) -> Design:
    """The draft on the tables that are there. facing: with what a publish would work out again."""
    model = _reading(facing)
    published = facing.before.tables
    plain = TablesAhead(model, published)
    fills: dict[str, dict[str, Element]] = {}
    for entity in model.entities.values():
        for field in entity.fields.values():
            place = (entity.name, field.name)
            if place in facing.reached and rollup_of(field) is not None:
                fills.setdefault(entity.table, {}).update(counted(plain, field))
            elif place in facing.rekeyed:
                table, column = _held(plain, entity, field)
                fills.setdefault(table, {})[column] = _translated(column, _keys(facing, field))
    return Design(facing.after.documents, model, TablesAhead(model, published, fills) if fills else plain)


def _reading(facing: Facing) -> Model:
    """The model in which reached formulas are worked out when they are read."""
    model = facing.after.model
    touched = {entity for entity, _name in facing.reached}
    entities = {
        name: replace(entity, fields=dict(_fields(facing, entity))) if name in touched else entity
        for name, entity in model.entities.items()
    }
    return replace(model, entities=entities)


def _fields(facing: Facing, entity: Entity) -> Iterator[tuple[str, Field]]:
    for name, field in entity.fields.items():
        is_reached = (entity.name, name) in facing.reached and field.formula is not None
        yield name, replace(field, details=replace(field.details, stored=False)) if is_reached else field


def _held(tables: TablesAhead, entity: Entity, field: Field) -> tuple[str, str]:
    """The table and the column in which the keys of a field are kept."""
    if field.type.members(field):
        return tables.member_name(field), "value"
    return entity.table, field.stored_as


def _keys(facing: Facing, field: Field) -> Mapping[str, str]:
    by_set = facing.lineage.keys_by_set()
    back = next((each for each in facing.returning if each.now is field), None)
    if back is not None:
        return back_keys(back)
    return {old: new for owner in sets_of(field, facing.after.model) for old, new in by_set.get(owner, {}).items()}


def _translated(column: str, keys: Mapping[str, str]) -> Element:
    return lambda table: sa.case(dict(keys), value=table.c[column], else_=table.c[column])
