"""An upgrade as a three-way merge: the blueprint as it came, the workspace now, and the new version.

What only one of the two changed goes together by itself. What both changed is asked, property by property, and until
it is decided the workspace's value stands. What the new version leaves out stays, too, unless somebody says otherwise:
missing never means delete. The same decisions give the same result, whenever it is done again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sartor.platform.definitions.documents import Document, Documents, digest, without_engine_keys
from sartor.platform.definitions.kinds import Kinds
from sartor.platform.definitions.places import pointer_to
from sartor.platform.errors import BadRequest
from sartor.platform.packaging.installing.merge import ENTRIES
from sartor.platform.publishing.change_sets.deciding import Choice
from sartor.platform.publishing.change_sets.merging import Clash, merge, put_at, taken_from
from sartor.platform.publishing.diff import ABSENT
from sartor.platform.publishing.names.lineage import Lineage, lineage
from sartor.platform.publishing.names.new_names import in_new_names
from sartor.platform.text import gettext as _

Place = tuple[str, str]
"""Definition and JSON pointer."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """What is to stay at a place. about: digest of the two values that it was made for; blank: whatever they are."""

    key: str
    place: str
    choice: Choice
    value: Any = None
    about: str = ""


@dataclass(frozen=True, slots=True)
class Issue:
    """A property that asks for a decision. left_out: the new version does not have it; that can wait.

    ruling: how it was decided.
    """

    key: str
    clash: Clash
    left_out: bool = False
    ruling: Ruling | None = None

    @property
    def place(self) -> str:
        return self.clash.places[0]

    @property
    def about(self) -> str:
        """Another value on either side is another question."""
        return digest({"mine": _said(self.clash.mine), "theirs": _said(self.clash.theirs)})

    @property
    def may_edit(self) -> bool:
        return len(self.clash.places) == 1 and not isinstance(self.clash.theirs, Mapping) and not self.left_out

    @property
    def is_open(self) -> bool:
        return self.ruling is None and not self.left_out


def _said(value: Any) -> list[Any]:
    return [] if value is ABSENT else [value]


@dataclass(frozen=True, slots=True)
class Upgrade:
    """documents: the design with everything decided in it. issues: decided or not, by definition and place."""

    documents: Documents
    issues: tuple[Issue, ...] = ()

    @property
    def open(self) -> tuple[Issue, ...]:
        return tuple(each for each in self.issues if each.is_open)


@dataclass(slots=True)
class Upgrading:
    """Three designs that differ in one blueprint (or, when a design is promoted, in anything).

    came: with it as it came; now: what is there; new: with the new version. keeps: whether what is missing in the new
    one stays.
    """

    came: Documents
    now: Documents
    new: Documents
    kinds: Kinds
    keeps: bool = True
    rulings: Mapping[Place, list[Ruling]] = field(default_factory=dict)

    def merged(self, rulings: Iterable[Ruling]) -> Upgrade:
        """The design with the new version in it.

        :raises BadRequest: for a ruling that does not fit its question.
        """
        self.rulings = {}
        for each in rulings:
            self.rulings.setdefault((each.key, each.place), []).append(each)
        came, now, new = self._in_one_language()
        documents, issues = dict(now), []
        for key in sorted(came.keys() | now.keys() | new.keys()):
            three = tuple(_bare(each.get(key)) for each in (came, now, new))
            made, found = self._one(key, *three)
            issues += found
            if made is ABSENT:
                documents.pop(key, None)
            elif made != three[1]:
                documents[key] = made
        return Upgrade(documents, tuple(issues))

    def _in_one_language(self) -> tuple[Documents, Documents, Documents]:
        """What one of the two calls otherwise is the same thing there as here: first in the names of now, then in those
        of the new version. Definitions first: a field is known by the name of its entity, a choice by that of its
        field, and one of the two may have renamed the one and the other one the other."""
        came, now, new = self.came, self.now, self.new
        for what in (_definitions, _with_fields, _with_keys):
            came, new = self._renamed_as(now, came, new, what)
            came, now = self._renamed_as(new, came, now, what)
        return came, now, new

    def _renamed_as(
        self, named: Documents, came: Documents, other: Documents, what: Callable[[Lineage], Lineage]
    ) -> tuple[Documents, Documents]:
        """Two designs with the names that a third one has given to what came. what: as far as that goes."""
        pairs = what(lineage(named, came))
        if not any(True for _pair in pairs.renamed()):
            return came, other
        return in_new_names(came, pairs, self.kinds), in_new_names(other, pairs, self.kinds)

    def _one(self, key: str, came: Any, now: Any, new: Any) -> tuple[Any, list[Issue]]:
        if came == new:
            return now, []
        whole = [*(_left_out(came, new, ()) if self.keeps else ()), *_both_new(came, now, new, ())]
        given = (Issue(key, _clash(place, came, now, new), _is_left_out(new, place)) for place in whole)
        issues = [ruled(each, self.rulings) for each in given]
        issues = [each for each in issues if each.clash.mine is not ABSENT]
        for issue in issues:
            taken = issue.ruling is not None and issue.ruling.choice is Choice.TAKE
            value = issue.clash.theirs if taken else issue.clash.mine
            came, now, new = (put_at(each, issue.place, value) for each in (came, now, new))
        made = merge(came, now, new)
        document = made.document
        for clash in made.clashes:
            issue = ruled(Issue(key, clash), self.rulings)
            issues.append(issue)
            document = _settled(document, issue, new)
        return document, issues


def _definitions(pairs: Lineage) -> Lineage:
    return replace(pairs, fields={}, keys={})


def _with_fields(pairs: Lineage) -> Lineage:
    return replace(pairs, keys={})


def _with_keys(pairs: Lineage) -> Lineage:
    return pairs


def ruled(issue: Issue, rulings: Mapping[Place, list[Ruling]]) -> Issue:
    """An issue with the last decision that was made about it.

    :raises BadRequest: for one that does not fit.
    """
    found = [each for each in rulings.get((issue.key, issue.place), ()) if each.about in ("", issue.about)]
    if not found:
        return issue
    if found[-1].choice is Choice.EDIT and not issue.may_edit:
        said = _("%(place)s of %(key)s: here only one of the two can be chosen.", place=issue.place, key=issue.key)
        raise BadRequest(said)
    return Issue(issue.key, issue.clash, issue.left_out, found[-1])


def _clash(place: str, came: Any, now: Any, new: Any) -> Clash:
    return Clash((place,), *(taken_from(each, place) if place else each for each in (came, now, new)))


def _settled(document: Any, issue: Issue, new: Any) -> Any:
    """The document with what was decided; one's own value stands in it already."""
    ruling = issue.ruling
    if ruling is None or ruling.choice is Choice.KEEP:
        return document
    for place in issue.clash.places:
        value = ruling.value if ruling.choice is Choice.EDIT else taken_from(new, place)
        document = put_at(document, place, value)
    return document


