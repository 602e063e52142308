"""Steps for names that records and people hold as values: choices, stages, pipelines and roles that are called
otherwise now. The values are rewritten in the publish; nothing is lost, and a rollback writes them back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from sartor.platform.model import Entity, Field
from sartor.platform.publishing.facing import Facing
from sartor.platform.publishing.plan import Grade, PlanStep
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
    """Rows of one table whose values in a column are keys. only: what else has to hold of a row.

    beside: the column that has each key once. cleared: what has a new key already is no more.
    """

    table: sa.TableClause
    column: sa.ColumnElement[Any]
    only: tuple[sa.ColumnElement[bool], ...] = ()
    beside: sa.ColumnElement[Any] | None = None
    cleared: bool = False

    def having(self, values: Iterable[str]) -> sa.ColumnElement[bool]:
        return sa.and_(self.column.in_(sorted(values)), *self.only)

    def in_the_way(self, old: str, new: str) -> sa.ColumnElement[bool] | None:
        """Rows that have the new key of something that is no more, where there is no room for two."""
        if self.cleared:
            return self.having([new])
        if self.beside is None:
            return None
        return sa.and_(self.having([new]), self.beside.in_(sa.select(self.beside).where(self.having([old]))))


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
            self._make_room(work, each)
            if crossing:
                self._write(work, each, {old: MARK + new for old, new in self.keys.items()})
                self._write(work, each, {MARK + new: new for new in self.keys.values()})
            else:
                self._write(work, each, self.keys)

    def _make_room(self, work: Work, place: Places) -> None:
        for old, new in self.keys.items():
            found = place.in_the_way(old, new) if new not in self.keys else None
            if found is not None:
                work.connection.execute(sa.delete(place.table).where(found))

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
        places = [place for field in fields for place in _places(facing, field, owner)]
        noted = tuple(_noted(facing, field, keys) for field in fields)
        places += _out_of_use(facing, owner)
        kept = [place for place in places if place.table is not sys_stay]
        rows = sum(_count(facing, place, keys) for place in kept)
        text = ngettext(
            "%(label)s: %(keys)s; %(n)s value follows",
            "%(label)s: %(keys)s; %(n)s values follow",
            rows,
            label=_label(facing, owner),
            keys=", ".join(f"{old} → {new}" for old, new in sorted(keys.items())),
        )
        yield PlanStep("rename_keys", owner, text, rows=rows, job=Rekey(tuple(places), keys, noted))
        yield from _taken_over(facing, owner, keys, kept)
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


def _places(facing: Facing, field: Field, owner: str) -> Iterator[Places]:
    entity = facing.after.model.entities[field.entity]
    if field.type.members(field):
        side = facing.after.tables.members(field)
        if side.name in facing.facts:
            yield Places(side, side.c.value, beside=side.c.record)
    elif owner.startswith("pipeline/"):
        pipeline = facing.lineage.others.get(owner, owner).partition("/")[2]
        yield from _stays(entity, field, pipeline)
        yield from _following(facing, field, pipeline)
    elif (is_stored(field) or not field.type.computed) and field.stored_as in facing.there(entity.table).columns:
        yield Places(facing.after.tables.of(entity), facing.after.tables.column(field))


def _stays(entity: Entity, field: Field, pipeline: str) -> Iterator[Places]:
    """Stays in a pipeline; and those that came from one in it, though they may be in another themselves."""
    here = (sys_stay.c.entity == entity.table, sys_stay.c.field == field.stored_as)
    left = sys_stay.alias("left_stay")
    same = [left.c[name] == sys_stay.c[name] for name in ("entity", "record", "field")]
    came = (left.c.left_at == sys_stay.c.at) & (left.c.id != sys_stay.c.id) & ~left.c.skipped
    found = sa.select(left.c.pipeline).where(*same, came).order_by(left.c.id.desc()).limit(1).correlate(sys_stay)
    before = sa.func.coalesce(found.scalar_subquery(), sys_stay.c.pipeline)
    yield Places(sys_stay, sys_stay.c.source, (*here, before == pipeline))
    yield Places(sys_stay, sys_stay.c.stage, (*here, sys_stay.c.pipeline == pipeline))


def _following(facing: Facing, field: Field, pipeline: str) -> Iterator[Places]:
    """Of several pipelines that a field had, the records that follow this one: the first, where none is chosen."""
    former = facing.former_field(field)
    if former is None or pipeline not in former.details.pipelines:
        return
    table, column = facing.before.tables.of(former.entity), facing.before.tables.column(former)
    first, *others = former.details.pipelines
    if former.details.by is None:
        yield Places(table, column)
        return
    by = facing.before.tables.column(facing.before.model.entities[former.entity].fields[former.details.by])
    follows = by.is_(None) | by.not_in(others) if pipeline == first else by == pipeline
    yield Places(table, column, (follows,))


def _out_of_use(facing: Facing, owner: str) -> list[Places]:
    """Columns that are kept aside and hold keys of a set: they come back with the keys of then."""
    name = owner.partition("/")[2]
    found = []
    for each in facing.kept_aside if owner.startswith("options/") else ():
        if each.definition.get("options", {}).get("set") == name and each.column:
            if each.column in facing.there(each.table).columns:
                held = sa.table(each.table, sa.column(each.column, sa.Text()))
                found.append(Places(held, held.c[each.column]))
            members = member_table_name(each.table, each.column)
            if "value" in facing.there(members).columns:
                held = sa.table(members, sa.column("record"), sa.column("value", sa.Text()))
                found.append(Places(held, held.c.value, beside=held.c.record))
    return found


def _noted(facing: Facing, field: Field, keys: Keys) -> Retired:
    table = facing.after.model.entities[field.entity].table
    return Retired(field.entity, field.name, table, field.stored_as, KEYS, {"keys": dict(keys)})


def _taken_over(facing: Facing, owner: str, keys: Keys, places: Iterable[Places]) -> Iterator[PlanStep]:
    """Values of something that is no more, whose key something else has now: nothing tells them apart any more."""
    gone = set(keys.values()) - keys.keys()
    if rows := sum(_count(facing, place, gone) for place in places):
        text = ngettext(
            "%(label)s: %(n)s value of what was called %(keys)s before becomes what is called so now",
            "%(label)s: %(n)s values of what was called %(keys)s before become what is called so now",
            rows,
            label=_label(facing, owner),
            keys=", ".join(sorted(gone)),
        )
        yield PlanStep("choices", owner, text, Grade.LOSSY, rows)


def _count(facing: Facing, place: Places, keys: Iterable[str]) -> int:
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
            yield kind, Rekey((Places(held.table, held, cleared=kind == "role"),), keys)
