"""When a record was made."""

from __future__ import annotations

from sartor.platform.fields.datetime import Instant


class CreatedAt(Instant):
    key = "created_at"
    label = {"en": "Created at", "zh": "创建时间"}
    icon = "calendar-plus"
    group = "computed"
    widget = "readonly"
    computed = True
    system = True
