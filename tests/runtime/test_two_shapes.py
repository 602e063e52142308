"""PostgreSQL, Redis, two web servers, two workers, a scheduler: what one of them does, the others see."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
import sqlalchemy as sa
from crm import DOCUMENTS
from offices import Office, decode_id, open_office
from shapes import Shape, shape_of, until

from sartor.platform.storage.system.jobs import sys_job

pytestmark = pytest.mark.postgres
FIRST, SECOND = 0, 1
ROWS = 1200
SMALL = 6


@pytest.fixture(scope="module")
def office(postgres_module_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with open_office(postgres_module_url, tmp_path_factory.mktemp("shape"), DOCUMENTS) as made:
        made.hire("boss", "administrator")
        yield made


@pytest.fixture(scope="module")
def shape(office: Office, redis_server: Any) -> Iterator[Shape]:
    redis_server.clear()
    with shape_of(office, redis_server.url) as started:
        yield started


def job_row(office: Office, key: str) -> Any:
    with office.workspace.database.read() as connection:
        return connection.execute(sa.select(sys_job).where(sys_job.c.id == decode_id(key))).one()


def worker_of(office: Office, key: str) -> int:
    """The process that works, or worked, on a job."""
    return int(job_row(office, key).leased_by.split(":")[1])


def test_what_one_web_server_publishes_the_next_request_to_the_other_sees(shape: Shape) -> None:
    assert shape.ask(SECOND, "boss", "GET", "/records/widget").status == 404
    fields = {"name": {"type": "text", "label": "Name", "order": 1}}
    widget = {"label": "Widget", "title": "name", "fields": fields}
    for changed in (widget, {**widget, "fields": {**fields, "size": {"type": "integer", "label": "Size", "order": 2}}}):
        put = shape.ask(FIRST, "boss", "PUT", "/change-sets/main/documents/entity/widget", changed)
        assert put.status == 200, put.json
        assert shape.ask(FIRST, "boss", "POST", "/change-sets/main/publish", {"note": "Widgets"}).status == 200
        assert shape.ask(SECOND, "boss", "GET", "/records/widget").status == 200
    made = shape.ask(SECOND, "boss", "POST", "/records/widget", {"name": "W", "size": 7}).json["id"]
    assert shape.ask(FIRST, "boss", "GET", f"/records/widget/{made}").json["size"] == 7


def test_a_cursor_of_one_web_server_is_good_at_the_other(shape: Shape, office: Office) -> None:
    for number in range(3):
        office.make("product", {"name": f"P{number}"})
    page = shape.ask(FIRST, "boss", "GET", "/records/product?limit=2&sort=name").json
    rest = shape.ask(SECOND, "boss", "GET", f"/records/product?limit=2&sort=name&cursor={page['next']}").json
    assert [row["name"] for row in rest["data"]] == ["P2"]


def test_small_jobs_are_each_done_once(shape: Shape, office: Office) -> None:
    asked = {"entity": "product", "paths": "name"}
    jobs = [shape.ask(n % 2, "boss", "POST", "/jobs/export", asked).json["job"] for n in range(SMALL)]
    for job in jobs:
        until(partial(job_row, office, job), lambda row: row.state == "done")
    assert [job_row(office, job).attempt for job in jobs] == [1] * SMALL
    files = {shape.ask(SECOND, "boss", "GET", f"/jobs/{job}/file").data for job in jobs}
    assert len(files) == 1


def test_a_job_of_a_killed_worker_is_ended_once_by_the_other_and_seen_everywhere(shape: Shape, office: Office) -> None:
    lines = "".join(f"A{number},{number}\n" for number in range(ROWS))
    file = shape.upload(FIRST, "boss", "account", "name,tax_id\n" + lines)
    asked = {"file": file, "plan": {"entity": "account"}, "step": "run"}
    job = shape.ask(FIRST, "boss", "POST", "/jobs/import", asked).json["job"]
    seen = until(lambda: shape.ask(SECOND, "boss", "GET", f"/jobs/{job}").json, lambda found: found["progress"] > 0)
    assert seen["state"] == "running"
    worker = worker_of(office, job)
    os.kill(worker, signal.SIGKILL)
    shape.workers.pop(worker).wait()
    _let_the_lease_run_out(office, job)
    done = until(lambda: shape.ask(SECOND, "boss", "GET", f"/jobs/{job}").json, lambda found: found["state"] == "done")
    assert done["result"]["counts"]["create"] == ROWS
    assert _accounts(office) == (ROWS, ROWS)
    assert worker_of(office, job) == next(iter(shape.workers))


def _let_the_lease_run_out(office: Office, job: str) -> None:
    """Two minutes later: nobody has heard of the worker."""
    past = sa.update(sys_job).where(sys_job.c.id == decode_id(job)).values(lease_until=sys_job.c.created_at)
    office.workspace.database.run(lambda work: work.connection.execute(past))


def _accounts(office: Office) -> tuple[int, int]:
    table = office.workspace.serving().tables.of("account")
    count, distinct = sa.func.count(), sa.func.count(sa.distinct(table.c.tax_id))
    with office.workspace.database.read() as connection:
        return tuple(connection.execute(sa.select(count, distinct)).one())
