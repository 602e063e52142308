"""One expression of a definition as it is being written: what its place asks of it, in the model as it would be.

While somebody types in one place, the rest of the design stays the same; so the design is compiled once, with nothing
at that place, and every state of the text is judged against it.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from sartor.platform.definitions.compile.draft import Draft, Place, Wish
from sartor.platform.definitions.compile.drafting import compile_draft
from sartor.platform.definitions.documents import Document, Documents, applied, digest, split
from sartor.platform.definitions.kinds import Kinds, inlined
from sartor.platform.definitions.places import parts_of, pointer_to
from sartor.platform.definitions.validate import validate
from sartor.platform.errors import InvalidDefinition, InvalidExpression
from sartor.platform.expressions import Completion, Expression, Scope, check, completions
from sartor.platform.expressions.types import BOOLEAN
from sartor.platform.model import Model
from sartor.platform.publishing.change_sets.changes import ChangeSets
from sartor.platform.recent import Recent

KEPT = 8
NOTHING = "null"
"""Stands where the expression will stand: what it is read as does not depend on what it says."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an expression is written. documents: edits that are not kept yet, None for one that is taken out.

    entity: what its names belong to, where the place itself does not say it (yet).
    """

    set: str
    key: str
    pointer: str
    documents: Mapping[str, Document | None] = field(default_factory=dict)
    entity: str = ""


@dataclass(slots=True)
class Locating(Draft):
    """A workbench that leaves one expression out and remembers how it would be read."""

    sought: tuple[str, str] = ("", "")
    wish: Wish | None = None

    def formula(self, place: Place, text: str | None, wish: Wish) -> Expression | None:
        if text is not None and (place.key, place.pointer) == self.sought:
            self.wish = wish
            return None
        return super(Locating, self).formula(place, text, wish)


@dataclass(frozen=True, slots=True)
class Written:
    """A place for an expression: the model around it, and how the place reads a text."""

    model: Model
    scope: Scope
    wish: Wish

    def checked(self, text: str) -> Expression:
        """:raises InvalidExpression: with the position of the error."""
        wish = self.wish
        try:
            return check(
                text, self.scope, wish.entity, expect=wish.expect, roots=wish.roots, aggregates=wish.aggregates
            )
        except InvalidDefinition as error:  # it reads a field that is wrong itself
            raise InvalidExpression(error.message) from None

    def completions(self, text: str, position: int) -> list[Completion]:
        """Everything that may be written at a position."""
        wish = self.wish
        try:
            return completions(text, position, self.scope, wish.entity, expect=wish.expect, roots=wish.roots)
        except InvalidDefinition:
            return []

    @property
    def is_condition(self) -> bool:
        return self.wish.expect is not None and self.wish.expect.name == "boolean"


class Places:
    """The places that somebody writes in; the last ones are kept."""

    def __init__(self, sets: ChangeSets, kinds: Kinds) -> None:
        self.sets = sets
        self.kinds = kinds
        self._kept: Recent[Written] = Recent(KEPT)

    def at(self, spot: Spot) -> Written:
        """What is known of a place.

        :raises NotFound: for a change set or a kind of definition that does not exist.
        """
        split(spot.key)
        edited = dict(spot.documents)
        document = edited.get(spot.key)
        if document is not None:
            edited[spot.key] = _put(document, _whole(document, spot.pointer))
        edits = self.sets.get(spot.set)
        revision = self.sets.models.stamp().revision
        key = (revision, edits.mark, digest(edited), spot.key, spot.pointer, spot.entity)
        return self._kept.get(
            key, lambda: self._written(spot, edits.applied(self.sets.models.current().documents), edited)
        )

    def _written(self, spot: Spot, kept: Documents, edited: Mapping[str, Document | None]) -> Written:
        """Edits that do not fit their schemas are left out: they are told elsewhere, and this place still works."""
        sound = {key: each for key, each in edited.items() if each is None or not validate(self.kinds, key, each)}
        documents = applied(kept, sound)
        pointer = _whole(edited.get(spot.key) or documents.get(spot.key) or {}, spot.pointer)
        if spot.key not in edited and spot.key in documents:
            documents[spot.key] = _put(documents[spot.key], pointer)
        draft = compile_draft(documents, self.kinds, 0, partial(Locating, sought=(spot.key, pointer)))
        assert isinstance(draft, Locating)
        return Written(draft.model, draft.scope, draft.wish or self._asked(spot))

    def _asked(self, spot: Spot) -> Wish:
        """What the schema asks of a place in what is half made, such as a rule without its message."""
        schema = self.kinds.schema(split(spot.key)[0])
        here: Any = inlined(schema, schema["$defs"])
        for name in parts_of(spot.pointer):
            here = here.get("properties", {}).get(name) or here.get("additionalProperties") or {}
        return Wish(spot.entity, BOOLEAN if here.get("x-widget") == "condition" else None)


def _whole(document: Document, pointer: str) -> str:
    """The place of the whole expression, where a pointer goes on into it: `/filter/0` is a condition of `/filter`."""
    here: Any = document
    parts = parts_of(pointer)
    for count, name in enumerate(parts):
        if isinstance(here, str):
            return pointer_to(*parts[:count])
        here = here.get(name) if isinstance(here, dict) else None
    return pointer


def _put(document: Document, pointer: str) -> dict[str, Any]:
    """The document with the empty expression at a place."""
    made: dict[str, Any] = deepcopy(dict(document))
    here: Any = made
    *above, last = parts_of(pointer) or ("",)
    for name in above:
        here = here.setdefault(name, {}) if isinstance(here, dict) else None
    if isinstance(here, dict) and last:
        here[last] = NOTHING
    return made
