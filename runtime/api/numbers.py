"""Grouped numbers over the records that the reader can see."""

from __future__ import annotations

from flask import Response

from sartor.platform.access.policy import signed_in
from sartor.platform.model import Operation
from sartor.platform.query.question import Sum
from sartor.runtime.answers import answer
from sartor.runtime.api import api
from sartor.runtime.api.asking import asked
from sartor.runtime.api.endpoint import Says, endpoint
from sartor.runtime.api.parameters import FILTER, Parameter
from sartor.runtime.api.shapes import closed
from sartor.runtime.gate import context, serving

GROUP = Parameter("group", "Fields to group by, dates in buckets: `stage,closed_at:month`.")
MEASURE = Parameter("measure", "What is counted: `sum(amount),count()`.")
ROW = closed({"group": {"type": "object"}, "measures": {"type": "object"}}, "group", "measures")
SAYS = Says(
    query=(GROUP, MEASURE, FILTER),
    answer=closed({"data": {"type": "array", "items": ROW}, "cut": {"type": "boolean"}}, "data", "cut"),
    needs=Operation.READ,
)


@endpoint(api, "GET", "/records/<entity>/aggregate", signed_in, SAYS)
def aggregate_records(entity: str) -> Response:
    """Grouped numbers; `cut` says that there are more groups than are told."""
    args, names = asked(), serving().names.of(context())
    names.entity(entity)
    question = Sum(
        entity,
        names.measures(entity, args["measure"]),
        names.groups(entity, args["group"]),
        names.conditions(entity, [args["filter"]]),
    )
    rows = serving().reader.sum(context(), question)
    keys = [".".join(group.path) + (f":{group.bucket}" if group.bucket else "") for group in question.groups]
    labels = [measure.text for measure in question.measures]
    data = [
        {"group": dict(zip(keys, row, strict=False)), "measures": dict(zip(labels, row[len(keys) :], strict=True))}
        for row in rows[: question.limit]
    ]
    return answer({"data": data, "cut": len(rows) > question.limit})
