"""People in records that come with a blueprint who are unknown here: told before it comes, and said who they are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sartor.platform.packaging.records.strangers import Stranger
from sartor.platform.publishing.openness import is_open
from sartor.runtime.api.shapes import TEXT, closed, nullable
from sartor.runtime.gate import context

PERSON = closed(
    {
        "email": {**TEXT, "description": "In its records; nobody has it here."},
        "near": nullable({**TEXT, "description": "Of somebody here who may be meant; of the first ones."}),
        "sample": {"type": "boolean", "description": "Only in its demo data."},
    },
    "email", "near", "sample",
)  # fmt: skip
STRANGERS = {
    "type": "array",
    "items": PERSON,
    "description": "People in its records who are unknown here, for whoever sees addresses.",
}
PEOPLE = {
    "type": "object",
    "additionalProperties": {**TEXT, "maxLength": 254},
    "description": "Mail addresses in its records, each with that of somebody here.",
}


def sees_addresses() -> bool:
    """Whether the person may find out which addresses exist here."""
    return is_open(context(), "entity/user#email")


def people_json(found: Iterable[Stranger]) -> list[dict[str, Any]]:
    return [{"email": each.email, "near": each.near, "sample": each.sample} for each in found]
