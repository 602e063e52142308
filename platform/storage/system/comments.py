"""What people say about a record."""

from __future__ import annotations

import sqlalchemy as sa

from sartor.platform.storage.system.base import BigInt, Instant, Json, Text, key, maybe, needed, table

sys_comment = table(
    "sys_comment",
    key("id"),
    needed("entity", Text),
    needed("record", BigInt),
    needed("body", Text),
    needed("mentions", Json()),
    maybe("by", BigInt),
    needed("at", Instant()),
    maybe("edited_at", Instant()),
    maybe("deleted_at", Instant()),
    sa.Index("ix_sys_comment_entity_record_id", "entity", "record", "id"),
)
"""mentions: ids of the users named in it, as 13 characters."""
