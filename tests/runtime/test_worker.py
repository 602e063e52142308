"""Workers as processes: a job is done, whoever dies on the way; events reach the broker."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from crm import DOCUMENTS
from offices import Office, open_office

from sartor.platform.records.importing.plan import ImportPlan
from sartor.platform.storage.jobs import Job
from sartor.platform.storage.system.events import sys_event
from sartor.runtime.handlers import jobs_of
from sartor.runtime.transfers import Transfers

CHILD = Path(__file__).parent.parent / "support" / "worker_child.py"
KILLS = max(1, int(os.environ.get("SARTOR_KILLS", "10")) // 10)
ROWS = 1500
PATIENCE = 180.0


@pytest.fixture
def office(database_url: str, tmp_path: Path) -> Iterator[Office]:
    with open_office(database_url, tmp_path, DOCUMENTS) as made:
        yield made


@pytest.fixture
def broker(request: pytest.FixtureRequest, database_url: str) -> str | None:
    """Folders beside SQLite, Redis beside PostgreSQL: the two shapes in which the product is run."""
    if database_url.startswith("sqlite"):
        return None
    url: str = request.getfixturevalue("redis_url")
    return url


@pytest.fixture
def start(office: Office, broker: str | None) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    settings = office.workspace.settings
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("SARTOR_")},
        "SARTOR_DATA": str(settings.data),
        "SARTOR_DATABASE_URL": settings.database_url,
        **({"SARTOR_BROKER_URL": broker} if broker else {}),
    }
    begun: list[subprocess.Popen[bytes]] = []

    def start(**more: Any) -> subprocess.Popen[bytes]:
        begun.append(subprocess.Popen([sys.executable, str(CHILD)], env=environment | more.pop("env", {}), **more))
        return begun[-1]

    yield start
    for child in begun:
        child.kill()
        child.wait()


def begin(office: Office, rows: int = ROWS) -> int:
    """An import that waits for a worker; the number of its job."""
    workspace = office.workspace
    lines = "".join(f"A{number},{number}\n" for number in range(rows))
    file = workspace.files.put(io.BytesIO(f"name,tax_id\n{lines}".encode()), "accounts.csv", "text/csv", None)
    transfers = Transfers(workspace, jobs_of(workspace), workspace.system("test"))
    return transfers.begin_import(file, ImportPlan(entity="account"))[1]


def wait_for(office: Office, job: int, reached: Callable[[Job], bool]) -> Job:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        found = jobs_of(office.workspace).get(job)
        if reached(found):
            return found
        time.sleep(0.05)
    raise AssertionError(f"after {PATIENCE:.0f} s the job is still {found}")


def names(office: Office) -> tuple[int, int]:
    table = office.workspace.serving().tables.of("account")
    with office.workspace.database.read() as connection:
        count, distinct = connection.execute(
            sa.select(sa.func.count(), sa.func.count(sa.distinct(table.c.tax_id)))
        ).one()
    return count, distinct


@pytest.mark.faults
def test_the_job_of_a_killed_worker_is_finished_by_another(
    office: Office, start: Callable[..., subprocess.Popen[bytes]]
) -> None:
    job = begin(office)
    for kill in range(KILLS):
        child = start()
        before = jobs_of(office.workspace).get(job).progress
        found = wait_for(office, job, lambda each, seen=before: each.progress > seen or each.is_over)
        if found.is_over:
            break
        time.sleep(0.1 * kill)
        child.kill()
        child.wait()
    start()
    done = wait_for(office, job, lambda each: each.is_over)
    assert (done.state, done.result["counts"]["create"]) == ("done", ROWS)
    assert names(office) == (ROWS, ROWS)


def test_events_are_handed_over_and_marked(office: Office, start: Callable[..., subprocess.Popen[bytes]]) -> None:
    job = begin(office, rows=20)
    start()
    wait_for(office, job, lambda each: each.state == "done")
    until = time.monotonic() + PATIENCE
    waiting = sa.select(sa.func.count()).where(sys_event.c.sent_at.is_(None))
    while time.monotonic() < until:
        with office.workspace.database.read() as connection:
            if connection.execute(waiting).scalar() == 0:
                return
        time.sleep(0.1)
    raise AssertionError("events still wait")


AS_ROOT = "import os; os.getuid = os.geteuid = lambda: 0"


def test_a_worker_of_the_administrator_of_the_machine_warns_of_nothing_that_is_not_so(
    office: Office, start: Callable[..., subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    """`sartor run` has just said where to go on: nothing may be read after that."""
    (tmp_path / "sitecustomize.py").write_text(AS_ROOT)
    said = tmp_path / "said"
    with said.open("wb") as file:
        start(env={"PYTHONPATH": str(tmp_path)}, stdout=file, stderr=file)
        assert wait_for(office, begin(office, rows=1), lambda each: each.is_over).state == "done"
    assert said.read_text() == ""
