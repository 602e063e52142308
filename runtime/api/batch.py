"""Many writes in one request."""

from __future__ import annotations

from typing import Any

from flask import Response

from sartor.platform.access.policy import signed_in
from sartor.platform.records.batch import Outcome, run_batch
from sartor.runtime.answers import sent_object
from sartor.runtime.api import api
from sartor.runtime.api.once import once
from sartor.runtime.api.records import told
from sartor.runtime.errors import problem_document
from sartor.runtime.gate import route


@route(api, "/records/<entity>/batch", signed_in, methods=["POST"])
def batch_records(entity: str) -> Response:
    """Up to 1,000 operations: `{"operations": [{"action", "id", "version", "values"}], "partial": false}`."""
    body = sent_object()
    partial = body.get("partial") is True

    def run(work: Any, here: Any, asker: Any) -> tuple[int, dict[str, Any]]:
        outcomes = run_batch(here.writer, asker, entity, body.get("operations"), partial=partial, work=work)
        return 200, {"results": [_result(each) for each in outcomes]}

    return once(body, run, lambda made: {})


def _result(outcome: Outcome) -> dict[str, Any]:
    if outcome.error is not None:
        return {"error": problem_document(outcome.error)}
    assert outcome.written is not None
    return told(outcome.written)
