"""Compiling again only what an edit reaches: what designers check while somebody types.

A draft is kept. Another one differs in some documents; what these change for others are fields (their type, options,
formula) and names. Whatever used one of those is compiled again, and so on where a computed field comes out otherwise.
Whatever had a fault is always compiled again, so a fault is told in the language of who asks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sartor.platform.definitions.compile.draft import Draft, Place
from sartor.platform.definitions.documents import Document, Documents, split

Node = tuple[str, str]
"""A field: the key of its entity, `entity/deal`, and its name."""
Named = Mapping[str, frozenset[str]]
"""Words in the options of an entity's fields, each with the fields whose options say it."""

UNSEEN = frozenset(
    {"label", "help", "checks", "default", "copy", "required_if", "visible_if", "read_only_if", "quality"}
)
"""Properties of a field that nothing but the field itself is compiled from."""
OF_ALL_FIELDS = ("title", "owned", "stored_as", "level", "origin", "inert", "currency_field")
"""Properties of an entity that decide what its fields are."""
WHOLE = ("blueprint",)
"""Kinds whose change may reach anything."""


class Reach:
    """What an edit of the documents of a draft reaches. named: words in options, by the identity of the document."""

    def __init__(self, last: Draft, documents: Documents, named: dict[int, tuple[Document, Named]]) -> None:
        self.last = last
        self.documents = documents
        self.named = named
        self.keys: set[str] = set()
        self.nodes: set[Node] = set()
        self._ahead: list[Node] = []
        self._found: dict[str, list[tuple[str, frozenset[str]]]] = {}
        self._users: dict[str, list[Place]] = defaultdict(list)
        for place, target in last.reaches:
            self._users[target].append(place)

    def find(self) -> frozenset[str] | None:
        """Keys of all that must be compiled again; None where that is (nearly) everything."""
        changed = self._changed()
        if len(changed) * 2 > len(self.documents):
            return None
        if any(split(key)[0] in WHOLE or self._has_maps(key) for key in changed):
            return None
        self._add({problem.file for problem in self.last.problems if problem.file} | changed)
        for key in changed:
            self._follow(key)
        while self._ahead:
            self._spread(*self._ahead.pop())
        return frozenset(self.keys)

    def _changed(self) -> set[str]:
        before, after = self.last.documents, self.documents
        return {
            key for key in before.keys() | after.keys()
            if (one := before.get(key)) is not (other := after.get(key)) and one != other
        }  # fmt: skip

    def _has_maps(self, key: str) -> bool:
        """Maps of an option set are functions, which any expression may call."""
        return any("maps" in each.get(key, {}) for each in (self.last.documents, self.documents)) and (
            split(key)[0] == "options"
        )

    # ---- what others see of a changed document

    def _follow(self, key: str) -> None:
        kind, name = split(key)
        self._add(self.last.uses.get(key, ()))
        if kind == "entity":
            for field in self._other_fields(key):
                self._change((key, field))
            if key not in self.last.documents or key not in self.documents:
                self._add(other for other, _fields in self._naming(name))
        if kind in ("options", "pipeline"):
            for other, fields in self._naming(name):
                self._add([other])
                for field in fields:
                    self._change((other, field))
        if kind == "pipeline":
            for each in (self.last.documents.get(key), self.documents.get(key)):
                self._add(self.last.uses.get(f"entity/{each['entity']}", ()) if each else ())

    def _other_fields(self, key: str) -> Iterator[str]:
        """Names of fields that are not what they were, for those who use them."""
        before, after = self.last.documents.get(key, {}), self.documents.get(key, {})
        one, other = before.get("fields", {}), after.get("fields", {})
        every = any(before.get(name) != after.get(name) for name in OF_ALL_FIELDS)
        for name in one.keys() | other.keys():
            if every or _seen(one.get(name)) != _seen(other.get(name)):
                yield name
        if every:
            yield from ("owner", "department")

    def _change(self, node: Node) -> None:
        """Note it for `_spread`: chains of computed fields may be longer than Python can call."""
        if node not in self.nodes:
            self.nodes.add(node)
            self._ahead.append(node)

    def _spread(self, key: str, field: str) -> None:
        """A field came out otherwise: so does what is computed from it, and whatever else says it is read again."""
        self._add([key])
        for place in self._users[f"{key}#{field}"]:
            self._add([place.key])
            if made := self._computed_at(place):
                self._change((place.key, made))
        for other, fields in self._naming(split(key)[1]):
            self._add([other])
            for each in fields:
                if self._is_computed(other, each):
                    self._change((other, each))

    def _add(self, keys: Iterable[str]) -> None:
        ahead = list(keys)
        while ahead:
            key = ahead.pop()
            if key not in self.keys:
                self.keys.add(key)
                if not key.startswith("entity/"):
                    ahead.extend(self.last.uses.get(key, ()))

    def _computed_at(self, place: Place) -> str | None:
        """The computed field of an entity in which a place lies."""
        parts = place.pointer.split("/")
        if not place.key.startswith("entity/") or len(parts) < 3 or parts[1] != "fields":
            return None
        return parts[2] if self._is_computed(place.key, parts[2]) else None

    def _is_computed(self, key: str, field: str) -> bool:
        entity = self.last.model.entities.get(split(key)[1])
        found = entity.fields.get(field) if entity else None
        return found is None or bool(found.type.computed)

    def _naming(self, word: str) -> list[tuple[str, frozenset[str]]]:
        """Entities in whose options a name stands, and the fields where it does."""
        if word not in self._found:
            self._found[word] = [
                (key, fields)
                for documents in (self.last.documents, self.documents)
                for key, document in documents.items()
                if key.startswith("entity/") and (fields := self._named(document).get(word))
            ]
        return self._found[word]

    def _named(self, document: Document) -> Named:
        known = self.named.get(id(document))
        if known is None or known[0] is not document:
            known = self.named[id(document)] = (document, _words(document))
        return known[1]


def _seen(part: Document | None) -> Any:
    return None if part is None else {name: value for name, value in part.items() if name not in UNSEEN}


def _words(document: Document) -> Named:
    found: dict[str, set[str]] = defaultdict(set)
    for name, part in document["fields"].items():
        for word in _texts(part.get("options")):
            found[word].add(name)
    return {word: frozenset(fields) for word, fields in found.items()}


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for name, each in value.items():
            yield name
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)
