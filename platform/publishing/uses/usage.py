"""Where a definition or a field is used: every place that names it, as compiling looks it up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sartor.platform.definitions.documents import Documents
from sartor.platform.definitions.places import at
from sartor.platform.errors import NotFound
from sartor.platform.model import Model
from sartor.platform.publishing.uses.references import Notes, Noting
from sartor.platform.publishing.words.calling import Calling
from sartor.platform.publishing.words.part_words import raised
from sartor.platform.text import did_you_mean, near
from sartor.platform.text import gettext as _


@dataclass(frozen=True, slots=True, order=True)
class Use:
    """key, pointer: the place. said: the place in words, `Column Amount of list All deals`."""

    key: str
    pointer: str
    said: str = ""


def uses(documents: Documents, notes: Notes, model: Model, subject: str) -> list[Use]:
    """Every place that names `entity/deal`, `entity/deal#amount` or `view/deal.all`. model: the published one.

    An entity is also used by whatever names one of its fields from outside. What the engine adds by itself, such as the
    department of whoever owns a record, is no use of anybody's.

    :raises NotFound: with the near match, for what does not exist.
    """
    _require(documents, model, subject)
    calling = Calling(notes.kinds, model, documents)
    places = {each for each in _places(notes.of(documents), subject) if at(documents[each[0]], each[1]) is not None}
    return sorted(Use(key, pointer, _said(calling, key, pointer)) for key, pointer in places)


def _places(draft: Noting, subject: str) -> Iterator[tuple[str, str]]:
    named: set[tuple[str, str]] = set()
    reached: set[tuple[str, str]] = set()
    for place, target in draft.reaches:
        if target == subject:
            named.add((place.key, place.pointer))
        elif target.startswith(f"{subject}#"):
            reached.add((place.key, place.pointer))
    entity, _hash, field = subject.removeprefix("entity/").partition("#")
    for reference in draft.found:
        if subject in reference.targets or (field and (entity, field) in reference.owners):
            named.add((reference.key, reference.pointer))
    yield from named
    known = {key for key, _pointer in named} | {subject}
    yield from (each for each in reached if each[0] not in known)


def _said(calling: Calling, key: str, pointer: str) -> str:
    return raised(calling.spot(key, pointer).said)


def _require(documents: Documents, model: Model, subject: str) -> None:
    key, _hash, field = subject.partition("#")
    names = set(documents)
    if key in documents and field:
        known = model.entities.get(key.removeprefix("entity/"))
        names = {*documents[key].get("fields", ()), *(known.fields if known else ())}
    wanted = field if field and key in documents else key
    if wanted not in names:
        hint = did_you_mean(near(wanted, names))
        raise NotFound(_("There is no %(name)s.", name=wanted[:120]) + hint)
