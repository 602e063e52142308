"""Who last changed a record. A person whom records name so cannot be deleted, only made inactive."""

from __future__ import annotations

from sartor.platform.fields.schemas import closed
from sartor.platform.fields.user import User
from sartor.platform.model import Field


class UpdatedBy(User):
    key = "updated_by"
    label = {"en": "Updated by", "zh": "更新人"}
    icon = "user-edit"
    group = "computed"
    widget = "readonly"
    computed = True
    system = True
    options_schema = closed({})

    def on_delete(self, field: Field) -> str:
        return "refuse"
