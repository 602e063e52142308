"""What a form shows while it is filled in: the writer's own working out, undone again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response

from sartor.platform.access.policy import signed_in
from sartor.platform.model import Field, Operation
from sartor.platform.model.ids import decode_id
from sartor.platform.records.preview import Preview
from sartor.runtime.answers import answer, sent_object
from sartor.runtime.api import api
from sartor.runtime.api.endpoint import Says, endpoint
from sartor.runtime.api.records import notes_in
from sartor.runtime.api.shapes import closed, opened
from sartor.runtime.gate import serving, with_current_design

SEEN = closed(
    {"value": {}, "visible": {"type": "boolean"}, "required": {"type": "boolean"}, "read_only": {"type": "boolean"}}
)
SENT = {"type": "object", "description": "Fields as a form has them; what is wrong with them is part of the answer."}
ANSWER = opened(
    {
        "fields": {"type": "object", "additionalProperties": SEEN},
        "lines": {"type": "object"},
        "errors": {"type": "array", "items": {"type": "object"}},
    },
    "fields", "lines", "errors",
)  # fmt: skip


@endpoint(
    api, "POST", "/records/<entity>/preview", signed_in,
    Says(body=SENT, answer=ANSWER, needs=Operation.CREATE),
)  # fmt: skip
def preview_new(entity: str) -> Response:
    """What a new record would be, and what is wrong with it; nothing is kept."""
    return _answer(entity, None)


@endpoint(
    api, "POST", "/records/<entity>/<record>/preview", signed_in,
    Says(body=SENT, answer=ANSWER, needs=Operation.UPDATE),
)  # fmt: skip
def preview_change(entity: str, record: str) -> Response:
    """What a record would be after a change, and what is wrong with it; nothing is kept."""
    return _answer(entity, decode_id(record))


def _answer(entity: str, number: int | None) -> Response:
    body = sent_object()
    notes_in(body)
    found = with_current_design(lambda here, asker: here.writer.preview(asker, entity, body, number))
    return answer(told(entity, found))


def told(entity: str, preview: Preview) -> dict[str, Any]:
    model = serving().model
    fields = model.entity(entity).fields
    return {
        "fields": {
            name: {
                "value": _json(fields[name], each.value),
                "visible": each.visible,
                "required": each.required,
                "read_only": each.read_only,
            }
            for name, each in preview.fields.items()
            if fields[name].type.owns(fields[name]) is None
        },
        "lines": {name: [_line(fields[name], line) for line in lines] for name, lines in preview.lines.items()},
        "errors": [problem.as_dict() for problem in preview.problems],
    }


def _line(field: Field, line: Mapping[str, Any]) -> dict[str, Any]:
    entity, _lookup = field.type.owns(field)
    fields = serving().model.entity(entity).fields
    return {name: _json(fields[name], value) for name, value in line.items()}


def _json(field: Field, value: Any) -> Any:
    """JSON of a value; one that does not fit its field yet (an amount without a currency) as it is."""
    return None if value is None else field.type.dump(field, value)
