"""Prepared statements of one PostgreSQL connection, run by libpq itself.

psycopg's cursor decides anew, statement by statement, whether to prepare, how to wait and what to keep; for the same
short statements all day that is most of what they cost in this process. Here its own parts do the same with less:
`Transformer` turns values into wire form and rows into Python (both in C), `pq` talks to the server.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from itertools import count
from typing import Any

import psycopg
from psycopg import errors, pq
from psycopg.adapt import PyFormat, Transformer

KEPT = 400
"""Statements that stay prepared on a connection; the one used longest ago makes room."""
_numbers = count(1)
_AUTO = (PyFormat.AUTO,)
_DONE = (pq.ExecStatus.TUPLES_OK, pq.ExecStatus.COMMAND_OK)

Key = tuple[str, tuple[int, ...]]


class Direct:
    """Runs statements on an autocommit connection that one thread uses at a time."""

    def __init__(self, connection: psycopg.Connection[Any], *, prepare: bool) -> None:
        self._pgconn = connection.pgconn
        self._turning = Transformer(connection)
        self._prepare = prepare
        self._names: OrderedDict[Key, bytes] = OrderedDict()

    def execute(self, sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        """Run one statement with `$1` placeholders; its rows, if it returns any.

        :raises psycopg.Error: of the class that psycopg itself raises.
        """
        turning = self._turning
        sent: Sequence[Any] = turning.dump_sequence(values, _AUTO * len(values))
        if self._prepare:
            result = self._pgconn.exec_prepared(self._name(sql, turning.types or ()), sent, turning.formats)
        else:
            result = self._pgconn.exec_params(sql.encode(), sent, turning.types, turning.formats)
        if result.status not in _DONE:
            raise self._error(result)
        if not result.ntuples:
            return []
        turning.set_pgresult(result)
        return turning.load_rows(0, result.ntuples, tuple)

    def _name(self, sql: str, types: tuple[int, ...]) -> bytes:
        """The name under which a statement for values of these types is prepared."""
        known = self._names.get((sql, types))
        if known is None:
            return self._prepared(sql, types)
        self._names.move_to_end((sql, types))
        return known

    def _prepared(self, sql: str, types: tuple[int, ...]) -> bytes:
        if len(self._names) >= KEPT:
            self._forget(self._names.popitem(last=False)[1])
        name = b"sartor_%d" % next(_numbers)
        result = self._pgconn.prepare(name, sql.encode(), types)
        if result.status not in _DONE:
            raise self._error(result)
        self._names[sql, types] = name
        return name

    def _forget(self, name: bytes) -> None:
        """In the protocol's own words where libpq knows them: a pooler in between understands those only."""
        if psycopg.capabilities.has_send_close_prepared():
            self._pgconn.close_prepared(name)
        else:
            self._pgconn.exec_(b"DEALLOCATE " + name)

    def _error(self, result: pq.abc.PGresult) -> psycopg.Error:
        if self._pgconn.status == pq.ConnStatus.BAD:
            return errors.OperationalError(result.get_error_message())
        return errors.error_from_result(result)
