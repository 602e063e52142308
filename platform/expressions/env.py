"""The environment of an evaluation: who asks, when, where; everything that is not in the record."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cached_property

from sartor.platform.expressions.zones import local
from sartor.platform.unchanging import unchanging


def no_rates(code: str, day: date) -> Decimal | None:
    return None


@unchanging(slots=False)
class Env:
    """now: aware UTC. zone: IANA name. user: id of the actor. reports: ids of all people below the actor.

    department, departments: the actor's own, and it with all below. currency: of the workspace. rates: worth of one
    unit of a currency on a day, in the workspace's; currencies: the codes that have rates. week_start: 0 is Monday.
    """

    now: datetime
    zone: str = "UTC"
    user: int | None = None
    reports: tuple[int, ...] = ()
    department: int | None = None
    departments: tuple[int, ...] = ()
    currency: str = "CNY"
    rates: Callable[[str, date], Decimal | None] = no_rates
    currencies: tuple[str, ...] = ()
    week_start: int = 0
    language: str = "en"

    @cached_property
    def today(self) -> date:
        return local(self.now, self.zone).date()


EPOCH = Env(now=datetime(2024, 1, 1, tzinfo=UTC))
