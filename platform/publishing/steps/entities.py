"""Steps for entities and their fields: tables and columns that come, go out of sight, or come back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import sqlalchemy as sa

from sartor.platform.model import Entity, Field
from sartor.platform.publishing.facing import Facing
from sartor.platform.publishing.names.pairing import physical_name
from sartor.platform.publishing.plan import Grade, PlanStep
from sartor.platform.publishing.retired.leftovers import ENTITY, FIELD, OLD_TYPE, Retired, out_of_use
from sartor.platform.publishing.steps.table_changes import column_ddl, rule_columns, table_ddl
from sartor.platform.storage.statement import COMPILERS
from sartor.platform.storage.system.changes import GOES_ON_IN
from sartor.platform.storage.tables import designed_columns, member_table_name, system_columns
from sartor.platform.text import gettext as _
from sartor.platform.text import ngettext, pick


def entity_steps(facing: Facing) -> Iterator[PlanStep]:
    """What happens to tables and columns, entity by entity."""
    for entity in facing.after.model.entities.values():
        former = facing.former(entity)
        if former is None:
            yield _new_entity(facing, entity)
        elif former.name != entity.name:
            yield _renamed(f"entity/{former.name}", f"entity/{entity.name}", facing)
    for entity in facing.after.model.entities.values():
        if facing.former(entity) is not None and facing.is_touched(entity):
            yield from _field_steps(facing, entity)
    kept = set(facing.lineage.entities.values())
    for entity in facing.before.model.entities.values():
        if entity.name not in kept:
            yield _retired_entity(facing, entity)


# ---- entities


def _new_entity(facing: Facing, entity: Entity) -> PlanStep:
    there = entity.table in facing.facts
    ddl = (*table_ddl(facing, entity), *column_ddl(facing, entity, list(entity.fields.values())))
    subject, label = f"entity/{entity.name}", pick(entity.label)
    if there:
        rows = facing.rows(entity)
        text = ngettext(
            "Bring back %(label)s with %(n)s record", "Bring back %(label)s with %(n)s records", rows, label=label
        )
        return PlanStep("restore_entity", subject, text, rows=rows, ddl=ddl)
    return PlanStep("add_entity", subject, _("Add the entity %(label)s", label=label), ddl=ddl)


def _retired_entity(facing: Facing, entity: Entity) -> PlanStep:
    rows, label = facing.rows(entity), pick(entity.label)
    with_records = ngettext(
        "Take out %(label)s; its %(n)s record stays until it is purged",
        "Take out %(label)s; its %(n)s records stay until they are purged",
        rows,
        label=label,
    )
    text = with_records if rows else _("Take out %(thing)s", thing=label)
    subject = f"entity/{entity.name}"
    grade = Grade.LOSSY if rows else Grade.SAFE
    return PlanStep("retire_entity", subject, text, grade, rows, dependents=facing.uses(subject))


def _renamed(before: str, now: str, facing: Facing) -> PlanStep:
    text = _("Rename %(before)s to %(now)s; records and references stay", before=_short(before), now=_short(now))
    return PlanStep("rename", now, text, dependents=facing.uses(before))


def _short(subject: str) -> str:
    """`industry` of `entity/account#industry`."""
    return subject.partition("#")[2] or subject.partition("/")[2]


# ---- fields


def _field_steps(facing: Facing, entity: Entity) -> Iterator[PlanStep]:
    former = facing.former(entity)
    assert former is not None
    if hidden := [*table_ddl(facing, entity), *rule_columns(facing, entity)]:
        label = pick(entity.label)
        yield PlanStep(
            "table", f"entity/{entity.name}", _("Prepare the table of %(label)s", label=label), ddl=tuple(hidden)
        )
    kept = set()
    for field in entity.fields.values():
        old = facing.former_field(field)
        if old is None:
            yield _new_field(facing, entity, field)
            continue
        kept.add(old.name)
        if old.name != field.name:
            yield _renamed(f"entity/{former.name}#{old.name}", subject_of(field), facing)
        if old.stored_as == field.stored_as and (ddl := column_ddl(facing, entity, [field])):
            text = _("Prepare %(label)s for sorting and comparing", label=pick(field.label))
            yield PlanStep("companions", subject_of(field), text, ddl=ddl)
    for old in former.fields.values():
        if old.name not in kept and old.name not in system_columns(former):
            yield _retired_field(facing, former, old)


def subject_of(field: Field) -> str:
    return f"entity/{field.entity}#{field.name}"


def _new_field(facing: Facing, entity: Entity, field: Field) -> PlanStep:
    ddl = column_ddl(facing, entity, [field])
    label = pick(field.label)
    if not ddl and (designed_columns(entity, field) or field.type.members(field)):
        count = values_in(facing, entity, field)
        with_values = ngettext(
            "Bring back %(label)s with %(n)s value", "Bring back %(label)s with %(n)s values", count, label=label
        )
        text = with_values if count else _("Bring back %(label)s", label=label)
        return PlanStep("restore_field", subject_of(field), text, rows=count)
    rows = facing.rows(entity)
    followed = [facing.after.model.pipelines[name] for name in field.type.pipelines(field)]
    stay = bool(followed) and not any(each.adopts for each in followed)
    text = _without_stage(label, rows) if rows and stay else _("Add the field %(label)s", label=label)
    return PlanStep("add_field", subject_of(field), text, rows=rows, ddl=ddl)


def _without_stage(label: str, rows: int) -> str:
    """No board shows what was there before its stages were, where its pipeline does not take it in."""
    return ngettext(
        "Add the field %(label)s; the record of before has no stage until somebody chooses one",
        "Add the field %(label)s; the %(n)s records of before have no stage until somebody chooses one",
        rows,
        label=label,
    )


def _retired_field(facing: Facing, entity: Entity, field: Field) -> PlanStep:
    count = values_in(facing, entity, field)
    label = pick(field.label)
    with_values = ngettext(
        "Take out %(label)s; its %(n)s value stays until it is purged",
        "Take out %(label)s; its %(n)s values stay until they are purged",
        count,
        label=label,
    )
    text = with_values if count else _("Take out %(thing)s", thing=label)
    subject = subject_of(field)
    grade = Grade.LOSSY if count else Grade.SAFE
    return PlanStep("retire_field", subject, text, grade, count, dependents=facing.uses(subject))


def values_in(facing: Facing, entity: Entity, field: Field) -> int:
    """How many records have a value in a field, among those that are there now."""
    quote = COMPILERS[facing.connection.dialect.name].identifier_preparer.quote_identifier
    members = field.type.members(field)
    if members:
        side = member_table_name(entity.table, field.stored_as)
        sql = f"SELECT count(DISTINCT record) FROM {quote(side)}" if side in facing.facts else ""
    else:
        columns = designed_columns(entity, field)
        name = field.stored_as + columns[0].suffix if columns and not field.type.computed else ""
        known = name in facing.there(entity.table).columns
        sql = f"SELECT count({quote(name)}) FROM {quote(entity.table)}" if known else ""
    return facing.connection.execute(sa.text(sql.replace(":", "\\:"))).scalar_one() if sql else 0


def retired_things(facing: Facing) -> Iterator[Retired]:
    """Entities, fields and old columns that the draft has no place for any more."""
    kept = {old: now for now, old in facing.lineage.entities.items()}
    for former in facing.before.model.entities.values():
        document = facing.before.documents[f"entity/{former.name}"]
        if former.name not in kept:
            yield Retired(former.name, None, former.table, None, ENTITY, document)
            continue
        used = {field.stored_as for field in facing.after.model.entities[kept[former.name]].fields.values()}
        goes_on = dict(_goes_on(facing, kept[former.name]))
        for field in former.fields.values():
            if field.stored_as not in used and field.name not in system_columns(former):
                what = OLD_TYPE if field.name in goes_on else FIELD
                later = {GOES_ON_IN: goes_on[field.name]} if what == OLD_TYPE else {}
                part = {**document["fields"].get(field.name, {}), **later}
                yield Retired(former.name, field.name, former.table, field.stored_as, what, part)


def left_behind(facing: Facing) -> Iterator[Retired]:
    """Fields of entities that come back, which these have no place for any more: they have been out of use as long."""
    new = [entity for entity in facing.after.model.entities.values() if facing.former(entity) is None]
    rows = out_of_use(facing.connection) if new else {}
    for entity in new:
        row = rows.get((entity.table, None))
        if row is None:
            continue
        used = {field.stored_as for field in entity.fields.values()}
        for name, part in row.definition["fields"].items():
            column = physical_name(part, name)
            if column not in used and (entity.table, column) not in rows:
                yield replace(row, field=name, column=column, what=FIELD, definition=part)


def _goes_on(facing: Facing, entity: str) -> Iterator[tuple[str, str]]:
    """Fields by their published names, and the columns that they are to have."""
    for name in facing.after.documents[f"entity/{entity}"]["fields"]:
        former = facing.lineage.field(entity, name)
        if former is not None:
            yield former, facing.after.model.entities[entity].fields[name].stored_as
