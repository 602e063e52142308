"""Stage history: each stay of a record in a stage of a pipeline."""

from __future__ import annotations

import sqlalchemy as sa

from sartor.platform.storage.system.base import BigInt, Instant, Text, key, maybe, needed, table

sys_stay = table(
    "sys_stay",
    key("id"),
    needed("entity", Text),
    needed("record", BigInt),
    needed("field", Text),
    needed("pipeline", Text),
    maybe("source", Text),
    needed("stage", Text),
    needed("at", Instant()),
    maybe("by", BigInt),
    maybe("left_at", Instant()),
    maybe("dwell", BigInt),
    needed("skipped", sa.Boolean()),
    maybe("note", Text),
    sa.Index("ix_sys_stay_entity_record_field_at", "entity", "record", "field", "at"),
    sa.Index("ix_sys_stay_pipeline_stage_at", "pipeline", "stage", "at"),
)
"""source: the stage before. dwell: seconds, set on leaving. skipped: passed over by a move further on, for no time."""
