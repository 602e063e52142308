"""Where something stood when it went: on forms and lists, in menus and dashboards, in what read it. There it stands
again, unless something else stands there by now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sartor.platform.definitions.documents import Document, Documents, applied, without_engine_keys
from sartor.platform.definitions.kinds import Kinds
from sartor.platform.definitions.places import parts_of, pointer_to
from sartor.platform.publishing.change_sets.merging import merge, put_at, taken_from
from sartor.platform.publishing.diff import ABSENT
from sartor.platform.publishing.uses.references import Notes, Noting

Place = tuple[str, str]
"""A definition, and a JSON pointer into it."""
ENTITY, ROLE = "entity/", "role/"


@dataclass(frozen=True, slots=True)
class Going:
    """A publish that took something out, in the names of a draft. told, left: everything before and after it."""

    told: Documents
    left: Documents


def put_back(going: Going, draft: Documents, subject: str, kinds: Kinds) -> dict[str, Document]:
    """The documents of a draft in which `entity/deal` or `entity/deal#amount`, which has come back, stands again.

    Only what went in that publish is put back; a right in something else is not. Where what reads it would not hold
    together as the draft is now, it is merely shown again.
    """
    notes = Notes(kinds)
    found = notes.of(going.told)
    whole, places = _gone(going, found, draft, subject)
    made = {**whole, **_standing(going, draft, places)}
    wrong = _wrong(draft, made, notes)
    if not wrong:
        return made
    shown = {(each.key, each.pointer) for each in found.found if each.wish is None}
    merely = _standing(going, draft, [each for each in places if each[0] in wrong and each in shown])
    held = {**{key: each for key, each in made.items() if key not in wrong}, **merely}
    return {key: each for key, each in held.items() if key not in _wrong(draft, held, notes)}


def _gone(going: Going, found: Noting, draft: Documents, subject: str) -> tuple[dict[str, Document], list[Place]]:
    """The definitions that went as a whole, and the places in others: for the subject, and for what went with it."""
    whole: dict[str, Document] = {}
    places: list[Place] = []
    subjects = [subject]
    for each in subjects:
        for key, pointer in sorted(set(_naming(found, each))):
            if key in going.left:
                places += [(key, pointer)] if key in draft and not key.startswith(ROLE) else []
            elif key not in subjects and not key.startswith((ENTITY, ROLE)):
                subjects.append(key)
                whole |= {} if key in draft else {key: nobodys(going.told[key], draft)}
    return whole, places


def _naming(found: Noting, subject: str) -> Iterator[Place]:
    """Where a subject, or a part of it, is named; in expressions, too."""
    for place, target in found.reaches:
        if target == subject or target.startswith(f"{subject}#"):
            yield place.key, place.pointer
    for each in found.found:
        owners = {f"{ENTITY}{owner[0]}#{owner[1]}" for owner in each.owners if owner}
        if subject in each.targets or any(name == subject or name.startswith(f"{subject}#") for name in owners):
            yield each.key, each.pointer


def _standing(going: Going, draft: Documents, places: Iterable[Place]) -> dict[str, Document]:
    """The documents of the draft with what stood at places before, where nobody has put something else."""
    theirs: dict[str, Any] = {}
    for key, pointer in places:
        document = theirs.get(key, without_engine_keys(going.left[key]))
        theirs[key] = _given(document, without_engine_keys(going.told[key]), key, parts_of(pointer))
    made = {}
    for key, each in theirs.items():
        now = without_engine_keys(draft[key])
        document = merge(without_engine_keys(going.left[key]), now, each).document
        if document != now:
            made[key] = document
    return made


def _given(document: Any, told: Any, key: str, parts: tuple[str, ...]) -> Any:
    """A document with the largest part on the way to a place that went with it. Fields come back by themselves."""
    for depth in range(1, len(parts) + 1):
        place = pointer_to(*parts[:depth])
        now, then = taken_from(document, place), taken_from(told, place)
        if isinstance(now, Mapping) and isinstance(then, Mapping):
            continue
        is_field = key.startswith(ENTITY) and parts[0] == "fields" and depth == 2
        return document if is_field or then is ABSENT else put_at(document, place, then)
    return document


def _wrong(draft: Documents, made: Mapping[str, Document], notes: Notes) -> set[str]:
    """Those of the documents that would be wrong, and are not so now. notes: with what was there then, from which the
    draft differs so little that most of it is compiled already."""
    wrong = {each.file or "" for each in notes.of(applied(draft, dict(made))).problems} & made.keys()
    return wrong - {each.file for each in notes.of(draft).problems} if wrong else wrong


def nobodys(part: Document, documents: Documents) -> Document:
    """A part that comes back, without what the engine keeps in it; its blueprint may be gone."""
    gone = () if f"blueprint/{part.get('origin')}" in documents else ("origin", "level")
    return {label: each for label, each in without_engine_keys(part).items() if label not in gone}
