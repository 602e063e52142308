"""Who did something and when, as pages say it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from sartor.builder.bench import Bench
from sartor.platform.access.people import Person
from sartor.platform.access.roles import Rights
from sartor.platform.publishing.openness import is_open
from sartor.platform.text import gettext as _
from sartor.platform.ui.format import letters, moment
from sartor.platform.ui.pages.parts import Face


def name_of(here: Bench, person: int | None) -> str:
    """The name of a person; None is the system, such as the command line."""
    if person is None:
        return _("the system")
    return here.context.directory.name_of(person) or _("somebody who is gone")


def face_of(here: Bench, person: int | None) -> Face:
    name = name_of(here, person)
    return Face(letters(name), name, me=person == here.context.actor.id)


def moment_of(here: Bench, at: datetime) -> str:
    """A moment in the reader's zone."""
    return moment(at, ZoneInfo(here.context.zone), here.context.now())


def designers(here: Bench) -> list[Person]:
    """Everybody who may design, by name."""
    able: dict[tuple[str, ...], bool] = {}
    found = []
    for person in here.context.directory.people.values():
        if person.active:
            if person.roles not in able:
                able[person.roles] = Rights(here.context.model, person.roles).ability("design")
            if able[person.roles]:
                found.append(person)
    return sorted(found, key=lambda person: (person.name, person.id))


def addresses(here: Bench) -> Iterator[tuple[str, str]]:
    """Name and mail address of everybody here, by name; nobody for whoever does not see all mail addresses."""
    if is_open(here.context, "entity/user#email"):
        people = here.context.directory.people.values()
        for each in sorted(people, key=lambda person: (person.name, person.id)):
            if each.active and each.email:
                yield each.name, each.email
