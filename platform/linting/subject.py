"""What the rules look at: a whole design, compiled, with every use of every field and its place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sartor.platform.access.roles import Rights
from sartor.platform.definitions.compile.draft import Place, Wish
from sartor.platform.definitions.documents import Documents
from sartor.platform.expressions import Expression, check
from sartor.platform.expressions.merging import merged_in
from sartor.platform.model import Entity, Field, Model
from sartor.platform.publishing.uses.references import Noting, Reference
from sartor.platform.storage.tables import Tables

Use = tuple[str, str]
"""Definition and pointer."""


@dataclass(frozen=True, eq=False)
class Subject:
    """dialect: of the database that it is meant for. held: roles that somebody has; None where nobody knows."""

    documents: Documents
    draft: Noting
    dialect: str = "sqlite"
    held: frozenset[str] | None = None

    @property
    def model(self) -> Model:
        return self.draft.model

    @property
    def references(self) -> list[Reference]:
        return self.draft.found

    @cached_property
    def tables(self) -> Tables:
        return Tables(self.model, self.dialect)

    def part(self, key: str, pointer: str = "") -> Any:
        """What stands at a place; None for nothing."""
        here: Any = self.documents.get(key)
        for part in pointer.split("/")[1:]:
            if not isinstance(here, (Mapping, list)):
                return None
            here = here[int(part)] if isinstance(here, list) else here.get(part)
        return here

    def entities(self) -> Iterator[Entity]:
        """Those that somebody designed."""
        return (each for each in self.model.entities.values() if not each.system)

    def designed(self, entity: Entity) -> Iterator[Field]:
        """The fields of an entity that stand in its definition."""
        named = self.documents[f"entity/{entity.name}"]["fields"]
        return (entity.fields[name] for name in named)

    def uses(self, entity: str, field: str) -> list[Use]:
        """Every place that names a field, or reaches it by a path."""
        return self._uses.get((entity, field), [])

    @cached_property
    def _uses(self) -> Mapping[tuple[str, str], list[Use]]:
        found: dict[tuple[str, str], list[Use]] = defaultdict(list)
        for place, target in self.draft.reaches:
            entity, hash_, field = target.removeprefix("entity/").partition("#")
            if hash_:
                found[entity, field].append((place.key, place.pointer))
        for reference in self.references:
            for owner in filter(None, reference.owners):
                found[owner].append((reference.key, reference.pointer))
        return found

    def expressions(self) -> Iterator[tuple[Place, Expression]]:
        """Every expression with its place, checked anew: what was noted is only its text."""
        for each in self.references:
            text = self.part(each.key, each.pointer) if each.wish else None
            if each.wish and isinstance(text, str):
                for part in merged_in(text) if each.merged else [text]:
                    yield Place(each.key, each.pointer), self._checked(part, each.wish)

    def _checked(self, text: str, wish: Wish) -> Expression:
        return check(
            text, self.draft.scope, wish.entity, expect=wish.expect, roots=wish.roots, aggregates=wish.aggregates
        )

    def rights(self, role: str) -> Rights:
        """What a person with one role alone could do."""
        return Rights(self.model, [role])
