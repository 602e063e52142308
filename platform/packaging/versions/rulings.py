"""Decisions about upgrades, kept as soon as they are made: in the workspace, and as a file for another one.

A file may be written by hand; a decision without `about` holds whatever the two values are.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sartor.platform.definitions.documents import canonical
from sartor.platform.definitions.json_text import strict_json
from sartor.platform.errors import BadRequest
from sartor.platform.packaging.versions.upgrading import Issue, Ruling
from sartor.platform.publishing.change_sets.deciding import Choice
from sartor.platform.publishing.diff import ABSENT
from sartor.platform.storage import notices
from sartor.platform.storage.engine import Database
from sartor.platform.text import gettext as _
from sartor.platform.work import Work

MOST = 5000
"""Decisions about one blueprint that are remembered: the oldest go."""


class RulingBook:
    """The decisions of a workspace about one blueprint."""

    def __init__(self, database: Database, blueprint: str) -> None:
        self.database = database
        self.name = f"upgrade:{blueprint}"

    def read(self) -> list[Ruling]:
        """In the order in which they were made; a later one about the same values replaces an earlier one."""
        with self.database.read() as connection:
            return [_ruling(each) for each in notices.read(connection, self.name) or ()]

    def _held(self, work: Work) -> list[Ruling]:
        return [_ruling(each) for each in notices.held(work, self.name) or ()]

    def add(self, rulings: Iterable[Ruling]) -> None:
        more = list(rulings)
        if not more:
            return

        def write(work: Work) -> None:
            meant = {(each.key, each.place, each.about) for each in more}
            kept = [each for each in self._held(work) if (each.key, each.place, each.about) not in meant]
            notices.write(work, self.name, [as_json(each) for each in [*kept, *more][-MOST:]])

        self.database.run(write)

    def forget(self, key: str, place: str) -> None:
        """Ask again about a place."""

        def write(work: Work) -> None:
            kept = [each for each in self._held(work) if (each.key, each.place) != (key, place)]
            notices.write(work, self.name, [as_json(each) for each in kept])

        self.database.run(write)


def as_json(ruling: Ruling) -> dict[str, Any]:
    edit = {"value": ruling.value} if ruling.choice is Choice.EDIT else {}
    about = {"about": ruling.about} if ruling.about else {}
    return {"key": ruling.key, "path": ruling.place, "choice": str(ruling.choice), **edit, **about}


def to_file(name: str, version: str, issues: Iterable[Issue]) -> str:
    """All questions of an upgrade with their decisions, as a file; what is not decided has the choice null."""
    entries = []
    for each in issues:
        sides = {"came": each.clash.base, "mine": each.clash.mine, "theirs": each.clash.theirs}
        made = as_json(each.ruling) if each.ruling else {"key": each.key, "path": each.place, "choice": None}
        values = {side: value for side, value in sides.items() if value is not ABSENT}
        entries.append({**made, "about": each.about, "values": values})
    return canonical({"blueprint": name, "to": version, "decisions": entries})


def from_file(text: str | bytes, name: str) -> list[Ruling]:
    """The decisions in a file.

    :raises BadRequest: for what is no such file, or one of another blueprint.
    """
    found = strict_json(text)
    entries = found.get("decisions") if isinstance(found, dict) else None
    if not isinstance(entries, list) or not all(isinstance(each, dict) for each in entries):
        raise BadRequest(_("A file of decisions is an object with the list `decisions`."))
    if found.get("blueprint", name) != name:
        raise BadRequest(_("These decisions are about %(name)s.", name=str(found["blueprint"])[:80]))
    return [_ruling(each) for each in entries if each.get("choice") is not None]


def _ruling(entry: dict[str, Any]) -> Ruling:
    key, place, choice = (entry.get(name) for name in ("key", "path", "choice"))
    if not isinstance(key, str) or not isinstance(place, str) or choice not in set(Choice):
        said = _("A decision has key, path and choice (keep, take or edit): %(entry)s", entry=str(entry)[:200])
        raise BadRequest(said)
    about = entry.get("about", "")
    return Ruling(key, place, Choice(str(choice)), entry.get("value"), about if isinstance(about, str) else "")
