"""Change sets: an admin's edits of definitions, document by document."""

from __future__ import annotations

from typing import Any

from flask import Response, request

from sartor.platform.definitions.documents import Documents
from sartor.platform.definitions.kinds import KINDS
from sartor.platform.definitions.system import system_documents
from sartor.platform.definitions.validate import validate
from sartor.platform.errors import InvalidDefinition, NotFound
from sartor.platform.publishing.change_sets.changes import ChangeSets, Judge
from sartor.platform.publishing.names.renaming import Rename
from sartor.platform.text import did_you_mean, near
from sartor.platform.text import gettext as _
from sartor.runtime.answers import answer, instant, sent_as, sent_object
from sartor.runtime.api import api
from sartor.runtime.api.asking import asked
from sartor.runtime.api.designing import KEY, design, edited_by_others, known_set, person, publisher, tag
from sartor.runtime.api.endpoint import Says, endpoint
from sartor.runtime.api.parameters import Parameter
from sartor.runtime.api.shapes import TEXT, closed, listed, nullable
from sartor.runtime.gate import context, workspace

SETS = "/change-sets"
SET = f"{SETS}/<name>"
DOCUMENTS = f"{SET}/documents"
DOCUMENT = f"{DOCUMENTS}/<kind>/<document>"

KIND = Parameter("kind", "Only definitions of this kind.", {"type": "string", "enum": list(KINDS)})
SEEN = Parameter("If-Match", "The ETag of the document that was edited; another one is refused.")
EDIT = closed({"key": TEXT, "deleted": {"type": "boolean"}, "by": nullable(TEXT), "at": TEXT}, "key", "deleted")
DRAFT = closed(
    {
        "set": TEXT,
        "title": nullable(TEXT),
        "base": {"type": "integer"},
        "edits": {"type": "array", "items": EDIT},
        "conflicts": {"type": "array", "items": TEXT},
    },
    "set", "title", "base", "edits", "conflicts",
)  # fmt: skip
ROW = closed(
    {
        "key": TEXT,
        "label": {},
        "entity": nullable(TEXT),
        "edited": {"type": "boolean"},
        "new": {"type": "boolean", "description": "Not published yet."},
    },
    "key", "edited", "new",
)  # fmt: skip
DONE = closed({"key": TEXT, "set": TEXT}, "key", "set")
NAME = {**TEXT, "maxLength": 100}
RENAME = closed(
    {
        "key": KEY,
        "field": {**NAME, "description": "One of its fields, where that is what gets the new name."},
        "entry": {**NAME, "description": "One of its choices or stages, where that is what gets the new name."},
        "to": {**NAME, "description": "The new name."},
    },
    "key", "to",
)  # fmt: skip
CHANGED = closed({"changed": {"type": "array", "items": TEXT}}, "changed")


def sets() -> ChangeSets:
    return publisher().sets


@endpoint(api, "GET", SETS, design, Says(answer=listed(TEXT)))
def list_sets() -> Response:
    """Names of the change sets that hold edits."""
    return answer({"data": sets().names()})


@endpoint(api, "GET", SET, design, Says(answer=DRAFT))
def get_set(name: str) -> Response:
    """The edits of a change set, and those whose document was published by somebody else since."""
    found = sets().get(known_set(name))
    here = workspace()
    published = here.store.manifest_of(here.serving().design.documents)
    edits = [
        {"key": key, "deleted": each.document is None, "by": person(each.by), "at": instant(each.at)}
        for key, each in sorted(found.edits.items())
    ]
    conflicts = found.conflicts(published)
    return answer({"set": name, "title": found.title, "base": found.base, "edits": edits, "conflicts": conflicts})


@endpoint(api, "DELETE", SET, design, Says(answer=closed({"set": TEXT}, "set")))
def discard_set(name: str) -> Response:
    """Throw all edits of a change set away."""
    sets().discard(name=known_set(name))
    return answer({"set": name})


@endpoint(api, "GET", DOCUMENTS, design, Says(query=(KIND,), answer=listed(ROW)))
def list_documents(name: str) -> Response:
    """The definitions as they would be published, those that every workspace has behind its own; `entity` is the one
    that a definition is about."""
    kind, edited = asked()["kind"], sets().get(known_set(name)).edits
    given, published = system_documents(), workspace().serving().design.documents
    rows = [
        {
            "key": key,
            "label": each.get("label"),
            "entity": each.get("entity"),
            "edited": key in edited,
            "new": key not in published,
        }
        for key, each in sorted(sets().documents(name).items(), key=lambda found: (found[0] in given, found[0]))
        if kind is None or key.startswith(f"{kind}/")
    ]
    return answer({"data": rows})


@endpoint(api, "GET", DOCUMENT, design, Says(answer={"type": "object"}))
def get_document(name: str, kind: str, document: str) -> Response:
    """A definition with the edits of a change set; the ETag is for putting it back."""
    found = sets().document(f"{kind}/{document}", known_set(name))
    return answer(found, headers={"ETag": tag(found)})


@endpoint(api, "PUT", DOCUMENT, design, Says(headers=(SEEN,), body={"type": "object"}, answer=DONE))
def put_document(name: str, kind: str, document: str) -> Response:
    """Put a definition into a change set. It must fit the schema of its kind; references are checked by the plan."""
    key, body = f"{_known_kind(kind)}/{document}", sent_object()
    problems = validate(workspace().kinds, key, body)
    if problems:
        raise InvalidDefinition(_("%(key)s was not saved.", key=key[:120]), problems)
    sets().put(key, body, by=context().actor.id, name=known_set(name), judge=_as_edited(key))
    return answer({"key": key, "set": name}, headers={"ETag": tag(body)})


@endpoint(api, "DELETE", DOCUMENT, design, Says(headers=(SEEN,), answer=DONE))
def delete_document(name: str, kind: str, document: str) -> Response:
    """Leave a definition out of the next revision; its values are retired, not lost."""
    key = f"{_known_kind(kind)}/{document}"
    sets().delete(key, by=context().actor.id, name=known_set(name), judge=_as_edited(key))
    return answer({"key": key, "set": name})


@endpoint(api, "POST", f"{SET}/rename", design, Says(body=RENAME, answer=CHANGED))
def rename_in_set(name: str) -> Response:
    """Give a definition or a field another name, wherever it is used; the documents that this rewrites."""
    body = sent_as(RENAME)
    rename = Rename(body["key"], body["to"], body.get("field"), body.get("entry"))
    return answer({"changed": sets().rename(rename, by=context().actor.id, name=known_set(name))})


def _known_kind(kind: str) -> str:
    if kind not in KINDS:
        hint = did_you_mean(near(kind, KINDS))
        raise NotFound(_("There is no kind %(kind)s.", kind=kind[:80]) + hint)
    return kind


def _as_edited(key: str) -> Judge:
    """Refuses to put another document in the place of one that is not what was edited (If-Match)."""
    seen = request.headers.get("If-Match", "").strip()

    def judge(documents: Documents) -> None:
        found: Any = documents.get(key)
        if seen not in ("", "*") and (found is None or tag(found) != seen.removeprefix("W/")):
            raise edited_by_others(key)

    return judge
