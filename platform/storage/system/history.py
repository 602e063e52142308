"""What happened to records. Append-only: the database itself refuses to change or remove an entry."""

from __future__ import annotations

import sqlalchemy as sa

from sartor.platform.storage.system.base import BigInt, Instant, Json, Text, key, maybe, needed, table

sys_history = table(
    "sys_history",
    key("id"),
    needed("entity", Text),
    needed("record", BigInt),
    needed("at", Instant()),
    maybe("actor", BigInt),
    needed("action", Text),
    needed("version", BigInt),
    needed("changes", Json()),
    maybe("cause", Json()),
    sa.Index("ix_sys_history_entity_record_id", "entity", "record", "id"),
)
"""action: `create`, `update`, `delete`, `restore`, `export`, `publish` … version: the
record's after it. changes: field -> [before, after].

cause: the run, import, purpose or reason behind it; NULL when a person simply did it.
"""
