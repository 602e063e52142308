"""Currencies, and what they were worth on which day."""

from __future__ import annotations

import sqlalchemy as sa

from sartor.platform.storage.system.base import Text, key, needed, table

RATE_SCALE = 8

sys_currency = table(
    "sys_currency",
    key("code", Text),
    needed("decimals", sa.Integer()),
    needed("active", sa.Boolean()),
)

sys_rate = table(
    "sys_rate",
    key("currency", Text),
    key("day", sa.Date().with_variant(sa.Text(), "sqlite")),
    needed("rate", sa.Numeric(18, RATE_SCALE).with_variant(sa.Integer(), "sqlite")),
)
"""rate: what one unit is worth in the workspace's currency from that day on; a DECIMAL column (see `columns`)."""
