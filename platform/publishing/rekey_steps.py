"""Steps for names that records and people hold as values: choices, stages, pipelines and roles that are called
otherwise now. The values are rewritten in the publish; nothing is lost, and a rollback writes them back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from sartor.platform.model import Entity, Field
from sartor.platform.publishing.facing import Facing
from sartor.platform.publishing.plan import PlanStep
from sartor.platform.publishing.retired import KEYS, Retired
from sartor.platform.query.sources import is_stored
from sartor.platform.storage.system.identity import sys_user_role
from sartor.platform.storage.system.stays import sys_stay
from sartor.platform.storage.tables import member_table_name
from sartor.platform.text import gettext as _
from sartor.platform.text import ngettext, pick
from sartor.platform.work import Work

Keys = Mapping[str, str]
MARK = "="
"""No key begins so: what is on its way from one key to another does, where both are taken."""
HELD = {"pipeline": sys_stay.c.pipeline, "role": sys_user_role.c.role}
"""Where rows tell the names of definitions, by kind."""


@dataclass(frozen=True, slots=True)
class Places:
    """Rows of one table whose values in a column are keys. only: columns that have to have such a value."""

    table: sa.TableClause
    column: sa.ColumnElement[Any]
    only: tuple[tuple[str, str], ...] = ()

    def having(self, values: Keys) -> sa.ColumnElement[bool]:
        here = [self.table.c[name] == value for name, value in self.only]
        return sa.and_(self.column.in_(sorted(values)), *here)


@dataclass(frozen=True, slots=True)
class Rekey:
    """Values that are written otherwise. keys: new ones by old ones. noted: for the history, which stays as it is."""

    places: tuple[Places, ...]
    keys: Keys
    noted: tuple[Retired, ...] = ()

    def run(self, work: Work) -> None:
        """All of them; those that exchange their keys by way of a third."""
        crossing = self.keys.keys() & set(self.keys.values())
        for each in self.places:
            if crossing:
                self._write(work, each, {old: MARK + new for old, new in self.keys.items()})
                self._write(work, each, {MARK + new: new for new in self.keys.values()})
            else:
                self._write(work, each, self.keys)

    @staticmethod
    def _write(work: Work, place: Places, keys: Keys) -> None:
        values = {place.column.name: sa.case(dict(keys), value=place.column, else_=place.column)}
        work.connection.execute(sa.update(place.table).where(place.having(keys)).values(values))


def rekey_steps(facing: Facing) -> Iterator[PlanStep]:
    """One step for each set of choices or stages with other keys, then for pipelines and roles with other names."""
    # Stages first: which pipeline a record follows is a choice, which may be renamed as well.
    by_set = facing.lineage.keys_by_set()
    for owner in sorted(by_set, key=lambda each: (not each.startswith("pipeline/"), each)):
        keys = by_set[owner]
        fields = list(holders(facing, owner))
        places = [place for field in fields for place in _places(facing, field, owner, keys)]
        noted = tuple(_noted(facing, field, keys) for field in fields)
        places += _out_of_use(facing, owner)
        rows = sum(_count(facing, place, keys) for place in places if place.table is not sys_stay)
        text = ngettext(
            "%(label)s: %(keys)s; %(n)s value follows",
            "%(label)s: %(keys)s; %(n)s values follow",
            rows,
            label=_label(facing, owner),
            keys=", ".join(f"{old} → {new}" for old, new in sorted(keys.items())),
        )
        yield PlanStep("rename_keys", owner, text, rows=rows, job=Rekey(tuple(places), keys, noted))
    yield from _renamed(facing)


def holders(facing: Facing, owner: str) -> Iterator[Field]:
    """Fields whose columns go on and hold keys of a set; as they will be."""
    for entity in facing.after.model.entities.values():
        for field in entity.fields.values():
            former = facing.former_field(field)
            if former is not None and former.stored_as == field.stored_as and owner in sets_of(facing, field):
                yield field


def sets_of(facing: Facing, field: Field) -> tuple[str, ...]:
    """What says the choices or stages of a field."""
    kind = field.type.expression_type(field, facing.after.model)
    return (kind.item or kind).sets


def rekeyed_fields(facing: Facing) -> frozenset[tuple[str, str]]:
    """Fields whose values are rewritten: whatever is worked out from them is worked out again."""
    owners = facing.lineage.keys_by_set()
    return frozenset((field.entity, field.name) for owner in owners for field in holders(facing, owner))


# ---- where the values are


def _places(facing: Facing, field: Field, owner: str, keys: Keys) -> Iterator[Places]:
    entity = facing.after.model.entities[field.entity]
    pipeline = owner.partition("/")[2] if owner.startswith("pipeline/") else None
    if pipeline is not None:
        former = facing.lineage.others.get(owner, owner).partition("/")[2]
        only = (("entity", entity.table), ("field", field.stored_as), ("pipeline", former))
        yield Places(sys_stay, sys_stay.c.stage, only)
        yield Places(sys_stay, sys_stay.c.source, only)
    if field.type.members(field):
        side = facing.after.tables.members(field)
        if side.name in facing.facts:
            yield Places(side, side.c.value)
    elif (is_stored(field) or not field.type.computed) and field.stored_as in facing.there(entity.table).columns:
        yield Places(
            facing.after.tables.of(entity), facing.after.tables.column(field), _only(entity, field, pipeline, facing)
        )


def _only(entity: Entity, field: Field, pipeline: str | None, facing: Facing) -> tuple[tuple[str, str], ...]:
    """Of several pipelines of one field, the records that follow this one."""
    by = getattr(field.details, "by", None) if pipeline else None
    if by is None or pipeline is None:
        return ()
    former = facing.lineage.others.get(f"pipeline/{pipeline}", f"pipeline/{pipeline}").partition("/")[2]
    return ((entity.fields[by].stored_as, former),)


def _out_of_use(facing: Facing, owner: str) -> list[Places]:
    """Columns that are kept aside and hold keys of a set: they come back with the keys of then."""
    name = owner.partition("/")[2]
    found = []
    for each in facing.kept_aside if owner.startswith("options/") else ():
        if each.definition.get("options", {}).get("set") == name and each.column:
            for table, column in ((each.table, each.column), (member_table_name(each.table, each.column), "value")):
                if column in facing.there(table).columns:
                    held = sa.table(table, sa.column(column, sa.Text()))
                    found.append(Places(held, held.c[column]))
    return found


def _noted(facing: Facing, field: Field, keys: Keys) -> Retired:
    table = facing.after.model.entities[field.entity].table
    return Retired(field.entity, field.name, table, field.stored_as, KEYS, {"keys": dict(keys)})


def _count(facing: Facing, place: Places, keys: Keys) -> int:
    chosen = sa.select(sa.func.count()).select_from(place.table).where(place.having(keys))
    return int(facing.connection.execute(chosen).scalar_one())


# ---- words


def _label(facing: Facing, owner: str) -> str:
    key, _hash, field = owner.partition("#")
    document = facing.after.documents[key]
    part = document["fields"][field] if field else document
    return pick(part.get("label")) or field or key.partition("/")[2]


def _renamed(facing: Facing) -> Iterator[PlanStep]:
    """Definitions that are no tables. Their references follow; stays tell a pipeline's name, people hold a role's."""
    jobs = dict(_held_elsewhere(facing.lineage.others))
    for now, before in sorted(facing.lineage.others.items()):
        kind, _slash, new = now.partition("/")
        text = _("Rename %(before)s to %(now)s; references follow", before=before.partition("/")[2], now=new)
        yield PlanStep("rename", now, text, dependents=facing.uses(before), job=jobs.pop(kind, None))


def _held_elsewhere(others: Mapping[str, str]) -> Iterator[tuple[str, Rekey]]:
    """For each kind one job for all of its names: one after the other, they would run into each other."""
    for kind, held in HELD.items():
        names = [(old, now) for now, old in others.items() if now.startswith(f"{kind}/")]
        keys = {old.partition("/")[2]: now.partition("/")[2] for old, now in names}
        if keys:
            yield kind, Rekey((Places(held.table, held),), keys)
