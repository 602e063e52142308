"""Fields that come back into use. Their values are as they were when they went: whatever was renamed since is renamed
in them when they are back, or renamed back where they come with an earlier revision."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sartor.platform.model import Entity, Field
from sartor.platform.publishing.facing import Facing, Returning
from sartor.platform.publishing.models import Design, ModelCache
from sartor.platform.publishing.names.lineage import lineage_since
from sartor.platform.publishing.retired.leftovers import Retired, out_of_use

Rows = Mapping[tuple[str, str | None], Retired]


def returning(facing: Facing, models: ModelCache, *, rollback: bool) -> Iterator[Returning]:
    """Those in whose values something may have to be renamed."""
    rows = out_of_use(facing.connection)
    found = list(_found(facing, rows)) if rows else []
    for revision in sorted({row.revision for _field, row in found}):
        then = models.store.documents(facing.connection, revision - 1)
        since = lineage_since(facing.after.documents, then, rollback=rollback)
        if since.keys or any(key.startswith("pipeline/") for key in since.others):
            design = models.former(revision - 1)
            mine = [(field, row) for field, row in found if row.revision == revision]
            yield from (
                Returning(field, old, design, since) for field, row in mine if (old := _then(design, field, row))
            )


def _found(facing: Facing, rows: Rows) -> Iterator[tuple[Field, Retired]]:
    for entity in facing.after.model.entities.values():
        if facing.is_touched(entity):
            yield from _of_entity(facing, entity, rows)


def _of_entity(facing: Facing, entity: Entity, rows: Rows) -> Iterator[tuple[Field, Retired]]:
    whole = rows.get((entity.table, None)) if facing.former(entity) is None else None
    for name in facing.after.documents[f"entity/{entity.name}"]["fields"]:
        field = entity.fields[name]
        former = facing.former_field(field)
        row = rows.get((entity.table, field.stored_as), whole)
        if row is not None and (former is None or former.stored_as != field.stored_as):
            yield field, row


def _then(design: Design, field: Field, row: Retired) -> Field | None:
    """The field as it was; one that has no columns may not have been there."""
    fields = design.model.entities[row.entity].fields.values()
    return next((each for each in fields if each.stored_as == field.stored_as), None)
