"""A department of the company."""

from __future__ import annotations

from sartor.platform.fields.lookup import ON_DELETE, OneRecord, offer_only
from sartor.platform.fields.schemas import closed
from sartor.platform.model import Field

DEPARTMENT = "department"


class Department(OneRecord):
    key = "department"
    label = {"en": "Department", "zh": "部门"}
    icon = "building"
    group = "people"
    widget = "lookup"
    operators = (
        "is_my_department", "is_my_department_or_below", "is_not_my_department", "one_of", "none_of", "is", "is_not",
        "is_blank", "is_not_blank",
    )  # fmt: skip
    example = {"id": "00E5V2JQ00003", "title": "华东销售部"}
    options_schema = closed({"on_delete": ON_DELETE, "filter": offer_only(DEPARTMENT)})

    def entity(self, field: Field) -> str:
        return DEPARTMENT
