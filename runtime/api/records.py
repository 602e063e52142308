"""Records of one entity: lists, one record, writes, the recycle bin."""

from __future__ import annotations

from typing import Any

from flask import Response, request

from sartor.platform.access.policy import signed_in
from sartor.platform.errors import BadRequest, Invalid, Problem
from sartor.platform.model.ids import decode_id, encode_id
from sartor.platform.query.question import LARGEST_PAGE, Question, Sum
from sartor.platform.records.wish import Wish, Written
from sartor.platform.records.writer import require_version
from sartor.platform.text import gettext as _
from sartor.runtime.answers import answer, etag, sent_object, sent_version
from sartor.runtime.api import api
from sartor.runtime.api.once import once
from sartor.runtime.gate import by_cookie, context, route, serving, with_current_design

RULE = "/records/<entity>"
ONE = "/records/<entity>/<record>"
COUNTS = ("none", "capped", "exact")


@route(api, RULE, signed_in, methods=["GET"])
def list_records(entity: str) -> Response:
    """A page of records: `filter sort fields limit cursor count`."""
    names, args = serving().names.of(context()), request.args
    names.entity(entity)
    question = Question(
        entity,
        names.paths(entity, args.get("fields")),
        where=names.conditions(entity, [args.get("filter")]),
        sort=names.terms(entity, args.get("sort")),
        limit=limit_of(args.get("limit")),
        cursor=args.get("cursor") or None,
        deleted=args.get("deleted") == "true",
    )
    reader = serving().reader
    page = reader.page(context(), question)
    body: dict[str, Any] = {"data": page.rows, "next": page.next}
    count = args.get("count", "none")
    if count not in COUNTS:
        said = _("count is one of %(known)s.", known=", ".join(COUNTS))
        raise Invalid(said, [Problem("count", "count", said)])
    if count != "none":
        body["count"], body["capped"] = reader.count(context(), question, exact=count == "exact")
    return answer(body)


def limit_of(text: str | None) -> int:
    """:raises Invalid: for anything but a number of records that fits on a page."""
    if text is None:
        return 50
    if not text.isdigit() or not 1 <= int(text) <= LARGEST_PAGE:
        said = _("limit is a number from 1 to %(most)s.", most=LARGEST_PAGE)
        raise Invalid(said, [Problem("limit", "limit", said)])
    return int(text)


def read_one(entity: str, number: int, fields: str | None = None, deleted: bool | None = False) -> dict[str, Any]:
    """A record as the API gives it, lines included."""
    here = serving()
    names = here.names.of(context())
    found = here.reader.record(context(), entity, number, names.paths(entity, fields), deleted=deleted)
    return found if fields else found | lines_of(entity, number)


def related_to(entity: str, number: int, wanted: str, limit: int) -> list[dict[str, Any]]:
    """The latest records of another entity whose lookup points to a record: `activity.deal`."""
    here, asker = serving(), context()
    other, _dot, lookup = wanted.partition(".")
    names = here.names.of(asker)
    names.entity(other)
    path = names.path(other, lookup, "related")
    field = here.model.field(other, lookup)
    if len(path) != 1 or field.type.targets(field) != (entity,):
        said = _("%(wanted)s does not point to %(entity)s.", wanted=wanted, entity=entity)
        raise Invalid(said, [Problem("related", "unknown", said)])
    question = Question(
        other,
        names.paths(other, None),
        equal=(lookup,),
        given={lookup: number},
        sort=names.terms(other, "-created_at"),
        limit=limit,
    )
    return here.reader.page(asker, question).rows


def lines_of(entity: str, number: int) -> dict[str, list[dict[str, Any]]]:
    """The lines of a record, by field."""
    here, asker = serving(), context()
    names, found = here.names.of(asker), {}
    for field in asker.access.readable(entity):
        owned = field.type.owns(field)
        if owned is not None:
            lines, lookup = owned
            question = Question(lines, names.paths(lines, None), equal=(lookup,), given={lookup: number}, limit=200)
            found[field.name] = here.reader.page(asker, question).rows
    return found


@route(api, ONE, signed_in, methods=["GET"])
def get_record(entity: str, record: str) -> Response:
    """One record; its version is the ETag. `related=activity.deal` brings the latest records that point to it."""
    number = decode_id(record)
    found = read_one(entity, number, request.args.get("fields"))
    if wanted := request.args.get("related"):
        limit = limit_of(request.args.get("related_limit"))
        found["related"] = {each: related_to(entity, number, each, limit) for each in wanted.split(",")}
    return answer(found, headers=etag(found["version"]) if "version" in found else None)


@route(api, RULE, signed_in, methods=["POST"])
def create_record(entity: str) -> Response:
    """Make a record. With an Idempotency-Key, a repeated request is answered as the first one was."""
    body = sent_object()

    def create(work: Any, here: Any, asker: Any) -> tuple[int, dict[str, Any]]:
        written = here.writer.create(asker, entity, body, work=work)
        return 201, told(written)

    return once(body, create, lambda made: {"Location": f"{request.path}/{made['id']}", **etag(made["version"])})


def told(written: Written) -> dict[str, Any]:
    return {"id": encode_id(written.id), "version": written.version}


@route(api, ONE, signed_in, methods=["PATCH"])
def update_record(entity: str, record: str) -> Response:
    """Change some fields. If-Match says which version was seen; forms and cookie sessions must send it."""
    body, version = sent_object(), sent_version()
    if by_cookie():
        require_version(version)
    notes = body.pop("$notes", {})
    if not isinstance(notes, dict):
        raise BadRequest(_("$notes is an object: the stage field, then the reason."))
    wish = Wish(body, version, notes)
    written = with_current_design(lambda here, asker: here.writer.update(asker, entity, decode_id(record), wish))
    return answer(told(written), headers=etag(written.version))


@route(api, ONE, signed_in, methods=["DELETE"])
def delete_record(entity: str, record: str) -> Response:
    """Put a record into the recycle bin."""
    version = sent_version()
    written = with_current_design(
        lambda here, asker: here.writer.delete(asker, entity, decode_id(record), version=version)
    )
    return answer(told(written))


@route(api, f"{ONE}/restore", signed_in, methods=["POST"])
def restore_record(entity: str, record: str) -> Response:
    """Bring a record back from the recycle bin."""
    written = with_current_design(lambda here, asker: here.writer.restore(asker, entity, decode_id(record)))
    return answer(told(written), headers=etag(written.version))


@route(api, f"{RULE}/aggregate", signed_in, methods=["GET"])
def aggregate_records(entity: str) -> Response:
    """Grouped numbers: `group=stage,closed_at:month&measure=sum(amount),count()&filter=`."""
    args, names = request.args, serving().names.of(context())
    names.entity(entity)
    question = Sum(
        entity,
        names.measures(entity, args.get("measure")),
        names.groups(entity, args.get("group")),
        names.conditions(entity, [args.get("filter")]),
    )
    rows = serving().reader.sum(context(), question)
    keys = [".".join(group.path) for group in question.groups]
    labels = [measure.text for measure in question.measures]
    data = [
        {"group": dict(zip(keys, row, strict=False)), "measures": dict(zip(labels, row[len(keys) :], strict=True))}
        for row in rows[: question.limit]
    ]
    return answer({"data": data, "cut": len(rows) > question.limit})
