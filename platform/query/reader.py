"""The reader: pages of records, one record, counts and grouped numbers, for one context.

There is one reader for each model. It keeps the statements that it compiled, by question and set of rights.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from sartor.platform.access.context import Context
from sartor.platform.access.rights import Access
from sartor.platform.errors import NotFound
from sartor.platform.expressions import env_values
from sartor.platform.model import Operation
from sartor.platform.query.cursor import Cursors, Position
from sartor.platform.query.listing import BLANK_PART, Listing, record_statement
from sartor.platform.query.many import by_record, members_statement
from sartor.platform.query.question import CAP, Page, Path, Question, Sum
from sartor.platform.query.sums import Summing
from sartor.platform.recent import Recent
from sartor.platform.storage.engine import Database
from sartor.platform.storage.statement import Statement, list_value
from sartor.platform.storage.tables import Tables
from sartor.platform.text import gettext as _
from sartor.platform.text import pick

T = TypeVar("T")
Fetch = Callable[[Statement, Any], list[tuple]]
KEPT = 2000
"""Compiled statements kept; the least recently used goes first."""


class Reader:
    """Reads one model's records. `fetch` of a Work may stand in for the database's own, inside a transaction."""

    def __init__(self, database: Database, tables: Tables, cursors: Cursors) -> None:
        self.database = database
        self.tables = tables
        self.cursors = cursors
        self._kept: Recent[Any] = Recent(KEPT)

    # ---- lists

    def page(self, context: Context, question: Question, *, fetch: Fetch | None = None) -> Page:
        """One page. Each row has the requested paths, and `id`.

        :raises Outdated: for a cursor of another revision or question. :raises OverBudget: when it takes too long.
        """
        context.access.require(Operation.READ, question.entity)
        listing = self._listing(question, context.access)
        fits = self._fits(question, context)
        position = self.cursors.read(question.cursor, fits) if question.cursor else None
        rows = self._rows(context, listing, question, position, fetch or self.database.fetch)
        _saw(context, rows)
        more = len(rows) > question.limit
        rows = rows[: question.limit]
        following = self.cursors.write(listing.position(rows[-1]), fits) if more else None
        return Page(self._objects(context, listing, rows, fetch or self.database.fetch), following)

    def _rows(
        self, context: Context, listing: Listing, question: Question, position: Position | None, fetch: Fetch
    ) -> list[tuple]:
        values = self._values(context, question)
        if position is None:
            return self._fetch(context, listing.statement(None), values, fetch)
        values |= listing.after_values(position)
        rows = self._fetch(context, listing.statement(position), values, fetch)
        if len(rows) <= question.limit and listing.in_two_parts(position):
            rows += self._fetch(context, listing.statement(position, BLANK_PART), values, fetch)
        return rows

    def _values(self, context: Context, question: Question) -> dict[str, Any]:
        given = {f"given_{name}": question.given[name] for name in question.equal}
        given |= {f"compare_{place}": question.given[f"compare_{place}"] for place in range(len(question.compares))}
        return {**context.access.values(self.tables.dialect), **given}

    def _fetch(self, context: Context, statement: Statement, values: dict[str, Any], fetch: Fetch) -> list[tuple]:
        needed = [name for _place, name, _process in statement.slots if name not in values]
        if needed:
            values = values | env_values(needed, context.env(), self.tables.dialect)
        return fetch(statement, values)

    def _objects(self, context: Context, listing: Listing, rows: Sequence[tuple], fetch: Fetch) -> list[dict[str, Any]]:
        objects = listing.make_rows(rows)
        if listing.many:
            ids = [row[listing.make_rows.width] for row in rows]
            for path in listing.many:
                self._add_members(context, listing, path, objects, ids, fetch)
        return objects

    def _add_members(
        self,
        context: Context,
        listing: Listing,
        path: Path,
        objects: list[dict[str, Any]],
        ids: list[int],
        fetch: Fetch,
    ) -> None:
        field = listing.entity.fields[path[0]]
        key = ("members", field.entity, field.name, context.access.rights)
        statement = self.keep(key, lambda: members_statement(self.tables, field, context.access))
        values = {**context.access.values(self.tables.dialect), "records": list_value(ids, self.tables.dialect)}
        found = by_record(self._fetch(context, statement, values, fetch), field)
        empty = field.type.dump_members(field, ())
        for made, number in zip(objects, ids, strict=True):
            made[path[0]] = found.get(number, empty)

    def count(self, context: Context, question: Question, *, exact: bool = False) -> tuple[int, bool]:
        """How many records answer the question, and whether counting stopped at the cap."""
        context.access.require(Operation.READ, question.entity)
        listing = self._listing(question, context.access)
        values = self._values(context, question)
        number = self._fetch(context, listing.count(exact), values, self.database.fetch)[0][0]
        return (number, False) if exact else (min(number, CAP), number > CAP)

    # ---- one record

    def record(
        self,
        context: Context,
        entity: str,
        record_id: int,
        fields: tuple[Path, ...],
        *,
        deleted: bool | None = False,
        fetch: Fetch | None = None,
    ) -> dict[str, Any]:
        """One record. deleted: living, deleted, or (None) either.

        :raises NotFound: where there is none, or none that the actor may see; the two cannot be told apart.
        """
        context.access.require(Operation.READ, entity)
        listing = self._listing(Question(entity, fields), context.access)
        key = ("record", listing, deleted)
        statement = self.keep(key, lambda: record_statement(listing, deleted))
        values = {**context.access.values(self.tables.dialect), "record_id": record_id}
        run = fetch or self.database.fetch
        rows = self._fetch(context, statement, values, run)
        _saw(context, rows)
        if not rows:
            label = pick(self.tables.model.entity(entity).label)
            raise NotFound(_("There is no %(entity)s with this address, or it is not open to you.", entity=label))
        return self._objects(context, listing, rows, run)[0]

    # ---- numbers

    def sum(self, context: Context, question: Sum) -> list[tuple[Any, ...]]:
        """Grouped numbers: keys of the groups, then measures, in JSON form. Access folded in as everywhere."""
        summing = self.keep(
            ("sum", question.shape, context.access.rights),
            lambda: Summing(self.tables, question, context.access),
        )
        context.access.require(Operation.READ, summing.entity.name)
        values = dict(context.access.values(self.tables.dialect))
        return summing.answers(self._fetch(context, summing.statement, values, self.database.fetch))

    # ---- kept statements

    def _listing(self, question: Question, access: Access) -> Listing:
        return self.keep(("list", question.shape, access.rights), lambda: Listing(self.tables, question, access))

    def keep(self, key: Any, make: Callable[[], T]) -> T:
        return self._kept.get(key, make)

    def _fits(self, question: Question, context: Context) -> str:
        """What a cursor belongs to: the design, the question with its values, and who asked."""
        given = sorted((name, str(value)) for name, value in question.given.items())
        return f"{self.tables.model.revision}\0{question.shape}\0{given}\0{context.actor.id}"


def _saw(context: Context, rows: Sequence[tuple]) -> None:
    """Pass on the number of the stamp, which stands at the end of every row."""
    if rows and context.assumes:
        context.assumes.saw(rows[0][-1])
