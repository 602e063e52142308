"""The columns of an export: what is read for each, and how it stands in a cell.

For transfer a lookup is written as what finds the record again: a unique field that is always filled (the column is
then called `account.code`), else its title. Ids mean nothing in another workspace and are never written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import marshmallow as ma

from sartor.platform.access.context import Context
from sartor.platform.model import CopyUp, Entity, Field, Linked, Model
from sartor.platform.model.ids import decode_id
from sartor.platform.query.asking import Names
from sartor.platform.query.question import Path
from sartor.platform.records.exporting.plan import ExportPlan
from sartor.platform.records.files.table import Value
from sartor.platform.records.memory.plan import EntityPlan, rollup_of
from sartor.platform.text import pick


@dataclass(frozen=True, slots=True)
class OutColumn:
    """head: what stands above it. field: at the end of the path; None for a fact behind one (`stage.index`)."""

    path: Path
    head: str
    field: Field | None

    def cell(self, said: Any, purpose: str, language: str) -> Value:
        """A cell from the JSON that the reader gave. What fits its field no longer is written as it stands."""
        if said is None or self.field is None:
            return said if isinstance(said, str | int | bool | None) else str(said)
        face = self.field.face
        try:
            return face.type.write_text(face, value_of(face, said), purpose, language)
        except (ValueError, ma.ValidationError):
            return said if isinstance(said, str | int | bool) else str(said)


def value_of(item: Field, said: Any) -> Any:
    """A field's value from JSON, titles included."""
    if item.type.targets(item) and item.type.asks_title:
        if isinstance(said, list):
            return tuple(_linked(item, each) for each in said)
        return _linked(item, said)
    return item.type.told(item, said)


def _linked(item: Field, said: Mapping[str, Any]) -> Linked:
    entity = said.get("entity") or item.type.targets(item)[0]
    return Linked(entity, decode_id(said["id"]), said.get("title"), bool(said.get("deleted")))


def out_columns(plan: ExportPlan, names: Names, context: Context) -> list[OutColumn]:
    """The columns of an export.

    :raises Invalid: for a path that is not there, or not open to the reader.
    """
    entity = names.entity(plan.entity)
    if plan.paths:
        paths = list(names.paths(plan.entity, plan.paths))
    elif plan.purpose == "transfer":
        paths = [_found_by(item, names) for item in transferred(entity, context)]
    else:
        paths = [(item.name,) for item in shown(names.listed(plan.entity))]
    return [_column(path, plan, entity, context) for path in paths]


def shown(items: Iterable[Field]) -> list[Field]:
    """What people want to see: what was designed, then who made and changed the record and when."""
    useful = [item for item in items if item.name not in ("id", "version", "deleted_at")]
    return sorted(useful, key=lambda item: item.system)


def transferred(entity: Entity, context: Context) -> list[Field]:
    """The readable fields that an import with the purpose `migrate` can bring back: all but what is worked out, be it
    from the record itself or (`copy_up`) by an effect of another one."""
    followed = set(_copied_up(entity, context.model))
    return [
        item
        for item in context.access.readable(entity.name)
        if item.type.in_files
        and item.type.owns(item) is None
        and EntityPlan.sendable(item)
        and item.formula is None
        and rollup_of(item) is None
        and item.name not in followed
    ]


def _copied_up(entity: Entity, model: Model) -> Iterable[str]:
    """Fields that effects of other entities keep in step."""
    for other in model.entities.values():
        for effect in other.effects:
            if isinstance(effect, CopyUp) and entity.name in _targets(other.fields[effect.lookup]):
                yield effect.target


def _targets(item: Field) -> tuple[str, ...]:
    found: tuple[str, ...] = item.type.targets(item)
    return found


def _found_by(item: Field, names: Names) -> Path:
    """The path by which a lookup is found again."""
    targets = item.type.targets(item)
    if len(targets) != 1 or item.type.members(item) is not None or len(item.type.columns(item)) != 1:
        return (item.name,)
    found = identifying(names.model.entities[targets[0]])
    path = (item.name, found) if found else (item.name,)
    return path if names.access.path_is_readable(item.entity, path) else (item.name,)


def identifying(entity: Entity) -> str | None:
    """A unique field that every record has, unless the title is one."""
    unique = {key.fields[0] for key in entity.keys if len(key.fields) == 1 and key.condition is None}
    if entity.title in unique:
        return None
    filled = [name for name in entity.fields if name in unique and _is_filled(entity.fields[name])]
    return filled[0] if filled else None


def _is_filled(item: Field) -> bool:
    return item.required or bool(item.type.unique)


def _column(path: Path, plan: ExportPlan, entity: Entity, context: Context) -> OutColumn:
    items = _fields_along(path, entity, context.model)
    if plan.purpose == "transfer":
        head = ".".join(path)
    else:
        labels = [pick(item.label, context.language) for item in items]
        head = " · ".join([*labels, *path[len(items) :]])
    return OutColumn(path, head, items[-1] if len(items) == len(path) else None)


def _fields_along(path: Path, entity: Entity, model: Model) -> list[Field]:
    """The fields of a path; a fact behind the last one has none."""
    found: list[Field] = []
    here: Entity | None = entity
    for name in path:
        item = here.fields.get(name) if here else None
        if item is None:
            break
        found.append(item)
        targets = item.type.targets(item)
        here = model.entities[targets[0]] if len(targets) == 1 else None
    return found
