"""Steps for indexes: what pages and rules need from now on, and what nobody needs any more."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sartor.platform.model import Entity
from sartor.platform.publishing.facing import Facing
from sartor.platform.publishing.models import Design
from sartor.platform.publishing.plan import Grade, PlanStep
from sartor.platform.publishing.steps.indexing import Wanted, wanted_indexes
from sartor.platform.publishing.steps.rekeyed import sets_of
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
        text = _("No two records of %(label)s may agree in %(fields)s", label=label, fields=fields_said(entity, index))
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
    made = [each for each in step.ddl if isinstance(each, CreateIndex)]
    indexes = step.job.indexes if isinstance(step.job, BuildIndexes) else made
    return max(len(indexes), 1)


def fields_said(entity: Entity, index: CreateIndex) -> str:
    """The fields of an index by their labels."""
    labels = {field.stored_as: pick(field.label) for field in entity.fields.values()}
    names = dict.fromkeys(column.name.partition("__")[0] for column in index.columns)
    return listed(labels.get(name, name) for name in names)


def _grade(rows: int) -> Grade:
    return Grade.SLOW if rows > BIG else Grade.SAFE
