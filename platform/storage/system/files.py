"""What is known of stored files; their bytes lie in the file store under their hash."""

from __future__ import annotations

import sqlalchemy as sa

from sartor.platform.storage.system.base import BigInt, Instant, Text, key, maybe, needed, table

sys_file = table(
    "sys_file",
    key("id"),
    needed("hash", Text),
    needed("name", Text),
    needed("size", BigInt),
    needed("type", Text),
    maybe("entity", Text),
    maybe("record", BigInt),
    maybe("field", Text),
    maybe("by", BigInt),
    needed("at", Instant()),
    sa.Index("ix_sys_file_hash", "hash"),
    sa.Index("ix_sys_file_entity_record", "entity", "record"),
)
"""entity, record, field: whose file it is, which decides who may read it; NULL for an upload not saved yet."""
