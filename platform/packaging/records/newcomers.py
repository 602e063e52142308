"""Whose records travel: people are written by their mail address, and found again by it in another workspace.

An address that nobody has here may be said to be somebody else's; who is still unknown is told, and what he owned goes
to whoever brings the blueprint in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sartor.platform.storage import notices
from sartor.platform.storage.engine import Database
from sartor.platform.work import Work

OWNER = "owner"


@dataclass(slots=True)
class Newcomers:
    """by: who brings the blueprint in; nobody for the system. meant: addresses of there with those of here.

    strangers: addresses that nobody has, found on the way.
    """

    by: int | None = None
    meant: Mapping[str, str] = field(default_factory=dict)
    strangers: set[str] = field(default_factory=set)

    def note(self, work: Work, blueprint: str) -> None:
        """Kept, so that a start which finishes the work gives the records to the same people."""
        notices.write(work, _name(blueprint), {"by": self.by, "meant": dict(self.meant)})


def newcomers_of(database: Database, blueprint: str) -> Newcomers:
    """As they were noted when a blueprint came in."""
    with database.read() as connection:
        kept = notices.read(connection, _name(blueprint)) or {}
    return Newcomers(kept.get("by"), kept.get("meant", {}))


def _name(blueprint: str) -> str:
    return f"people:{blueprint}"
