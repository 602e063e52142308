"""A scenario as it is written: given records and people, when something is done, then something holds.

    {"label": …, "clock": "2026-05-20 12:00",
     "people": {"mia": {"roles": ["sales_rep"]}},
     "given": [{"create": "account", "name": "acme", "values": {"name": "Acme"}}],
     "when": [{"as": "mia", "create": "deal", "values": {"account": "@acme"}, "refused": {"name": "required"}}],
     "then": [{"in": "deal", "count": 0}, {"of": "acme", "has": {"name": "Acme"}, "as": "mia"}]}

A value `"@acme"` is the record of that name. Times are local to the time zone of the scenario; the clock stands still
until a step says another time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jsonschema import Draft202012Validator

from sartor.platform.definitions.json_text import strict_json
from sartor.platform.definitions.validate import faults
from sartor.platform.errors import Problem
from sartor.platform.packaging.files.shape import SCENARIOS, Blueprint

NAME = {"type": "string", "pattern": "^[a-z][a-z0-9_]{0,39}$"}
TEXT = {"type": "string", "maxLength": 8000}
LABEL = {"anyOf": [TEXT, {"type": "object", "additionalProperties": TEXT, "required": ["en"]}]}
TIME = {
    "type": "string",
    "pattern": r"^\d{4}-\d{2}-\d{2} \d{2}:\d{2}$",
    "description": "A time such as 2026-05-20 12:00 was expected.",
}
VALUES = {"type": "object", "maxProperties": 300}


def _closed(properties: Mapping[str, Any], *required: str) -> dict[str, Any]:
    shape = {"type": "object", "properties": dict(properties), "additionalProperties": False}
    return {**shape, "required": list(required)} if required else shape


CHECK: dict[str, Any] = _closed(
    {
        "as": NAME,
        "of": NAME,
        "has": VALUES,
        "is_seen": {"type": "boolean"},
        "in": NAME,
        "where": TEXT,
        "count": {"type": "integer", "minimum": 0},
        "metric": NAME,
        "filters": VALUES,
        "is": {"type": ["string", "number", "integer", "null"]},
    }
) | {"anyOf": [{"required": ["of"]}, {"required": ["in"]}, {"required": ["metric"]}]}
"""`of` with `has` or `is_seen`; `in` with `count` and perhaps `where`; `metric` with `is` and perhaps `filters`."""
CHECKS = {"type": "array", "items": CHECK, "maxItems": 200}
STEP = _closed(
    {
        "at": TIME,
        "as": NAME,
        "create": NAME,
        "update": NAME,
        "delete": NAME,
        "restore": NAME,
        "name": NAME,
        "values": VALUES,
        "notes": {"type": "object", "additionalProperties": TEXT},
        "refused": {"type": "object", "additionalProperties": TEXT},
        "then": CHECKS,
    }
)
"""refused: code by field, `{}` where any refusal will do; a step that does not say so must be accepted."""
GIVEN = _closed(
    {
        "create": NAME,
        "name": NAME,
        "times": {"type": "integer", "minimum": 1, "maximum": 100},
        "values": VALUES,
        "stages": {
            "type": "array",
            "items": {"type": "array", "prefixItems": [NAME, TIME], "minItems": 2, "maxItems": 2},
        },
    },
    "create",
)
"""times: how many of them, one unless it says so. stages: what the record has been through, with their times."""
PERSON = _closed({"roles": {"type": "array", "items": TEXT}, "values": VALUES})
SCHEMA = _closed(
    {
        "label": LABEL,
        "proves": LABEL,
        "clock": TIME,
        "zone": TEXT,
        "people": {"type": "object", "propertyNames": NAME, "additionalProperties": PERSON},
        "given": {"type": "array", "items": GIVEN, "maxItems": 500},
        "when": {"type": "array", "items": STEP, "maxItems": 500},
        "then": CHECKS,
    },
    "label", "clock",
)  # fmt: skip
VALIDATOR = Draft202012Validator(SCHEMA)


@dataclass(frozen=True, slots=True)
class Scenario:
    """name: of its file. body: as it is written. faults: what is wrong with how it is written."""

    blueprint: str
    name: str
    body: Mapping[str, Any]
    faults: tuple[Problem, ...] = ()

    @property
    def label(self) -> Any:
        return self.body.get("label", self.name)


def scenarios_of(blueprint: Blueprint) -> list[Scenario]:
    """The scenarios that a blueprint carries, by name."""
    found = []
    for path, text in sorted(blueprint.carried.items()):
        if path.startswith(f"{SCENARIOS}/"):
            body = strict_json(text)
            name = path.removeprefix(f"{SCENARIOS}/").removesuffix(".json")
            found.append(Scenario(blueprint.name, name, body, tuple(faults(VALIDATOR, body, path))))
    return found


def named_in(body: Mapping[str, Any]) -> set[str]:
    """The definitions without which a scenario cannot be played: `entity/deal`, `metric/won`, `role/seller`."""
    steps = [*body.get("given", ()), *body.get("when", ())]
    checks = [*body.get("then", ()), *(each for step in steps for each in step.get("then", ()))]
    entities = {each["create"] for each in steps if "create" in each} | {each["in"] for each in checks if "in" in each}
    metrics = {each["metric"] for each in checks if "metric" in each}
    roles = {role for each in body.get("people", {}).values() for role in each.get("roles", ())}
    return {
        f"{kind}/{name}"
        for kind, found in (("entity", entities), ("metric", metrics), ("role", roles))
        for name in found
    }
