"""Records of one entity: lists, one record, writes, the recycle bin."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from flask import Response

from sartor.platform.access.policy import signed_in
from sartor.platform.errors import BadRequest, Invalid, Problem
from sartor.platform.model import Operation
from sartor.platform.model.ids import decode_id, encode_id
from sartor.platform.query.question import LARGEST_PAGE, Question
from sartor.platform.records.wish import Wish, Written
from sartor.platform.records.writer import require_version
from sartor.platform.text import gettext as _
from sartor.runtime import sessions
from sartor.runtime.answers import answer, etag, sent_object, sent_version
from sartor.runtime.api import api
from sartor.runtime.api.asking import asked
from sartor.runtime.api.endpoint import Says, endpoint
from sartor.runtime.api.once import once
from sartor.runtime.api.parameters import (
    COUNT,
    CURSOR,
    DELETED,
    FIELDS,
    FILTER,
    IDEMPOTENCY,
    IF_MATCH,
    LIMIT,
    SORT,
    TEXT,
    Parameter,
)
from sartor.runtime.api.shapes import WRITTEN, listed, named, nullable
from sartor.runtime.current import the_request
from sartor.runtime.gate import context, serving, with_current_design

RULE = "/records/<entity>"
ONE = "/records/<entity>/<record>"
MOST_RELATED = 10

RELATED = Parameter("related", "Latest records that point to this one: `activity.deal,contact.account`.", TEXT)
RELATED_LIMIT = Parameter("related_limit", "How many of each.", LIMIT.schema)
LIST = Says(
    query=(FILTER, SORT, FIELDS, LIMIT, CURSOR, COUNT, DELETED),
    answer={
        **listed(
            named("{entity}"), next=nullable({"type": "string"}), count={"type": "integer"}, capped={"type": "boolean"}
        ),
        "required": ["data", "next"],
    },
    needs=Operation.READ,
    confirms=True,
)
READ = Says(query=(FIELDS, RELATED, RELATED_LIMIT), answer=named("{entity}"), needs=Operation.READ, confirms=True)
CREATE = Says(
    headers=(IDEMPOTENCY,),
    body=named("{entity}.new"),
    answer=WRITTEN,
    status=201,
    needs=Operation.CREATE,
    confirms=True,
)
UPDATE = Says(
    headers=(IF_MATCH,), body=named("{entity}.changes"), answer=WRITTEN, needs=Operation.UPDATE, confirms=True
)
DELETE = Says(headers=(IF_MATCH,), answer=WRITTEN, needs=Operation.DELETE, confirms=True)
RESTORE = Says(answer=WRITTEN, needs=Operation.DELETE, confirms=True)


@endpoint(api, "GET", RULE, signed_in, LIST)
def list_records(entity: str) -> Response:
    """A page of records."""
    here, asker, args = serving(), context(), asked()
    names = here.names.of(asker)
    names.entity(entity)
    condition = names.asked(entity, args["filter"], here.tables.dialect)
    question = Question(
        entity,
        names.paths(entity, args["fields"]),
        where=condition.where,
        compares=condition.compares,
        given=condition.given,
        sort=names.terms(entity, args["sort"]),
        limit=args["limit"],
        cursor=args["cursor"],
        deleted=args["deleted"] == "true",
    )
    page = here.reader.page(asker, question)
    body: dict[str, Any] = {"data": page.rows, "next": page.next}
    if args["count"] != "none":
        body["count"], body["capped"] = here.reader.count(asker, question, exact=args["count"] == "exact")
    return answer(body)


def read_one(entity: str, number: int, fields: str | None = None, deleted: bool | None = False) -> dict[str, Any]:
    """A record as the API gives it, with its lines unless only other fields are asked for."""
    here = serving()
    names = here.names.of(context())
    names.entity(entity)
    wanted = [part.strip() for part in (fields or "").split(",") if part.strip()]
    owning = [each.name for each in context().access.readable(entity) if each.type.owns(each)]
    plain = ",".join(name for name in wanted if name not in owning) or ("id" if wanted else None)
    found = here.reader.record(context(), entity, number, names.paths(entity, plain), deleted=deleted)
    return found | lines_of(entity, number, [name for name in owning if not wanted or name in wanted])


def related_to(entity: str, number: int, wanted: str, limit: int) -> list[dict[str, Any]]:
    """The latest records of another entity whose lookup points to a record: `activity.deal`."""
    here, asker = serving(), context()
    other, _dot, lookup = wanted.partition(".")
    names = here.names.of(asker)
    names.entity(other)
    path = names.path(other, lookup, "related")
    field = here.model.field(other, lookup)
    if len(path) != 1 or field.type.targets(field) != (entity,) or field.type.members(field):
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


def lines_of(entity: str, number: int, fields: Iterable[str]) -> dict[str, list[dict[str, Any]]]:
    """The lines of a record, by field."""
    here, asker = serving(), context()
    names, found = here.names.of(asker), {}
    for name in fields:
        field = here.model.field(entity, name)
        lines, lookup = field.type.owns(field)
        given = {lookup: number}
        question = Question(lines, names.paths(lines, None), equal=(lookup,), given=given, limit=LARGEST_PAGE)
        rows = here.reader.page(asker, question)
        found[name] = rows.rows
        while rows.next:
            rows = here.reader.page(asker, replace(question, cursor=rows.next))
            found[name] += rows.rows
    return found


@endpoint(api, "GET", ONE, signed_in, READ)
def get_record(entity: str, record: str) -> Response:
    """One record; its version is the ETag."""
    number, args = decode_id(record), asked()
    found = read_one(entity, number, args["fields"])
    if args["related"]:
        wanted = [each.strip() for each in args["related"].split(",")]
        if len(wanted) > MOST_RELATED:
            said = _("At most %(n)s related lists can be asked for at once.", n=MOST_RELATED)
            raise Invalid(said, [Problem("related", "too_many", said)])
        found["related"] = {each: related_to(entity, number, each, args["related_limit"]) for each in wanted}
    return answer(found, headers=etag(found["version"]) if "version" in found else {})


@endpoint(api, "POST", RULE, signed_in, CREATE)
def create_record(entity: str) -> Response:
    """Make a record."""
    body = sent_object()

    def create(work: Any, here: Any, asker: Any) -> tuple[int, dict[str, Any]]:
        written = here.writer.create(asker, entity, body, work=work)
        return 201, told(written)

    def headers(made: dict[str, Any]) -> dict[str, str]:
        return {"Location": f"{the_request().path}/{made['id']}", **etag(made["version"])}

    return once(body, create, headers, late=True)


def told(written: Written) -> dict[str, Any]:
    return {"id": encode_id(written.id), "version": written.version}


@endpoint(api, "PATCH", ONE, signed_in, UPDATE)
def update_record(entity: str, record: str) -> Response:
    """Change some fields. `$notes` holds the reasons of moves in pipelines, by stage field."""
    body, version = sent_object(), sent_version()
    if sessions.is_here():
        require_version(version)
    wish = Wish(body, version, notes_in(body))
    written = with_current_design(lambda here, asker: here.writer.update(asker, entity, decode_id(record), wish))
    return answer(told(written), headers=etag(written.version))


LONGEST_NOTE = 2000
NOTES = {"type": "object", "additionalProperties": {"type": "string", "maxLength": LONGEST_NOTE}}


def notes_in(body: dict[str, Any]) -> dict[str, str]:
    """Takes `$notes` out of what was sent."""
    notes = body.pop("$notes", {})
    if not isinstance(notes, dict) or not all(isinstance(each, str) for each in notes.values()):
        raise BadRequest(_("$notes is an object: the stage field, then the reason."))
    if any(len(each) > LONGEST_NOTE or "\x00" in each for each in notes.values()):
        raise BadRequest(_("A reason has at most %(n)s characters.", n=LONGEST_NOTE))
    return notes


@endpoint(api, "DELETE", ONE, signed_in, DELETE)
def delete_record(entity: str, record: str) -> Response:
    """Put a record into the recycle bin."""
    version = sent_version()
    written = with_current_design(
        lambda here, asker: here.writer.delete(asker, entity, decode_id(record), version=version)
    )
    return answer(told(written))


@endpoint(api, "POST", f"{ONE}/restore", signed_in, RESTORE)
def restore_record(entity: str, record: str) -> Response:
    """Bring a record back from the recycle bin."""
    written = with_current_design(lambda here, asker: here.writer.restore(asker, entity, decode_id(record)))
    return answer(told(written), headers=etag(written.version))
