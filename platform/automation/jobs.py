"""Long work: begun by somebody, done by a worker, with progress and a way to stop it.

A kind of job is a function that takes a `Running` and may be called again after a crash: it says how far it has come,
and goes on from there.
"""

from __future__ import annotations

import logging
import secrets
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sartor.platform.errors import NotFound, SartorError
from sartor.platform.storage import jobs as rows
from sartor.platform.storage.engine import Database
from sartor.platform.storage.jobs import Job
from sartor.platform.text import gettext as _
from sartor.platform.work import NO_VALUES, Work

log = logging.getLogger(__name__)


Watch = Callable[[int, int | None], object]


def _nobody(done: int, total: int | None) -> None:
    """Nobody looks on."""


class Cancelled(SartorError):
    """Somebody asked for the job to be stopped."""

    code = "cancelled"


@dataclass(slots=True)
class Running:
    """A job while a worker works on it."""

    database: Database
    job: Job
    worker: str
    lease: timedelta = rows.LEASE
    watch: Watch = _nobody

    def progress(self, done: int, total: int | None = None, **more: Any) -> None:
        """Say how far it has come; more: `message`, `result` (where to go on after a crash).

        :raises Cancelled: when the job is to stop here.
        """
        values = {"progress": done, **({"total": total} if total is not None else {}), **more}
        if done > self.job.progress:
            values["attempt"] = 1  # it gets somewhere, however often its worker dies
        if not self.keep(values):
            raise Cancelled(_("The job was cancelled."))
        self.watch(done, total)

    def keep(self, values: Mapping[str, Any] = NO_VALUES) -> bool:
        """Keep the lease; False when the job is to stop."""
        return self.database.run(lambda work: rows.note_progress(work, self.job.id, self.worker, values, self.lease))


class Heart(threading.Thread):
    """Keeps the lease of a job while its worker is busy with one long step."""

    def __init__(self, running: Running) -> None:
        super().__init__(name=f"lease of job {running.job.id}", daemon=True)
        self.running = running
        self._ended = threading.Event()

    def run(self) -> None:
        while not self._ended.wait(self.running.lease.total_seconds() / 3):
            try:
                self.running.keep()
            except Exception:  # the database is away; the job itself will notice
                log.exception("the lease of job %s could not be kept", self.running.job.id)

    def __enter__(self) -> None:
        self.start()

    def __exit__(self, *_error: object) -> None:
        self._ended.set()
        self.join()


Handler = Callable[[Running], Any]
"""Does the work and returns the result, JSON-ready."""


class Jobs:
    """The jobs of one workspace. handlers: by kind. lease: how long a worker may be silent before another one takes
    its job over."""

    def __init__(self, database: Database, handlers: Mapping[str, Handler], lease: timedelta = rows.LEASE) -> None:
        self.database = database
        self.handlers = handlers
        self.lease = lease

    def begin(self, kind: str, given: Mapping[str, Any], owner: int | None, work: Work | None = None) -> int:
        """Write a job down, in the caller's transaction if there is one; its id.

        :raises NotFound: for a kind without a handler.
        """
        if kind not in self.handlers:
            raise NotFound(_("There is no kind of job %(kind)s.", kind=kind))
        number = self.database.new_id()
        if work is not None:
            rows.begin(work, number, kind, given, owner)
        else:
            self.database.run(lambda inner: rows.begin(inner, number, kind, given, owner))
        return number

    def get(self, number: int, owner: int | None = None) -> Job:
        """A job, if it is the asker's own.

        :raises NotFound: for another's, in the same words as for none.
        """
        found = rows.get(self.database, number)
        if found is None or (owner is not None and found.owner != owner):
            raise NotFound(_("There is no such job."))
        return found

    def cancel(self, number: int) -> None:
        self.database.run(lambda work: rows.ask_to_stop(work, number))

    def waiting(self) -> list[int]:
        """Jobs that nobody works on."""
        return rows.waiting(self.database, self.database.clock())

    def run(self, number: int, worker: str, watch: Watch = _nobody) -> bool:
        """Work on a job to its end; False when another worker has it. watch: told how far it is, in this process."""
        me = f"{worker}:{secrets.token_hex(4)}"
        job = self.database.run(lambda work: rows.take(work, number, me, self.lease))
        if job is None:
            return False
        running = Running(self.database, job, me, self.lease, watch)
        with Heart(running):
            state, message, result = self._worked(running)
        self.database.run(lambda work: rows.end(work, number, me, state, message, result))
        return True

    def _worked(self, running: Running) -> tuple[str, str | None, Any]:
        job = running.job
        if job.attempt > rows.MOST_ATTEMPTS:
            return "failed", _("It was begun %(n)s times and never ended.", n=job.attempt - 1), job.result
        try:
            return "done", None, self.handlers[job.kind](running)
        except Cancelled as error:
            return "cancelled", error.message, job.result
        except SartorError as error:
            return "failed", str(error), job.result
        except Exception:  # whatever went wrong, the job must not stay in the air
            log.exception("job %s (%s) failed", job.id, job.kind)
            return "failed", _("Something went wrong inside; it was noted."), job.result
