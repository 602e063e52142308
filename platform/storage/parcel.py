"""What a late work wants written, and what has to hold where it is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sartor.platform.storage.driver import Driver
from sartor.platform.storage.statement import Statement
from sartor.platform.storage.together import Raced
from sartor.platform.work import NO_VALUES, Guard, Seen, Sent

IsAsItWas = Callable[[int], bool]


@dataclass(frozen=True, slots=True)
class Parcel:
    """Bound by the thread that wants it written; `put` by whoever writes.

    writes: statements with the values of each call, in their order. seen: what was read before the transaction began;
    what of it was changed meanwhile is noticed, so that the whole is as if it had all happened inside.
    """

    driver: Driver
    writes: Sequence[tuple[Statement, list[list[Any]]]]
    guards: Sequence[Guard]
    seen: Seen | None

    @classmethod
    def of(cls, driver: Driver, sent: Sequence[Sent], guards: Sequence[Guard], seen: Seen | None) -> Parcel:
        runs = [list(calls) for _same, calls in groupby(sent, lambda call: id(call[0]))]
        writes = [(calls[0][0], [statement.bind(row) for statement, row in calls]) for calls in runs]
        return cls(driver, writes, guards, seen)

    def put(self, connection: Any, is_as_it_was: IsAsItWas) -> None:
        """Judge and write, inside a transaction of a driver's connection.

        :raises Raced: when something that was read has changed. :raises Exception: a guard's refusal.
        """
        cursor = self.driver.cursor(connection)
        self._judge(cursor)
        if self.seen and self.seen.reads and not is_as_it_was(self.seen.since):
            self._look_again(cursor, self.seen)
        for statement, rows in self.writes:
            if statement.changes_one:
                self._change(cursor, statement, rows)
            else:
                self.driver.execute_many(cursor, statement.sql, rows)

    def _judge(self, cursor: Any) -> None:
        for guard in self.guards:
            reads = guard.reads(self.driver.dialect)
            found = self.driver.execute(cursor, reads.sql, reads.bind(guard.values or NO_VALUES))
            if found and found[0][0] != guard.expected:
                raise guard.refusal()

    def _look_again(self, cursor: Any, seen: Seen) -> None:
        for statement, values, rows in seen.reads:
            bound = statement.bind(values) if isinstance(values, Mapping) else values
            found = self.driver.execute(cursor, statement.sql, bound)
            if (statement.wired(found) if statement.wires else found) != rows:
                raise Raced

    def _change(self, cursor: Any, statement: Statement, rows: list[list[Any]]) -> None:
        for row in rows:
            self.driver.execute(cursor, statement.sql, row)
            if cursor.rowcount != 1:
                raise Raced
