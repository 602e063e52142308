"""Who may sign in and with what. Users themselves are records of the entity `user`."""

from __future__ import annotations

import sqlalchemy as sa

from sartor.platform.storage.system.base import BigInt, Instant, Text, key, maybe, needed, table

sys_credential = table(
    "sys_credential",
    key("user_id"),
    maybe("password_hash", Text),
    needed("disabled", sa.Boolean()),
    needed("must_change", sa.Boolean()),
    maybe("changed_at", Instant()),
)

sys_session = table(
    "sys_session",
    key("key_hash", Text),
    needed("user_id", BigInt),
    needed("csrf", Text),
    needed("created_at", Instant()),
    needed("seen_at", Instant()),
    needed("expires_at", Instant()),
    maybe("address", Text),
    maybe("agent", Text),
    sa.Index("ix_sys_session_user_id", "user_id"),
    sa.Index("ix_sys_session_expires_at", "expires_at"),
)

sys_token = table(
    "sys_token",
    key("id"),
    needed("key_hash", Text, unique=True),
    needed("user_id", BigInt),
    needed("name", Text),
    needed("read_only", sa.Boolean()),
    needed("created_at", Instant()),
    maybe("expires_at", Instant()),
    maybe("last_used_at", Instant()),
    sa.Index("ix_sys_token_user_id", "user_id"),
)

sys_user_role = table(
    "sys_user_role",
    key("user_id"),
    key("role", Text),
    sa.Index("ix_sys_user_role_role", "role"),
)

sys_setup_token = table(
    "sys_setup_token",
    key("key_hash", Text),
    needed("purpose", Text),
    maybe("user_id", BigInt),
    needed("created_at", Instant()),
    needed("expires_at", Instant()),
    maybe("used_at", Instant()),
)
"""One-time links. purpose: `setup` (the first admin), `invite` or `reset`."""

sys_attempt = table(
    "sys_attempt",
    key("bucket", Text),
    needed("level", sa.Float()),
    needed("at", Instant()),
)
"""Token buckets of rate limits: `level` tokens were left at `at`."""
