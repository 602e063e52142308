"""What the linter finds in the published design or in a change set, and its fixes, which go into a change set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Response

from sartor.platform.definitions.documents import Document, Documents
from sartor.platform.errors import NotFound
from sartor.platform.linting.finding import Finding, Severity, fixed_by
from sartor.platform.publishing.words.calling import Calling
from sartor.platform.text import gettext as _
from sartor.platform.text import listed as listed_names
from sartor.runtime.answers import answer, sent_as
from sartor.runtime.api import api
from sartor.runtime.api.designing import design, known_set, publisher, tag
from sartor.runtime.api.endpoint import Says, endpoint
from sartor.runtime.api.shapes import TEXT, closed, listed, nullable
from sartor.runtime.gate import context, serving, workspace

SET = "/change-sets/<name>/check"
SAID = closed({"en": TEXT, "zh": TEXT}, "en", "zh")
PATH = {**TEXT, "description": "JSON pointer into the definition; empty for the whole."}
EDIT = closed(
    {"key": TEXT, "path": PATH, "value": {"description": "What is put there; absent where it is taken away."}},
    "key", "path",
)  # fmt: skip
EDITS = {"type": "array", "items": EDIT}
CHOICE = {**TEXT, "maxLength": 100}
OFFER = closed({"name": CHOICE, "text": SAID, "edits": EDITS}, "name", "text", "edits")
FINDING = closed(
    {
        "code": {**TEXT, "description": "Of the rule, stable: `L101`. `L001` is what cannot be published."},
        "severity": {"enum": [str(each) for each in Severity]},
        "key": {**TEXT, "description": "The definition, `entity/deal`."},
        "path": PATH,
        "message": SAID,
        "fix": closed({"text": SAID, "edits": EDITS}, "text", "edits"),
        "offers": {"type": "array", "items": OFFER, "description": "Ways to mend it, of which a person takes one."},
    },
    "code", "severity", "key", "path", "message",
)  # fmt: skip
FIX = closed(
    {
        "code": {**TEXT, "maxLength": 10, "description": "Findings of this rule."},
        "key": {**TEXT, "maxLength": 200, "description": "Only those of this definition."},
        "path": {**TEXT, "maxLength": 1000, "description": "Only the one at this place."},
        "choice": {**CHOICE, "description": "The name of what it offers; without one, what has one fix is mended."},
    },
    "code",
)
BACK = closed(
    {
        "key": TEXT,
        "document": {"type": ["object", "null"], "description": "As it was; null where it was not there."},
        "etag": {**nullable(TEXT), "description": "Of what it is now, for `If-Match`; null if it is gone."},
    },
    "key", "document", "etag",
)  # fmt: skip
CHANGED = closed(
    {
        "changed": {"type": "array", "items": TEXT},
        "fixed": {"type": "integer"},
        "said": {**TEXT, "description": "What was done, for people."},
        "back": {
            "type": "array",
            "items": BACK,
            "description": "What to put into the change set to take it back; empty if that is refused.",
        },
    },
    "changed", "fixed", "said", "back",
)  # fmt: skip


@endpoint(api, "GET", "/check", design, Says(answer=listed(FINDING)))
def check_published() -> Response:
    """What is wrong with the published design, or could be better, the gravest first."""
    return _told(workspace().findings(serving().design.documents))


@endpoint(api, "GET", SET, design, Says(answer=listed(FINDING)))
def check_set(name: str) -> Response:
    """The same with the edits of a change set."""
    return _told(workspace().findings(publisher().sets.documents(known_set(name))))


@endpoint(api, "POST", f"{SET}/fix", design, Says(body=FIX, answer=CHANGED))
def fix_in_set(name: str) -> Response:
    """Put the fixes of some findings into a change set: of a rule, in one definition or at one place if named."""
    wanted = sent_as(FIX)
    choice = wanted.pop("choice", "")
    sets = publisher().sets
    documents = sets.documents(known_set(name))
    chosen = fixed_by((each for each in workspace().findings(documents) if _is_meant(each, wanted)), choice)
    if not chosen:
        raise NotFound(_("There is nothing to mend there; it may have been mended already."))
    changed = workspace().linter.mended(documents, chosen)
    sets.put_all(changed, by=context().actor.id, name=name)
    refused = bool(workspace().compiler.validate(documents))  # such a document is not taken again
    back = [] if refused else [_way_back(key, documents.get(key), changed[key]) for key in sorted(changed)]
    return answer({"changed": sorted(changed), "fixed": len(chosen), "said": _said(documents, changed), "back": back})


def _way_back(key: str, before: Document | None, after: Document | None) -> dict[str, Any]:
    return {"key": key, "document": before, "etag": None if after is None else tag(after)}


def _said(before: Documents, changed: Mapping[str, Document | None]) -> str:
    """What a fix did, by the names of the definitions; one that goes for good is not told as a mere change."""
    calling = Calling(workspace().kinds, serving().model, before, {key: each for key, each in changed.items() if each})
    stays = listed_names(calling.definition(key) for key in sorted(changed) if changed[key])
    goes = listed_names(calling.definition(key) for key in sorted(changed) if not changed[key])
    said = [_("Mended. Changed: %(names)s.", names=stays)] if stays else []
    return " ".join([*said, *([_("Taken out: %(names)s.", names=goes)] if goes else [])])


def _is_meant(finding: Finding, wanted: dict[str, Any]) -> bool:
    told = finding.as_dict()
    return all(told[name] == value for name, value in wanted.items())


def _told(findings: Sequence[Finding]) -> Response:
    return answer({"data": [each.as_dict() for each in findings]})
