"""Choices and stages that are taken out while others take over their records."""

from __future__ import annotations

from collections.abc import Iterator

from sartor.platform.publishing.facing import Facing
from sartor.platform.publishing.names.lineage import Lineage
from sartor.platform.publishing.names.rekeying import Keys, Parts, parts_of_set


def taken(facing: Facing) -> dict[str, Keys]:
    """By what says them, for each choice or stage that is taken out the one that takes over its records."""
    return {owner: keys for owner in _changed_sets(facing) if (keys := heirs(facing, owner))}


def heirs(facing: Facing, owner: str) -> Keys:
    """The same of one set, as it is called in the draft."""
    before, after = sets_face_to_face(facing, owner)
    heir = {old: name for name, each in after.items() for old in each.get("takes", ())}
    if not heir:
        return heir
    gone = before.keys() - after.keys() - facing.lineage.keys_by_set().get(owner, {}).keys()
    return {old: new for old, new in heir.items() if old in gone}


def sets_face_to_face(facing: Facing, owner: str) -> tuple[Parts, Parts]:
    """The choices or stages of a set before and after, none where it says none."""
    former = called_before(facing.lineage, owner)
    return parts_of_set(facing.before.documents, former) or {}, parts_of_set(facing.after.documents, owner) or {}


def called_before(lineage: Lineage, owner: str) -> str:
    """What says choices or stages, by what it is called where it is published."""
    key, _hash, field = owner.partition("#")
    if not field:
        return lineage.others.get(key, key)
    entity = key.partition("/")[2]
    return f"entity/{lineage.entity(entity) or entity}#{lineage.field(entity, field) or field}"


def _changed_sets(facing: Facing) -> Iterator[str]:
    for key in sorted(facing.changed):
        if key.startswith("entity/"):
            yield from (f"{key}#{name}" for name in facing.after.documents.get(key, {}).get("fields", {}))
        elif key.startswith(("options/", "pipeline/")):
            yield key
