"""The search table of an entity: FTS5 on SQLite, tsvector with GIN on PostgreSQL, holding tokens made in Python.

Owner and department stand beside the tokens, so that a reader's scope is applied to the hits before they are cut.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.sql import Executable

from sartor.platform.model import Entity, Field
from sartor.platform.storage.adding import document
from sartor.platform.storage.naming import digest

WHOSE = ("record", "owner", "department")
"""The columns beside the tokens."""


def searched_fields(entity: Entity) -> list[Field]:
    """Fields that a search looks into; lines are found through their parent, so they have none."""
    return [] if entity.line_of else [field for field in entity.fields.values() if field.searchable]


def search_table_name(table: str) -> str:
    return f"sys_search_{digest(table)}"


class SearchTable:
    """The search table of one entity, by the physical name of its table."""

    def __init__(self, entity_table: str, dialect: str) -> None:
        self.dialect = dialect
        self.name = search_table_name(entity_table)
        self.table = sa.Table(
            self.name,
            sa.MetaData(),
            # In FTS5 the number of the row is the record.
            sa.Column("rowid" if dialect == "sqlite" else "record", sa.BigInteger(), primary_key=True, key="record"),
            sa.Column("owner", sa.BigInteger()),
            sa.Column("department", sa.BigInteger()),
            sa.Column("tokens", sa.Text() if dialect == "sqlite" else postgresql.TSVECTOR()),
        )

    def ddl(self) -> list[str]:
        """The statements that make it."""
        if self.dialect == "sqlite":
            return [
                f"CREATE VIRTUAL TABLE {self.name} USING fts5(tokens, owner UNINDEXED, department UNINDEXED, "
                "tokenize = 'unicode61 remove_diacritics 0', detail = none)"
            ]
        # A search reads the whole list of pending entries, so that list is kept short: with the default of 4 MB the
        # planner prefers to read the table.
        return [
            f"CREATE TABLE {self.name} (record bigint PRIMARY KEY, owner bigint, department bigint, "
            "tokens tsvector NOT NULL)",
            f"CREATE INDEX {self.name}_tokens ON {self.name} USING gin (tokens) WITH (gin_pending_list_limit = 256)",
        ]

    def put(self) -> sa.Insert:
        """Write the entry of a record: parameters `record`, `owner`, `department`, `tokens` (see `tokens_value`)."""
        values = {name: sa.bindparam(name, type_=sa.BigInteger()) for name in WHOSE}
        if self.dialect == "sqlite":
            tokens = sa.bindparam("tokens", type_=sa.Text())
            return sa.insert(self.table).prefix_with("OR REPLACE").values(tokens=tokens, **values)
        return _replacing(postgresql.insert(self.table).values(tokens=self.vector("tokens"), **values))

    def put_all(self) -> sa.Insert:
        """The same for the entries of a `document`, on PostgreSQL."""
        given = document({**dict.fromkeys(WHOSE, sa.BigInteger()), "tokens": sa.Text()})
        chosen = sa.select(*(given.c[name] for name in WHOSE), _vector(given.c.tokens))
        return _replacing(postgresql.insert(self.table).from_select([*WHOSE, "tokens"], chosen))

    @staticmethod
    def vector(parameter: str) -> sa.ColumnElement[str]:
        """The tsvector of a parameter that `tokens_value` made, for a statement of one's own on PostgreSQL."""
        return _vector(sa.bindparam(parameter, type_=sa.Text()))

    def move(self) -> sa.Update:
        """Change only who owns the record: parameters `record`, `owner`, `department`."""
        chosen = self.table.c.record == sa.bindparam("record", type_=sa.BigInteger())
        return sa.update(self.table).where(chosen).values(
            owner=sa.bindparam("owner", type_=sa.BigInteger()),
            department=sa.bindparam("department", type_=sa.BigInteger()),
        )  # fmt: skip

    def remove(self) -> Executable:
        """Remove the entry of parameter `record`."""
        return sa.delete(self.table).where(self.table.c.record == sa.bindparam("record", type_=sa.BigInteger()))

    def matches(self, parameter: str = "match") -> sa.ColumnElement[bool]:
        """Entries that have the tokens of a parameter made by `match_value`."""
        match = sa.bindparam(parameter, type_=sa.Text())
        if self.dialect == "sqlite":
            return sa.literal_column(self.name).op("MATCH", is_comparison=True)(match)
        return self.table.c.tokens.op("@@", is_comparison=True)(sa.cast(match, postgresql.TSQUERY))

    def hits(
        self, scope: sa.ColumnElement[bool] | None = None, limit: int | sa.BindParameter[int] | None = None,
        name: str = "hits",
    ) -> sa.CTE:  # fmt: skip
        """Records that match, those out of scope left out, then cut, the newest stay: one column `record`, to be joined
        after.

        scope: a condition on `self.table.c`. Materialised, or PostgreSQL's generic plan walks the entity's primary key
        and looks into every row for the tokens.
        """
        found = sa.select(self.table.c.record.label("record")).where(self.matches())
        if scope is not None:
            found = found.where(scope)
        every = found.cte(f"{name}_all").prefix_with("MATERIALIZED")
        newest = sa.select(every.c.record).order_by(every.c.record.desc()).limit(limit)
        return newest.cte(name).prefix_with("MATERIALIZED")


def _replacing(insert: postgresql.Insert) -> postgresql.Insert:
    replaced = {name: insert.excluded[name] for name in ("owner", "department", "tokens")}
    return insert.on_conflict_do_update(index_elements=["record"], set_=replaced)


def _vector(tokens: sa.ColumnElement[str]) -> sa.ColumnElement[str]:
    return sa.func.array_to_tsvector(sa.cast(tokens, postgresql.ARRAY(sa.Text())))


def tokens_value(tokens: Iterable[str], dialect: str) -> str:
    """Tokens as the parameter of `put`."""
    if dialect == "sqlite":
        return " ".join(sorted(tokens))
    # They are letters and digits only, so nothing in them needs to be escaped.
    quoted = '","'.join(tokens)
    return f'{{"{quoted}"}}' if quoted else "{}"


def match_value(codes: Sequence[str], grams: Sequence[str], dialect: str) -> str:
    """The parameter of `matches`: all pieces of a query in one of the fields with these codes."""
    if dialect == "sqlite":
        return " OR ".join("(" + " AND ".join(f'"{code}{gram}"' for gram in grams) + ")" for code in codes)
    return " | ".join("(" + " & ".join(f"'{code}{gram}'" for gram in grams) + ")" for code in codes)
