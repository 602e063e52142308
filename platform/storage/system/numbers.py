"""Counters of automatic numbers."""

from __future__ import annotations

from sartor.platform.storage.system.base import BigInt, Text, key, needed, table

sys_counter = table(
    "sys_counter",
    key("entity", Text),
    key("field", Text),
    key("period", Text),
    needed("value", BigInt),
)
"""period: what the counter is reset by (`2026`, `2026-05`), empty when it never is. value: the last one given."""
