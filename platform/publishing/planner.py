"""Making a plan: the draft compiled, set against what is published and what the database holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

import sqlalchemy as sa

from sartor.platform.definitions.documents import Documents
from sartor.platform.expressions import Env
from sartor.platform.model import Entity, Model
from sartor.platform.publishing.drawn_up import Indexes, drawn_up
from sartor.platform.publishing.facing import Facing
from sartor.platform.publishing.models import Design, ModelCache
from sartor.platform.publishing.names.lineage import Lineage, lineage, lineage_back
from sartor.platform.publishing.names.new_names import in_new_names
from sartor.platform.publishing.names.physical import Drafted, PhysicalDesigns
from sartor.platform.publishing.plan import Plan
from sartor.platform.publishing.retired import leftovers as retired
from sartor.platform.publishing.retired.holding import roles_back
from sartor.platform.publishing.steps.adopted import kept_after_all
from sartor.platform.publishing.steps.computed import reached_fields, touched_fields
from sartor.platform.publishing.steps.indexes import wanted_before_and_after
from sartor.platform.publishing.steps.rekeyed import rekeyed_fields
from sartor.platform.publishing.steps.returning import returning
from sartor.platform.publishing.trials.looking_ahead import Ahead, looked_ahead
from sartor.platform.publishing.values import preparing
from sartor.platform.publishing.words.calling import Calling
from sartor.platform.storage import catalogue
from sartor.platform.storage.search import search_table_name


class Planner:
    """Plans what documents would do if they were published now. Reads only."""

    def __init__(self, models: ModelCache, env: Callable[[Model], Env]) -> None:
        self.models = models
        self._env = env
        self._designs = PhysicalDesigns(models)

    def plan(self, documents: Documents, *, rollback: int | None = None, looking: bool = False) -> Plan:
        """rollback: the earlier revision whose documents these are, physical names included.

        looking: nothing is published from it, so that it may be made from what was compiled before.
        :raises InvalidDefinition: when the documents do not hold together.
        """
        self.models.compiler.require_valid(documents)
        before, back = self.models.current(), rollback is not None
        with self.models.database.read() as connection:
            pairs = _lineage(documents, before.documents, connection, back)
            facing = self._facing(Drafted(documents, pairs, back, looking), before, connection)
            facing = replace(facing, zone=self._env(before.model).zone)
            if rollback is not None:
                back_again = roles_back(connection, self.models.store, documents, rollback)
                facing = replace(facing, roles_back=back_again)
            wanted = [each for each in wanted_before_and_after(facing) if each[1] != each[2]]
            facing = replace(facing, returning=tuple(returning(facing, self.models, rollback=back)))
            plan = drawn_up(_with_facts(facing, wanted), wanted, self._env(facing.after.model))
            return plan if rollback is None else self._telling_what_stays(plan, facing, rollback)

    def _telling_what_stays(self, plan: Plan, facing: Facing, rollback: int) -> Plan:
        since = self.models.store.revisions(facing.connection, facing.before.revision - rollback)
        return replace(plan, notes=(*plan.notes, *kept_after_all(facing, since)))

    def look_ahead(self, documents: Documents) -> Ahead:
        """The design that documents would make, on the tables that are there, only for reading.

        :raises InvalidDefinition: when the documents do not hold together.
        """
        before = self.models.current()
        draft = Drafted(documents, lineage(documents, before.documents), looking=True)
        with self.models.database.read() as connection:
            facing = self._facing(draft, before, connection)
            facing = replace(facing, returning=tuple(returning(facing, self.models, rollback=False)))
            return looked_ahead(_with_values(facing), self._env(facing.after.model))

    def _facing(self, draft: Drafted, before: Design, connection: sa.Connection) -> Facing:
        """What is published and a draft, nothing yet found out about the tables."""
        after = self._designs.design(draft, before, connection)
        changed = frozenset(_changed(before.documents, after.documents))
        kinds = self.models.compiler.kinds
        said_before = in_new_names(before.documents, draft.pairs, kinds)
        names = Calling(kinds, after.model, before.documents, after.documents)
        return Facing(before, after, draft.pairs, {}, changed, connection, said_before, names)


def _lineage(documents: Documents, published: Documents, connection: sa.Connection, rollback: bool) -> Lineage:
    if rollback:
        return lineage_back(documents, published, retired.retyped(connection))
    return lineage(documents, published)


def _with_facts(facing: Facing, wanted: Indexes) -> Facing:
    """The same, with what the database says about the tables that may be concerned."""
    facing = _with_values(facing)
    concerned = {entity.name for entity, _, _ in wanted} | {entity for entity, _ in facing.touched}
    facts = catalogue.read(facing.connection, set(_tables_concerned(facing, concerned)))
    return replace(
        facing,
        facts=facts,
        prepared=preparing.read(facing.connection),
        retired=retired.since(facing.connection),
    )


def _with_values(facing: Facing) -> Facing:
    """The same, with the fields whose values will be others."""
    facing = replace(facing, rekeyed=rekeyed_fields(facing))
    facing = replace(facing, touched=touched_fields(facing))
    return replace(facing, reached=reached_fields(facing))


def _changed(before: Documents, after: Documents) -> Iterator[str]:
    for key in before.keys() | after.keys():
        one, other = before.get(key), after.get(key)
        if one is not other and one != other:
            yield key


def _tables_concerned(facing: Facing, also: set[str]) -> Iterator[str]:
    """Physical tables of all entities that a plan may look at."""
    shared = any(key.startswith(("options/", "pipeline/")) for key in facing.changed)
    for entity in facing.after.model.entities.values():
        if shared or entity.name in also or facing.is_touched(entity):
            yield from _tables_of(facing.after, entity)
    kept = set(facing.lineage.entities.values())
    for entity in facing.before.model.entities.values():
        now = next((new for new, old in facing.lineage.entities.items() if old == entity.name), None)
        if entity.name not in kept or (now and facing.is_touched(facing.after.model.entities[now])):
            yield from _tables_of(facing.before, entity)


def _tables_of(design: Design, entity: Entity) -> Iterable[str]:
    sides = [side.name for side in design.tables.all_members(entity).values()]
    return (entity.table, search_table_name(entity.table), *sides)
