"""Who acts: a person, a person's API token, the system with its reason, or the first set-up."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """kind: `person`, `token`, `system` or `setup`. id: the user; None for the system and the set-up.

    roles: names, sorted. department: the own one; departments: it and all below. reports: everybody below, at any
    distance, without oneself. token: id of the API token. read_only: the token may not change anything. reason: why
    the system acts, kept in logs and history.
    """

    id: int | None
    name: str
    kind: str = "person"
    roles: tuple[str, ...] = ()
    department: int | None = None
    departments: tuple[int, ...] = ()
    reports: tuple[int, ...] = ()
    token: int | None = None
    read_only: bool = False
    reason: str = ""

    def __hash__(self) -> int:
        """Quick: a manager's reports may be thousands, and accesses are looked up by actor at every request."""
        return hash((self.id, self.kind, self.token, self.roles))

    @property
    def is_system(self) -> bool:
        return self.kind == "system"


SETUP = Actor(None, "setup", "setup")
"""Whoever holds the set-up link: may make the first administrator and nothing else."""


def system(reason: str, name: str = "system") -> Actor:
    """The system itself. It may do everything, so it always says why it acts. :raises ValueError: for no reason."""
    if not reason.strip():
        raise ValueError("the system acts for a reason; say which")
    return Actor(None, name, "system", reason=reason)
