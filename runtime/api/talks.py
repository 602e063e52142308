"""What people say about a change set, and what was decided about it: with the change set, then with its revision."""

from __future__ import annotations

from typing import Any

from flask import Response

from sartor.platform.errors import NotFound
from sartor.platform.model.ids import decode_id, encode_id
from sartor.platform.publishing.change_sets.remarks import LONGEST, About, Kind, Remark, Remarks
from sartor.platform.text import gettext as _
from sartor.runtime.answers import answer, instant, sent_as
from sartor.runtime.api import api
from sartor.runtime.api.designing import design, documents_of, known_set, person, publisher
from sartor.runtime.api.endpoint import Says, endpoint
from sartor.runtime.api.shapes import ID, TEXT, closed, listed, nullable
from sartor.runtime.gate import context

COMMENTS = "/change-sets/<name>/comments"
BODY = {**TEXT, "maxLength": LONGEST, "description": "What is said."}
REMARK = closed(
    {
        "id": ID,
        "kind": {"enum": [str(each) for each in Kind], "description": "`comment` is said, the others were done."},
        "body": BODY,
        "by": nullable(ID),
        "at": TEXT,
        "key": {**nullable(TEXT), "description": "The definition that is meant."},
        "path": {**nullable(TEXT), "description": "Where in it."},
        "about": {**TEXT, "description": "The change there, as it was told then."},
        "of": {**nullable(ID), "description": "Who was asked."},
    },
    "id", "kind", "body", "by", "at", "key", "path", "about", "of",
)  # fmt: skip
COMMENT = closed(
    {
        "body": BODY,
        "key": {**TEXT, "maxLength": 200, "description": "The definition that is meant, `entity/deal`."},
        "path": {**TEXT, "maxLength": 1000, "description": "JSON pointer into it."},
        "about": {**TEXT, "maxLength": 500, "description": "The change there, in words."},
    },
    "body",
)
MADE = closed({"id": ID}, "id")


def remarks() -> Remarks:
    return Remarks(publisher().models)


def asker() -> int:
    """The person who asks. :raises NotFound: for what is none, such as the set-up."""
    found = context().actor.id
    if found is None:
        raise NotFound(_("Only people can do this."))
    return found


def told(remark: Remark) -> dict[str, Any]:
    return {
        "id": encode_id(remark.id), "kind": str(remark.kind), "body": remark.body, "by": person(remark.by),
        "at": instant(remark.at), "key": remark.about.document, "path": remark.about.place,
        "about": remark.about.said, "of": person(remark.of),
    }  # fmt: skip


@endpoint(api, "GET", COMMENTS, design, Says(answer=listed(REMARK)))
def list_remarks(name: str) -> Response:
    """What was said and decided about a change set, the oldest first."""
    return answer({"data": [told(each) for each in remarks().of_set(known_set(name))]})


@endpoint(api, "POST", COMMENTS, design, Says(body=COMMENT, answer=MADE, status=201))
def say_remark(name: str) -> Response:
    """Say something about a change set, or about one of its items."""
    body = sent_as(COMMENT)
    about = About(body.get("key"), body.get("path"), body.get("about", ""))
    made = remarks().comment(known_set(name), body["body"], asker(), about)
    return answer({"id": encode_id(made)}, 201)


@endpoint(api, "DELETE", f"{COMMENTS}/<comment>", design, Says(answer=MADE))
def take_remark_back(name: str, comment: str) -> Response:
    """Take back what one has said oneself."""
    number = decode_id(comment)
    remarks().take_back(known_set(name), number, asker())
    return answer({"id": encode_id(number)})


@endpoint(api, "GET", "/revisions/<int:number>/comments", design, Says(answer=listed(REMARK)))
def list_revision_remarks(number: int) -> Response:
    """What was said and decided before a revision was published."""
    documents_of(number)
    return answer({"data": [told(each) for each in remarks().of_revision(number)]})
