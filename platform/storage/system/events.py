"""The outbox, and answers kept for repeated requests. Both are written in the transaction that they report."""

from __future__ import annotations

import sqlalchemy as sa

from sartor.platform.storage.system.base import BigInt, Instant, Json, Text, key, maybe, needed, table

sys_event = table(
    "sys_event",
    key("id"),
    needed("entity", Text),
    maybe("record", BigInt),
    needed("kind", Text),
    needed("body", Json()),
    maybe("actor", BigInt),
    maybe("cause", Json()),
    needed("at", Instant()),
    maybe("sent_at", Instant()),
    sa.Index(
        "ix_sys_event_pending",
        "id",
        sqlite_where=sa.text("sent_at IS NULL"),
        postgresql_where=sa.text("sent_at IS NULL"),
    ),
)
"""kind: `created`, `updated`, `deleted` … body: what consumers need, fields before and after among it."""

sys_idempotency = table(
    "sys_idempotency",
    key("actor"),
    key("key", Text),
    needed("body_hash", Text),
    needed("status", sa.Integer()),
    needed("answer", Text),
    needed("expires_at", Instant()),
    sa.Index("ix_sys_idempotency_expires_at", "expires_at"),
)
