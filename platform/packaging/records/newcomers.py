"""Whose records travel: people are written by their mail address, departments by their name behind an @, and found
again by it in another workspace.

An address that nobody has here may be said to be somebody else's; who is still unknown is told, and what he owned goes
to whoever brings the blueprint in. A department that is not here is left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sartor.platform.access.people import Directory
from sartor.platform.storage import notices
from sartor.platform.storage.engine import Database
from sartor.platform.work import Work

OWNER = "owner"
USER, DEPARTMENT = "user", "department"
PEOPLE = (USER, DEPARTMENT)
"""Nobody is copied: other workspaces have people of their own."""
BETWEEN = ";:"
"""What has a meaning in the cell of a pointer."""


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


def called(directory: Directory, entity: str, number: int) -> str:
    """What a person or a department is called in a cell; blank for who cannot be told from others there."""
    if entity == USER:
        person = directory.people.get(number)
        return person.email if person else ""
    name = directory.department_name(number) or ""
    cell = f"@{name}"
    return cell if not set(BETWEEN) & set(name) and department_called(directory, cell) == number else ""


def department_called(directory: Directory, cell: str) -> int | None:
    """The one department that a cell names."""
    found = [each.id for each in directory.departments.values() if f"@{each.name.strip()}" == cell.strip()]
    return found[0] if len(found) == 1 else None


def newcomers_of(database: Database, blueprint: str) -> Newcomers:
    """As they were noted when a blueprint came in."""
    with database.read() as connection:
        kept = notices.read(connection, _name(blueprint)) or {}
    return Newcomers(kept.get("by"), kept.get("meant", {}))


def _name(blueprint: str) -> str:
    return f"people:{blueprint}"
