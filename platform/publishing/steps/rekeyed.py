"""Steps for names that records hold as values: choices and stages that are called otherwise now. The values are
rewritten in the publish; nothing is lost, and a rollback writes them back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from sartor.platform.model import Field, Model
from sartor.platform.publishing.facing import Facing, Returning
from sartor.platform.publishing.plan import Grade, PlanStep
from sartor.platform.publishing.retired.leftovers import KEYS, Retired
from sartor.platform.publishing.steps.entities import subject_of
from sartor.platform.publishing.steps.taken import sets_face_to_face, taken
from sartor.platform.publishing.values.rekey import Keys, Places, Rekey
from sartor.platform.publishing.values.rekey_places import places, places_back, stays_of
from sartor.platform.storage.system.stays import sys_stay
from sartor.platform.text import listed, ngettext, pick


def rekey_steps(facing: Facing) -> Iterator[PlanStep]:
    """One step for each set of choices or stages with other keys, for each field that comes back to other keys, and for
    the choices and stages that others take over."""
    yield from _taken(facing)
    found = [*_of_sets(facing), *_of_returning(facing)]
    # Stages first: which pipeline a record follows is a choice, which may be renamed as well.
    for each in sorted(found, key=lambda each: not each.of_stages):
        yield from each.steps(facing)
    yield from _stays_back(facing)


def _taken(facing: Facing) -> Iterator[PlanStep]:
    """No effect is worked out and no condition asked: nobody moves these records, their stage is another one now. What
    has been in it before and left it is told as it was."""
    for owner, keys in sorted(taken(facing).items()):
        fields = list(holders(facing, owner))
        held = [each for field in fields for each in places(facing, field, owner) if each.table is not sys_stay]
        of_stages = fields if owner.startswith("pipeline/") else ()
        found = (*held, *(_stays_now(facing, field, owner) for field in of_stages))
        rows = sum(_count(facing, each, keys) for each in held)
        text = ngettext(
            "%(label)s: %(n)s record comes over: %(stages)s; going back leaves it there",
            "%(label)s: %(n)s records come over: %(stages)s; going back leaves them there",
            rows,
            label=_label(facing, owner),
            stages=listed(_from_to(facing, owner, keys)),
        )
        grade = Grade.LOSSY if rows else Grade.SAFE
        yield PlanStep("take_over", owner, text, grade, rows, job=Rekey(found, keys))


def _stays_now(facing: Facing, field: Field, owner: str) -> Places:
    name = facing.lineage.others.get(owner, owner).partition("/")[2]
    here = stays_of(facing.after.model.entities[field.entity], field)
    return Places(sys_stay, sys_stay.c.stage, (here, sys_stay.c.pipeline == name, sys_stay.c.left_at.is_(None)))


def _from_to(facing: Facing, owner: str, keys: Keys) -> list[str]:
    before, after = sets_face_to_face(facing, owner)
    return [f"{pick(before[old]['label'])} → {pick(after[new]['label'])}" for old, new in sorted(keys.items())]


@dataclass(frozen=True, slots=True)
class Renaming:
    """Keys that are written otherwise in some places. subject: what they belong to."""

    subject: str
    keys: Keys
    places: tuple[Places, ...]
    noted: tuple[Retired, ...]
    of_stages: bool

    def steps(self, facing: Facing) -> Iterator[PlanStep]:
        """The step; and where the keys were those of something that is no more, what that means."""
        label, kept = _label(facing, self.subject), [each for each in self.places if each.table is not sys_stay]
        rows = sum(_count(facing, each, self.keys) for each in kept)
        job = Rekey(self.places, self.keys, self.noted)
        yield PlanStep("rename_keys", self.subject, _follow(label, self.keys, rows), rows=rows, job=job)
        yield from _taken_over(facing, self.subject, self.keys, kept)


def _of_sets(facing: Facing) -> Iterator[Renaming]:
    for owner, keys in sorted(facing.lineage.keys_by_set().items()):
        fields = list(holders(facing, owner))
        found = tuple(place for field in fields for place in places(facing, field, owner))
        noted = tuple(_noted(facing, field, keys) for field in fields)
        yield Renaming(owner, keys, found, noted, owner.startswith("pipeline/"))


def _of_returning(facing: Facing) -> Iterator[Renaming]:
    for each in facing.returning:
        for owner in sets_of(each.old, each.then.model):
            if keys := each.keys(owner):
                found, noted = tuple(places_back(facing, each, owner)), (_noted(facing, each.now, keys),)
                yield Renaming(subject_of(each.now), keys, found, noted, owner.startswith("pipeline/"))


def _stays_back(facing: Facing) -> Iterator[PlanStep]:
    """Stays tell the name of their pipeline: of a stage that comes back, the one that it had."""
    for each in facing.returning:
        names = {name: now for name in each.old.type.pipelines(each.old) if (now := _name_now(each, name)) != name}
        if names:
            here = stays_of(facing.after.model.entities[each.now.entity], each.now)
            place = Places(sys_stay, sys_stay.c.pipeline, (here,))
            rows, subject = _count(facing, place, names), subject_of(each.now)
            text = _follow(_label(facing, subject), names, rows)
            yield PlanStep("rename_keys", subject, text, rows=rows, job=Rekey((place,), names))


def _name_now(back: Returning, pipeline: str) -> str:
    return back.called_now(f"pipeline/{pipeline}").partition("/")[2]


def holders(facing: Facing, owner: str) -> Iterator[Field]:
    """Fields whose columns go on and hold keys of a set; as they will be."""
    for entity in facing.after.model.entities.values():
        for field in entity.fields.values():
            former = facing.former_field(field)
            if (
                former is not None
                and former.stored_as == field.stored_as
                and getattr(field.details, "stored", True)  # else it is worked out when it is read
                and owner in sets_of(field, facing.after.model)
            ):
                yield field


def sets_of(field: Field, model: Model) -> tuple[str, ...]:
    """What says the choices or stages of a field."""
    kind = field.type.expression_type(field, model)
    return (kind.item or kind).sets


def rekeyed_fields(facing: Facing) -> frozenset[tuple[str, str]]:
    """Fields whose values are rewritten: whatever is worked out from them is worked out again."""
    owners = facing.lineage.keys_by_set().keys() | taken(facing).keys()
    live = {(field.entity, field.name) for owner in owners for field in holders(facing, owner)}
    return frozenset(live | {(each.now.entity, each.now.name) for each in facing.returning if back_keys(each)})


def back_keys(back: Returning) -> dict[str, str]:
    """All new keys of a field that comes back, by old ones."""
    return {old: new for owner in sets_of(back.old, back.then.model) for old, new in back.keys(owner).items()}


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
            keys=listed(sorted(gone)),
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


def _follow(label: str, keys: Keys, rows: int) -> str:
    return ngettext(
        "%(label)s: %(keys)s; %(n)s value follows",
        "%(label)s: %(keys)s; %(n)s values follow",
        rows,
        label=label,
        keys=listed(f"{old} → {new}" for old, new in sorted(keys.items())),
    )
