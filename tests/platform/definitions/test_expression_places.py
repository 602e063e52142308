"""What the compiler reads as an expression is marked so in the schemas: the panel draws its editor, in its entity."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from sources import ROOT

from sartor.platform.definitions.compile.draft import Draft, Place, Wish
from sartor.platform.definitions.compile.drafting import compile_draft
from sartor.platform.definitions.compile.scope import STAYS
from sartor.platform.definitions.documents import split
from sartor.platform.definitions.extensions import Extensions
from sartor.platform.definitions.kinds import Kinds
from sartor.platform.definitions.places import Step, steps
from sartor.platform.packaging.files.folder import read_folder
from sartor.platform.text import LANGUAGES

WIDGETS = ("expression", "path", "period", "merged")
TRUE_OR_FALSE = ("visible_if", "required_if", "read_only_if")


@dataclass(slots=True)
class Noting(Draft):
    """A workbench that remembers where it read an expression, whose names it used, and whether it is a condition."""

    read: list[tuple[Place, str]] = field(default_factory=list)
    conditions: set[tuple[str, str]] = field(default_factory=set)

    def formula(self, place: Place, text: str | None, wish: Wish) -> Any:
        if text is not None:
            self.read.append((place, wish.entity.removesuffix(STAYS)))
        return super(Noting, self).formula(place, text, wish)

    def condition(self, place: Place, text: str | None, entity: str, **roots: str) -> Any:
        self.conditions.add((place.key, place.pointer))
        return super(Noting, self).condition(place, text, entity, **roots)


@pytest.fixture(scope="module")
def stock() -> Kinds:
    return Kinds(Extensions.stock().seal())


@pytest.fixture(scope="module")
def documents() -> Mapping[str, Any]:
    base, sales = (read_folder(ROOT / "blueprints" / name).own.documents for name in ("base", "sales"))
    return {**base, **sales}


def walked(stock: Kinds, place: Place, documents: Mapping[str, Any]) -> list[Step]:
    """The steps to a place; of a text in two languages those to the text."""
    found = steps(stock, place.key, place.pointer, documents[place.key])
    return [each for each in found if each.name not in LANGUAGES]


def meant(key: str, document: Mapping[str, Any], found: list[Step]) -> str:
    """Whose fields the panel completes there."""
    schema, (kind, name) = found[-1].schema, split(key)
    if "x-of" in schema:
        return str(found[-2].get(schema["x-of"]))
    if "x-entity" in schema:
        return str(schema["x-entity"])
    if kind == "role":
        return found[1].name
    return name if kind == "entity" else str(document["entity"])


def test_every_expression_is_drawn_with_its_editor_in_its_entity(stock, documents):
    draft = compile_draft(documents, stock, 0, Noting)
    assert isinstance(draft, Noting)
    wrong = set()
    for place, entity in draft.read:
        found = walked(stock, place, documents)
        is_condition = (place.key, place.pointer) in draft.conditions or found[-1].name in TRUE_OR_FALSE
        widget = str(found[-1].schema.get("x-widget")).partition(":")[0]
        fits = widget == "condition" if is_condition else widget in WIDGETS
        if not fits or (widget != "merged" and meant(place.key, documents[place.key], found) != entity):
            wrong.add(f"{place.key}{place.pointer}: {widget} of {entity}")
    assert wrong == set()
    assert len(draft.read) > 300
