"""The conversion of values before a publication, as long work: begun by whoever wants to publish, done by a worker.

A slice is one transaction, so a worker that dies loses nothing, and the next one goes on where it was left.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sartor.platform.automation.jobs import Running
from sartor.platform.publishing.publisher import Publisher
from sartor.platform.publishing.values import preparing
from sartor.platform.publishing.values.preparing import going_back
from sartor.platform.storage import jobs as rows
from sartor.platform.storage.engine import Database
from sartor.platform.storage.jobs import Job
from sartor.platform.work import Work

KIND = "prepare"
SECONDS = 2.0
"""How long a slice works before it says how far it is."""


@dataclass(frozen=True, slots=True)
class Conversion:
    """How far the values of a change set are. job: the newest one; None where nobody has begun."""

    job: Job | None
    done: int
    total: int

    @property
    def is_running(self) -> bool:
        return self.job is not None and not self.job.is_over

    @property
    def is_ready(self) -> bool:
        return self.job is not None and self.job.state == "done"


def conversion_of(database: Database, name: str) -> Conversion:
    """How far a change set's values are."""
    job = next((each for each in rows.newest(database, KIND) if each.input.get("set") == name), None)
    return Conversion(job, *_counted(database, name))


def begin(database: Database, name: str, owner: int | None, language: str) -> int:
    """Begin to convert; the job that does so already, where there is one."""
    found = conversion_of(database, name)
    if found.job is not None and found.is_running:
        return found.job.id
    number = database.new_id()

    def write(work: Work) -> None:
        rows.begin(work, number, KIND, {"set": name, "language": language}, owner)

    database.run(write)
    return number


def cancel(database: Database, name: str) -> None:
    """Stop at the next slice; what is converted stays, for whoever goes on."""
    found = conversion_of(database, name)
    if found.job is not None and found.is_running:
        number = found.job.id
        database.run(lambda work: rows.ask_to_stop(work, number))


def convert(publisher: Publisher, running: Running, require: Callable[[], object]) -> dict[str, int]:
    """Do it. require: refuses an owner who may not design any more.

    :raises InvalidDefinition: when the edited documents do not hold together.
    """
    name, back_to = str(running.job.input["set"]), running.job.input.get("rollback")
    content, is_ready = "", False
    while not is_ready:
        require()
        if content != (now := _asked(publisher, name, back_to)):
            work, content = publisher.preparation(name, back_to), now
        is_ready = work.run(SECONDS)
        done, total = _counted(publisher.database, work.name)
        running.progress(done, max(done, total))
    return {"done": done}


def _asked(publisher: Publisher, name: str, back_to: int | None) -> str:
    """Something that is another one when the plan is."""
    if back_to is None:
        return publisher.sets.get(name).content
    return str(publisher.models.stamp().revision)


def done_before(database: Database, name: str, back_to: int | None) -> int:
    """Records whose values are ready already, for a change set or for going back."""
    return _counted(database, name if back_to is None else going_back(back_to))[0]


def _counted(database: Database, name: str) -> tuple[int, int]:
    with database.read() as connection:
        found = [each for each in preparing.read(connection) if each.set == name]
    return sum(each.done for each in found), sum(each.total for each in found)
