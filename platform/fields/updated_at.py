"""When a person last changed a record; roll-ups and background work do not count."""

from __future__ import annotations

from sartor.platform.fields.datetime import Instant


class UpdatedAt(Instant):
    key = "updated_at"
    label = {"en": "Updated at", "zh": "更新时间"}
    icon = "calendar-time"
    group = "computed"
    widget = "readonly"
    computed = True
    system = True
