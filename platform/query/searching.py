"""Search: records of many entities by a piece of text, each within the reader's scope and readable fields.

The index gives candidates; a hit counts when the text really stands in one of the readable fields (*contains* means
contains), or when the query is the beginning of the pinyin initials of one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import nsmallest
from operator import itemgetter
from typing import Any

import sqlalchemy as sa

from sartor.platform.access.context import Context
from sartor.platform.access.scopes import place_of
from sartor.platform.access.stamp import stamp_number
from sartor.platform.expressions import env_values
from sartor.platform.model import Entity, Field, Operation
from sartor.platform.model.ids import encode_id
from sartor.platform.query.outputs import title_column
from sartor.platform.query.sources import Sources, from_clause
from sartor.platform.storage.search import SearchTable, match_value, searched_fields
from sartor.platform.storage.statement import Statement
from sartor.platform.storage.tokens import field_code, query_tokens
from sartor.platform.text import fold, initials

CANDIDATES = 100
"""Of more the newest are looked at."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that was found. text: the field's text in which it was found, field: its name."""

    entity: str
    id: str
    title: str | None
    field: str
    text: str
    exact: bool

    def as_dict(self) -> dict[str, Any]:
        return {"entity": self.entity, "id": self.id, "title": self.title, "field": self.field, "text": self.text}


class EntitySearch:
    """The compiled search of one entity for one set of readable fields and rights."""

    def __init__(self, reader: Any, entity: Entity, context: Context) -> None:
        self.tables = reader.tables
        self.entity = entity
        readable = {field.name for field in context.access.readable(entity.name)}
        searched = searched_fields(entity) if self.tables.has(entity) else []
        self.fields = [field for field in searched if field.name in readable]
        self.index = SearchTable(entity.table, self.tables.dialect)
        self.statement = self._compile(context) if self.fields else None

    def values(self, text: str) -> dict[str, Any] | None:
        """Parameters for a query; None where its pieces are too short to look for."""
        dialect = self.tables.dialect
        pieces = [(field_code(field.stored_as), query_tokens(field.type.fold(field, text))) for field in self.fields]
        wanted = [match_value([code], grams, dialect) for code, grams in pieces if grams]
        return {"match": (" OR " if dialect == "sqlite" else " | ").join(wanted)} if wanted else None

    def hits(self, rows: Sequence[tuple[Any, ...]], text: str, limit: int) -> list[Hit]:
        """Verified hits, the best ones: exact ones first, then short ones."""
        wanted = [(field, field.type.fold(field, text)) for field in self.fields]
        query = fold(text).replace(" ", "")
        found = [ranked for row in rows if (ranked := _ranked(row, wanted, query))]
        return [self._hit(each) for each in nsmallest(limit, found, key=itemgetter(slice(0, 3)))]

    def _hit(self, ranked: Ranked) -> Hit:
        inexact, _length, text, field, row = ranked
        return Hit(self.entity.name, encode_id(row[0]), row[1], field.name, text, not inexact)

    def _compile(self, context: Context) -> Statement:
        base = Sources(self.tables, context.access, "s").base(self.entity)
        scope = context.access.scope(Operation.READ, self.entity.name)
        index = _IndexColumns(self.index, self.entity, self.tables.dialect)
        on_index = scope.predicate(index)
        hits = self.index.hits(on_index, CANDIDATES if index.judged_all else None)
        conditions: list[sa.ColumnElement[bool]] = [base.table.c.deleted_at.is_(None)]
        predicate = scope.predicate(base.columns(as_system=True))
        if predicate is not None:
            conditions.append(predicate)
        columns = [base.id, title_column(base)]
        columns += [base.columns().column((field.name,)) for field in self.fields]
        joined = from_clause(base, hits.join(base.table, base.id == hits.c.record))
        # Among equals the newest come first: were it left to the plan, hidden rows could show in the order.
        found = sa.select(*columns, stamp_number()).select_from(joined).where(*conditions).order_by(base.id.desc())
        return Statement.compile(found.limit(CANDIDATES), self.tables.dialect)


Ranked = tuple[bool, int, str, Field, tuple[Any, ...]]


def _ranked(row: tuple[Any, ...], wanted: list[tuple[Field, str]], query: str) -> Ranked | None:
    """A row with its place among the hits (inexact, length, text) and the field that was meant; None if none was."""
    for (field, folded), text in zip(wanted, row[2:-1], strict=True):
        if text is None:
            continue
        shadow = field.type.fold(field, text)
        if folded in shadow or ((letters := initials(text)) and letters.startswith(query)):
            return shadow != folded, len(text), text, field, row
    return None


class _IndexColumns:
    """The columns of the search table as a scope sees them; it can judge by owner and department only.

    judged_all: whether that was all that the scope asked. If not, hits are cut only after the record itself was
    judged: hidden records take nobody's place.
    """

    judged_all = True

    def __init__(self, index: SearchTable, entity: Entity, dialect: str) -> None:
        place = place_of(entity)
        self.dialect = dialect
        self.owner = index.table.c.record if place.owner == "id" else index.table.c.owner
        self.department = None if place.department is None else index.table.c.department

    def expression(self, formula: Any) -> sa.ColumnElement[bool]:
        self.judged_all = False
        return sa.true()

    def parent(self, lookup: str) -> Any:
        return self


def search(reader: Any, context: Context, text: str, entities: Sequence[str], limit: int = 10) -> list[Hit]:
    """Hits of several entities, best first, at most `limit` of each."""
    found: list[Hit] = []
    for name in entities:
        if not context.access.may(Operation.READ, name):
            continue
        entity = reader.tables.model.entity(name)
        each = reader.keep(
            ("search", name, context.access.rights), lambda item=entity: EntitySearch(reader, item, context)
        )
        values = each.values(text) if each.statement else None
        if values is None:
            continue
        values |= context.access.values(reader.tables.dialect)
        needed = [slot[1] for slot in each.statement.slots if slot[1] not in values]
        values |= env_values(needed, context.env(), reader.tables.dialect)
        rows = reader.database.fetch(each.statement, values)
        if rows and context.assumes:
            context.assumes.saw(rows[0][-1])
        found += each.hits(rows, text, limit)
    return found
