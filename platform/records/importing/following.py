"""A plan under a later design: what it names is noted by physical names, which outlive every rename.

So an import goes on under other names, and stops where what it fills is not there any more, or is something else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from sartor.platform.errors import Conflict
from sartor.platform.model import Entity, Model
from sartor.platform.records.history.former import renames_of_keys
from sartor.platform.records.importing.plan import ImportPlan
from sartor.platform.text import gettext as _

Noted = Mapping[str, Any]
"""table: of the entity; fields: path -> the column of its field, and by table the columns of what it is matched by."""


def noted(plan: ImportPlan, model: Model) -> dict[str, Any]:
    """What a plan names, as it is to be found again. What is not there is not noted; it is refused elsewhere."""
    entity = model.entity(plan.entity)
    paths = {*(plan.columns or {}).values(), *plan.key, *plan.values}
    return {
        "table": entity.table,
        "fields": {path: each for path in sorted(paths) if (each := _place(path, entity, model))},
    }


def _place(path: str, entity: Entity, model: Model) -> dict[str, Any] | None:
    name, _dot, part = path.partition(".")
    item = entity.fields.get(name)
    if item is None:
        return None
    found = [model.entities[target] for target in item.type.targets(item)] if part else []
    matched = {each.table: each.fields[part].stored_as for each in found if part in each.fields}
    return {"column": item.stored_as, "matched": matched}


def followed(plan: ImportPlan, known: Noted, model: Model) -> ImportPlan:
    """The plan in the names of now.

    :raises Conflict: for what was taken out, or goes on in other columns as another kind of field.
    """
    entity = next((each for each in model.entities.values() if each.table == known["table"]), None)
    if entity is None:
        raise _gone(plan.entity)
    now = {path: _path(path, place, entity, model) for path, place in known["fields"].items()}
    columns = plan.columns and {column: now.get(path, path) for column, path in plan.columns.items()}
    values = {now.get(path, path): each for path, each in plan.values.items()}
    key = tuple(now.get(path, path) for path in plan.key)
    return replace(plan, entity=entity.name, columns=columns, values=values, key=key)


def _path(path: str, place: Mapping[str, Any], entity: Entity, model: Model) -> str:
    _name, dot, part = path.partition(".")
    item = next((each for each in entity.fields.values() if each.stored_as == place["column"]), None)
    if item is None:
        raise _gone(path)
    if not place["matched"]:
        return f"{item.name}{dot}{part}"
    there = {(each.table, one.stored_as): one.name for each in model.entities.values() for one in each.fields.values()}
    parts = {there.get((table, column)) for table, column in place["matched"].items()}
    if None in parts or len(parts) > 1:
        raise _gone(path)
    return f"{item.name}.{parts.pop()}"


def require_same_keys(connection: sa.Connection, known: Noted, model: Model, since: datetime) -> None:
    """The file and the books speak of choices and stages by the keys of when the import began.

    :raises Conflict: when some were renamed since.
    """
    entity = next(each for each in model.entities.values() if each.table == known["table"])
    if renames_of_keys(connection, entity, since):
        raise Conflict(_("Choices or stages were renamed since the import began."))


def _gone(name: str) -> Conflict:
    return Conflict(_("%(name)s was taken out or made something else since the import began.", name=name))
