"""The stable keys of records that came with blueprints."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sartor.platform.model import Model
from sartor.platform.storage import shipped
from sartor.platform.workspace import Workspace


def came(connection: Any, model: Model) -> Iterator[tuple[str, str, int]]:
    """Entity, key and record of each, by blueprint, entity and key; what is noted goes by the names of tables."""
    named = {entity.table: entity.name for entity in model.entities.values()}
    for each in shipped.every(connection):
        if each.entity in named:
            yield named[each.entity], each.key, each.record


def known_keys(workspace: Workspace) -> Mapping[tuple[str, int], str]:
    """Key of each such record, by entity and record; of several, that of the blueprint whose name comes first."""
    with workspace.database.read() as connection:
        found = list(came(connection, workspace.serving().model))
    return {(entity, record): key for entity, key, record in reversed(found)}
