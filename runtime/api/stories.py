"""What happened to a record, and what people say about it."""

from __future__ import annotations

from typing import Any

from flask import Response, request

from sartor.platform.access.policy import signed_in
from sartor.platform.model.ids import decode_id, encode_id
from sartor.platform.query.searching import search
from sartor.platform.records.story import Happening, Story
from sartor.runtime.answers import answer, sent_object
from sartor.runtime.api import api
from sartor.runtime.gate import context, route, serving, workspace

ONE = "/records/<entity>/<record>"


def story() -> Story:
    return Story(workspace().database, serving().reader)


def told(happening: Happening) -> dict[str, Any]:
    actor = None if happening.actor is None else encode_id(happening.actor)
    return {"kind": happening.kind, "id": happening.id, "at": happening.at, "actor": actor, **happening.body}


@route(api, f"{ONE}/history", signed_in, methods=["GET"])
def get_history(entity: str, record: str) -> Response:
    """Changes of a record, the latest first; `before` continues after the last one seen."""
    before = request.args.get("before")
    found = story().history(context(), entity, decode_id(record), decode_id(before) if before else None)
    return answer({"data": [told(each) for each in found]})


@route(api, f"{ONE}/stages", signed_in, methods=["GET"])
def get_stages(entity: str, record: str) -> Response:
    """Stays of a record in stages."""
    return answer({"data": story().stays(context(), entity, decode_id(record))})


@route(api, f"{ONE}/timeline", signed_in, methods=["GET"])
def get_timeline(entity: str, record: str) -> Response:
    """Comments, changes and what other entities contribute, the latest first."""
    return answer({"data": [told(each) for each in story().timeline(context(), entity, decode_id(record))]})


@route(api, f"{ONE}/comments", signed_in, methods=["GET"])
def get_comments(entity: str, record: str) -> Response:
    return answer({"data": [told(each) for each in story().comments(context(), entity, decode_id(record))]})


@route(api, f"{ONE}/comments", signed_in, methods=["POST"])
def add_comment(entity: str, record: str) -> Response:
    """Say something: `{"body": "…"}`."""
    made = story().comment(context(), entity, decode_id(record), sent_object().get("body"))
    return answer({"id": made}, 201)


@route(api, f"{ONE}/comments/<comment>", signed_in, methods=["DELETE"])
def remove_comment(entity: str, record: str, comment: str) -> Response:
    story().remove_comment(context(), entity, decode_id(record), decode_id(comment))
    return answer({"id": comment})


@route(api, "/search", signed_in, methods=["GET"])
def search_records() -> Response:
    """`q`, and `entities` to look only there: hits of all entities, the best of each first."""
    model = serving().model
    wanted = [name for name in request.args.get("entities", "").split(",") if name] or list(model.entities)
    hits = search(serving().reader, context(), request.args.get("q", ""), [model.entity(name).name for name in wanted])
    return answer({"data": [hit.as_dict() for hit in hits]})
