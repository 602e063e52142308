"""People and departments as they stand: names, who reports to whom, which department lies below which, and roles.

A `Directory` is one state of all that, in memory and immutable, so that titles of users, scopes and actors cost no
query.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from sartor.platform.access.actor import Actor
from sartor.platform.text import fold, has_chinese


@dataclass(frozen=True, slots=True)
class Person:
    """active: may act: employed, not deleted, sign-in not switched off."""

    id: int
    name: str
    email: str
    department: int | None = None
    manager: int | None = None
    active: bool = True
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unit:
    """A department."""

    id: int
    name: str
    parent: int | None = None


class Directory:
    """authz: the state of the workspace's rights that this is a picture of."""

    def __init__(self, people: Iterable[Person] = (), departments: Iterable[Unit] = (), authz: int = 0) -> None:
        self.authz = authz
        self.people: Mapping[int, Person] = {each.id: each for each in people}
        self.departments: Mapping[int, Unit] = {each.id: each for each in departments}
        self._actors: dict[tuple[int, int | None, bool], Actor] = {}

    # ---- names

    def name_of(self, user: int) -> str | None:
        found = self.people.get(user)
        return found.name if found else None

    def department_name(self, department: int) -> str | None:
        found = self.departments.get(department)
        return found.name if found else None

    def by_email(self, email: str) -> Person | None:
        return self._by_email.get(fold(email))

    # ---- who is below whom

    def reports(self, user: int) -> tuple[int, ...]:
        """Everybody below a person at any distance, without the person."""
        return tuple(sorted(_below(user, self._managed) - {user}))

    def departments_from(self, department: int | None) -> tuple[int, ...]:
        """A department and all below it."""
        return () if department is None else tuple(sorted(_below(department, self._parted)))

    # ---- actors

    def actor(self, user: int, token: int | None = None, *, read_only: bool = False) -> Actor | None:
        """The person as an actor, with today's roles; None for somebody who may not act any more."""
        key = (user, token, read_only)
        if key not in self._actors:
            person = self.people.get(user)
            if person is None or not person.active:
                return None
            self._actors[key] = self._made(person, token, read_only)
        return self._actors[key]

    def _made(self, person: Person, token: int | None, read_only: bool) -> Actor:
        return Actor(
            id=person.id,
            name=person.name,
            kind="person" if token is None else "token",
            roles=tuple(sorted(person.roles)),
            department=person.department,
            departments=self.departments_from(person.department),
            reports=self.reports(person.id),
            token=token,
            read_only=read_only,
        )

    @cached_property
    def _by_email(self) -> Mapping[str, Person]:
        return {fold(each.email): each for each in self.people.values() if each.email}

    @cached_property
    def _managed(self) -> Mapping[int, list[int]]:
        return _grouped((each.manager, each.id) for each in self.people.values())

    @cached_property
    def _parted(self) -> Mapping[int, list[int]]:
        return _grouped((each.parent, each.id) for each in self.departments.values())


def _grouped(pairs: Iterable[tuple[int | None, int]]) -> Mapping[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for above, below in pairs:
        if above is not None:
            found[above].append(below)
    return found


def _below(top: int, children: Mapping[int, list[int]]) -> set[int]:
    """The top and all below it; a circle is walked once."""
    found, waiting = {top}, [top]
    while waiting:
        fresh = [each for each in children.get(waiting.pop(), ()) if each not in found]
        found.update(fresh)
        waiting.extend(fresh)
    return found


@lru_cache(maxsize=4096)
def initials(name: str) -> str:
    """One or two characters for an avatar: the given name of a Chinese name, else the letters that words begin with."""
    name = name.strip()
    if has_chinese(name):
        return name[-2:] if len(name) > 2 else name[-1:]
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()
