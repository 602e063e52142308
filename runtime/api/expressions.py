"""An expression of a change set while it is being written: what is wrong with it, what may come next, what it gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from flask import Response

from sartor.platform.definitions.compile.effects import is_settable
from sartor.platform.errors import Invalid, InvalidExpression, Problem
from sartor.platform.expressions import Completion
from sartor.platform.expressions.function import Function
from sartor.platform.expressions.functions import FUNCTIONS
from sartor.platform.fields.base import Reading
from sartor.platform.publishing.trials.trying import LATEST, Seat, result
from sartor.platform.publishing.trials.written import Spot, Written
from sartor.platform.query.rows import JOINS, Rows, drawn, offered, said
from sartor.platform.query.subjects import root_label, subject
from sartor.platform.text import fold, has_chinese, pick, sort_key
from sartor.platform.text import gettext as _
from sartor.runtime.answers import answer, sent_as
from sartor.runtime.api import api
from sartor.runtime.api.designing import KEY, design, known_set
from sartor.runtime.api.documents import DOCUMENTS
from sartor.runtime.api.endpoint import Says, endpoint
from sartor.runtime.api.shapes import TEXT, closed, listed, nullable
from sartor.runtime.gate import context, serving, workspace

SET = "/change-sets/<name>/expressions"
LONGEST = 4000
MOST_OFFERED = 60
EXPRESSION = {**TEXT, "maxLength": LONGEST}
NUMBER = {"type": "integer", "minimum": 0, "maximum": LONGEST}
SPOT = {
    "key": KEY,
    "path": {**TEXT, "maxLength": 1000, "description": "JSON pointer to the expression in its definition."},
    "entity": {**TEXT, "maxLength": 100, "description": "Whose names it uses, where its place does not say so yet."},
    "documents": DOCUMENTS,
}
TREE = {
    "type": "object",
    "description": "A group of conditions: `join` is `and`, `or`, `nor` (none of them) or `nand` (not all of them), "
    "`items` are rows or groups.",
}
SAMPLE = {**TEXT, "maxLength": 13, "description": f"A record to try it on: its id, or `{LATEST}`."}
ASKED = closed({**SPOT, "text": EXPRESSION, "tree": TREE, "sample": SAMPLE}, "key", "path")
POSITION = {**NUMBER, "description": "Where in the text, in characters from 0."}
NEXT = closed({**SPOT, "text": EXPRESSION, "position": POSITION}, "key", "path", "text", "position")
STEPS = closed({**SPOT, "below": {**TEXT, "maxLength": 200, "description": "A path of lookups."}}, "key", "path")
FAULT = closed({"message": TEXT, "position": NUMBER, "field": TEXT, "near": nullable(TEXT)}, "message", "position")
RESULT = closed({"record": TEXT, "title": TEXT, "shown": TEXT, "note": TEXT}, "record", "title", "shown", "note")
JUDGED = closed(
    {
        "text": {**TEXT, "description": "As it was sent, or what the rows say."},
        "type": {**TEXT, "description": "Of the result; empty where something is wrong."},
        "entity": TEXT,
        "is_condition": {"type": "boolean", "description": "Whether its place takes yes or no."},
        "faults": {"type": "array", "items": FAULT},
        "tree": nullable(TREE),
        "said": {**TEXT, "description": "A condition as a sentence."},
        "result": nullable(RESULT),
    },
    "text", "type", "entity", "is_condition", "faults", "tree", "said", "result",
)  # fmt: skip
OFFER = closed(
    {"text": TEXT, "kind": TEXT, "start": NUMBER, "label": TEXT, "detail": TEXT, "leads": {"type": "boolean"}},
    "text", "kind", "start", "label", "detail", "leads",
)  # fmt: skip
FIELD = {
    "type": "object",
    "description": "A field: path, label, operators, how values are given, where it leads, who sets it.",
}
FUNCTION = closed(
    {"name": TEXT, "signature": TEXT, "help": TEXT, "example": TEXT, "gives": TEXT, "group": TEXT},
    "name", "signature", "help", "example", "gives", "group",
)  # fmt: skip


@endpoint(api, "POST", SET, design, Says(body=ASKED, answer=JUDGED))
def judge_expression(name: str) -> Response:
    """Whether an expression fits its place, as rows and as a sentence where it is a condition, and what it gives for
    a record that one may see. Sent as rows, it is written as text. Nothing is kept."""
    body = sent_as(ASKED)
    seat = _seat(name, body)
    rows = _rows(seat)
    tree, text = (_checked(body["tree"]) if "tree" in body else None), body.get("text", "")
    try:
        text = rows.write(tree) if tree is not None else text
        return answer(_judged(seat, rows, text, body.get("sample", "")))
    except Invalid as refused:
        return answer({**_told(seat, text), "faults": _faults(refused)})


@endpoint(api, "POST", f"{SET}/completions", design, Says(body=NEXT, answer=listed(OFFER)))
def complete_expression(name: str) -> Response:
    """What may be written at a position of an unfinished expression, by name or by what people call it."""
    body = sent_as(NEXT)
    written = _seat(name, body).written
    text, position = body["text"], body["position"]
    start = _begun(text, position)
    begun = text[start:position].casefold()
    offers = [_offer(written, each) for each in written.completions(text[:start], start)]
    fitting = [each for each in offers if _fits(each, begun)]
    return answer(
        {"data": sorted(fitting, key=lambda each: not each["text"].casefold().startswith(begun))[:MOST_OFFERED]}
    )


@endpoint(api, "POST", f"{SET}/fields", design, Says(body=STEPS, answer=listed(FIELD)))
def list_condition_fields(name: str) -> Response:
    """The fields that a path of lookups leads to, with what may be said of each."""
    body = sent_as(STEPS)
    seat = _seat(name, body)
    below = tuple(each for each in body.get("below", "").split(".") if each)
    return answer({"data": _fields(seat, below)})


@endpoint(api, "GET", "/functions", design, Says(answer=listed(FUNCTION)))
def list_functions() -> Response:
    """The functions of the expression language."""
    return answer({"data": [_function(each) for each in FUNCTIONS.values()]})


# ---- the place


def _seat(name: str, body: Mapping[str, Any]) -> Seat:
    spot = Spot(known_set(name), body["key"], body["path"], body.get("documents", {}), body.get("entity", ""))
    here, asker = serving(), context()
    written = workspace().places.at(spot)
    return Seat(written, asker, here.reader, here.names.of(asker), here.writer.tools.loadings)


def _rows(seat: Seat) -> Rows:
    wish = seat.written.wish
    reading = Reading(language=seat.language, zone=seat.context.zone)
    return Rows(seat.model, wish.entity, reading, wish.roots)


def _checked(tree: Any, depth: int = 0) -> Any:
    """:raises Invalid: for what is no tree of rows."""
    is_group = isinstance(tree, dict) and isinstance(tree.get("items"), list) and tree.get("join") in JOINS
    is_row = isinstance(tree, dict) and all(isinstance(tree.get(each), str) for each in ("path", "operator"))
    is_row = is_row and all(isinstance(each, str) for each in tree.get("values", [None]))
    is_text = isinstance(tree, dict) and isinstance(tree.get("text"), str)
    if depth > 20 or not (is_group or (depth and (is_row or is_text))):
        refusal = _("These are no rows of conditions.")
        raise Invalid(refusal, [Problem("tree", "type", refusal)])
    for each in tree.get("items", ()) if is_group else ():
        _checked(each, depth + 1)
    return tree


# ---- what is told


def _judged(seat: Seat, rows: Rows, text: str, sample: str) -> dict[str, Any]:
    """:raises InvalidExpression: with the position of what is wrong."""
    tree = drawn(seat, rows, rows.read(text)) if seat.written.is_condition else None
    told = {**_told(seat, text), "tree": tree}
    if not text.strip():
        return told
    found = seat.written.checked(text)
    tried = asdict(result(seat, found, sample)) if sample else None
    return {**told, "type": str(found.type), "said": said(seat, rows, tree) if tree else "", "result": tried}


def _told(seat: Seat, text: str) -> dict[str, Any]:
    """What is known of a place whatever stands there."""
    place = {"entity": seat.written.wish.entity, "is_condition": seat.written.is_condition}
    return {"text": text, "type": "", **place, "faults": [], "tree": None, "said": "", "result": None}


def _faults(refused: Invalid) -> list[dict[str, Any]]:
    position = refused.position if isinstance(refused, InvalidExpression) else 0
    problems = refused.problems or (Problem("", refused.code, refused.message),)
    return [
        {"message": each.message, "position": position, "field": each.field, "near": each.near} for each in problems
    ]


def _begun(text: str, position: int) -> int:
    """Where the text in quotes, or else the last step of a name, begins that a position is in."""
    if text[:position].count("'") % 2:
        return text.rindex("'", 0, position)
    start = position
    while start and (text[start - 1].isalnum() or text[start - 1] == "_"):
        start -= 1
    return start


def _fits(offer: Mapping[str, Any], begun: str) -> bool:
    wanted = begun.removeprefix("'")
    if begun.startswith("'") and offer["kind"] != "value":
        return False
    label, text = str(offer["label"]), str(offer["text"]).removeprefix("'").casefold()
    return fold(wanted) in fold(label) or text.startswith(wanted) or _sounds(label, wanted)


def _sounds(label: str, wanted: str) -> bool:
    """Whether what was typed begins at a character of a Chinese label, in pinyin or its initials: `je` and `jine` are
    金额, in 商机金额 too."""
    if not (wanted and wanted.isascii() and has_chinese(label)):
        return False
    syllables = sort_key(label).split()
    rests = (syllables[at:] for at in range(len(syllables)))
    return any(each.startswith(wanted) for rest in rests for each in ("".join(rest), "".join(part[0] for part in rest)))


def _offer(written: Written, each: Completion) -> dict[str, Any]:
    found = {
        "text": each.text,
        "kind": each.kind,
        "start": each.start,
        "label": pick(each.label),
        "detail": "",
        "leads": False,
    }
    if each.kind != "field":
        return found
    entity = written.model.entities.get(each.owner)
    item = entity.fields.get(each.text) if entity else None
    if item is None:
        roots = written.wish.roots
        return {**found, "label": root_label(written.model, each.text, roots) if each.text in roots else ""}
    leads = len(item.type.targets(item)) == 1 and item.type.members(item) is None
    return {**found, "label": pick(item.label), "detail": pick(item.face.type.label), "leads": leads}


def _fields(seat: Seat, below: tuple[str, ...]) -> list[dict[str, Any]]:
    found, wish = [], seat.written.wish
    entity, roots = wish.entity, wish.roots
    for step in below:
        about = subject(seat.model, entity, roots if entity == wish.entity else {}, (step,))
        targets = about.field.type.targets(about.field) if about else ()
        entity = roots.get(step, "") if step in roots and step == below[0] else targets[0] if targets else ""
    items = seat.model.entities[entity].fields if entity in seat.model.entities else {}
    for name in sorted(items, key=lambda each: items[each].system):
        about = subject(seat.model, wish.entity, roots, (*below, name))
        if about is None:
            continue
        leads = len(about.field.type.targets(about.field)) == 1 and about.field.type.members(about.field) is None
        label = pick(about.field.label)
        found.append({**offered(about, seat.language), "path": about.name, "text": label, "leads": leads,
                      "icon": about.field.face.type.icon, "system": about.field.system, "type": about.kind.name,
                      "settable": is_settable(about.field), "read_only": about.field.read_only})  # fmt: skip
    return found


def _function(each: Function) -> dict[str, str]:
    example, gives = each.example
    return {"name": each.name, "signature": each.signature, "help": pick(each.help), "example": example,
            "gives": gives, "group": each.group}  # fmt: skip
