"""Several definitions of a change set at once: their problems as they are typed, and all of them put, or none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from flask import Response

from sartor.platform.definitions.documents import Document, Documents, applied, split, without_engine_keys
from sartor.platform.definitions.validate import validate
from sartor.platform.errors import InvalidDefinition, Problem
from sartor.platform.publishing.words.calling import Calling
from sartor.platform.text import gettext as _
from sartor.runtime.answers import answer, sent_as
from sartor.runtime.api import api
from sartor.runtime.api.designing import design, edited_by_others, known_set, publisher, tag
from sartor.runtime.api.endpoint import Says, endpoint
from sartor.runtime.api.shapes import TEXT, closed, nullable
from sartor.runtime.gate import context, serving, workspace

SET = "/change-sets/<name>"
DOCUMENTS = {
    "type": "object",
    "additionalProperties": {"type": ["object", "null"]},
    "maxProperties": 1000,
    "description": "Definitions by name; null for one that is taken out.",
}
DRAFT = closed({"documents": DOCUMENTS}, "documents")
SEEN = {
    "type": "object",
    "additionalProperties": nullable(TEXT),
    "description": "ETags of the documents that were edited; null for one that was not there.",
}
WRITE = closed({"documents": DOCUMENTS, "seen": SEEN}, "documents")
PLACE = {**TEXT, "description": "Where in the definition it stands, in words."}
PROBLEM = closed(
    {"file": TEXT, "field": TEXT, "code": TEXT, "message": TEXT, "near": TEXT, "place": PLACE},
    "field", "code", "message",
)  # fmt: skip
PROBLEMS = closed({"problems": {"type": "array", "items": PROBLEM}}, "problems")
WRITTEN = closed({"tags": {"type": "object", "additionalProperties": nullable(TEXT)}}, "tags")


@endpoint(api, "POST", f"{SET}/problems", design, Says(body=DRAFT, answer=PROBLEMS))
def problems_of_draft(name: str) -> Response:
    """Everything wrong with the whole workspace if these documents stood in the change set. Nothing is kept."""
    edited = sent_as(DRAFT)["documents"]
    found = _problems(edited) or _as_a_whole(known_set(name), edited)
    return answer({"problems": list(_placed(known_set(name), edited, found))})


def _placed(name: str, edited: Mapping[str, Document | None], problems: Sequence[Problem]) -> Iterator[dict[str, str]]:
    """Problems, each with the words for its place."""
    documents = applied(publisher().sets.documents(name), edited) if problems else {}
    calling = Calling(workspace().kinds, serving().model, documents)
    for each in problems:
        place = calling.spot(each.file, each.field).inside if each.file and each.field else ""
        yield {**each.as_dict(), **({"place": place} if place else {})}


@endpoint(api, "POST", f"{SET}/documents", design, Says(body=WRITE, answer=WRITTEN))
def put_documents(name: str) -> Response:
    """Put several definitions into a change set, all or none: what one act of a designer changes."""
    body = sent_as(WRITE)
    edited = body["documents"]
    found = _problems(edited)
    if found:
        raise InvalidDefinition(_("%(key)s was not saved.", key=", ".join(sorted(edited))[:120]), found)
    judge = partial(_refuse_others, body.get("seen", {}))
    publisher().sets.put_all(edited, by=context().actor.id, name=known_set(name), judge=judge)
    kept = {key: None if each is None else without_engine_keys(each) for key, each in edited.items()}
    return answer({"tags": {key: None if each is None else tag(each) for key, each in kept.items()}})


def _problems(edited: Mapping[str, Document | None]) -> list[Problem]:
    """What is wrong with each document by itself."""
    kinds, found = workspace().kinds, []
    for key, document in edited.items():
        split(key)
        found += validate(kinds, key, document) if document is not None else []
    return found


def _as_a_whole(name: str, edited: Mapping[str, Document | None]) -> list[Problem]:
    """What is wrong with all of the change set, these documents in it."""
    return workspace().compiler.draft(applied(publisher().sets.documents(name), edited)).causes


def _refuse_others(seen: Mapping[str, str | None], there: Documents) -> None:
    """:raises Conflict: when a document is not the one that was edited."""
    for key, known in seen.items():
        now = tag(there[key]) if key in there else None
        if now != known:
            raise edited_by_others(key)
