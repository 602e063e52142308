"""Context: who acts, in which language and zone, under which revision, and for what purpose. Every call has one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sartor.platform.access.actor import SETUP, Actor, system
from sartor.platform.access.authority import Authority
from sartor.platform.access.people import Directory
from sartor.platform.access.rights import Access
from sartor.platform.access.stamp import Assumed
from sartor.platform.expressions.env import Env, no_rates
from sartor.platform.model import Model

PURPOSES = ("normal", "import", "migrate")


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, kw_only=True)
class Context:
    """purpose: one of PURPOSES; `migrate` needs the ability of that name (DECISIONS 18). request: id for logs.

    cause: what made the actor act, where it was not a person at a page (`import 7`, `workflow welcome`).
    clock: gives aware UTC instants. rates: what a unit of a currency is worth in the workspace's on a day.
    directory: names of people and departments, for whoever shows them.
    assumes: the stamp, where it was taken on trust; whatever is read or written under this context tells it.
    """

    actor: Actor
    model: Model
    access: Access
    language: str = "en"
    zone: str = "UTC"
    currency: str = "CNY"
    purpose: str = "normal"
    request: str = ""
    cause: str = ""
    clock: Callable[[], datetime] = utc_now
    rates: Callable[[str, date], Decimal | None] = no_rates
    currencies: tuple[str, ...] = ()
    week_start: int = 0
    directory: Directory = field(default_factory=Directory)
    assumes: Assumed | None = None

    def __post_init__(self) -> None:
        if self.purpose not in PURPOSES:
            raise ValueError(f"{self.purpose!r} is no purpose: {', '.join(PURPOSES)}")
        if self.purpose == "migrate":
            self.access.require_ability("migrate")

    def now(self) -> datetime:
        return self.clock()

    def env(self) -> Env:
        """What expressions know besides the record; one instant for all of them."""
        return Env(
            now=self.now(),
            zone=self.zone,
            user=self.actor.id,
            reports=self.actor.reports,
            department=self.actor.department,
            departments=self.actor.departments,
            currency=self.currency,
            rates=self.rates,
            currencies=self.currencies,
            week_start=self.week_start,
            language=self.language,
        )

    def assuming(self, assumes: Assumed) -> Context:
        """The same context on a stamp that is taken on trust. It is made at every request, so it is a plain copy."""
        made: Context = object.__new__(Context)
        made.__dict__.update(self.__dict__, assumes=assumes)
        return made

    def but(self, **changes: Any) -> Context:
        """The same context except for this."""
        return replace(self, **changes)


def system_context(model: Model, reason: str, authority: Authority | None = None, **more: Any) -> Context:
    """The system, with the reason that is kept in logs and history. It may do everything."""
    return _context(model, system(reason), authority, **more)


def person_context(model: Model, actor: Actor, authority: Authority | None = None, **more: Any) -> Context:
    """A person or a person's token."""
    return _context(model, actor, authority, **more)


def setup_context(model: Model, **more: Any) -> Context:
    """Whoever holds the set-up link: no right in any record."""
    return _context(model, SETUP, None, **more)


def _context(model: Model, actor: Actor, authority: Authority | None, **more: Any) -> Context:
    access = (authority or Authority()).access(model, actor)
    return Context(actor=actor, model=model, access=access, **more)
