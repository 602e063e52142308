"""Publishing at a time: what is looked at now is published then, if it is still what was looked at."""

from __future__ import annotations

from datetime import datetime, timedelta

from sartor.platform.errors import Conflict, Invalid, NotFound, Problem
from sartor.platform.publishing.applying import Publication
from sartor.platform.publishing.change_sets import appointments, remarks
from sartor.platform.publishing.change_sets.appointments import Appointment
from sartor.platform.publishing.change_sets.remarks import WHOLE, Kind, Remark
from sartor.platform.publishing.publisher import Publisher
from sartor.platform.text import gettext as _
from sartor.platform.work import Work

FURTHEST = timedelta(days=366)


class Timing:
    """Makes appointments and takes them back."""

    def __init__(self, publisher: Publisher) -> None:
        self.publisher = publisher
        self.database = publisher.database

    def get(self, name: str) -> Appointment | None:
        with self.database.read() as connection:
            return appointments.of_set(connection, name)

    def make(self, publication: Publication, name: str, at: datetime, zone: str) -> None:
        """Publish a change set at a moment, as it is now. Whatever would be refused now is refused now.

        :raises Invalid: for a moment that is past or too far away.
        """
        _require_ahead(at, self.database.clock())
        edited = self.publisher.looked_at(publication, name)
        plan = self.publisher.plan(name)
        if plan.is_empty:
            raise Conflict(_("There is nothing to publish."))
        self.publisher.require_possible(plan, publication)
        by = publication.by or 0
        now = self.database.clock()
        made = Appointment(name, at, zone, publication.note, edited.content, plan.losses, by, now)

        def write(work: Work) -> None:
            appointments.make(work, made)
            self._note(work, name, Kind.TIMED, publication.by, at.isoformat())

        self.database.run(write)

    def take_back(self, name: str, by: int | None) -> None:
        """:raises NotFound: where no time is set"""

        def remove(work: Work) -> None:
            if not appointments.take(work, name):
                raise NotFound(_("No time is set for this change set."))
            self._note(work, name, Kind.UNTIMED, by, "")

        self.database.run(remove)

    def due(self) -> list[Appointment]:
        with self.database.read() as connection:
            return appointments.due(connection, self.database.clock())

    def miss(self, appointment: Appointment, why: str) -> None:
        """It is not kept: the reason is written where its author finds it, once."""

        def write(work: Work) -> None:
            if appointments.take(work, appointment.set, appointment.made_at):
                self._note(work, appointment.set, Kind.MISSED, None, why, of=appointment.by)

        self.database.run(write)

    def _note(
        self, work: Work, name: str, kind: Kind, by: int | None, body: str, *, of: int | None = None
    ) -> None:  # fmt: skip
        number = self.database.new_id()
        remarks.write(work, name, Remark(number, kind, WHOLE, body[: remarks.LONGEST], by, work.now, of))


def _require_ahead(at: datetime, now: datetime) -> None:
    if not now < at <= now + FURTHEST:
        said = _("Name a time that is still to come, within a year.")
        raise Invalid(said, [Problem("at", "range", said)])
