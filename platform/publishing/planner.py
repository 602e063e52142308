"""Making a plan: the draft compiled, set against what is published and what the database holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

import sqlalchemy as sa

from sartor.platform.definitions.documents import Documents, digest, of_kind
from sartor.platform.errors import Problem
from sartor.platform.expressions import Env
from sartor.platform.model import Entity, Model
from sartor.platform.publishing import preparing, retired
from sartor.platform.publishing.access_changes import access_changes
from sartor.platform.publishing.comebacks import comebacks
from sartor.platform.publishing.compute_steps import compute_steps, reached_fields
from sartor.platform.publishing.convert_steps import convert_steps
from sartor.platform.publishing.entity_steps import entity_steps, left_behind, retired_things
from sartor.platform.publishing.facing import Facing, conflicts_in_columns
from sartor.platform.publishing.holding import roles_back
from sartor.platform.publishing.index_steps import BIG, duplicates, index_steps, obstacle, wanted_before_and_after
from sartor.platform.publishing.indexing import Wanted
from sartor.platform.publishing.lineage import Lineage, lineage, lineage_back
from sartor.platform.publishing.looking_ahead import Ahead, looked_ahead
from sartor.platform.publishing.models import Design, ModelCache
from sartor.platform.publishing.named_steps import named_steps
from sartor.platform.publishing.other_steps import option_steps, other_steps
from sartor.platform.publishing.pace import Pace, pace_of
from sartor.platform.publishing.plan import Plan, PlanStep
from sartor.platform.publishing.rekey_steps import rekey_steps, rekeyed_fields
from sartor.platform.publishing.renaming import in_new_names
from sartor.platform.publishing.returning import returning
from sartor.platform.publishing.stored_names import StoredNames
from sartor.platform.publishing.table_changes import too_wide
from sartor.platform.storage import catalogue
from sartor.platform.storage.search import search_table_name
from sartor.platform.text import ngettext, pick

Indexes = list[tuple[Entity, Wanted, Wanted]]
About = tuple[Lineage, sa.Connection, bool]
"""What became what, the database, and whether it is a rollback."""


class Planner:
    """Plans what documents would do if they were published now. Reads only."""

    def __init__(self, models: ModelCache, env: Callable[[Model], Env]) -> None:
        self.models = models
        self._env = env
        self._last: tuple[object, Design] | None = None

    def plan(self, documents: Documents, *, rollback: int | None = None, looking: bool = False) -> Plan:
        """rollback: the earlier revision whose documents these are, physical names included.

        looking: nothing is published from it, so that it may be made from what was compiled before.
        :raises InvalidDefinition: when the documents do not hold together.
        """
        before = self.models.current()
        with self.models.database.read() as connection:
            back = rollback is not None
            pairs = _lineage(documents, before.documents, connection, back)
            after = self._draft(documents, before, (pairs, connection, back), looking)
            changed = frozenset(_changed(before.documents, after.documents))
            said_before = in_new_names(before.documents, pairs, self.models.compiler.kinds)
            zone = self._env(before.model).zone
            facing = Facing(before, after, pairs, {}, changed, connection, said_before, zone)
            if rollback is not None:
                back_again = roles_back(connection, self.models.store, documents, rollback)
                facing = replace(facing, roles_back=back_again)
            wanted = [each for each in wanted_before_and_after(facing) if each[1] != each[2]]
            facing = replace(facing, returning=tuple(returning(facing, self.models, rollback=back)))
            return _planned(_with_facts(facing, wanted), wanted)

    def look_ahead(self, documents: Documents) -> Ahead:
        """The design that documents would make, on the tables that are there, only for reading.

        :raises InvalidDefinition: when the documents do not hold together.
        """
        before = self.models.current()
        pairs = lineage(documents, before.documents)
        with self.models.database.read() as connection:
            after = self._draft(documents, before, (pairs, connection, False), True)
            changed = frozenset(_changed(before.documents, after.documents))
            said_before = in_new_names(before.documents, pairs, self.models.compiler.kinds)
            facing = Facing(before, after, pairs, {}, changed, connection, said_before)
            facing = replace(facing, returning=tuple(returning(facing, self.models, rollback=False)))
            facing = replace(facing, rekeyed=rekeyed_fields(facing))
            reached = frozenset(reached_fields(facing))
            return looked_ahead(replace(facing, reached=reached), self._env(after.model))

    def _draft(self, documents: Documents, before: Design, about: About, looking: bool) -> Design:
        """The same draft is not compiled twice, but what was only looked at is compiled whole for publishing."""
        edited = frozenset(
            (key, digest(each)) for key, each in documents.items() if each is not before.documents.get(key)
        )
        asked = (before.revision, edited, frozenset(before.documents.keys() - documents.keys()), about[-1], looking)
        last = self._last
        if last is None or last[0] != asked:
            last = self._last = (asked, self._compiled(documents, before, about, looking))
        return last[1]

    def _compiled(self, documents: Documents, before: Design, about: About, looking: bool) -> Design:
        """The draft with physical names; compiled again where the columns of a field turn out to be others."""
        pairs, connection, rollback = about
        if rollback:
            return self.models.draft(documents, before.revision + 1, before, looking=looking)
        tables = catalogue.table_names(connection)
        back = comebacks(connection, documents, before, pairs)
        given = {**preparing.names_given(preparing.read(connection), documents), **back.names}
        changed = [
            name for name, each in of_kind(documents, "entity") if each is not before.documents.get(f"entity/{name}")
        ]
        physical = [
            before.model.entities[old].table for name in changed if (old := pairs.entity(name)) is not None
        ]  # fmt: skip
        columns = catalogue.columns(connection, [*physical, *(each.table for each in back.whole.values())])
        named = StoredNames(before.documents, pairs, tables, columns, given=given).assign(documents)
        after = self.models.draft(named, before.revision + 1, before, looking=looking)
        if anew := conflicts_in_columns(before, after, pairs):
            named = StoredNames(before.documents, pairs, tables, columns, anew, given).assign(named)
            after = self.models.draft(named, before.revision + 1, before, looking=looking)
        back.require_as_it_was(self.models, after)
        return after


def _lineage(documents: Documents, published: Documents, connection: sa.Connection, rollback: bool) -> Lineage:
    if rollback:
        return lineage_back(documents, published, retired.retyped(connection))
    return lineage(documents, published)


def _with_facts(facing: Facing, wanted: Indexes) -> Facing:
    """The same, with what the database says about the tables that may be concerned."""
    rekeyed = rekeyed_fields(facing)
    facing = replace(facing, rekeyed=rekeyed)
    reached = frozenset(reached_fields(facing))
    concerned = {entity.name for entity, _, _ in wanted} | {entity for entity, _ in (*reached, *rekeyed)}
    facts = catalogue.read(facing.connection, set(_tables_concerned(facing, concerned)))
    return replace(
        facing,
        facts=facts,
        reached=reached,
        prepared=preparing.read(facing.connection),
        retired=retired.since(facing.connection),
    )


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


def _planned(facing: Facing, wanted: Indexes) -> Plan:
    steps: list[PlanStep] = [
        *entity_steps(facing),
        *rekey_steps(facing),
        *named_steps(facing),
        *convert_steps(facing),
        *compute_steps(facing),
    ]
    for entity, before, after in wanted:
        steps += index_steps(facing, entity, before, after)
    steps += [*option_steps(facing), *other_steps(facing)]
    pace = pace_of(facing.connection)
    return Plan(
        base=facing.before.revision,
        design=facing.after,
        changed=sorted(facing.changed),
        steps=tuple(_timed(step, pace) for step in steps),
        access=tuple(access_changes(facing.before.model, facing.after.model, facing.lineage)),
        obstacles=tuple(_obstacles(facing, wanted)),
        notes=tuple(_notes(wanted)),
        retired=(*retired_things(facing), *left_behind(facing)),
    )


def _timed(step: PlanStep, pace: Pace) -> PlanStep:
    """With its expected time; of values that are prepared only the latest are left to be converted."""
    is_prepared = step.rows > BIG and step.counts is not None and not step.counts.estimated
    seconds = 0 if is_prepared else pace.seconds(step.kind, step.rows)
    return replace(step, seconds=seconds) if seconds else step


def _obstacles(facing: Facing, wanted: Indexes) -> Iterator[Problem]:
    for entity in facing.after.model.entities.values():
        if facing.is_touched(entity):
            yield from too_wide(facing, entity)
    for entity, _before, after in wanted:
        for index in after.indexes:
            if index.unique and index.name not in facing.there(index.table).indexes:
                count = duplicates(facing, index)
                if count:
                    yield obstacle(entity, index, count)


def _notes(wanted: Indexes) -> Iterator[str]:
    for entity, _before, after in wanted:
        if after.left_out:
            text = ngettext(
                "%(label)s has enough indexes; %(n)s page goes without: %(pages)s",
                "%(label)s has enough indexes; %(n)s pages go without: %(pages)s",
                len(after.left_out),
                label=pick(entity.label),
                pages=", ".join(after.left_out),
            )
            yield text
