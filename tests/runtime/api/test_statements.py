"""How many statements each route sends to the database: a number that rises is a round trip that everybody waits for.

`statements.json` holds them. To accept a change, run this file with ACCEPT_STATEMENTS=1 and commit what it wrote.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from offices import Office
from rounds import NOWHERE, Round, rounds

KEPT = Path(__file__).with_name("statements.json")
HOW = "a route needs more statements; if that is meant: ACCEPT_STATEMENTS=1 pytest tests/runtime/api/test_statements.py"
WRITES = ("create_record", "update_record", "batch_records", "add_comment")
NOT_COUNTED = ("BEGIN", "PRAGMA", "SET ", "SAVEPOINT", "RELEASE")
WARM = 3


@contextmanager
def counted(office: Office) -> Iterator[list[str]]:
    """The statements of everything that happens inside, by the driver alone or through SQLAlchemy."""
    database, found = office.workspace.database, []

    def note(sql: str) -> None:
        if not sql.startswith(NOT_COUNTED):
            found.append(sql)

    def noting(run: Callable[..., Any]) -> Callable[..., Any]:
        def noted(cursor: Any, sql: str, values: Any) -> Any:
            note(sql)
            return run(cursor, sql, values)

        return noted

    def runner(limit: int | None) -> Callable[..., Any]:
        run = fast(limit)

        def noted(sql: str, values: Any) -> Any:
            note(sql)
            return run(sql, values)

        return noted

    def heard(connection: Any, cursor: Any, sql: str, *more: Any) -> None:
        note(sql)

    fast = database._runner
    engines = {database.engine, database.writing}
    for engine in engines:
        sa.event.listen(engine, "before_cursor_execute", heard)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database.driver, "execute", noting(database.driver.execute))
        patch.setattr(database, "_runner", runner)
        patch.setattr(database.driver, "execute_many", noting(database.driver.execute_many))
        yield found
    for engine in engines:
        sa.event.remove(engine, "before_cursor_execute", heard)


def _asked(each: Round) -> bool:
    return each.endpoint.method == "GET" or each.endpoint.name in WRITES


def _numbers(office: Office, account: str) -> dict[str, int]:
    """Statements of each route once everything is compiled that can be kept."""
    found = {}
    for each in filter(_asked, rounds(office, account, NOWHERE)):
        for _time in range(WARM):
            each.send(office, "boss")
        with counted(office) as statements:
            each.send(office, "boss")
        found[each.endpoint.name] = len(statements)
    return found


def test_no_route_needs_more_statements_than_before(office: Office, account: str) -> None:
    dialect = office.workspace.database.dialect
    known = json.loads(KEPT.read_text()) if KEPT.exists() else {}
    found = _numbers(office, account)
    if os.environ.get("ACCEPT_STATEMENTS"):
        KEPT.write_text(json.dumps({**known, dialect: found}, indent=1, sort_keys=True) + "\n")
        return
    before = known[dialect]
    risen = {name: (before.get(name), count) for name, count in found.items() if count > before.get(name, -1)}
    assert risen == {}, HOW
