"""What happened to a record, and what people say about it."""

from __future__ import annotations

from typing import Any

from flask import Response

from sartor.platform.access.policy import signed_in
from sartor.platform.model import Operation
from sartor.platform.model.ids import decode_id, encode_id
from sartor.platform.records.history.comments import LONGEST_COMMENT
from sartor.platform.records.history.happening import Happening
from sartor.platform.records.history.story import Story
from sartor.runtime.answers import answer, sent_as
from sartor.runtime.api import api
from sartor.runtime.api.asking import asked
from sartor.runtime.api.endpoint import Says, endpoint
from sartor.runtime.api.parameters import Parameter
from sartor.runtime.api.shapes import HAPPENING, ID, closed, listed
from sartor.runtime.gate import context, serving, workspace

ONE = "/records/<entity>/<record>"
BEFORE = Parameter("before", "Continue after this one, the last that was seen.")
COMMENT = closed({"body": {"type": "string", "minLength": 1, "maxLength": LONGEST_COMMENT}}, "body")
MADE = closed({"id": ID}, "id")
HAPPENINGS = Says(answer=listed(HAPPENING), needs=Operation.READ)


def story() -> Story:
    return Story(workspace().database, serving().reader)


def told(happening: Happening) -> dict[str, Any]:
    actor = None if happening.actor is None else encode_id(happening.actor)
    return {"kind": happening.kind, "id": happening.id, "at": happening.at, "actor": actor, **happening.body}


@endpoint(
    api, "GET", f"{ONE}/history", signed_in, Says(query=(BEFORE,), answer=listed(HAPPENING), needs=Operation.READ)
)
def get_history(entity: str, record: str) -> Response:
    """Changes of a record, the latest first."""
    before = asked()["before"]
    found = story().history(context(), entity, decode_id(record), decode_id(before) if before else None)
    return answer({"data": [told(each) for each in found]})


@endpoint(api, "GET", f"{ONE}/stages", signed_in, Says(answer=listed({"type": "object"}), needs=Operation.READ))
def get_stages(entity: str, record: str) -> Response:
    """Stays of a record in stages, the first one first."""
    return answer({"data": story().stays(context(), entity, decode_id(record))})


@endpoint(api, "GET", f"{ONE}/timeline", signed_in, HAPPENINGS)
def get_timeline(entity: str, record: str) -> Response:
    """Comments, changes and what other entities contribute, the latest first."""
    return answer({"data": [told(each) for each in story().timeline(context(), entity, decode_id(record))]})


@endpoint(api, "GET", f"{ONE}/comments", signed_in, HAPPENINGS)
def get_comments(entity: str, record: str) -> Response:
    """What was said about a record, the latest first."""
    return answer({"data": [told(each) for each in story().comments.all(context(), entity, decode_id(record))]})


@endpoint(api, "POST", f"{ONE}/comments", signed_in, Says(body=COMMENT, answer=MADE, status=201, needs=Operation.READ))
def add_comment(entity: str, record: str) -> Response:
    """Say something about a record."""
    made = story().comments.write(context(), entity, decode_id(record), sent_as(COMMENT)["body"])
    return answer({"id": made}, 201)


@endpoint(api, "DELETE", f"{ONE}/comments/<comment>", signed_in, Says(answer=MADE, needs=Operation.READ))
def remove_comment(entity: str, record: str, comment: str) -> Response:
    """Take back what one has said oneself."""
    number = decode_id(comment)
    story().comments.remove(context(), entity, decode_id(record), number)
    return answer({"id": encode_id(number)})
