"""Unique keys: no two live records may agree. The database's own index stands behind this; this gives the sentence.

Keys are judged before a record is put into its table, where the index would refuse it without a word.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import Any

import sqlalchemy as sa

from sartor.platform.errors import Problem
from sartor.platform.expressions import env_values
from sartor.platform.model import UniqueKey
from sartor.platform.records.memory.change import Change
from sartor.platform.records.memory.tools import Tools, compared_column
from sartor.platform.records.memory.values import RecordValues
from sartor.platform.records.saving.save import driver_columns
from sartor.platform.storage.statement import Prepared
from sartor.platform.storage.tables import key_column
from sartor.platform.text import gettext as _
from sartor.platform.text import listed, pick
from sartor.platform.work import Work

ValuesOf = Callable[[Change], RecordValues]

ABOVE_ALL_LOCKS = 0x53A7
WAIT = Prepared(
    lambda _dialect: sa.select(
        sa.func.pg_advisory_xact_lock(
            sa.bindparam("room", type_=sa.Integer()), sa.bindparam("number", type_=sa.Integer())
        )
    )
)


def broken_keys(change: Change, values: RecordValues, tools: Tools, work: Work) -> list[Problem]:
    """A problem for each key that another live record already has. Blank values are not compared.

    Only what is still to be put into the table is judged.
    """
    unsaved = change.unsaved().keys()
    return [
        _problem(key, change)
        for key in change.entity.keys
        if _depends(key) & unsaved and _counts(key, change, values) and _taken(key, change, values, tools, work)
    ]


def among_themselves(changes: Sequence[Change], values_of: ValuesOf, tools: Tools) -> list[tuple[Change, Problem]]:
    """A problem for each record whose key an earlier one of the same write takes as well."""
    found: list[tuple[Change, Problem]] = []
    seen: set[tuple[Any, ...]] = set()
    for change in changes if len(changes) > 1 else ():
        for key in change.entity.keys:
            if not _counts(key, change, values_of(change)):
                continue
            place = (change.entity.name, key.name, *compared_values(key, change, tools))
            if place in seen:
                found.append((change, _problem(key, change)))
            seen.add(place)
    return found


def key_columns(change: Change, values: RecordValues) -> dict[str, bool]:
    """For each conditional key, whether the record counts: what the index of the database looks at."""
    keys = [(key, key.condition) for key in change.plan.conditional_keys]
    return {key_column(key): bool(values.evaluate(condition)) for key, condition in keys if condition}


def _depends(key: UniqueKey) -> set[str]:
    return {*key.fields, "deleted_at"} | ({path[0] for path in key.condition.paths} if key.condition else set())


def _counts(key: UniqueKey, change: Change, values: RecordValues) -> bool:
    if change.after.get("deleted_at") is not None or any(change.after.get(name) is None for name in key.fields):
        return False
    return key.condition is None or bool(values.evaluate(key.condition))


def _problem(key: UniqueKey, change: Change) -> Problem:
    labels = listed(pick(change.entity.fields[name].label) for name in key.fields)
    said = pick(key.message) if key.message else _("%(fields)s: already used.", fields=labels)
    return Problem(key.fields[-1], "unique", said)


def _taken(key: UniqueKey, change: Change, values: RecordValues, tools: Tools, work: Work) -> bool:
    compared = compared_values(key, change, tools)
    if tools.tables.dialect == "postgresql":
        _wait_for_rivals(key, change, compared, work)
    statement = tools.key_statement(change.entity, key)
    given: dict[str, Any] = {f"k{number}": value for number, value in enumerate(compared)} | {"record": change.id}
    needed = [name for _place, name, _process in statement.slots if name not in given]
    return bool(work.fetch(statement, given | env_values(needed, values.env, tools.tables.dialect)))


def compared_values(key: UniqueKey, change: Change, tools: Tools) -> list[Any]:
    """The values that two records of the same key agree in, as the driver wants them."""
    fields = [change.entity.fields[name] for name in key.fields]
    return [driver_columns(tools.tables, item, change.after.get(item.name))[compared_column(item)] for item in fields]


def _wait_for_rivals(key: UniqueKey, change: Change, values: list[Any], work: Work) -> None:
    """Two writers of the same key go one after the other, so that the second one finds the first one's record."""
    text = repr((change.entity.name, key.name, [str(value) for value in values]))
    number = int.from_bytes(hashlib.blake2b(text.encode(), digest_size=4).digest(), "big", signed=True)
    work.fetch(WAIT("postgresql"), {"room": ABOVE_ALL_LOCKS, "number": number})
