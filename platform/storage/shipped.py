"""Records that came with a blueprint, by their stable keys."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from sartor.platform.storage.system.blueprints import sys_shipped_record
from sartor.platform.work import Work


@dataclass(frozen=True, slots=True)
class Shipped:
    """sample: demo data, which goes again in one command."""

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


def forget(work: Work, shipped: Shipped) -> None:
    mine = sa.and_(
        sys_shipped_record.c.blueprint == shipped.blueprint,
        sys_shipped_record.c.entity == shipped.entity,
        sys_shipped_record.c.key == shipped.key,
    )
    work.connection.execute(sa.delete(sys_shipped_record).where(mine))
