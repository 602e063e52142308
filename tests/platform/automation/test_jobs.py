"""Jobs: one worker at a time, progress, a way to stop, and another worker when one falls silent."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from sartor.platform.automation.jobs import Jobs, Running
from sartor.platform.errors import Invalid, NotFound
from sartor.platform.storage import jobs as rows
from sartor.platform.storage.engine import Database
from sartor.platform.storage.migrate import upgrade


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    made = Database.open(database_url, node=3)
    upgrade(made)
    yield made
    made.close()


def jobs_with(database: Database, handler: Callable[[Running], Any], seconds: float = 60) -> Jobs:
    return Jobs(database, {"test": handler}, timedelta(seconds=seconds))


def test_a_job_is_done_once_and_keeps_its_result(database: Database) -> None:
    jobs = jobs_with(database, lambda running: {"sum": sum(running.job.input["numbers"])})
    number = jobs.begin("test", {"numbers": [1, 2]}, owner=5)
    assert jobs.waiting() == [number]
    assert jobs.run(number, "one")
    assert not jobs.run(number, "two")
    found = jobs.get(number, owner=5)
    assert (found.state, found.result, jobs.waiting()) == ("done", {"sum": 3}, [])


def test_nobody_sees_the_job_of_another(database: Database) -> None:
    jobs = jobs_with(database, lambda running: None)
    number = jobs.begin("test", {}, owner=5)
    with pytest.raises(NotFound):
        jobs.get(number, owner=6)
    with pytest.raises(NotFound, match="nothing"):
        jobs.begin("nothing", {}, owner=5)


def test_a_refusal_is_the_message_and_a_bug_is_not_shown(database: Database) -> None:
    def refuse(running: Running) -> None:
        raise Invalid("The file is empty.")

    def break_down(running: Running) -> None:
        raise ZeroDivisionError("secret")

    for handler, expected in ((refuse, "The file is empty."), (break_down, "Something went wrong inside")):
        jobs = jobs_with(database, handler)
        number = jobs.begin("test", {}, owner=None)
        jobs.run(number, "one")
        found = jobs.get(number)
        assert found.state == "failed"
        assert str(found.message).startswith(expected)


def test_a_cancelled_job_stops_at_its_next_step(database: Database) -> None:
    def work(running: Running) -> None:
        for done in range(100):
            running.progress(done, 100)
            if done == 3:
                jobs.cancel(running.job.id)

    jobs = jobs_with(database, work)
    number = jobs.begin("test", {}, owner=None)
    jobs.run(number, "one")
    found = jobs.get(number)
    assert (found.state, found.progress, found.total) == ("cancelled", 4, 100)


def test_a_job_that_waits_is_cancelled_at_once(database: Database) -> None:
    jobs = jobs_with(database, lambda running: None)
    number = jobs.begin("test", {}, owner=None)
    jobs.cancel(number)
    assert (jobs.get(number).state, jobs.run(number, "one")) == ("cancelled", False)


def test_a_silent_workers_job_is_taken_over_and_its_answer_is_not_heard(database: Database) -> None:
    jobs = jobs_with(database, lambda running: "second", seconds=0.2)
    number = jobs.begin("test", {}, owner=None)
    job = database.run(lambda work: rows.take(work, number, "dead", timedelta(seconds=0.2)))
    assert job is not None
    assert jobs.waiting() == []
    time.sleep(0.3)
    assert jobs.waiting() == [number]
    assert jobs.run(number, "alive")
    database.run(lambda work: rows.end(work, number, "dead", "failed", None, "first"))
    assert jobs.get(number).result == "second"


def test_a_busy_worker_keeps_its_job(database: Database) -> None:
    begun, ended = threading.Event(), threading.Event()

    def work(running: Running) -> str:
        begun.set()
        ended.wait(20)
        return "mine"

    jobs = jobs_with(database, work, seconds=0.6)
    number = jobs.begin("test", {}, owner=None)
    thread = threading.Thread(target=jobs.run, args=(number, "one"))
    thread.start()
    assert begun.wait(20)
    time.sleep(1.5)
    taken = jobs.waiting()
    ended.set()
    thread.join()
    assert (taken, jobs.get(number).result) == ([], "mine")


def test_a_job_that_always_dies_is_given_up(database: Database) -> None:
    jobs = jobs_with(database, lambda running: None, seconds=0.01)
    number = jobs.begin("test", {}, owner=None)
    for attempt in range(rows.MOST_ATTEMPTS):
        assert database.run(lambda work, me=f"w{attempt}": rows.take(work, number, me, timedelta(0)))
        time.sleep(0.01)
    jobs.run(number, "last")
    assert jobs.get(number).state == "failed"
