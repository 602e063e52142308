"""When a record was put into the recycle bin; blank for a live one."""

from __future__ import annotations

from sartor.platform.fields.datetime import Instant


class DeletedAt(Instant):
    key = "deleted_at"
    label = {"en": "Deleted at", "zh": "删除时间"}
    icon = "trash"
    group = "computed"
    widget = "readonly"
    computed = True
    system = True
