"""A plan for one new field on a table of a million rows, which the bench fills by SQL alone."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from time import perf_counter

import sqlalchemy as sa
from documents import DOCUMENTS, field
from offices import Office, open_office
from results import Result
from servers import PostgresServer

from sartor.platform.definitions.documents import without_engine_keys

ROWS = 1_000_000
TIMES = 5
PLAN_MS = 1000
NUMBERS = {
    "postgresql": "SELECT n FROM generate_series(1, :rows) AS n",
    "sqlite": "WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < :rows) SELECT n FROM s",
}
"""The numbers from one on, as each database says it."""


def plan_on_a_million(folder: Path, server: PostgresServer | None = None) -> Iterator[Result]:
    """On SQLite, and on a server where there is one: the median of several, each another field."""
    folder.mkdir(parents=True)
    urls = {"sqlite": f"sqlite:///{folder / 'sartor.db'}"} | ({"postgresql": server.create()} if server else {})
    for where, url in urls.items():
        with open_office(url, folder, DOCUMENTS) as office:
            _fill(office, where)
            took = statistics.median(_planned(office, number) for number in range(TIMES)) * 1000
        yield Result("million", where, took, " ms", asked=PLAN_MS, at_most=True)


def _fill(office: Office, where: str) -> None:
    """Activities with what every row has; nothing else of a record is needed by a plan."""
    office.make("activity", {"subject": "The first"})
    with office.workspace.database.writing.begin() as connection:
        table = office.workspace.serving().tables.of("activity")
        first = connection.execute(sa.select(table)).mappings().one()
        names = [name for name in first if name != "id"]
        columns = ", ".join(f'"{name}"' for name in names)
        copied = sa.text(
            f'INSERT INTO "{table.name}" (id, {columns}) '
            f'SELECT {first["id"]} + numbers.n, {columns} FROM ({NUMBERS[where]}) AS numbers, "{table.name}"'
        )
        connection.execute(copied, {"rows": ROWS - 1})


def _planned(office: Office, number: int) -> float:
    publisher = office.workspace.publisher
    made = deepcopy(without_engine_keys(office.workspace.serving().design.documents["entity/activity"]))
    made["fields"]["extra"] = field("text", f"Extra {number}", 99)
    publisher.sets.put("entity/activity", made)
    start = perf_counter()
    plan = publisher.plan()
    took = perf_counter() - start
    if not plan.steps:
        raise SystemExit("bench: a new field was no step of the plan")
    return took
