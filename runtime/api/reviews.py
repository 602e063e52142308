"""A change set as people look at it: its changes in sentences, what has to be decided, and where things are used."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson
from flask import Response

from sartor.platform.publishing.change_sets.deciding import Choice, Decision, Decisions, Question
from sartor.platform.publishing.change_sets.reviewing import Reviews
from sartor.platform.publishing.diff import ABSENT
from sartor.platform.publishing.plan import Plan
from sartor.platform.publishing.uses.usage import uses
from sartor.platform.publishing.values.convert_rows import Conversion
from sartor.platform.publishing.values.losses import MOST, conversion_of, losses
from sartor.platform.publishing.words.telling import ADDED, CHANGED, MOVED, REMOVED, RENAMED, Told, told
from sartor.platform.storage.engine import Database
from sartor.platform.text import use_language
from sartor.runtime.answers import JSON, answer, sent_as
from sartor.runtime.api import api
from sartor.runtime.api.asking import asked
from sartor.runtime.api.designing import design, documents_of, known_set, publisher, require_open
from sartor.runtime.api.endpoint import Says, endpoint
from sartor.runtime.api.parameters import Parameter
from sartor.runtime.api.publications import WITH
from sartor.runtime.api.shapes import TEXT, closed, listed, nullable
from sartor.runtime.gate import context, serving, workspace

SET = "/change-sets/<name>"
PLACE = {**TEXT, "maxLength": 1000, "description": "JSON pointer into the definition; empty for the whole."}
KEY = {**TEXT, "maxLength": 200, "description": "The definition, `entity/deal`."}
CHANGE = closed(
    {
        "id": {**TEXT, "description": "The same as long as it is the same change to the same content."},
        "key": KEY,
        "kind": {"enum": [ADDED, REMOVED, CHANGED, MOVED, RENAMED]},
        "sentence": {**TEXT, "description": "What was and what will be, in the reader's language."},
        "paths": {"type": "array", "items": PLACE},
        "before": {"description": "What stands at the first path; absent where nothing does."},
        "after": {"description": "What will stand there."},
    },
    "id", "key", "kind", "sentence", "paths",
)  # fmt: skip
QUESTION = closed(
    {
        "key": KEY,
        "path": PLACE,
        "thing": {**TEXT, "description": "What it is about, in the reader's language."},
        "was": TEXT, "mine": TEXT, "theirs": TEXT,
        "values": {"type": "object", "description": "The three values themselves; absent ones are left out."},
        "may_edit": {"type": "boolean", "description": "Whether another value than the two may be given."},
    },
    "key", "path", "thing", "was", "mine", "theirs", "may_edit",
)  # fmt: skip
DECISION = closed(
    {
        "key": KEY,
        "path": PLACE,
        "choice": {"enum": [str(each) for each in Choice], "description": "Mine, what was published, or another one."},
        "value": {"description": "For `edit`."},
    },
    "key", "path", "choice",
)  # fmt: skip
TAKEN = closed({"change": {**TEXT, "maxLength": 64, "description": "The `id` of the change."}}, "change")
TITLE = closed({"title": {**TEXT, "maxLength": 120, "pattern": "^[^\\x00]*$"}}, "title")
HEAD = closed({"set": TEXT, "title": nullable(TEXT)}, "set", "title")
USE = closed({"key": KEY, "path": PLACE, "said": TEXT}, "key", "path", "said")
LOST = closed({"record": TEXT, "value": TEXT, "result": nullable(TEXT), "reason": TEXT}, "record", "value", "reason")
LOSSES = listed(LOST, cut={"type": "boolean", "description": "Whether only the first of them are listed."})
FIELD = Parameter("field", "One of its fields.", {"type": "string", "maxLength": 100})
SUBJECT = Parameter("subject", "The field, `entity/deal#amount`.", {"type": "string", "maxLength": 200}, True)


@endpoint(api, "PUT", SET, design, Says(body=TITLE, answer=HEAD))
def title_set(name: str) -> Response:
    """Say what people call a change set; one without edits begins to exist by it."""
    title = sent_as(TITLE)["title"].strip()
    publisher().sets.call(known_set(name), title, by=context().actor.id)
    return answer({"set": name, "title": title or None})


@endpoint(api, "GET", f"{SET}/changes", design, Says(answer=listed(CHANGE)))
def list_changes(name: str) -> Response:
    """What a change set changes, a sentence for each change."""
    return answer({"data": [_told(each) for each in Reviews(publisher().sets).told(known_set(name))]})


@endpoint(api, "POST", f"{SET}/take-out", design, Says(body=TAKEN, answer=CHANGE))
def take_out_change(name: str) -> Response:
    """Take one change out of a change set, where the rest holds without it."""
    change = sent_as(TAKEN)["change"]
    return answer(_told(Reviews(publisher().sets).take_out(change, by=context().actor.id, name=known_set(name))))


@endpoint(api, "GET", f"{SET}/conflicts", design, Says(answer=listed(QUESTION)))
def list_conflicts(name: str) -> Response:
    """What somebody else published otherwise since it was edited, and nobody has decided yet."""
    return answer({"data": [_asked(each) for each in Decisions(publisher().sets).questions(known_set(name))]})


@endpoint(api, "POST", f"{SET}/decide", design, Says(body=DECISION, answer=listed(QUESTION)))
def decide_conflict(name: str) -> Response:
    """Decide what is to stay; it is kept at once. What is left to be decided."""
    body = sent_as(DECISION)
    decisions = Decisions(publisher().sets)
    decision = Decision(body["key"], body["path"], Choice(body["choice"]), body.get("value"))
    decisions.decide(decision, by=context().actor.id, name=known_set(name))
    return answer({"data": [_asked(each) for each in decisions.questions(name)]})


@endpoint(api, "GET", f"{SET}/documents/<kind>/<document>/uses", design, Says(query=(FIELD,), answer=listed(USE)))
def list_uses(name: str, kind: str, document: str) -> Response:
    """Every place that names a definition, or one of its fields."""
    field = asked()["field"]
    subject = f"{kind}/{document}" + (f"#{field}" if field else "")
    found = uses(publisher().sets.documents(known_set(name)), workspace().notes, serving().model, subject)
    return answer({"data": [{"key": each.key, "path": each.pointer, "said": each.said} for each in found]})


@endpoint(api, "GET", f"{SET}/plan/losses", design, Says(query=(SUBJECT,), answer=LOSSES))
def list_losses(name: str) -> Response:
    """Every value that a change of type would not bring over as it is, sent as they are found; 10,000 at the most."""
    return _lost(publisher().plan(known_set(name)))


@endpoint(api, "GET", "/revisions/<int:number>/rollback/losses", design, Says(query=(SUBJECT,), answer=LOSSES))
def list_rollback_losses(number: int) -> Response:
    """The same of going back to an earlier revision."""
    documents_of(number)
    return _lost(publisher().plan_rollback(number))


def _lost(plan: Plan) -> Response:
    subject = asked()["subject"]
    require_open(plan, subject)
    told = _losses(workspace().database, conversion_of(plan, subject), context().language)
    return Response(told, mimetype=JSON)


def _losses(database: Database, conversion: Conversion, language: str) -> Iterator[bytes]:
    """The answer piece by piece: of a big table every value is tried, and whoever hears nothing gives up."""
    use_language(language)
    count = 0
    yield b'{"data":['
    with database.read() as connection:
        for count, each in enumerate(losses(connection, conversion), start=1):
            yield (b"," if count > 1 else b"") + orjson.dumps(each.as_dict())
    yield b'],"cut":%b}' % (b"true" if count == MOST else b"false")


@endpoint(api, "GET", "/revisions/<int:number>/changes", design, Says(query=(WITH,), answer=listed(CHANGE)))
def list_revision_changes(number: int) -> Response:
    """What this revision says otherwise than the revision `with`, a sentence for each change."""
    before, after = (documents_of(each) for each in (asked()["with"], number))
    return answer({"data": [_told(each) for each in told(workspace().kinds, serving().model, before, after)]})


def _told(change: Told) -> dict[str, Any]:
    sides = {"before": change.before, "after": change.after}
    return {
        "id": change.id,
        "key": change.key,
        "kind": change.kind,
        "sentence": change.sentence,
        "paths": list(change.places),
        **{name: each for name, each in sides.items() if each is not ABSENT},
    }


def _asked(question: Question) -> dict[str, Any]:
    clash = question.clash
    values = {"was": clash.base, "mine": clash.mine, "theirs": clash.theirs}
    return {
        "key": question.key,
        "path": question.place,
        "thing": question.thing,
        "was": question.was,
        "mine": question.mine,
        "theirs": question.theirs,
        "values": {name: each for name, each in values.items() if each is not ABSENT},
        "may_edit": question.may_edit,
    }
