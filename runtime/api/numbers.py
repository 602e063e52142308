"""Grouped numbers over the records that the reader can see."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Response

from sartor.platform.access.policy import signed_in
from sartor.platform.model import SEVERAL, Operation
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
CURRENCIES = {
    "type": "object",
    "additionalProperties": {"type": "string"},
    "description": f"Of measures that are amounts. {SEVERAL}: of several currencies, so the measure is null.",
}
ROW = closed(
    {"group": {"type": "object"}, "measures": {"type": "object"}, "currencies": CURRENCIES},
    "group", "measures", "currencies",
)  # fmt: skip
SAYS = Says(
    query=(GROUP, MEASURE, FILTER),
    answer=closed({"data": {"type": "array", "items": ROW}, "cut": {"type": "boolean"}}, "data", "cut"),
    needs=Operation.READ,
)


@endpoint(api, "GET", "/records/<entity>/aggregate", signed_in, SAYS)
def aggregate_records(entity: str) -> Response:
    """Grouped numbers; `cut` says that there are more groups than are told. Several currencies are never added up."""
    args, names = asked(), serving().names.of(context())
    names.entity(entity)
    question = Sum(
        entity,
        names.measures(entity, args["measure"]),
        names.groups(entity, args["group"]),
        names.conditions(entity, [args["filter"]]),
        coins=True,
    )
    rows = serving().reader.sum(context(), question)
    keys = [".".join(group.path) + (f":{group.bucket}" if group.bucket else "") for group in question.groups]
    labels = [measure.text for measure in question.measures]
    data = [_row(keys, labels, row) for row in rows[: question.limit]]
    return answer({"data": data, "cut": len(rows) > question.limit})


def _row(keys: Sequence[str], labels: Sequence[str], row: Sequence[Any]) -> dict[str, Any]:
    """Groups come first, then measures, then their currencies."""
    measures, currencies = row[len(keys) : len(keys) + len(labels)], row[len(keys) + len(labels) :]
    return {
        "group": dict(zip(keys, row, strict=False)),
        "measures": dict(zip(labels, measures, strict=True)),
        "currencies": {name: coin for name, coin in zip(labels, currencies, strict=True) if coin},
    }
