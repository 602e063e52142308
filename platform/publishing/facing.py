"""What is compared when a plan is made: the design now, the design to come, and the database as it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from sartor.platform.definitions.documents import Documents
from sartor.platform.model import Entity, Field
from sartor.platform.publishing.models import Design
from sartor.platform.publishing.names.lineage import Lineage
from sartor.platform.publishing.retired.leftovers import Retired
from sartor.platform.publishing.values.preparing import Prepared
from sartor.platform.publishing.words.calling import Calling
from sartor.platform.storage.catalogue import TableFacts

EMPTY = TableFacts(frozenset(), frozenset(), 0)


@dataclass(frozen=True, slots=True)
class Returning:
    """A field as it will be and as it was. then: the last design that it was in; since: what became of that."""

    now: Field
    old: Field
    then: Design
    since: Lineage

    def called_now(self, owner: str) -> str:
        """What says choices or stages, by what it is called in the draft."""
        key, _hash, _field = owner.partition("#")
        if key.startswith("entity/"):
            return f"entity/{self.now.entity}#{self.now.name}"
        return next((now for now, then in self.since.others.items() if then == key), key)

    def keys(self, owner: str) -> Mapping[str, str]:
        """New keys by old ones, of a set as it was called."""
        return self.since.keys_by_set().get(self.called_now(owner), {})


@dataclass(frozen=True, slots=True)
class Facing:
    """before and after, face to face. facts: of the tables that may be concerned, by physical name."""

    before: Design
    after: Design
    lineage: Lineage
    facts: Mapping[str, TableFacts]
    changed: frozenset[str]
    """Documents that are not what they were, by name."""
    connection: sa.Connection
    said_before: Documents
    """The published documents, in the names of now: what differs from these is more than a rename."""
    names: Calling
    """What people call the definitions of before and after."""
    zone: str = "UTC"
    prepared: Sequence[Prepared] = ()
    """Conversions of big tables that are under way or ready."""
    retired: Mapping[tuple[str, str], datetime] = field(default_factory=dict)
    """When columns (table, name) went out of use."""
    returning: Sequence[Returning] = ()
    """Fields that come back, where something in their values may have to be renamed."""
    roles_back: Mapping[str, Retired] = field(default_factory=dict)
    """Roles that come back with the people who had them, by name, as they went."""
    touched: frozenset[tuple[str, str]] = frozenset()
    """Fields (entity, name) whose values may be others now, stored or not."""
    reached: frozenset[tuple[str, str]] = frozenset()
    """Computed fields (entity, name) whose stored values are to be worked out again."""
    rekeyed: frozenset[tuple[str, str]] = frozenset()
    """Fields (entity, name) whose choices or stages have other keys now."""

    def is_touched(self, entity: Entity) -> bool:
        """Whether anything about an entity's own definition or columns is new."""
        former = self.former(entity)
        if former is None or f"entity/{entity.name}" in self.changed or self._wakes(entity, former):
            return True
        return self.after.tables.of(entity) is not self.before.tables.of(former)

    def _wakes(self, entity: Entity, former: Entity) -> bool:
        """Whether another level of a blueprint switches something of it on or off: it is searched from then on, say."""
        if not any(key.startswith("blueprint/") for key in self.changed):
            return False
        asleep = {name for name, field in former.fields.items() if field.inert}
        return former.inert != entity.inert or asleep != {name for name, each in entity.fields.items() if each.inert}

    def says_something_else(self, key: str) -> bool:
        """Whether a document is another one for more than renames."""
        return key in self.changed and self.after.documents.get(key) != self.said_before.get(key)

    def former(self, entity: Entity) -> Entity | None:
        """The entity as it is published, whatever it is called there."""
        name = self.lineage.entity(entity.name)
        return self.before.model.entities[name] if name else None

    def former_field(self, field: Field) -> Field | None:
        """The field as it is published; those that nobody designs (id, owner …) have always been there."""
        entity = self.lineage.entity(field.entity)
        if entity is None:
            return None
        designed = field.name in self.after.documents[f"entity/{field.entity}"]["fields"]
        name = self.lineage.field(field.entity, field.name) if designed else field.name
        return self.before.model.entities[entity].fields.get(name) if name else None

    def there(self, table: str) -> TableFacts:
        return self.facts.get(table, EMPTY)

    def rows(self, entity: Entity) -> int:
        """About how many records an entity has now."""
        return self.there(entity.table).rows

    def ready(self, old: Field, new: Field) -> Prepared | None:
        """The conversion that is ready for a field's new columns."""
        return next((each for each in self.prepared if each.ready and each.is_of(old, new)), None)

    def uses(self, subject: str) -> tuple[str, ...]:
        """Definitions that use something, before or after."""
        found = self.after.model.dependents.get(subject, frozenset())
        return tuple(sorted(found | self.before.model.dependents.get(subject, frozenset())))


def conflicts_in_columns(before: Design, after: Design, lineage: Lineage) -> frozenset[tuple[str, str]]:
    """Fields that kept their physical name although their columns are of another kind now: they need new ones."""
    changed = {
        now for now, old in lineage.entities.items() if after.tables.of(now) is not before.tables.of(old)
    }  # fmt: skip
    found = set()
    for (entity, name), former in lineage.fields.items():
        if entity in changed:
            old = before.model.entities[lineage.entities[entity]].fields[former]
            new = after.model.entities[entity].fields[name]
            if old.stored_as == new.stored_as and _differ(old, new, lineage):
                found.add((entity, name))
    return frozenset(found)


def _differ(old: Field, new: Field, lineage: Lineage) -> bool:
    before = kinds_of(old, lambda target: target)
    after = kinds_of(new, lambda target: lineage.entities.get(target, target))
    return any(suffix in before and before[suffix] != kind for suffix, kind in after.items()) or (
        ("members" in before) != ("members" in after)
    )


def kinds_of(field: Field, entity_before: Callable[[str], str]) -> dict[str, Any]:
    """What the columns and members of a field are, by suffix; targets by the names that entities had before."""
    members = field.type.members(field)
    kinds: dict[str, Any] = {
        each.suffix: (each.kind, each.scale, each.target and entity_before(each.target))
        for each in field.type.columns(field)
    }
    if members:
        kinds["members"] = (members.kind, members.folded, members.target and entity_before(members.target))
    return kinds
