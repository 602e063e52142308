"""What each person set for himself: language, theme, column widths, the last view."""

from __future__ import annotations

from sartor.platform.storage.system.base import Instant, Json, Text, key, needed, table

sys_preference = table(
    "sys_preference",
    key("user_id"),
    key("name", Text),
    needed("value", Json()),
    needed("at", Instant()),
)
