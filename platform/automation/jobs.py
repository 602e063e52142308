"""Long work: begun by somebody, done by a worker, with progress and a way to stop it.

A kind of job is a function that takes a `Running` and may be called again after a crash: it says how far it has come,
and goes on from there.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sartor.platform.errors import NotFound, SartorError
from sartor.platform.storage import jobs as rows
from sartor.platform.storage.engine import Database
from sartor.platform.storage.jobs import Job
from sartor.platform.text import gettext as _
from sartor.platform.work import Work

log = logging.getLogger(__name__)


class Cancelled(SartorError):
    """Somebody asked for the job to be stopped."""

    code = "cancelled"


@dataclass(slots=True)
class Running:
    """A job while a worker works on it."""

    database: Database
    job: Job
    worker: str

    def progress(self, done: int, total: int | None = None, **more: Any) -> None:
        """Say how far it has come; more: `message`, `result` (where to go on after a crash).

        :raises Cancelled: when the job is to stop here.
        """
        values = {"progress": done, **({"total": total} if total is not None else {}), **more}
        go_on = self.database.run(lambda work: rows.note_progress(work, self.job.id, self.worker, values))
        if not go_on:
            raise Cancelled(_("The job was cancelled."))


Handler = Callable[[Running], Any]
"""Does the work and returns the result, JSON-ready."""


class Jobs:
    """The jobs of one workspace. handlers: by kind."""

    def __init__(self, database: Database, handlers: Mapping[str, Handler]) -> None:
        self.database = database
        self.handlers = handlers

    def begin(self, kind: str, given: Mapping[str, Any], owner: int | None, work: Work | None = None) -> int:
        """Write a job down, in the caller's transaction if there is one; its id."""
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

    def run(self, number: int, worker: str) -> bool:
        """Work on a job to its end; False when another worker has it."""
        job = self.database.run(lambda work: rows.take(work, number, worker))
        if job is None:
            return False
        state, message, result = self._worked(Running(self.database, job, worker))
        self.database.run(lambda work: rows.end(work, number, worker, state, message, result))
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
