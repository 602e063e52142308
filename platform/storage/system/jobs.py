"""Long work: imports, exports, background steps. The row is the truth; a worker leases it."""

from __future__ import annotations

import sqlalchemy as sa

from sartor.platform.storage.system.base import BigInt, Instant, Json, Text, key, maybe, needed, table

sys_job = table(
    "sys_job",
    key("id"),
    needed("kind", Text),
    needed("state", Text),
    needed("input", Json()),
    needed("progress", BigInt),
    maybe("total", BigInt),
    maybe("message", Text),
    maybe("result", Json()),
    maybe("owner", BigInt),
    needed("cancel", sa.Boolean()),
    needed("attempt", sa.Integer()),
    maybe("leased_by", Text),
    maybe("lease_until", Instant()),
    needed("created_at", Instant()),
    maybe("started_at", Instant()),
    maybe("ended_at", Instant()),
    sa.Index("ix_sys_job_state_lease_until", "state", "lease_until"),
    sa.Index("ix_sys_job_owner_id", "owner", "id"),
)
"""state: `waiting`, `running`, `done`, `failed`, `cancelled`. total: NULL while unknown."""