def _left_out(came: Any, new: Any, place: tuple[str, ...], entries: bool = False) -> Iterator[str]:
    """Definitions and entries that came and are not in the new version. Their other properties are merged as usual."""
    inner = bool(place) and place[-1] in ENTRIES
    if new is ABSENT and (entries or not place):
        yield pointer_to(*place)
    elif isinstance(came, Mapping) and (isinstance(new, Mapping) or (new is ABSENT and inner)):
        there = new if isinstance(new, Mapping) else {}
        for name, value in sorted(came.items()):
            if isinstance(value, Mapping):
                yield from _left_out(value, there.get(name, ABSENT), (*place, name), inner)


def _is_left_out(new: Any, place: str) -> bool:
    return taken_from(new, place) is ABSENT


def _both_new(came: Any, now: Any, new: Any, place: tuple[str, ...], entries: bool = True) -> Iterator[str]:
    """Definitions and entries of one name that were added here and in the new version: two things, not to be mixed."""
    if not isinstance(now, Mapping) or not isinstance(new, Mapping) or now == new:
        return
    if came is ABSENT and entries:
        yield pointer_to(*place)
        return
    inner = bool(place) and place[-1] in ENTRIES
    for name in sorted(now.keys() & new.keys()):
        there = came.get(name, ABSENT) if isinstance(came, Mapping) else ABSENT
        yield from _both_new(there, now[name], new[name], (*place, name), inner)


def _bare(document: Document | None) -> Any:
    return ABSENT if document is None else without_engine_keys(document)
