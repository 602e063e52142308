"""Unique keys: no two live records may agree. The database's own index stands behind this; this gives the sentence."""

from __future__ import annotations

import hashlib
from typing import Any

import sqlalchemy as sa

from sartor.platform.errors import Problem
from sartor.platform.expressions import to_sql
from sartor.platform.model import Field, UniqueKey
from sartor.platform.query.sources import Sources, from_clause
from sartor.platform.records.change import Change
from sartor.platform.records.state import stored_columns
from sartor.platform.records.values import RecordValues
from sartor.platform.storage.columns import storer
from sartor.platform.storage.tables import Tables
from sartor.platform.text import gettext as _
from sartor.platform.text import pick
from sartor.platform.work import Work

ABOVE_ALL_LOCKS = 0x53A7


def broken_keys(change: Change, values: RecordValues, tables: Tables, work: Work) -> list[Problem]:
    """A problem for each key that another live record already has. Blank values are not compared."""
    return [problem for key in change.entity.keys if (problem := _broken(key, change, values, tables, work))]


def _broken(key: UniqueKey, change: Change, values: RecordValues, tables: Tables, work: Work) -> Problem | None:
    depends = set(key.fields) | ({path[0] for path in key.condition.paths} if key.condition else set())
    if change.kind == "update" and not any(change.has_changed(name) for name in depends):
        return None
    if any(change.after.get(name) is None for name in key.fields):
        return None
    if key.condition and not values.evaluate(key.condition):
        return None
    if not _taken(key, change, tables, work):
        return None
    labels = ", ".join(pick(change.entity.fields[name].label) for name in key.fields)
    said = pick(key.message) if key.message else _("%(fields)s: already used.", fields=labels)
    return Problem(key.fields[-1], "unique", said)


def _taken(key: UniqueKey, change: Change, tables: Tables, work: Work) -> bool:
    base = Sources(tables, None, "u").base(change.entity)
    compared = [_compared(change.entity.fields[name], change.after.get(name), tables) for name in key.fields]
    if tables.dialect == "postgresql":
        _wait_for_rivals(key, change, [value for _column, value in compared], work)
    conditions = [base.table.c[column] == value for column, value in compared]
    conditions += [base.id != change.id, base.table.c.deleted_at.is_(None)]
    if key.condition:
        conditions.append(to_sql(key.condition, base.columns(as_system=True), None, tables.dialect))
    chosen = sa.select(sa.literal(1)).select_from(from_clause(base)).where(*conditions).limit(1)
    return work.connection.execute(chosen).first() is not None


def _compared(item: Field, value: Any, tables: Tables) -> tuple[str, Any]:
    """The column that decides whether two values are the same, and the value as the driver wants it."""
    stored = stored_columns(tables, item, value)
    specs = {item.stored_as + spec.suffix: spec for spec in item.type.columns(item)}
    name = item.stored_as + "__fold" if item.stored_as + "__fold" in stored else item.stored_as
    convert = storer(specs[name].kind, specs[name].scale, tables.dialect)
    return name, convert(stored[name]) if convert else stored[name]


def _wait_for_rivals(key: UniqueKey, change: Change, values: list[Any], work: Work) -> None:
    """Two writers of the same key go one after the other, so that the second one finds the first one's record."""
    text = repr((change.entity.name, key.name, [str(value) for value in values]))
    number = int.from_bytes(hashlib.blake2b(text.encode(), digest_size=4).digest(), "big", signed=True)
    work.connection.execute(sa.select(sa.func.pg_advisory_xact_lock(ABOVE_ALL_LOCKS, number)))
