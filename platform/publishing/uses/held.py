"""How many records have a choice or stand in a stage, by what it is called in a draft."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from sartor.platform.definitions.documents import Documents
from sartor.platform.model import Field
from sartor.platform.publishing.models import Design, ModelCache
from sartor.platform.publishing.names.lineage import lineage
from sartor.platform.publishing.names.rewriting import Rename
from sartor.platform.publishing.steps.rekeyed import sets_of
from sartor.platform.publishing.steps.taken import called_before
from sartor.platform.publishing.values.adoption import follows


def records_with(models: ModelCache, documents: Documents, going: Rename) -> int:
    """Of every published field that the choices or stages are those of, those in the recycle bin, too."""
    design = models.current()
    pairs = lineage(documents, design.documents)
    owner, key = called_before(pairs, going.set), pairs.keys.get((going.set, going.old), going.old)
    with models.database.read() as connection:
        return sum(connection.execute(each).scalar_one() for each in _counts(design, owner, key))


def _counts(design: Design, owner: str, key: str) -> Iterator[sa.Select[int]]:
    for entity in design.model.entities.values():
        for field in entity.fields.values():
            if not field.type.computed and owner in sets_of(field, design.model):
                yield _count(design, field, owner, key)


def _count(design: Design, field: Field, owner: str, key: str) -> sa.Select[int]:
    if field.type.members(field):
        side = design.tables.members(field)
        return sa.select(sa.func.count()).select_from(side).where(side.c.value == key)
    kind, _slash, pipeline = owner.partition("/")
    only = (follows(field, pipeline, design.tables),) if kind == "pipeline" else ()
    table = design.tables.of(field.entity)
    return sa.select(sa.func.count()).select_from(table).where(design.tables.column(field) == key, *only)
