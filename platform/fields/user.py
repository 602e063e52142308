"""A person who works here."""

from __future__ import annotations

from sartor.platform.fields.lookup import ON_DELETE, OneRecord, offer_only
from sartor.platform.fields.schemas import closed
from sartor.platform.model import Field

USER = "user"


class User(OneRecord):
    key = "user"
    label = {"en": "Person", "zh": "人员"}
    icon = "user"
    group = "people"
    widget = "user"
    operators = (
        "is_me", "is_me_or_reports", "is_my_report", "is_not_me", "one_of", "none_of", "is", "is_not",
        "is_blank", "is_not_blank",
    )  # fmt: skip
    example = {"id": "00E5V2JQ00003", "title": "李娜"}
    options_schema = closed({"on_delete": ON_DELETE, "filter": offer_only(USER)})

    def entity(self, field: Field) -> str:
        return USER
