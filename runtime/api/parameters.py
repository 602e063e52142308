"""The parameters that several routes share: name, meaning, and the JSON Schema of their value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sartor.platform.expressions.limits import MAX_LENGTH
from sartor.platform.query.question import LARGEST_PAGE

TEXT: Mapping[str, Any] = {"type": "string", "maxLength": 8000}


@dataclass(frozen=True, slots=True)
class Parameter:
    name: str
    about: str
    schema: Mapping[str, Any] = field(default_factory=lambda: TEXT)
    required: bool = False

    @property
    def is_free(self) -> bool:
        """Whether any text will do; an empty one then says the same as none."""
        return self.schema.get("type") == "string" and "enum" not in self.schema


YES_NO = {"type": "string", "enum": ["true", "false"]}

EXPRESSION = {"type": "string", "maxLength": MAX_LENGTH}
FILTER = Parameter(
    "filter", "A condition in the expression language, such as `stage = 'won' and amount >= 10000`.", EXPRESSION
)
SORT = Parameter("sort", "Fields to sort by, `-` before one for descending order: `-amount,name`.")
FIELDS = Parameter("fields", "Paths to read, such as `name,account.name`; every readable field when left out.")
LIMIT = Parameter(
    "limit",
    "How many records a page holds.",
    {"type": "integer", "minimum": 1, "maximum": LARGEST_PAGE, "default": 50},
)
CURSOR = Parameter("cursor", "Where the page begins: `next` of the page before.")
COUNT = Parameter(
    "count",
    "How many records there are in all: not asked, up to 10,000, or exactly.",
    {"type": "string", "enum": ["none", "capped", "exact"], "default": "none"},
)
DELETED = Parameter("deleted", "The recycle bin instead of the living.", YES_NO)
DRY_RUN = Parameter("dry_run", "Show the plan and do nothing.", YES_NO)

IF_MATCH = Parameter(
    "If-Match",
    "The version that was seen (ETag); cookie sessions must send it.",
    {"type": "string", "pattern": r'^(\*|(W/)?"?[0-9]{1,18}"?)$'},
)
IDEMPOTENCY = Parameter(
    "Idempotency-Key",
    "A repeated request with the same key is answered as the first one was, for 24 hours.",
    {"type": "string", "minLength": 1, "maxLength": 200},
)
