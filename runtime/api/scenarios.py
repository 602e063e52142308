"""Scenarios of installed blueprints, played against the design in a workspace that is gone afterwards."""

from __future__ import annotations

from flask import Response

from sartor.platform.packaging.scenarios.asked import run_installed
from sartor.runtime.answers import answer, sent_as
from sartor.runtime.api import api
from sartor.runtime.api.designing import design, known_set
from sartor.runtime.api.endpoint import Says, endpoint
from sartor.runtime.api.packages import ONE
from sartor.runtime.api.shapes import TEXT, closed, listed
from sartor.runtime.gate import workspace

ASKED = closed(
    {
        "set": {
            **TEXT,
            "maxLength": 80,
            "description": "A change set: what publishing it would break. Left out, what is published.",
        }
    }
)
PLACE = {**TEXT, "description": "JSON pointer into the scenario."}
PROBLEM = closed({"field": PLACE, "code": TEXT, "message": TEXT, "near": TEXT, "file": TEXT}, "code", "message")
RESULT = closed(
    {
        "blueprint": TEXT,
        "name": TEXT,
        "label": {},
        "held": {"type": "boolean"},
        "problems": {"type": "array", "items": PROBLEM},
    },
    "blueprint", "name", "label", "held", "problems",
)  # fmt: skip


@endpoint(api, "POST", f"{ONE}/scenarios", design, Says(body=ASKED, answer=listed(RESULT)))
def run_blueprint_scenarios(name: str) -> Response:
    """Play the scenarios of a blueprint against the design; no record of this workspace is read or written."""
    body = sent_as(ASKED)
    chosen = known_set(body["set"]) if body.get("set") else None
    return answer({"data": [each.as_dict() for each in run_installed(workspace(), [name], chosen)]})
