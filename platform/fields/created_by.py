"""Who made a record. A person whom records name so cannot be deleted, only made inactive."""

from __future__ import annotations

from sartor.platform.fields.schemas import closed
from sartor.platform.fields.user import User
from sartor.platform.model import Field


class CreatedBy(User):
    key = "created_by"
    label = {"en": "Created by", "zh": "创建人"}
    icon = "user-plus"
    group = "computed"
    widget = "readonly"
    computed = True
    system = True
    options_schema = closed({})

    def on_delete(self, field: Field) -> str:
        return "refuse"
