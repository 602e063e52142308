"""A record's former values as the books of an import keep them: under the physical names of fields and entities, which
outlive renames, so that the import can be taken back whatever things are called by then. Keys of choices and stages
are those of then, and told in the ones of now."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from sartor.platform.errors import Conflict
from sartor.platform.model import Entity, Model
from sartor.platform.records.history.former import in_keys_of_now, names_by_column, renames_of_keys
from sartor.platform.text import gettext as _
from sartor.platform.text import listed

Image = Mapping[str, Any]


def image_of(entity: Entity, before: Mapping[str, Any], model: Model) -> dict[str, Any]:
    """Values as JSON that the writer takes back. before: by the names of fields."""
    tables = {each.name: each.table for each in model.entities.values()}
    found = {}
    for name, value in before.items():
        item = entity.fields[name]
        if not item.type.computed and item.type.owns(item) is None:
            found[item.stored_as] = None if value is None else _called(item.type.dump(item, value), tables)
    return found


def values_in(connection: sa.Connection, entity: Entity, image: Image, model: Model, since: datetime) -> dict[str, Any]:
    """The same by the names of now. since: when it was written.

    :raises Conflict: for a field that was taken out since.
    """
    names = names_by_column(connection, entity, image)
    gone = sorted(image.keys() - names.keys())
    if gone:
        raise Conflict(_("%(name)s was taken out since the import.", name=listed(gone)))
    entities = {each.table: each.name for each in model.entities.values()}
    renames = renames_of_keys(connection, entity, since)
    told = {column: in_keys_of_now(value, 0, renames.get(column, ())) for column, value in image.items()}
    return {names[column]: _called(value, entities) for column, value in told.items()}


def _called(value: Any, names: Mapping[str, str]) -> Any:
    """A pointer to a record of one of several entities, with that entity called otherwise."""
    if isinstance(value, Mapping) and "entity" in value:
        return {**value, "entity": names.get(value["entity"], value["entity"])}
    return value
