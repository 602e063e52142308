"""Publications whose time has come: planned anew, and published where nothing is worse than what was accepted.

Several schedulers may try, and any may be killed: the appointment goes in the transaction that publishes, so it is
kept once or not at all.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta

from sartor.platform.access.assign import require_own_changes
from sartor.platform.access.context import Context
from sartor.platform.access.policy import ability
from sartor.platform.errors import Conflict, Outdated, SartorError
from sartor.platform.publishing.applying import Publication
from sartor.platform.publishing.change_sets.appointments import Appointment, Withdrawn
from sartor.platform.publishing.change_sets.timing import Timing
from sartor.platform.publishing.plan import Grade, Plan
from sartor.platform.text import gettext as _

log = logging.getLogger(__name__)

ATTEMPTS = 3
"""Plans that are made while others publish in between."""
PATIENCE = timedelta(hours=1)
"""How long an appointment is tried again after an error that nobody foresaw."""

Acting = Callable[[int], Context]


class TimedPublications:
    """acting: the context of a person with today's rights, in that person's language.

    :raises Unauthenticated: of `acting`, for somebody who may not act any more
    """

    def __init__(self, timing: Timing, acting: Acting) -> None:
        self.timing = timing
        self.publisher = timing.publisher
        self.acting = acting

    def run(self) -> int:
        """Keep the appointments that are due; how many revisions came of it."""
        return sum(self._kept(each) for each in self.timing.due())

    def _kept(self, appointment: Appointment) -> bool:
        try:
            return self._published(appointment)
        except Withdrawn:
            return False
        except SartorError as error:
            self.timing.miss(appointment, _told(error))
        except Exception:  # the database may be away; it is tried again in the next round
            log.exception("the change set %s could not be published at its time", appointment.set)
            if self.timing.database.clock() - appointment.at > PATIENCE:
                self.timing.miss(appointment, _("Something went wrong inside; it was noted."))
        return False

    def _published(self, appointment: Appointment) -> bool:
        context = self.acting(appointment.by)
        ability("design").check(context)
        for attempt in range(ATTEMPTS):
            try:
                self._publish(appointment, context)
                return True
            except Outdated:
                if attempt == ATTEMPTS - 1:
                    raise
        return False

    def _publish(self, appointment: Appointment, context: Context) -> None:
        found = self.publisher.sets.get(appointment.set)
        if found.content != appointment.content:
            raise Conflict(_("It was edited after the time had been set."))
        plan = self.publisher.plan(appointment.set)
        if plan.losses != appointment.losses:
            raise Conflict(
                _("It would lose or hide other values than when the time was set: %(steps)s", steps=_lossy(plan))
            )
        publication = Publication(
            note=appointment.note,
            by=appointment.by,
            confirm=plan.fingerprint,
            seen=found.mark,
            judge=lambda model, moved: require_own_changes(context, model, moved),
            due=appointment.made_at,
        )
        self.publisher.publish(publication, appointment.set)


def _lossy(plan: Plan) -> str:
    return "; ".join(step.text for step in plan.steps if step.grade is Grade.LOSSY) or _("nothing any more")


def _told(error: SartorError) -> str:
    details = [each.message for each in error.problems[:5] if each.message != error.message]
    return " ".join([error.message, *details])
