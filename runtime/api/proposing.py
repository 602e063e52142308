"""What an edit would mean: problems of a draft as it is typed, uses of a definition, and the documents that a rename,
a retirement or a comeback would change. Nothing here is kept but what is put there whole."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response

from sartor.platform.definitions.documents import Document, digest, split, without_engine_keys
from sartor.platform.definitions.validate import validate
from sartor.platform.errors import BadRequest, Conflict, InvalidDefinition, Problem
from sartor.platform.model.ids import decode_id, encode_id
from sartor.platform.publishing.bringing_back import BringingBack, Comeback
from sartor.platform.publishing.bringing_entities import BringingEntities, EntityGone
from sartor.platform.publishing.calling import Calling
from sartor.platform.publishing.mending import applied, mended
from sartor.platform.publishing.mending import problems as problems_in
from sartor.platform.publishing.part_words import raised
from sartor.platform.publishing.renaming import renamed
from sartor.platform.publishing.replacing import replaced
from sartor.platform.publishing.retiring import without
from sartor.platform.publishing.rewriting import Rename
from sartor.platform.text import gettext as _
from sartor.runtime.answers import answer, instant, sent_as
from sartor.runtime.api import api
from sartor.runtime.api.asking import asked
from sartor.runtime.api.designing import design, known_set, publisher
from sartor.runtime.api.endpoint import Says, endpoint
from sartor.runtime.api.parameters import Parameter
from sartor.runtime.api.shapes import TEXT, closed, listed, nullable
from sartor.runtime.gate import context, serving, workspace

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
ENTRY = {**TEXT, "maxLength": 100, "description": "The key of one of its choices or stages, where that is meant."}
RENAME = closed({"key": KEY, "field": PART, "entry": ENTRY, "to": {**TEXT, "maxLength": 100}}, "key", "to")
INSTEAD = {**TEXT, "maxLength": 100, "description": "The name of another one that is put in its place everywhere."}
MEND = {"type": "boolean", "description": "Take out as well whatever reads it and means nothing without it."}
RETIRE = closed({"key": KEY, "field": PART, "instead": INSTEAD, "mend": MEND}, "key")
PROPOSED = closed({"before": DOCUMENTS, "after": DOCUMENTS}, "before", "after")
LEFT = closed({"key": TEXT, "path": TEXT, "said": TEXT}, "key", "path", "said")
RETIRED = closed(
    {"before": DOCUMENTS, "after": DOCUMENTS, "left": {"type": "array", "items": LEFT}}, "before", "after", "left"
)
GONE = closed(
    {
        "id": TEXT, "entity": TEXT, "field": TEXT, "column": TEXT, "label": {}, "type": TEXT, "at": TEXT,
        "values": {
            "type": ["integer", "null"],
            "description": "How many records have one; null where one may not read them all.",
        },
    },
    "id", "entity", "field", "column", "type", "at", "values",
)  # fmt: skip
ENTITY_GONE = closed(
    {
        "id": TEXT, "entity": TEXT, "label": {}, "at": TEXT,
        "records": {
            "type": ["integer", "null"],
            "description": "How many it has; null where one may not read them all.",
        },
    },
    "id", "entity", "at", "records",
)  # fmt: skip
OF_ENTITY = Parameter("entity", "Only fields of this entity.", TEXT)
COMEBACK = closed({"id": {**TEXT, "maxLength": 20, "description": "Of the retired field or entity."}}, "id")


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


@endpoint(api, "POST", f"{SET}/proposals/retire", design, Says(body=RETIRE, answer=RETIRED))
def propose_retirement(name: str) -> Response:
    """The documents that change when a definition or a field is taken out, or another one put in its place. Nothing is
    kept. `left`: what would no longer hold together after it."""
    body = sent_as(RETIRE)
    if "instead" in body and body.get("mend"):
        raise BadRequest(_("What another one takes the place of needs no mending."))
    documents, kinds = publisher().sets.documents(known_set(name)), workspace().kinds
    changed = _taken_out(documents, body)
    known = problems_in(documents, kinds)
    if body.get("mend"):
        changed = {**changed, **mended(applied(documents, changed), kinds, known)}
    left = [each for each in problems_in(applied(documents, changed), kinds) if each not in known]
    calling = Calling(kinds, serving().model, documents)
    told = [{"key": each.file or "", "path": each.field, "said": _said(calling, each)} for each in dict.fromkeys(left)]
    return answer({**_before_and_after(documents, changed), "left": told})


@endpoint(api, "GET", f"{SET}/retired", design, Says(query=(OF_ENTITY,), answer=listed(GONE)))
def list_retired(name: str) -> Response:
    """Fields that were taken out and may come back with their values, the last one first."""
    return answer({"data": [_gone(each) for each in _leaving(name).all(asked()["entity"])]})


@endpoint(api, "GET", f"{SET}/retired-entities", design, Says(answer=listed(ENTITY_GONE)))
def list_retired_entities(name: str) -> Response:
    """Entities that were taken out and may come back with their records, the last one first."""
    entities = _entities(name)
    counted = entities.records() if context().access.rights.complete else {}
    return answer({"data": [_entity_gone(each, counted.get(each.id)) for each in entities.all()]})


@endpoint(api, "POST", f"{SET}/proposals/restore", design, Says(body=COMEBACK, answer=PROPOSED))
def propose_comeback(name: str) -> Response:
    """The documents that change when a retired field or entity comes back: for a field its entity and roles that said
    something of it; for an entity what went with it. Nothing is kept. Published so, it has its former values; type,
    sensitivity and rights are as they were."""
    documents, number = publisher().sets.documents(known_set(name)), decode_id(sent_as(COMEBACK)["id"])
    entities = _entities(name)
    back = entities if entities.knows(number) else _leaving(name)
    return _proposed(documents, back.edits(number))


def _leaving(name: str) -> BringingBack:
    here = publisher()
    return BringingBack(here.models, here.sets.documents(known_set(name)))


def _entities(name: str) -> BringingEntities:
    here = publisher()
    return BringingEntities(here.models, here.sets.documents(known_set(name)))


def _entity_gone(found: EntityGone, records: int | None) -> dict[str, Any]:
    return {
        "id": encode_id(found.id), "entity": found.entity, "label": found.definition.get("label"),
        "at": instant(found.at), "records": records,
    }  # fmt: skip


def _gone(found: Comeback) -> dict[str, Any]:
    return {
        "id": encode_id(found.id), "entity": found.entity, "field": found.field, "column": found.column,
        "label": found.definition.get("label"), "type": found.definition["type"], "at": instant(found.at),
        "values": found.values if context().access.rights.complete else None,
    }  # fmt: skip


def _taken_out(documents: Mapping[str, Document], body: Mapping[str, Any]) -> dict[str, Document | None]:
    key, field, kinds = body["key"], body.get("field"), workspace().kinds
    if "instead" in body:
        return replaced(documents, kinds, Rename(key, body["instead"], field))
    return without(documents, kinds, key, field)


def _said(calling: Calling, problem: Problem) -> str:
    if not problem.file:
        return problem.message
    place = calling.spot(problem.file, problem.field).said if problem.field else calling.definition(problem.file)
    return f"{raised(place)}: {problem.message}"


def _rename(body: Mapping[str, Any]) -> Rename:
    return Rename(body["key"], body["to"], body.get("field"), body.get("entry"))


def _proposed(documents: Mapping[str, Document], changed: Mapping[str, Document | None]) -> Response:
    return answer(_before_and_after(documents, changed))


def _before_and_after(
    documents: Mapping[str, Document], changed: Mapping[str, Document | None]
) -> dict[str, Any]:  # fmt: skip
    before = {key: without_engine_keys(documents[key]) if key in documents else None for key in changed}
    after = {key: None if each is None else without_engine_keys(each) for key, each in changed.items()}
    return {"before": before, "after": after}


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
    return workspace().compiler.draft(there).problems


def _refuse_others(name: str, seen: Mapping[str, str | None]) -> None:
    """:raises Conflict: when a document is not the one that was edited."""
    there = publisher().sets.documents(name)
    for key, known in seen.items():
        now = tag(there[key]) if key in there else None
        if now != known:
            raise Conflict(_("%(key)s was edited by somebody else after you had opened it.", key=key[:120]))
