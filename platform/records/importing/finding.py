"""Finding the records that a file means: by a unique field, else by title, compared in the folded form.

Only living records that the actor may see are found; for everybody else they are not there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Protocol

import marshmallow as ma
import sqlalchemy as sa

from sartor.platform.access.context import Context
from sartor.platform.errors import Invalid, Problem
from sartor.platform.expressions import env_values
from sartor.platform.fields.base import ColumnKind, Reading
from sartor.platform.model import Entity, Field, Operation
from sartor.platform.query.sources import Sources, from_clause, is_stored
from sartor.platform.records.memory.tools import Tools, compared_column
from sartor.platform.records.saving.save import driver_columns
from sartor.platform.storage.statement import Statement, in_list, list_value
from sartor.platform.text import gettext as _
from sartor.platform.text import pick
from sartor.platform.work import Values

COMPARABLE = (ColumnKind.TEXT, ColumnKind.INTEGER, ColumnKind.ID, ColumnKind.DATE)
Key = tuple[Any, ...]


class Fetching(Protocol):
    """What runs a statement: a `Work`, or whoever only looks."""

    def fetch(self, statement: Any, values: Values) -> list[tuple]: ...


class Finder:
    """Records of one model by what stands in their fields."""

    def __init__(self, tools: Tools, context: Context) -> None:
        self.tools = tools
        self.tables = tools.tables
        self.context = context
        self._statements: dict[tuple[str, tuple[str, ...]], Statement] = {}

    def by_key(
        self, entity: Entity, fields: Sequence[Field], keys: Iterable[Key], work: Fetching
    ) -> dict[Key, list[int]]:
        """The records with each of these keys (values as `compared` makes them)."""
        wanted = set(keys)
        if not wanted:
            return {}
        statement = self._statement(entity, fields)
        given = {"values": list_value(sorted({key[0] for key in wanted}), self.tables.dialect)}
        found: dict[Key, list[int]] = defaultdict(list)
        for number, *values in work.fetch(statement, self._values(statement, given)):
            if tuple(values) in wanted:
                found[tuple(values)].append(number)
        return found

    def compared(self, item: Field, value: Any) -> Any:
        """What two values have in common that are the same: the driver's value of the column that decides."""
        return driver_columns(self.tables, item, value)[compared_column(item)]

    def existing(self, entity: Entity, ids: Iterable[int], work: Fetching) -> set[int]:
        """Those of these records that are there."""
        return {key[0] for key in self.by_key(entity, [entity.fields["id"]], ((number,) for number in ids), work)}

    def titles(self, entity: Entity, most: int, work: Fetching) -> list[str]:
        """Titles of records, for near matches; none where the actor may not know what they are called."""
        if not self.context.access.path_is_readable(entity.name, (entity.title,)):
            return []
        base, conditions = self._base(entity)
        title = base.columns().column((entity.title,))
        chosen = sa.select(title).select_from(from_clause(base)).where(*conditions, title.is_not(None)).limit(most)
        statement = Statement.compile(chosen, self.tables.dialect)
        return [str(row[0]) for row in work.fetch(statement, self._values(statement, {}))]

    def _statement(self, entity: Entity, fields: Sequence[Field]) -> Statement:
        key = (entity.name, tuple(item.name for item in fields))
        if key not in self._statements:
            base, conditions = self._base(entity)
            columns = [base.table.c[compared_column(item)] for item in fields]
            chosen = (
                sa.select(base.id, *columns)
                .select_from(from_clause(base))
                .where(in_list(columns[0], "values", self.tables.dialect), *conditions)
                .order_by(base.id)
            )
            self._statements[key] = Statement.compile(chosen, self.tables.dialect)
        return self._statements[key]

    def _base(self, entity: Entity) -> tuple[Any, list[sa.ColumnElement[bool]]]:
        """The entity's records, as far as they live and the actor sees them."""
        base = Sources(self.tables, self.context.access, "m").base(entity)
        seen = self.context.access.scope(Operation.READ, entity.name).predicate(base.columns(as_system=True))
        living = base.table.c.deleted_at.is_(None)
        return base, [living] if seen is None else [living, seen]

    def _values(self, statement: Statement, given: dict[str, Any]) -> dict[str, Any]:
        values = {**self.context.access.values(self.tables.dialect), **given}
        needed = [name for _place, name, _process in statement.slots if name not in values]
        return values | env_values(needed, self.context.env(), self.tables.dialect)


def comparable(item: Field) -> bool:
    """Whether records can be found by a field."""
    if not is_stored(item) or item.type.members(item) is not None:
        return False
    name = compared_column(item)
    return any(item.stored_as + each.suffix == name and each.kind in COMPARABLE for each in item.type.columns(item))


def key_fields(names: Sequence[str], entity: Entity, context: Context) -> list[Field]:
    """The fields of a key.

    :raises Invalid: for fields that are not there or that no record can be found by.
    """
    found = []
    for name in names:
        item = entity.fields.get(name)
        if item is None or item not in context.access.readable(entity.name) or not comparable(item):
            known = [each.name for each in context.access.readable(entity.name) if comparable(each)]
            said = _("%(name)s cannot be a key; these can: %(known)s.", name=repr(name), known=", ".join(known))
            raise Invalid(said, [Problem("key", "key", said)])
        found.append(item)
    return found


def ways_to_find(entity: Entity, context: Context, by: str | None) -> list[Field]:
    """The fields by which a text may name a record: the one asked for, else unique ones, then the title."""
    readable = [item for item in context.access.readable(entity.name) if comparable(item)]
    if by is not None:
        return [item for item in readable if item.name == by]
    unique = {key.fields[0] for key in entity.keys if len(key.fields) == 1 and key.condition is None}
    return [item for item in readable if item.name in unique and item.name != entity.title] + [
        item for item in readable if item.name == entity.title
    ]


def named_records(
    entity: Entity, texts: Iterable[str], ways: Iterable[Field], finder: Finder, work: Fetching
) -> dict[str, list[int]]:
    """The records that texts name, by the first of some fields that finds any. What names none is left out."""
    named: dict[str, list[int]] = {}
    waiting = set(texts)
    for item in ways:
        values = as_values(item, waiting, finder)
        found = finder.by_key(entity, [item], ((value,) for value in values.values()), work)
        named |= {text: found[value,] for text, value in values.items() if (value,) in found}
        waiting -= named.keys()
    return named


def is_folded(item: Field) -> bool:
    """Whether texts are compared with a field as texts."""
    return compared_column(item).endswith("__fold")


def as_values(item: Field, texts: Iterable[str], finder: Finder) -> dict[str, Any]:
    """Texts as compared values of a field, without those that cannot be one."""
    if is_folded(item):
        return {text: item.type.fold(item, text) for text in texts}
    read = {text: _as_value(item, text, finder) for text in texts}
    return {text: value for text, value in read.items() if value is not None}


def _as_value(item: Field, text: str, finder: Finder) -> Any:
    try:
        said = item.type.read_text(item, text, Reading(zone=finder.context.zone))
        return finder.compared(item, item.type.schema_field(item).deserialize(said))
    except (ValueError, ma.ValidationError):
        return None


def told_several(entity: Entity, text: str, count: int) -> str:
    return _(
        "%(text)s names %(count)s records of %(entity)s; use a field that is unique.",
        text=repr(text), count=count, entity=pick(entity.plural or entity.label),
    )  # fmt: skip
