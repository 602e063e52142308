"""What an edit would change: the documents of a rename or a retirement, before and after. Nothing of it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response

from sartor.platform.definitions.documents import Changed, Document, applied, without_engine_keys
from sartor.platform.errors import BadRequest, Problem
from sartor.platform.publishing.names.renaming import renamed
from sartor.platform.publishing.names.rewriting import Rename
from sartor.platform.publishing.uses.held import records_with
from sartor.platform.publishing.uses.mending import mended
from sartor.platform.publishing.uses.mending import problems as problems_in
from sartor.platform.publishing.uses.replacing import replaced
from sartor.platform.publishing.uses.retiring import without
from sartor.platform.publishing.uses.succeeding import succeeded, without_entry
from sartor.platform.publishing.words.calling import Calling
from sartor.platform.publishing.words.part_words import raised
from sartor.platform.text import gettext as _
from sartor.runtime.answers import answer, sent_as
from sartor.runtime.api import api
from sartor.runtime.api.designing import KEY, design, known_set, publisher
from sartor.runtime.api.documents import DOCUMENTS, SET
from sartor.runtime.api.endpoint import Says, endpoint
from sartor.runtime.api.shapes import TEXT, closed
from sartor.runtime.gate import serving, workspace

PART = {**TEXT, "maxLength": 100, "description": "One of its fields, where that is what is meant."}
ENTRY = {**TEXT, "maxLength": 100, "description": "The key of one of its choices or stages, where that is meant."}
RENAME = closed({"key": KEY, "field": PART, "entry": ENTRY, "to": {**TEXT, "maxLength": 100}}, "key", "to")
INSTEAD = {**TEXT, "maxLength": 100, "description": "The name of another one that is put in its place everywhere."}
MEND = {"type": "boolean", "description": "Take out as well whatever reads it and means nothing without it."}
RETIRE = closed({"key": KEY, "field": PART, "entry": ENTRY, "instead": INSTEAD, "mend": MEND}, "key")
PROPOSED = closed({"before": DOCUMENTS, "after": DOCUMENTS}, "before", "after")
LEFT = closed({"key": TEXT, "path": TEXT, "said": TEXT}, "key", "path", "said")
CHANGE = closed({"key": TEXT, "said": TEXT, "goes": {"type": "boolean"}}, "key", "said", "goes")
CHANGES = {"type": "array", "items": CHANGE}
RETIRED = closed(
    {
        "before": DOCUMENTS,
        "after": DOCUMENTS,
        "changes": CHANGES,
        "left": {"type": "array", "items": LEFT},
        "records": {
            "type": ["integer", "null"],
            "description": "How many have the choice or stage, as the plan will say; null where none is meant.",
        },
    },
    "before",
    "after",
    "changes",
    "left",
    "records",
)


@endpoint(api, "POST", f"{SET}/proposals/rename", design, Says(body=RENAME, answer=PROPOSED))
def propose_rename(name: str) -> Response:
    """The documents that another name would change. Nothing is kept."""
    body = sent_as(RENAME)
    documents = publisher().sets.documents(known_set(name))
    rename = Rename(body["key"], body["to"], body.get("field"), body.get("entry"))
    return answer(before_and_after(documents, renamed(documents, rename, workspace().kinds)))


@endpoint(api, "POST", f"{SET}/proposals/retire", design, Says(body=RETIRE, answer=RETIRED))
def propose_retirement(name: str) -> Response:
    """The documents that change when a definition, a field, or a choice or stage is taken out, or another one put in
    its place, which takes over the records of a choice or stage. Nothing is kept. `changes`: the other definitions,
    those that go as a whole last. `left`: what would no longer hold together after it."""
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
    changes = [each for each in changes_in(calling, changed) if each["key"] != body["key"]]
    told_all = {"changes": changes, "left": told, "records": _records(documents, body)}
    return answer({**before_and_after(documents, changed), **told_all})


def changes_in(calling: Calling, changed: Changed) -> list[dict[str, Any]]:
    """What changes, as people call it."""
    said = [
        {"key": each, "said": raised(calling.definition(each)), "goes": document is None}
        for each, document in changed.items()
    ]
    return sorted(said, key=lambda each: (each["goes"], each["said"]))


def _taken_out(documents: Mapping[str, Document], body: Mapping[str, Any]) -> dict[str, Document | None]:
    key, field, kinds = body["key"], body.get("field"), workspace().kinds
    if "entry" in body:
        going = _going(body)
        return {**(succeeded(documents, kinds, going) if "instead" in body else without_entry(documents, going))}
    if "instead" in body:
        return replaced(documents, kinds, Rename(key, body["instead"], field))
    return without(documents, kinds, key, field)


def _going(body: Mapping[str, Any]) -> Rename:
    return Rename(body["key"], body.get("instead", ""), body.get("field"), body["entry"])


def _records(documents: Mapping[str, Document], body: Mapping[str, Any]) -> int | None:
    return records_with(publisher().models, documents, _going(body)) if "entry" in body else None


def _said(calling: Calling, problem: Problem) -> str:
    if not problem.file:
        return problem.message
    place = calling.spot(problem.file, problem.field).said if problem.field else calling.definition(problem.file)
    return f"{raised(place)}: {problem.message}"


def before_and_after(documents: Mapping[str, Document], changed: Mapping[str, Document | None]) -> dict[str, Any]:
    """A proposal as it is sent: the documents that change, as they are and as they would be."""
    before = {key: without_engine_keys(documents[key]) if key in documents else None for key in changed}
    after = {key: None if each is None else without_engine_keys(each) for key, each in changed.items()}
    return {"before": before, "after": after}
