"""What an edit would mean: problems of a draft as it is typed, uses of a definition, and the documents that a rename
or a retirement would change. Nothing here is kept but what is put there whole."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response

from sartor.platform.definitions.compile.compiler import compile_draft
from sartor.platform.definitions.documents import Document, digest, split, without_engine_keys
from sartor.platform.definitions.validate import validate
from sartor.platform.errors import Conflict, InvalidDefinition, Problem
from sartor.platform.publishing.renaming import renamed
from sartor.platform.publishing.retiring import without
from sartor.platform.publishing.rewriting import Rename
from sartor.platform.text import gettext as _
from sartor.runtime.answers import answer, sent_as
from sartor.runtime.api import api
from sartor.runtime.api.designing import design, known_set, publisher
from sartor.runtime.api.endpoint import Says, endpoint
from sartor.runtime.api.shapes import TEXT, closed, nullable
from sartor.runtime.gate import context, workspace

SET = "/change-sets/<name>"
KEY = {**TEXT, "maxLength": 200, "description": "The definition, `entity/deal`."}
PART = {**TEXT, "maxLength": 100, "description": "One of its fields, where that is what is meant."}
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
PROBLEM = closed({"file": TEXT, "field": TEXT, "code": TEXT, "message": TEXT, "near": TEXT}, "field", "code", "message")
PROBLEMS = closed({"problems": {"type": "array", "items": PROBLEM}}, "problems")
WRITTEN = closed({"tags": {"type": "object", "additionalProperties": nullable(TEXT)}}, "tags")
RENAME = closed({"key": KEY, "field": PART, "to": {**TEXT, "maxLength": 100}}, "key", "to")
RETIRE = closed({"key": KEY, "field": PART}, "key")
PROPOSED = closed({"before": DOCUMENTS, "after": DOCUMENTS}, "before", "after")


@endpoint(api, "POST", f"{SET}/problems", design, Says(body=DRAFT, answer=PROBLEMS))
def problems_of_draft(name: str) -> Response:
    """Everything wrong with the whole workspace if these documents stood in the change set. Nothing is kept."""
    edited = sent_as(DRAFT)["documents"]
    found = _problems(edited) or _as_a_whole(known_set(name), edited)
    return answer({"problems": [each.as_dict() for each in found]})


@endpoint(api, "POST", f"{SET}/documents", design, Says(body=WRITE, answer=WRITTEN))
def put_documents(name: str) -> Response:
    """Put several definitions into a change set, all or none: what one act of a designer changes."""
    body = sent_as(WRITE)
    edited = body["documents"]
    _refuse_others(known_set(name), body.get("seen", {}))
    found = _problems(edited)
    if found:
        raise InvalidDefinition(_("%(key)s was not saved.", key=", ".join(sorted(edited))[:120]), found)
    publisher().sets.put_all(edited, by=context().actor.id, name=name)
    kept = {key: None if each is None else without_engine_keys(each) for key, each in edited.items()}
    return answer({"tags": {key: None if each is None else tag(each) for key, each in kept.items()}})


@endpoint(api, "POST", f"{SET}/proposals/rename", design, Says(body=RENAME, answer=PROPOSED))
def propose_rename(name: str) -> Response:
    """The documents that another name would change. Nothing is kept."""
    body = sent_as(RENAME)
    documents = publisher().sets.documents(known_set(name))
    return _proposed(documents, renamed(documents, _rename(body), workspace().kinds))


@endpoint(api, "POST", f"{SET}/proposals/retire", design, Says(body=RETIRE, answer=PROPOSED))
def propose_retirement(name: str) -> Response:
    """The documents that change when a definition or a field is taken out. Nothing is kept."""
    body = sent_as(RETIRE)
    documents = publisher().sets.documents(known_set(name))
    return _proposed(documents, without(documents, workspace().kinds, body["key"], body.get("field")))


def _rename(body: Mapping[str, Any]) -> Rename:
    return Rename(body["key"], body["to"], body.get("field"))


def _proposed(documents: Mapping[str, Document], changed: Mapping[str, Document | None]) -> Response:
    before = {key: without_engine_keys(documents[key]) if key in documents else None for key in changed}
    after = {key: None if each is None else without_engine_keys(each) for key, each in changed.items()}
    return answer({"before": before, "after": after})


def tag(document: Document) -> str:
    """The ETag of a document as it is sent."""
    return f'"{digest(document)}"'


def _problems(edited: Mapping[str, Document | None]) -> list[Problem]:
    """What is wrong with each document by itself."""
    kinds, found = workspace().kinds, []
    for key, document in edited.items():
        split(key)
        found += validate(kinds, key, document) if document is not None else []
    return found


def _as_a_whole(name: str, edited: Mapping[str, Document | None]) -> list[Problem]:
    documents = {**publisher().sets.documents(name), **edited}
    there = {key: each for key, each in documents.items() if each is not None}
    return compile_draft(there, workspace().kinds, 0).problems


def _refuse_others(name: str, seen: Mapping[str, str | None]) -> None:
    """:raises Conflict: when a document is not the one that was edited."""
    there = publisher().sets.documents(name)
    for key, known in seen.items():
        now = tag(there[key]) if key in there else None
        if now != known:
            raise Conflict(_("%(key)s was edited by somebody else after you had opened it.", key=key[:120]))
