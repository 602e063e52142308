"""What writing an entity involves, worked out once for each model: order of formulas, roll-ups fed, numbers taken."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import marshmallow as ma

from sartor.platform.model import Check, CopyUp, Entity, Field, Model, OnlyOne, SetOn, UniqueKey
from sartor.platform.model.formula import Formula
from sartor.platform.query.sources import is_stored
from sartor.platform.storage.search import searched_fields
from sartor.platform.storage.tables import conditional_keys
from sartor.platform.storage.tokens import field_code

Rule = tuple[Field, Formula]
"""A field, and what gives it its value."""


@dataclass(frozen=True, slots=True)
class Fed:
    """A roll-up that records of an entity go into. `reads`: paths from the counted entity that its value depends on."""

    field: Field
    by: Field
    reads: frozenset[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Through:
    """A roll-up whose counted records read field `name` of an entity through `lookup`."""

    fed: Fed
    lookup: Field
    name: str


class EntityPlan:
    """How records of one entity are written: what does not depend on the record, found out once."""

    def __init__(self, entity: Entity, model: Model, fed: Iterable[Fed], through: Iterable[Through]) -> None:
        self.entity = entity
        self.model = model
        self.fed = tuple(fed)
        self.through = tuple(through)

    @cached_property
    def schema(self) -> ma.Schema:
        """Parses JSON of every field that can be sent; unknown names are refused."""
        fields = {
            item.name: item.type.schema_field(item) for item in self.entity.fields.values() if self.sendable(item)
        }
        return ma.Schema.from_dict(fields, name=self.entity.name)(unknown=ma.RAISE)

    @cached_property
    def parsers(self) -> Mapping[str, ma.fields.Field]:
        """The schema's fields by name, ready to parse."""
        return self.schema.load_fields

    @staticmethod
    def sendable(item: Field) -> bool:
        return item.name not in ("id", "version", "deleted_at")

    @cached_property
    def pointers(self) -> tuple[tuple[str, str], ...]:
        """Fields that point to one record, each with the entity of that record."""
        single = [item for item in self.entity.fields.values() if item.type.members(item) is None]
        return tuple((item.name, targets[0]) for item in single if len(targets := item.type.targets(item)) == 1)

    @cached_property
    def targets(self) -> Mapping[str, tuple[str, ...]]:
        """For each field that points to records the entities of those."""
        every = ((item.name, item.type.targets(item)) for item in self.entity.fields.values())
        return {name: targets for name, targets in every if targets}

    @cached_property
    def typed(self) -> frozenset[str]:
        """Names of the fields that people fill."""
        fields = self.entity.fields.values()
        return frozenset(item.name for item in fields if not (item.type.computed or item.read_only))

    @cached_property
    def stored(self) -> tuple[Field, ...]:
        """Fields with columns of their own."""
        return tuple(item for item in self.entity.fields.values() if is_stored(item))

    @cached_property
    def many(self) -> Mapping[str, Field]:
        """Fields whose values lie in a table of their own."""
        return {name: item for name, item in self.entity.fields.items() if item.type.members(item) is not None}

    @cached_property
    def is_called_as_stored(self) -> bool:
        """Whether every field still has the name that its column has."""
        return all(item.name == item.stored_as for item in self.entity.fields.values())

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
    def uncounted(self) -> Mapping[str, Any]:
        """What stands in the roll-ups of a record that nothing was counted for yet."""
        return {item.name: uncounted(item) for item in self.entity.fields.values() if rollup_of(item) is not None}

    @cached_property
    def needed(self) -> tuple[Field, ...]:
        """Fields that some record at least must have a value in, and that people fill."""
        fields = (item for item in self.entity.fields.values() if not (item.system or item.type.computed))
        return tuple(item for item in fields if item.required or item.required_if)

    @cached_property
    def closing(self) -> frozenset[str]:
        """Fields that cannot be changed any more in some state."""
        return frozenset(item.name for item in self.entity.fields.values() if item.read_only_if)

    @cached_property
    def checks(self) -> tuple[Check, ...]:
        """Those of every field, then the entity's own."""
        return (*(check for item in self.entity.fields.values() for check in item.checks), *self.entity.checks)

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
    def searched(self) -> tuple[tuple[Field, str], ...]:
        """Fields that a search looks into, each with the code that its tokens begin with."""
        return tuple((item, field_code(item.stored_as)) for item in searched_fields(self.entity))

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


COUNTS = ("count", "distinct")
"""Functions of roll-ups that are numbers of something: none of it is 0, not blank."""


def uncounted(item: Field) -> int | None:
    """What a roll-up is while there is nothing to count."""
    return 0 if rollup_of(item).function in COUNTS else None


def plans_of(model: Model) -> Mapping[str, EntityPlan]:
    """A plan for each entity of a model."""
    fed, through = feeds(model), throughs(model)
    return {
        name: EntityPlan(entity, model, fed.get(name, ()), through.get(name, ()))
        for name, entity in model.entities.items()
    }


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


def throughs(model: Model) -> Mapping[str, list[Through]]:
    """For each entity, the roll-ups that read its records through a lookup of those that they count."""
    found: dict[str, list[Through]] = defaultdict(list)
    for fed in (each for several in feeds(model).values() for each in several):
        fields = model.entities[fed.by.entity].fields
        for path in fed.reads:
            lookup = fields.get(path[0])
            if lookup is not None and len(path) == 2:
                targets = lookup.type.targets(lookup)
                if len(targets) == 1:
                    found[targets[0]].append(Through(fed, lookup, path[1]))
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
