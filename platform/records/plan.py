"""What writing an entity involves, worked out once for each model: order of formulas, roll-ups fed, numbers taken."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import marshmallow as ma

from sartor.platform.model import CopyUp, Entity, Field, Model, OnlyOne, SetOn, UniqueKey
from sartor.platform.model.formula import Formula
from sartor.platform.query.sources import is_stored
from sartor.platform.storage.search import searched_fields
from sartor.platform.storage.tables import conditional_keys

Rule = tuple[Field, Formula]
"""A field, and what gives it its value."""


@dataclass(frozen=True, slots=True)
class Fed:
    """A roll-up that records of an entity go into. `reads`: paths from the counted entity that its value depends on."""

    field: Field
    by: Field
    reads: frozenset[tuple[str, ...]]


class EntityPlan:
    """How records of one entity are written."""

    def __init__(self, entity: Entity, model: Model, fed: Iterable[Fed]) -> None:
        self.entity = entity
        self.model = model
        self.fed = tuple(fed)

    @cached_property
    def schema(self) -> ma.Schema:
        """Parses JSON of every field that can be sent; unknown names are refused."""
        fields = {
            item.name: item.type.schema_field(item) for item in self.entity.fields.values() if self.sendable(item)
        }
        return ma.Schema.from_dict(fields, name=self.entity.name)(unknown=ma.RAISE)

    @staticmethod
    def sendable(item: Field) -> bool:
        return item.name not in ("id", "version", "deleted_at")

    @cached_property
    def pointers(self) -> tuple[tuple[str, str], ...]:
        """Fields that point to one record, each with the entity of that record."""
        single = [item for item in self.entity.fields.values() if item.type.members(item) is None]
        return tuple((item.name, targets[0]) for item in single if len(targets := item.type.targets(item)) == 1)

    @cached_property
    def stored(self) -> frozenset[str]:
        """Fields with columns of their own."""
        return frozenset(item.name for item in self.entity.fields.values() if is_stored(item))

    @cached_property
    def many(self) -> frozenset[str]:
        """Fields whose values lie in a table of their own."""
        return frozenset(item.name for item in self.entity.fields.values() if item.type.members(item) is not None)

    @cached_property
    def formulas(self) -> tuple[Rule, ...]:
        """Stored formulas, each after those that it reads."""
        stored = [(item, item.formula) for item in self.entity.fields.values() if item.formula and is_stored(item)]
        return tuple(_sorted(stored))

    @cached_property
    def defaults(self) -> tuple[Rule, ...]:
        """Fields with a default, each after those that its default reads."""
        return tuple(_sorted([(item, item.default) for item in self.entity.fields.values() if item.default]))

    @cached_property
    def copies(self) -> tuple[Rule, ...]:
        return tuple((item, item.copy) for item in self.entity.fields.values() if item.copy)

    @cached_property
    def rollups(self) -> tuple[Field, ...]:
        return tuple(item for item in self.entity.fields.values() if rollup_of(item) is not None)

    @cached_property
    def stages(self) -> tuple[Field, ...]:
        return tuple(item for item in self.entity.fields.values() if item.type.pipelines(item))

    @cached_property
    def lines(self) -> tuple[Field, ...]:
        return tuple(item for item in self.entity.fields.values() if item.type.owns(item) is not None)

    @cached_property
    def numbers(self) -> tuple[Field, ...]:
        return tuple(item for item in self.entity.fields.values() if hasattr(item.details, "counter_key"))

    @cached_property
    def tracked(self) -> tuple[Field, ...]:
        """Fields whose changes the history keeps: what somebody decided, not what follows from it."""
        return tuple(
            item
            for item in self.entity.fields.values()
            if item.history and not item.system and not item.type.computed and item.type.owns(item) is None
        )

    @cached_property
    def searched(self) -> tuple[Field, ...]:
        return tuple(searched_fields(self.entity))

    @cached_property
    def money(self) -> tuple[Field, ...]:
        """Fields whose amounts may lack a currency of their own."""
        return tuple(item for item in self.entity.fields.values() if hasattr(item.type, "in_currency"))

    @cached_property
    def conditional_keys(self) -> tuple[UniqueKey, ...]:
        return tuple(conditional_keys(self.entity))

    @cached_property
    def only_ones(self) -> tuple[OnlyOne, ...]:
        return tuple(each for each in self.entity.effects if isinstance(each, OnlyOne))

    @cached_property
    def copies_up(self) -> tuple[CopyUp, ...]:
        return tuple(each for each in self.entity.effects if isinstance(each, CopyUp))

    @cached_property
    def sets(self) -> tuple[SetOn, ...]:
        return tuple(each for each in self.entity.effects if isinstance(each, SetOn))

    @cached_property
    def lines_read_parent(self) -> frozenset[str]:
        """Fields of this entity that formulas of its lines read."""
        found = set()
        for item in self.lines:
            name, lookup = item.type.owns(item)
            for formula in (each.formula for each in self.model.entities[name].fields.values() if each.formula):
                found |= {path[1] for path in formula.paths if len(path) > 1 and path[0] in (lookup, "parent")}
        return frozenset(found)


def rollup_of(item: Field) -> Any:
    """The roll-up's plan (`counts`, `by`, …), None for other fields."""
    return item.details if hasattr(item.details, "counts") else None


def feeds(model: Model) -> Mapping[str, list[Fed]]:
    """For each entity, the roll-ups that its records go into."""
    found: dict[str, list[Fed]] = defaultdict(list)
    for entity in model.entities.values():
        for item in entity.fields.values():
            rollup = rollup_of(item)
            if rollup is not None:
                by = model.entities[rollup.counts].fields[rollup.by]
                found[rollup.counts].append(Fed(item, by, frozenset(rollup.reads)))
    return found


def _sorted(rules: list[Rule]) -> list[Rule]:
    """In an order in which each comes after those it needs; what goes in circles was refused by the definitions."""
    names = {item.name for item, _formula in rules}
    placed: dict[str, Rule] = {}
    waiting = rules
    while waiting:
        ready = [rule for rule in waiting if (_first_steps(rule[1]) & names) - {rule[0].name} <= placed.keys()]
        placed |= {rule[0].name: rule for rule in ready or waiting}
        waiting = [rule for rule in waiting if rule[0].name not in placed]
    return list(placed.values())


def _first_steps(formula: Formula) -> set[str]:
    return {path[0] for path in formula.paths}
