"""Steps for what is no table: views, forms, roles and the rest come, change and go."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import sqlalchemy as sa

from sartor.platform.model import Field
from sartor.platform.publishing.facing import Facing
from sartor.platform.publishing.plan import Grade, PlanStep
from sartor.platform.publishing.retired.leftovers import KEYS, Retired
from sartor.platform.publishing.steps.entities import subject_of
from sartor.platform.publishing.steps.rekeyed import sets_of
from sartor.platform.publishing.steps.taken import heirs
from sartor.platform.storage.system.changes import KEPT_KEYS, KEPT_LABELS
from sartor.platform.text import Label, listed, ngettext, pick
from sartor.platform.text import gettext as _


def other_steps(facing: Facing) -> Iterator[PlanStep]:
    """One line for each document, besides what happens to tables."""
    before, after = facing.before.documents, facing.after.documents
    renamed = {*facing.lineage.others, *facing.lineage.others.values()}
    for key in sorted(facing.changed):
        if key in renamed and (key not in before or key not in after):
            continue  # its rename is a step of its own
        if key not in after:
            if not key.startswith("entity/"):
                text = _("Take out %(thing)s", thing=facing.names.definition(key))
                yield PlanStep("remove", key, text, dependents=facing.uses(key))
        elif key not in before:
            if not key.startswith("entity/"):
                yield PlanStep("add", key, _("Add %(thing)s", thing=facing.names.definition(key)))
        else:
            text = _("Change %(thing)s", thing=facing.names.definition(key))
            yield PlanStep("change", key, text, dependents=facing.uses(key))


def option_steps(facing: Facing) -> Iterator[PlanStep]:
    """Choices and stages that are gone while records still have them."""
    for field, former, out in _taken_out(facing):
        gone, table = out - _taken_over(facing, field), facing.after.model.entities[field.entity].table
        if gone and (rows := _having(facing, table, field, gone)):
            text = ngettext(
                "%(n)s record has a choice of %(label)s that is gone: %(keys)s",
                "%(n)s records have a choice of %(label)s that is gone: %(keys)s",
                rows,
                label=pick(field.label),
                keys=listed(pick(labels_of(former)[key]) or key for key in sorted(gone)),
            )
            yield PlanStep("choices", subject_of(field), text, Grade.LOSSY, rows)


def labels_kept(facing: Facing) -> Iterator[Retired]:
    """What the choices and stages were called that are taken out: the history goes on telling them so."""
    for field, former, out in _taken_out(facing):
        kept = {KEPT_KEYS: {}, KEPT_LABELS: {key: labels_of(former)[key] for key in sorted(out)}}
        table = facing.after.model.entities[field.entity].table
        yield Retired(field.entity, field.name, table, field.stored_as, KEYS, kept)


def _taken_out(facing: Facing) -> Iterator[tuple[Field, Field, set[str]]]:
    """Fields whose columns go on, as they will be and as they are, with the keys that they are to have no more."""
    shared = any(key.startswith(("options/", "pipeline/")) for key in facing.changed)
    for entity in facing.after.model.entities.values():
        for field in entity.fields.values() if shared or facing.is_touched(entity) else ():
            former = facing.former_field(field)
            if former is None or former.stored_as != field.stored_as:
                continue
            renamed = _renamed_keys(facing, field)
            gone = {renamed.get(key, key) for key in keys_of(former)} - keys_of(field)
            if gone:
                yield field, former, _as_they_were(gone, renamed)


def _taken_over(facing: Facing, field: Field) -> set[str]:
    """Choices or stages whose records come to others."""
    return {key for owner in sets_of(field, facing.after.model) for key in heirs(facing, owner)}


def _renamed_keys(facing: Facing, field: Field) -> dict[str, str]:
    """New keys of a field's choices or stages by the old ones."""
    by_set = facing.lineage.keys_by_set()
    return {old: new for owner in sets_of(field, facing.after.model) for old, new in by_set.get(owner, {}).items()}


def _as_they_were(keys: set[str], renamed: Mapping[str, str]) -> set[str]:
    before = {new: old for old, new in renamed.items()}
    return {before.get(key, key) for key in keys}


def keys_of(field: Field) -> set[str]:
    """The keys that a value of the field may have: of its choices, or of the stages of its pipelines."""
    return set(labels_of(field))


def labels_of(field: Field) -> Mapping[str, Label]:
    """What choices or stages of a field are called, by key; none where it has no such."""
    choices = getattr(field.details, "choices", field.details)
    return getattr(choices, "labels", {})


def _having(facing: Facing, table: str, field: Field, gone: set[str]) -> int:
    members = field.type.members(field)
    if members:
        side = facing.after.tables.members(field)
        chosen = sa.select(sa.func.count(sa.distinct(side.c.record))).where(side.c.value.in_(sorted(gone)))
        return int(facing.connection.execute(chosen).scalar_one()) if side.name in facing.facts else 0
    if field.stored_as not in facing.there(table).columns:
        return 0
    column = facing.after.tables.column(field)
    chosen = sa.select(sa.func.count()).where(column.in_(sorted(gone)))
    return int(facing.connection.execute(chosen).scalar_one())
