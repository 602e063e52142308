"""Several statements as one, for a database that is a trip away: whole or not at all, without BEGIN and COMMIT.

Each becomes a part of a WITH; what they are compared with is judged at the end, and a verdict other than "all is
well" is an error of the statement itself, because only an error undoes the parts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler

from sartor.platform.storage.statement import Statement
from sartor.platform.work import NO_VALUES, Guard

PLACEHOLDER = re.compile(r"\$(\d+)")
VERDICT = re.compile(r'"sartor:(\d+|raced)"')


class _Mark(sa.ColumnElement[str]):
    inherit_cache = True
    type = sa.Text()


MARK = _Mark()
"""What a row is marked by: the transaction that wrote it. It is another one as soon as anybody changed the row. On
SQLite there is none, and none is needed: what a work read before its transaction is looked at again inside."""


@compiles(_Mark, "postgresql")
def _xmin(element: _Mark, compiler: SQLCompiler, **how: Any) -> str:
    return "CAST(xmin AS TEXT)"


@compiles(_Mark, "sqlite")
def _no_mark(element: _Mark, compiler: SQLCompiler, **how: Any) -> str:
    return "NULL"


class Raced(Exception):
    """Somebody else changed a record between our reading and our writing; the same again will see it."""


@dataclass(frozen=True, slots=True)
class Together:
    """The SQL of statements joined; `bind` gives their values in its order."""

    sql: str
    pieces: tuple[Statement, ...]

    @classmethod
    def of(cls, pieces: Sequence[Statement], guards: Sequence[Statement]) -> Together:
        """pieces: what is to run. guards: each reads one value, which `bind` compares."""
        parts, verdicts, shift = [], [], 0
        for number, piece in enumerate(pieces):
            counted = " RETURNING 1" if piece.changes_one else ""
            parts.append(f"w{number} AS ({_shifted(piece.sql, shift)}{counted})")
            shift += len(piece.fixed)
            if piece.changes_one:
                verdicts.append(f"WHEN (SELECT count(*) FROM w{number}) <> 1 THEN 'sartor:raced'")
        for number, guard in enumerate(guards):
            found = f"({_shifted(guard.sql, shift)})"
            shift += len(guard.fixed) + 1
            verdicts.append(f"WHEN {found} <> ${shift} THEN 'sartor:{number}'")
        # It says something only by failing: a row that nobody reads would have to be taken apart.
        judged = f"CAST(CASE {' '.join(verdicts)} ELSE '0' END AS integer) = 1" if verdicts else "false"
        return cls(f"WITH {', '.join(parts)} SELECT 1 WHERE {judged}", (*pieces, *guards))


def bound(pieces: Sequence[tuple[Statement, Any]], reads: Sequence[Statement], guards: Sequence[Guard]) -> list[Any]:
    """The values of all pieces, then of what the guards read with what each expects."""
    values: list[Any] = []
    for statement, row in pieces:
        values += statement.bind(row)
    for statement, guard in zip(reads, guards, strict=True):
        values += statement.bind(guard.values or NO_VALUES)
        values.append(guard.expected)
    return values


def verdict_of(message: str) -> str | None:
    """`raced`, or the number of the guard that did not hold, from the database's error message."""
    found = VERDICT.search(message)
    return found[1] if found else None


def _shifted(sql: str, by: int) -> str:
    return PLACEHOLDER.sub(lambda match: f"${int(match[1]) + by}", sql) if by else sql
