"""A publication that takes long, as long work: begun by whoever publishes, done by a worker; big tables come first.

The transaction that publishes also writes down that it did, so a worker that dies right after it publishes nothing a
second time; one that dies before leaves everything as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sartor.platform.access.assign import require_own_changes
from sartor.platform.access.context import Context
from sartor.platform.access.policy import ability
from sartor.platform.access.stamp import published_revision
from sartor.platform.automation import converting
from sartor.platform.automation.jobs import Cancelled, Running
from sartor.platform.errors import Conflict
from sartor.platform.publishing.applying import Publication
from sartor.platform.publishing.publisher import Publisher, Unconfirmed
from sartor.platform.publishing.under_way import Stopped, UnderWay
from sartor.platform.publishing.values.preparing import Preparing
from sartor.platform.storage import jobs as rows
from sartor.platform.storage.engine import Database
from sartor.platform.storage.jobs import Job
from sartor.platform.text import gettext as _
from sartor.platform.work import Work

KIND = "publish"


@dataclass(frozen=True, slots=True)
class LongPublication:
    """How far the newest publication of a change set is. far: what its open transaction tells; None outside of it."""

    job: Job
    far: UnderWay | None

    @property
    def revision(self) -> int | None:
        """What came of it."""
        return (self.job.result or {}).get("revision")

    @property
    def back_to(self) -> int | None:
        """The revision that it goes back to; None where a change set is published."""
        return self.job.input.get("rollback")

    @property
    def converted_before(self) -> int:
        """Records whose values were ready when it was begun: an earlier one had been stopped."""
        return int(self.job.input.get("converted", 0))

    @property
    def is_to_be_looked_at(self) -> bool:
        """Whether the values are ready, and are others than was expected."""
        return bool((self.job.result or {}).get("look"))


def newest(publisher: Publisher, name: str) -> LongPublication | None:
    """The newest of a change set."""
    found = next((each for each in rows.newest(publisher.database, KIND) if each.input["set"] == name), None)
    return None if found is None else told(publisher, found)


def running(publisher: Publisher) -> LongPublication | None:
    """The one that is waiting or being worked on, of any change set."""
    found = next((each for each in rows.newest(publisher.database, KIND) if not each.is_over), None)
    return None if found is None else told(publisher, found)


def told(publisher: Publisher, job: Job) -> LongPublication:
    """How far a job is that publishes."""
    return LongPublication(job, None if job.is_over else _far(publisher, job))


def _far(publisher: Publisher, job: Job) -> UnderWay | None:
    found = publisher.under_way
    return found if found is not None and found.token == str(job.id) else None


def require_none(publisher: Publisher) -> None:
    """:raises Conflict: while something is being published"""
    if running(publisher) is not None or publisher.under_way is not None:
        raise Conflict(_("Something is being published; wait until it is done, or stop it."))


def begin(
    database: Database, name: str, publication: Publication, told: Mapping[str, str], rollback: int | None = None
) -> int:  # fmt: skip
    """Begin it, as it was asked for. told: the language and zone of who asked. rollback: the revision to go back to,
    asked for beside a change set."""
    number = database.new_id()
    asked = {
        "set": name, "note": publication.note, "confirm": publication.confirm, "seen": publication.seen,
        "rollback": rollback, "converted": converting.done_before(database, name, rollback),
    }  # fmt: skip
    database.run(lambda work: rows.begin(work, number, KIND, {**asked, **told}, publication.by))
    return number


def stop(publisher: Publisher, number: int) -> None:
    """At the next batch of records. While its transaction is open only that is told: nobody else can write then."""
    publisher.stop(str(number))
    if publisher.under_way is None:
        publisher.database.run(lambda work: rows.ask_to_stop(work, number))


def publish(publisher: Publisher, running: Running, acting: Callable[[], Context]) -> dict[str, Any]:
    """Do it. acting: the person who asked, with the rights of now.

    :raises SartorError: where nothing is published, saying why
    """
    if running.job.result:
        return dict(running.job.result)
    context, is_converted = acting(), False
    while True:
        ability("design").check(context)
        try:
            return {"revision": _published(publisher, running, _asked(running, context))}
        except Preparing:
            converting.convert(publisher, running, lambda: ability("design").check(acting()))
            context, is_converted = acting(), True
        except Unconfirmed:
            if not is_converted:
                raise
            return {"look": True}
        except Stopped as error:
            raise Cancelled(error.message) from error


def _published(publisher: Publisher, running: Running, said: Publication) -> int:
    number = running.job.input.get("rollback")
    if number is None:
        return publisher.publish(said, running.job.input["set"])
    return publisher.rollback(number, said)


def _asked(running: Running, context: Context) -> Publication:
    given = running.job.input
    return Publication(
        note=given["note"],
        by=running.job.owner,
        confirm=given["confirm"],
        seen=given["seen"],
        judge=lambda model, moved: require_own_changes(context, model, moved),
        also=lambda work: _note_done(work, running.job.id),
        token=str(running.job.id),
    )


def _note_done(work: Work, number: int) -> None:
    rows.note_result(work, number, {"revision": published_revision(work)})
