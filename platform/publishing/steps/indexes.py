"""Steps for indexes: what pages and rules need from now on, and what nobody needs any more."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

import sqlalchemy as sa

from sartor.platform.errors import Problem
from sartor.platform.model import Entity
from sartor.platform.publishing.facing import Facing
from sartor.platform.publishing.models import Design
from sartor.platform.publishing.names.rekeying import Keys
from sartor.platform.publishing.plan import Grade, PlanStep
from sartor.platform.publishing.steps.indexing import Wanted, wanted_indexes
from sartor.platform.publishing.steps.rekeyed import sets_of
from sartor.platform.publishing.steps.taken import heirs
from sartor.platform.storage.steps import CreateIndex, DropIndex
from sartor.platform.text import gettext as _
from sartor.platform.text import listed, ngettext, pick

BIG = 50_000
"""Rows up to which work is done inside the publish."""


def wanted_before_and_after(facing: Facing) -> Iterator[tuple[Entity, Wanted, Wanted]]:
    """The indexes needed before and after by each entity about which something has changed."""
    before, after = facing.before, facing.after
    asked = {*_asked_about(before, facing.changed), *_asked_about(after, facing.changed)}
    for entity in after.model.entities.values():
        former = facing.former(entity)
        if facing.is_touched(entity) or {entity.name, former and former.name} & asked:
            needed = wanted_indexes(former, before.model, before.tables) if former else Wanted(())
            yield entity, needed, wanted_indexes(entity, after.model, after.tables)


def _asked_about(design: Design, changed: Collection[str]) -> Iterator[str]:
    """Entities about which changed pages ask something."""
    model = design.model
    yield from (each.entity for each in model.views.values() if f"view/{each.name}" in changed)
    yield from (each.entity for each in model.pipelines.values() if f"pipeline/{each.name}" in changed)
    for form in model.forms.values():
        if f"form/{form.name}" in changed:
            yield from (tab.entity for tab in form.tabs if tab.entity)
    if sets := {key for key in changed if key.startswith("options/")}:
        for entity in model.entities.values():
            if any(sets.intersection(sets_of(field, model)) for field in entity.fields.values()):
                yield entity.name


def index_steps(facing: Facing, entity: Entity, before: Wanted, after: Wanted) -> Iterator[PlanStep]:
    """Make what is missing, remove what only the design before needed."""
    subject, label = f"entity/{entity.name}", pick(entity.label)
    missing = [index for index in after.indexes if index.name not in facing.there(index.table).indexes]
    unique = [index for index in missing if index.unique]
    plain = [index for index in missing if not index.unique]
    rows = facing.rows(entity)
    for index in unique:
        text = _("No two records of %(label)s may agree in %(fields)s", label=label, fields=_said(entity, index))
        yield PlanStep("unique", subject, text, _grade(rows), rows, ddl=(index,))
    if plain:
        text = ngettext("%(n)s index for %(label)s", "%(n)s indexes for %(label)s", len(plain), label=label)
        here = tuple(plain) if rows <= BIG else ()
        yield PlanStep("index", subject, text, _grade(rows), rows, ddl=here, job=None if here else BuildIndexes(plain))
    names = {index.name for index in after.indexes}
    gone = [index for index in before.indexes if index.name not in names]
    there = [index for index in gone if index.name in facing.there(index.table).indexes]
    if there:
        text = ngettext(
            "%(n)s index of %(label)s is not needed any more",
            "%(n)s indexes of %(label)s are not needed any more",
            len(there),
            label=label,
        )
        drops = tuple(DropIndex(index.table, index.name) for index in there)
        yield PlanStep("drop_index", subject, text, ddl=drops)


class BuildIndexes:
    """Indexes of a big table, made after the publish."""

    def __init__(self, indexes: list[CreateIndex]) -> None:
        self.indexes = indexes


def passes(step: PlanStep) -> int:
    """How often a step goes through its records: once for each index."""
    indexes = step.job.indexes if isinstance(step.job, BuildIndexes) else step.ddl
    return max(len(indexes), 1)


def in_the_way(facing: Facing, wanted: Mapping[str, Wanted]) -> Iterator[Problem]:
    """Unique keys that the records do not keep: new ones, and those in which choices become one. wanted: by entity, the
    indexes that are to be others."""
    model, tables = facing.after.model, facing.after.tables
    for name in sorted(wanted.keys() | {entity for entity, _field in facing.rekeyed}):
        entity = model.entities[name]
        for index in (wanted.get(name) or wanted_indexes(entity, model, tables)).indexes:
            taken = _taken(facing, entity, index) if index.unique else {}
            is_new = index.unique and index.name not in facing.there(index.table).indexes
            if (is_new or taken) and (count := _duplicates(facing, index, taken)):
                yield _obstacle(entity, index, count)


def _taken(facing: Facing, entity: Entity, index: CreateIndex) -> dict[str, Keys]:
    """By column of an index, the choices or stages that others take over. Those of several pipelines are left to the
    publish, since a record has only one of them."""
    names = {column.name for column in index.columns}
    found = {}
    for field in entity.fields.values():
        owners = sets_of(field, facing.after.model) if field.stored_as in names else ()
        if len(owners) == 1 and (keys := heirs(facing, owners[0])):
            found[field.stored_as] = keys
    return found


def _duplicates(facing: Facing, index: CreateIndex, taken: Mapping[str, Keys]) -> int:
    """How many groups of live records agree in the columns of a unique index, as they will be."""
    there = facing.there(index.table).columns
    names = [column.name for column in index.columns]
    if not there or not set(names) <= there:
        return 0
    columns = [_after(sa.column(name), taken.get(name)) for name in names]
    alive = [sa.column("deleted_at").is_(None), *(column.is_not(None) for column in columns)]
    if index.where:
        if index.where not in there:
            return 0
        alive.append(sa.column(index.where).is_(sa.true()))
    groups = sa.select(sa.literal(1)).select_from(sa.table(index.table)).where(*alive).group_by(*columns)
    counted = sa.select(sa.func.count()).select_from(groups.having(sa.func.count() > 1).limit(1000).subquery())
    return int(facing.connection.execute(counted).scalar_one())


def _after(column: sa.ColumnClause[Any], keys: Keys | None) -> sa.ColumnElement[Any]:
    return sa.case(dict(keys), value=column, else_=column) if keys else column


def _obstacle(entity: Entity, index: CreateIndex, count: int) -> Problem:
    """Why a unique key cannot be published yet."""
    text = ngettext(
        "%(label)s: %(n)s value of %(fields)s occurs more than once; make it unique first",
        "%(label)s: %(n)s values of %(fields)s occur more than once; make them unique first",
        count,
        label=pick(entity.label),
        fields=_said(entity, index),
    )
    return Problem(_place(entity, index), "duplicates", text, file=f"entity/{entity.name}")


def _place(entity: Entity, index: CreateIndex) -> str:
    """Where a unique key was asked for: at its field, or among the keys."""
    columns = {column.name.partition("__")[0] for column in index.columns}
    names = [field.name for field in entity.fields.values() if field.stored_as in columns]
    alone = len(names) == 1 and names[0] in {key.name for key in entity.keys if key.fields == (names[0],)}
    return f"/fields/{names[0]}/unique" if alone else "/keys"


def _said(entity: Entity, index: CreateIndex) -> str:
    """The fields of an index by their labels."""
    labels = {field.stored_as: pick(field.label) for field in entity.fields.values()}
    names = dict.fromkeys(column.name.partition("__")[0] for column in index.columns)
    return listed(labels.get(name, name) for name in names)


def _grade(rows: int) -> Grade:
    return Grade.SLOW if rows > BIG else Grade.SAFE
