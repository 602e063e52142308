"""Effects that reach beyond fields of the record itself: one default per group, and a parent's field kept in step."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import sqlalchemy as sa

from sartor.platform.model import CopyUp, OnlyOne, Reference
from sartor.platform.records.memory.change import Change
from sartor.platform.records.memory.state import Loader, State, stored_columns
from sartor.platform.records.memory.values import RecordValues
from sartor.platform.storage.columns import storer
from sartor.platform.storage.tables import Tables

ValuesOf = Callable[[State, State | None], RecordValues]
Reached = Iterator[tuple[State, dict[str, object]]]
"""Another record, and the fields of it that are to change."""


def others_unset(change: Change, effect: OnlyOne, loader: Loader) -> Reached:
    """The records of the same group that lose the mark because this one has it now."""
    if change.kind == "delete" or not change.after.get(effect.field):
        return
    if not any(change.has_changed(name) for name in (effect.field, *effect.per)) and change.kind != "restore":
        return
    for number in _group(change, effect, loader, marked=True):
        other = loader.state(change.entity.name, number)
        if other is not None:
            yield other, {effect.field: False}


def is_first_of_group(change: Change, effect: OnlyOne, loader: Loader) -> bool:
    """Whether a new record is alone in its group and should have the mark without asking."""
    if change.before is not None or not effect.first or change.after.get(effect.field):
        return False
    if any(change.after.get(name) is None for name in effect.per):
        return False
    return not _group(change, effect, loader, marked=False)


def _group(change: Change, effect: OnlyOne, loader: Loader, *, marked: bool) -> list[int]:
    tables = loader.tables
    table = tables.of(change.entity)
    conditions = [table.c.id != change.id, table.c.deleted_at.is_(None)]
    for name in effect.per:
        conditions.append(_same(change, name, tables))
    if marked:
        conditions.append(table.c[change.entity.fields[effect.field].stored_as].is_(sa.true()))
    chosen = sa.select(table.c.id).where(*conditions).order_by(table.c.id)
    return [row[0] for row in loader.work.connection.execute(chosen if marked else chosen.limit(1))]


def _same(change: Change, name: str, tables: Tables) -> sa.ColumnElement[bool]:
    item = change.entity.fields[name]
    spec = item.type.columns(item)[0]
    value = stored_columns(item, change.after.get(name))[item.stored_as + spec.suffix]
    convert = storer(spec.kind, spec.scale, tables.dialect)
    column = tables.column(item, spec.suffix)
    return column.is_(None) if value is None else column == (convert(value) if convert else value)


def copied_up(change: Change, effect: CopyUp, loader: Loader, values_of: ValuesOf) -> Reached:
    """The parent that takes over a value, or lets go of it."""
    before = _parent(change.before, effect, loader) if change.before else None
    after = None if change.kind == "delete" else _parent(change.after, effect, loader)
    if before is not None and (after is None or after.id != before.id):
        yield from _let_go(before, change, effect, values_of)
    if after is None:
        return
    values = values_of(change.after, change.before)
    if effect.when is None or values.evaluate(effect.when):
        yield after, {effect.target: _fitting(after, effect, values.evaluate(effect.value))}
    elif change.before is not None:
        yield from _let_go(after, change, effect, values_of)


def _let_go(parent: State, change: Change, effect: CopyUp, values_of: ValuesOf) -> Reached:
    """Clear the parent's field if what it holds came from this record."""
    assert change.before is not None
    old = values_of(change.before, change.before)
    was_ours = effect.when is None or old.evaluate(effect.when)
    if was_ours and parent.get(effect.target) == _fitting(parent, effect, old.evaluate(effect.value)):
        yield parent, {effect.target: None}


def _fitting(parent: State, effect: CopyUp, value: object) -> object:
    """An expression's value as the parent's field keeps it."""
    item = parent.entity.fields[effect.target]
    return None if value is None else item.type.from_operand(item, value)


def _parent(state: State, effect: CopyUp, loader: Loader) -> State | None:
    pointer = state.get(effect.lookup)
    if pointer is None:
        return None
    item = state.entity.fields[effect.lookup]
    number = pointer.id if isinstance(pointer, Reference) else pointer
    return loader.state(item.type.targets(item)[0], number)
