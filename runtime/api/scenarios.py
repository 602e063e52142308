"""Scenarios of installed blueprints, played against the design in a workspace that is gone afterwards."""

from __future__ import annotations

from flask import Response

from sartor.platform.packaging.scenarios.waiting import begin
from sartor.runtime.answers import sent_as
from sartor.runtime.api import api
from sartor.runtime.api.designing import design, known_set
from sartor.runtime.api.endpoint import Says, endpoint
from sartor.runtime.api.jobs import BEGUN, begun
from sartor.runtime.api.packages import ONE
from sartor.runtime.api.shapes import TEXT, closed
from sartor.runtime.gate import context, workspace

ASKED = closed(
    {
        "set": {
            **TEXT,
            "maxLength": 80,
            "description": "A change set: what publishing it would break. Left out, what is published.",
        }
    }
)


@endpoint(api, "POST", f"{ONE}/scenarios", design, Says(body=ASKED, answer=BEGUN, status=202))
def run_blueprint_scenarios(name: str) -> Response:
    """Begin to play the scenarios of a blueprint against the design; no record of this workspace is read or written.
    `jobs/{job}` tells how far it is and, as its result, `data`: of each scenario `blueprint`, `name`, `label`, whether
    it `held`, and the `problems` with their places in its file."""
    body = sent_as(ASKED)
    chosen = known_set(body["set"]) if body.get("set") else None
    return begun(begin(workspace(), context(), name, chosen))
