"""New rows of a table: one by a statement of its own, several on PostgreSQL as one JSON document in one statement.

To a server a thousand statements are a thousand answers to wait for and to read; SQLite runs the one statement again
and again for the same price. Values are the driver's: instants and JSON are texts already.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import orjson
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.sql import Executable

from sartor.platform.storage.statement import COMPILERS, Statement
from sartor.platform.work import Work

AT_ONCE = 200
"""Rows of one document: few enough to be on their way while more are being made, many enough to be worth a trip."""
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Adding:
    """The statements that put rows into one table. `many` takes a document as parameter `rows`."""

    one: Statement
    many: Statement | None = None

    @classmethod
    def of(cls, one: Executable, many: Callable[[], Executable], dialect: str) -> Adding:
        """many: the same for `document`, on PostgreSQL."""
        several = Statement.compile(many(), dialect) if dialect == "postgresql" else None
        return cls(Statement.compile(one, dialect), several)

    @classmethod
    def to(cls, table: sa.Table, dialect: str) -> Adding:
        """Whole rows of a table, by the names of its columns."""
        types = {str(each.name): plain(each.type, dialect) for each in table.c}
        one = sa.insert(table).values({name: sa.bindparam(name, type_=kind) for name, kind in types.items()})
        return cls.of(one, lambda: sa.insert(table).from_select(list(types), sa.select(*document(types).c)), dialect)

    def send(self, work: Work, rows: Sequence[Row]) -> None:
        """Have the rows put into the table at the latest before the commit."""
        if self.many is None or len(rows) == 1:
            work.send(self.one, rows)
        else:
            work.send(self.many, ({"rows": text} for text in _documents(rows)))


@cache
def system_adding(table: sa.Table, dialect: str) -> Adding:
    """The same for a table of the system, which lives as long as this process."""
    return Adding.to(table, dialect)


def _documents(rows: Sequence[Row]) -> Iterator[str]:
    for start in range(0, len(rows), AT_ONCE):
        yield orjson.dumps(rows[start : start + AT_ONCE], default=str).decode()


def document(types: Mapping[str, sa.types.TypeEngine[Any]]) -> sa.TableValuedAlias:
    """The rows of parameter `rows`, for PostgreSQL."""
    read = sa.func.json_to_recordset(sa.cast(sa.bindparam("rows", type_=sa.Text()), postgresql.JSON))
    columns = [sa.column(name, kind) for name, kind in types.items()]
    return read.table_valued(*columns).render_derived(name="added", with_types=True)


def plain(kind: sa.types.TypeEngine[Any], dialect: str) -> sa.types.TypeEngine[Any]:
    """What a type that converts by itself (those of system tables) is made of, since values are converted already."""
    return kind.load_dialect_impl(COMPILERS[dialect]) if isinstance(kind, sa.types.TypeDecorator) else kind
