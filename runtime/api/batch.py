"""Many writes in one request."""

from __future__ import annotations

from typing import Any

from flask import Response

from sartor.platform.access.policy import signed_in
from sartor.platform.model import Operation
from sartor.platform.records.batch import ACTIONS, MOST, Outcome, run_batch
from sartor.runtime.answers import sent_as, sent_object
from sartor.runtime.api import api
from sartor.runtime.api.endpoint import Says, endpoint
from sartor.runtime.api.once import once
from sartor.runtime.api.parameters import IDEMPOTENCY
from sartor.runtime.api.records import told
from sartor.runtime.api.shapes import WRITTEN, closed, named
from sartor.runtime.errors import problem_document

OPERATION = closed(
    {
        "action": {"enum": list(ACTIONS), "default": "create", "description": "What is done."},
        "id": {"type": "string", "description": "The record; none for a new one."},
        "version": {"type": ["integer", "null"], "minimum": 1, "description": "The version that was seen."},
        "values": {"type": "object", "description": "Fields, as for a single record."},
    }
)
BODY = closed(
    {
        "operations": {"type": "array", "minItems": 1, "maxItems": MOST, "items": OPERATION},
        "partial": {"type": "boolean", "default": False, "description": "A refused operation leaves the others."},
    },
    "operations",
)
RESULT = {"anyOf": [WRITTEN, closed({"error": named("Problem")}, "error")]}
SAYS = Says(
    headers=(IDEMPOTENCY,),
    body=BODY,
    answer=closed({"results": {"type": "array", "items": RESULT}}, "results"),
    needs=Operation.READ,
)


@endpoint(api, "POST", "/records/<entity>/batch", signed_in, SAYS)
def batch_records(entity: str) -> Response:
    """Up to 1,000 operations in order, all or nothing unless they are `partial`; a result for each."""
    body = _sent()
    partial = body.get("partial", False)

    def run(work: Any, here: Any, asker: Any) -> tuple[int, dict[str, Any]]:
        here.names.of(asker).entity(entity)
        outcomes = run_batch(here.writer, asker, entity, body["operations"], partial=partial, work=work)
        return 200, {"results": [_result(each) for each in outcomes]}

    return once(body, run, lambda made: {})


def _sent() -> dict[str, Any]:
    """What was sent. Nearly every batch holds new records only, which is seen at a glance; the schema judges the
    others, and says what is wrong."""
    body = sent_object()
    return body if _adds_only(body) else sent_as(BODY)


def _adds_only(body: dict[str, Any]) -> bool:
    operations, partial = body.get("operations"), body.get("partial", False)
    return (
        body.keys() <= {"operations", "partial"}
        and isinstance(partial, bool)
        and isinstance(operations, list)
        and 0 < len(operations) <= MOST
        and all(
            isinstance(each, dict) and each.keys() == {"values"} and isinstance(each["values"], dict)
            for each in operations
        )
    )


def _result(outcome: Outcome) -> dict[str, Any]:
    if outcome.error is not None:
        return {"error": problem_document(outcome.error)}
    assert outcome.written is not None
    return told(outcome.written)
