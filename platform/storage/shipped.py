"""What came with blueprints: their files as they were, and records by their stable keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from sartor.platform.storage.system.blueprints import sys_shipped_document, sys_shipped_record
from sartor.platform.work import Work

AT_ONCE = 400


@dataclass(frozen=True, slots=True)
class Shipped:
    """entity: its physical name, which outlives a rename. sample: demo data, which goes again in one command."""

    blueprint: str
    entity: str
    key: str
    record: int
    sample: bool = True


def note(work: Work, shipped: Shipped) -> None:
    """Remember where a record came from."""
    row = {
        "blueprint": shipped.blueprint, "entity": shipped.entity, "key": shipped.key, "record": shipped.record,
        "sample": shipped.sample,
    }  # fmt: skip
    work.connection.execute(sa.insert(sys_shipped_record).values(row))


def samples(work: Work, blueprint: str | None = None) -> list[Shipped]:
    """The sample records of a blueprint, or of all, the youngest first."""
    names = ("blueprint", "entity", "key", "record", "sample")
    chosen = sa.select(*(sys_shipped_record.c[name] for name in names)).where(sys_shipped_record.c.sample.is_(True))
    if blueprint:
        chosen = chosen.where(sys_shipped_record.c.blueprint == blueprint)
    return [Shipped(*row) for row in work.connection.execute(chosen.order_by(sys_shipped_record.c.record.desc()))]


def every(connection: sa.Connection) -> list[Shipped]:
    """All records that came with blueprints, by blueprint, entity and key."""
    columns = [sys_shipped_record.c[name] for name in ("blueprint", "entity", "key", "record", "sample")]
    return [Shipped(*row) for row in connection.execute(sa.select(*columns).order_by(*columns[:3]))]


def forget(work: Work, *shipped: Shipped) -> None:
    """Forget where records came from."""
    column = sys_shipped_record.c
    for blueprint, entity in {(each.blueprint, each.entity) for each in shipped}:
        keys = [each.key for each in shipped if (each.blueprint, each.entity) == (blueprint, entity)]
        for start in range(0, len(keys), AT_ONCE):
            mine = sa.and_(
                column.blueprint == blueprint, column.entity == entity, column.key.in_(keys[start : start + AT_ONCE])
            )
            work.connection.execute(sa.delete(sys_shipped_record).where(mine))


def files_of(connection: sa.Connection, blueprint: str, digest: str) -> dict[str, str]:
    """Hashes of the files of a blueprint as it came, by path; none for one that never did."""
    column = sys_shipped_document.c
    chosen = sa.select(column.document, column.hash).where(column.blueprint == blueprint, column.version == digest)
    return {path: hashed for path, hashed in connection.execute(chosen.order_by(column.document))}


def hashes_of(connection: sa.Connection, blueprint: str, path: str) -> list[str]:
    """Hashes of one file in all versions of a blueprint that came."""
    column = sys_shipped_document.c
    chosen = sa.select(column.hash).where(column.blueprint == blueprint, column.document == path)
    return list(connection.execute(chosen.order_by(column.hash)).scalars())


def note_files(work: Work, blueprint: str, digest: str, files: Mapping[str, str]) -> None:
    """Remember the files of a blueprint, by path and hash."""
    named = {"blueprint": blueprint, "version": digest}
    rows = [{**named, "document": path, "hash": hashed} for path, hashed in sorted(files.items())]
    work.connection.execute(sa.insert(sys_shipped_document), rows)
