"""What definitions, their entries and their properties are called: by the labels they carry, in the reader's language.

It reads documents, not a compiled model, because a draft must be readable even where it does not hold together yet.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sartor.platform.definitions.documents import Document, Documents, split
from sartor.platform.definitions.kind_words import kind_words
from sartor.platform.definitions.kinds import KINDS, Kinds
from sartor.platform.definitions.places import Step, steps
from sartor.platform.model import Model
from sartor.platform.publishing.words.part_words import (
    entry_words,
    lowered,
    property_words,
    raised,
    schema_word,
)
from sartor.platform.text import gettext as _
from sartor.platform.text import pick

ENTITIES = ("grants", "entities")
"""Maps whose entries are named as an entity."""
SHOWN = {"items": ("target",), "cards": ("target",), "measures": ("metric",)}
"""Maps whose entries are named as what they show, and the properties that say it."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of a definition, in words.

    subject: `column Owner of list All deals`. thing, owner: the two halves of it; no owner where the definition itself
    is meant. entity: whose fields are named there. what: the last steps, the property itself; empty where the place is
    an entry or the whole. entries: those on the way, from the outermost on.
    """

    steps: Sequence[Step]
    thing: str
    owner: str
    entity: str | None
    what: str
    entries: tuple[str, ...] = ()

    @property
    def inside(self) -> str:
        """The way to it from the definition, whose name is told beside it: `Section Basics › field Amount › width`."""
        return raised(" › ".join(each for each in (*self.entries, self.what) if each))

    @property
    def subject(self) -> str:
        return _("%(thing)s of %(owner)s", thing=self.thing, owner=self.owner) if self.owner else self.thing

    @property
    def said(self) -> str:
        """The whole place: `list All deals: filter`."""
        return _("%(thing)s: %(said)s", thing=self.subject, said=self.what) if self.what else self.subject


class Calling:
    """Names for one change of documents. worlds: documents before and after; the last one is asked first."""

    def __init__(self, kinds: Kinds, model: Model, *worlds: Documents) -> None:
        self.kinds = kinds
        self.model = model
        self.worlds = worlds
        self.kind_words = kind_words()
        self.entry_words = entry_words()
        self.property_words = property_words()

    # ---- definitions

    def states(self, key: str) -> tuple[Document | None, ...]:
        return tuple(world.get(key) for world in self.worlds)

    def label(self, key: str) -> str:
        """`Deal` for `entity/deal`; the name of what has no label or does not exist."""
        for document in reversed(self.states(key)):
            if document and (said := pick(document.get("label"))):
                return said
        return split(key)[1]

    def noun(self, key: str) -> str:
        """What sort of definition it is: `list` for a view of that type, else the word for its kind."""
        kind = split(key)[0]
        document = next((each for each in reversed(self.states(key)) if each), {})
        type_ = str(document.get("type")) if kind == "view" else ""
        if type_ in self.kinds.extensions.views:
            return lowered(pick(self.kinds.extensions.views[type_].label))
        return self.kind_words.get(kind) or (schema_word(self.kinds.schema(kind), kind, {}) if kind in KINDS else kind)

    def definition(self, key: str) -> str:
        """`list All deals`."""
        return _("%(noun)s %(name)s", noun=self.noun(key), name=self.label(key))

    def owner(self, key: str) -> str:
        """A definition in the middle of a sentence; an entity goes by its label alone."""
        return self.label(key) if key.startswith("entity/") else self.definition(key)

    # ---- fields

    def field(self, entity: str, name: str) -> str | None:
        """The label of a field; None where there is none of that name."""
        for part in self._parts(entity, name):
            return pick(part.get("label")) or name
        known = self.model.entities.get(entity)
        return pick(known.fields[name].label) if known and name in known.fields else None

    def choice(self, entity: str | None, field: str, key: str) -> str | None:
        """The label of a choice of a field, its own or of a set; None where it has none of that key."""
        for document in reversed(self.states(f"entity/{entity}")):
            options = (document or {}).get("fields", {}).get(field, {}).get("options", {})
            shared = [each or {} for each in self.states(f"options/{options.get('set')}")] if "set" in options else []
            for holder in (options, *reversed(shared)):
                if key in holder.get("choices", {}):
                    return pick(holder["choices"][key].get("label")) or key
        return None

    def path(self, entity: str | None, dotted: str) -> str | None:
        """`Account › Region`; None where it begins with no field."""
        labels = list(self._path(entity, dotted.split(".")))
        return " › ".join(labels) if labels else None

    def _path(self, entity: str | None, names: list[str]) -> Iterator[str]:
        for number, name in enumerate(names):
            label = self.field(entity, name) if entity else None
            if label is None:
                yield from names[number:] if number else ()
                return
            yield label
            entity = self._target(entity, name)

    def _target(self, entity: str | None, name: str) -> str | None:
        for part in self._parts(entity, name):
            options = part.get("options")
            target: Any = options.get("entity") if isinstance(options, Mapping) else None
            return target if isinstance(target, str) else None
        return None

    def _parts(self, entity: str | None, name: str) -> Iterator[Document]:
        """A field as the worlds have it, the last one first. An edit that is judged need not be sound."""
        for document in reversed(self.states(f"entity/{entity}")):
            fields = (document or {}).get("fields")
            part = fields.get(name) if isinstance(fields, Mapping) else None
            if isinstance(part, Mapping):
                yield part

    # ---- places

    def spot(self, key: str, pointer: str) -> Spot:
        """A place of a definition in words."""
        found = steps(self.kinds, key, pointer, *self.states(key))
        spot = Spot(found, self.definition(key), "", self._entity_of(key), "")
        last = -1
        for number, step in enumerate(found):
            if step.is_entry:
                owner = spot.subject if spot.owner else self.owner(key)
                below = _entity_in(step) or self._lines_in(step, spot.entity) or spot.entity
                entry = self._entry(step, spot.entity)
                spot = Spot(found, entry, owner, below, "", (*spot.entries, entry))
                last = number
        named = [step for step in found[last + 1 :] if not step.name.isdigit()]
        words = [schema_word(step.schema, step.name, self.property_words) for step in named]
        shown = words[1:] if words[1:] and named[0].name == "options" else words
        return replace(spot, what=" · ".join(shown))

    def _lines_in(self, step: Step, entity: str | None) -> str | None:
        """Of which entity the columns of a field on a form speak: the one of its lines."""
        return self._target(entity, step.name) if step.within == "fields" and step.get("columns") and entity else None

    def _entity_of(self, key: str) -> str | None:
        kind, name = split(key)
        if kind == "entity":
            return name
        return next((each["entity"] for each in reversed(self.states(key)) if each and "entity" in each), None)

    def _entry(self, step: Step, entity: str | None) -> str:
        noun = self.entry_words.get(step.within or "") or schema_word(step.schema, step.within or "", {})
        return _("%(noun)s %(name)s", noun=noun, name=self.entry(step, entity))

    def entry(self, step: Step, entity: str | None) -> str:
        """The name of an entry: its label, else what its key or its target stands for."""
        if label := pick(step.get("label")) or pick(step.get("message")):
            return label
        if step.within in ENTITIES:
            return self.label(f"entity/{step.name}")
        if step.name == "*":
            return _("all others")
        if step.within == "filter_fields" and (found := self.field(str(step.get("entity")), str(step.get("field")))):
            return found
        if found := self.path(entity, str(step.get("path") or step.name)):
            return found
        for name in SHOWN.get(step.within or "", ()):
            if shown := step.get(name):
                return self.label(shown if "/" in shown else f"{name}/{shown}")
        return step.name


def _entity_in(step: Step) -> str | None:
    """Of which entity the names below an entry speak, where that is another one."""
    found = step.name if step.within in ENTITIES else step.get("entity") if step.within == "tabs" else None
    return found if isinstance(found, str) else None
