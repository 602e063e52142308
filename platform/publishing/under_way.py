"""How far a publication is, told to every process of the workspace while its transaction is still open; and the wish
that it stop, which reaches it the same way."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass

from sartor.platform.errors import SartorError
from sartor.platform.publishing.plan import PlanStep
from sartor.platform.storage.aside import PUBLISHING, aside
from sartor.platform.storage.engine import Database
from sartor.platform.text import gettext as _
from sartor.platform.work import Work

EVERY = 0.25
"""Seconds between two tellings: of hundreds of quick steps nobody reads each."""
LONGEST = 500
"""Characters of what is done now."""


class Stopped(SartorError):
    """Somebody stopped the publication; everything is as it was before."""

    code = "stopped"


@dataclass(frozen=True, slots=True)
class UnderWay:
    """So much of all is done, and what is done now. token: by which it is stopped; by, set: whose, and of what.

    seconds: since it began. kind, subject: of the step that is done now, for who reads another language.
    """

    done: int
    total: int
    now: str
    token: str = ""
    by: int | None = None
    set: str | None = None
    seconds: float = 0.0
    kind: str = ""
    subject: str = ""


class Far:
    """Where a publication says how far it is."""

    def __init__(self, database: Database) -> None:
        self._aside = aside(database, PUBLISHING)
        self._wish = aside(database, "publishing-stop")

    @contextmanager
    def telling(
        self, token: str = "", by: int | None = None, of: str | None = None
    ) -> Iterator[Callable[[int, int, PlanStep], None]]:  # fmt: skip
        """Gives what a publication calls before each of its steps, and within long ones.

        of: the change set. :raises Stopped: of that, where somebody wished so.
        """
        last, began = -EVERY, time.monotonic()

        def watch(done: int, total: int, now: PlanStep) -> None:
            nonlocal last
            if time.monotonic() - last < EVERY:
                return
            seconds = round(time.monotonic() - began, 1)
            tell(asdict(UnderWay(
                done, total, now.text[:LONGEST], token, by, of, seconds, now.kind, now.subject
            )))  # fmt: skip
            if token and self._wish.left() == token:
                raise Stopped(_("The publication was stopped; everything is as it was before."))
            last = time.monotonic()

        with self._aside.telling() as tell:
            yield watch

    def hold(self, work: Work) -> None:
        """Nothing is heard any more of a publication that ended, however it did."""
        self._aside.hold(work.connection)

    def hear(self) -> UnderWay | None:
        """What is being told now, by any process."""
        found = self._aside.hear()
        return None if found is None else UnderWay(**found)

    def stop(self, token: str) -> None:
        """Wish that the publication of this token stop. It does before it is complete, or not at all."""
        self._wish.leave(token)
