"""Blueprints as files: a selection written with everything it needs, and a file brought in with a choice for each
name that is taken. A file travels in JSON as base64, so that everything else about it is said beside it.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from flask import Response

from sartor.platform.definitions.places import at
from sartor.platform.errors import BadRequest, InvalidDefinition
from sartor.platform.packaging.exporting import brought_records, exported
from sartor.platform.packaging.files.archive import packed, unpacked
from sartor.platform.packaging.files.contents import contents, count_rows
from sartor.platform.packaging.files.shape import TABLES, Blueprint
from sartor.platform.packaging.installing.choices import CHOICES
from sartor.platform.packaging.installing.drafting import Drafts
from sartor.platform.packaging.installing.importing import Collides, Importing
from sartor.platform.packaging.records.newcomers import newcomers_of
from sartor.platform.packaging.records.strangers import strangers_in
from sartor.platform.packaging.records.tables import Wanted
from sartor.platform.packaging.scenarios.format import scenarios_of
from sartor.platform.packaging.selected import left_scenarios, selected_blueprint
from sartor.platform.packaging.versions.upgrades import Undecided, Upgrades
from sartor.platform.publishing.change_sets.deciding import Choice
from sartor.platform.publishing.plan import Plan
from sartor.platform.publishing.words.calling import Calling
from sartor.platform.publishing.words.part_words import raised
from sartor.platform.text import gettext as _
from sartor.platform.text import listed, pick
from sartor.runtime.answers import answer, sent_as
from sartor.runtime.api import api
from sartor.runtime.api.asking import asked
from sartor.runtime.api.designing import CONFIRM, NOTE, at_once, design, plan_json
from sartor.runtime.api.endpoint import Says, endpoint
from sartor.runtime.api.packages import DONE, INTO, LEVELS, PUT, drafts_of, put_into, unknown_people
from sartor.runtime.api.parameters import DRY_RUN
from sartor.runtime.api.shapes import PLAN, TEXT, closed
from sartor.runtime.api.strangers import PEOPLE, STRANGERS, people_json, sees_addresses
from sartor.runtime.api.upgrades import require_records_right
from sartor.runtime.gate import context, workspace

KEYS = {"type": "array", "items": {**TEXT, "maxLength": 200}, "maxItems": 5000}
LABEL = {"description": "A text in one language, or in English and Chinese.", "type": ["string", "object"]}
RECORDS = closed(
    {
        "entity": {**TEXT, "maxLength": 80},
        "filter": {**TEXT, "maxLength": 8000, "description": "A condition; left out, all that the person may export."},
        "as": {
            "enum": ["records", "samples"],
            "description": "Reference records, which stay, or demo data on request.",
        },
    },
    "entity", "as",
)  # fmt: skip
SELECTION = closed(
    {
        "name": {**TEXT, "pattern": "^[a-z][a-z0-9_]{0,39}$", "description": "Of the blueprint that it becomes."},
        "version": {**TEXT, "pattern": "^[0-9]{1,9}\\.[0-9]{1,9}\\.[0-9]{1,9}$", "default": "1.0.0"},
        "label": LABEL,
        "keys": {**KEYS, "description": "Definitions; what they need comes along."},
        "forms": {"type": "boolean", "default": True, "description": "With the forms of every entity in it."},
        "records": {"type": "array", "items": RECORDS, "maxItems": 300, "description": "With what they point to."},
    },
    "name", "label", "keys",
)  # fmt: skip
FILE = closed(
    {
        "name": TEXT,
        "file": {**TEXT, "contentEncoding": "base64", "description": "A zip; the same definitions, the same bytes."},
        "checksum": {**TEXT, "description": "SHA-256 of the file."},
        "definitions": {**KEYS, "description": "What is in it."},
        "needed": {**KEYS, "description": "What came along because something needs it."},
        "requires": {"type": "object", "additionalProperties": TEXT, "description": "Blueprints that must be there."},
        "records": {"type": "object", "additionalProperties": {"type": "integer"}, "description": "Rows by table."},
        "scenarios": {"type": "integer", "description": "How many: those that need nothing else."},
        "scenarios_left": {
            "type": "array",
            "items": closed({"label": TEXT, "needs": KEYS}, "label", "needs"),
            "description": "Scenarios about it that need definitions which do not go along.",
        },
        "left": {**KEYS, "description": "Changes of required definitions that a file cannot carry: they only add."},
    },
    "name", "file", "checksum", "definitions",
)  # fmt: skip
SENT = closed(
    {
        "file": {**TEXT, "contentEncoding": "base64"},
        "choices": {
            "type": "object",
            "additionalProperties": {"enum": list(CHOICES)},
            "description": "By definition, `*` for all others: keep what is there, replace it, merge (add what it "
            "lacks), or both (under another name). Along: a copy of what the file does not have comes along.",
        },
        "level": {"enum": list(LEVELS), "description": "Of a blueprint that is new here."},
        "rest": {"enum": [str(Choice.KEEP), str(Choice.TAKE)], "description": "What holds where nobody decides."},
        "set": INTO,
        "sample_data": {"type": "boolean", "default": False, "description": "With the sample records in the file."},
        "people": PEOPLE,
        "note": NOTE,
        "confirm": CONFIRM,
    },
    "file",
)  # fmt: skip
NAMES = {"type": "object", "additionalProperties": TEXT, "description": "What each of them is called here."}
ADDS = {**KEYS, "description": "Those of others to which the file adds with other values: keep or replace these."}
TRIED = {
    **PLAN,
    "properties": {
        **PLAN["properties"],
        "strangers": STRANGERS,
        "choices": {
            "type": "object",
            "additionalProperties": {"enum": list(CHOICES)},
            "description": "What holds, now or from an earlier time, for each name that is taken.",
        },
        "names": NAMES,
        "adds": ADDS,
        "samples": {"type": "integer", "description": "How many sample records are in the file."},
        "stays": {"type": "array", "items": TEXT, "description": "What others use of it stays."},
    },
}
TAKEN = closed(
    {
        "taken": {**KEYS, "description": "Definitions for which a choice is needed."},
        "names": NAMES,
        "adds": ADDS,
    },
    "taken", "names", "adds",
)  # fmt: skip
LACKING = closed(
    {
        "along": {**KEYS, "description": "Definitions of here that have to be copied, too, for the copies to work."},
        "names": NAMES,
    },
    "along", "names",
)  # fmt: skip
OPEN = closed(
    {
        "upgrade": {**TEXT, "description": "The blueprint is there already: `to` of its upgrade, which asks first."},
        "blueprint": TEXT,
        "open": {"type": "integer", "description": "How many properties have to be decided."},
    },
    "upgrade", "blueprint", "open",
)  # fmt: skip


@endpoint(api, "POST", "/blueprint-files/export", design, Says(body=SELECTION, answer=FILE))
def export_selection() -> Response:
    """Definitions of one's choice with everything they need, as a blueprint in one file."""
    body = sent_as(SELECTION)
    manifest: dict[str, Any] = {"name": body["name"], "version": body.get("version", "1.0.0"), "label": body["label"]}
    records = {what: [_wanted(each) for each in body.get("records", ()) if each["as"] == what] for what in TABLES}
    blueprint, found = selected_blueprint(
        workspace(), context(), manifest, body["keys"], records, forms=body.get("forms", True)
    )
    said = {"needed": list(found.needed), "requires": dict(found.requires), "left": list(found.left)}
    stay = [
        {"label": pick(each.scenario.label), "needs": list(each.lacks)} for each in left_scenarios(workspace(), found)
    ]
    return _file(blueprint, **said, **({"scenarios_left": stay} if stay else {}))


def _wanted(entry: dict[str, Any]) -> Wanted:
    return Wanted(entry["entity"], entry.get("filter"))


@endpoint(api, "GET", "/blueprints/<name>/file", design, Says(answer=FILE))
def export_blueprint_file(name: str) -> Response:
    """An installed blueprint, as it stands in this workspace, as one file. With records that it came with in a file it
    is for whoever may bring records."""
    if brought_records(workspace(), name):
        context().access.require_ability("migrate")
    return _file(exported(workspace(), name))


def _file(blueprint: Blueprint, **more: Any) -> Response:
    data = packed(blueprint)
    checksum = hashlib.sha256(data).hexdigest()
    text = base64.b64encode(data).decode()
    keys = sorted(blueprint.own.documents.keys() | blueprint.own.extends.keys())
    told = {"name": f"{blueprint.name}.zip", "file": text, "checksum": checksum, "definitions": keys}
    tables = [(f"{what}/{name}", text) for what, each in blueprint.tables.items() for name, text in each.items()]
    rows = {path: count_rows(text) for path, text in tables}
    count = len(scenarios_of(blueprint))
    carried = {**({"records": rows} if rows else {}), **({"scenarios": count} if count else {})}
    return answer({**told, **carried, **more})


@endpoint(
    api, "POST", "/blueprint-files/import", design,
    Says(query=(DRY_RUN,), body=SENT, answer={"anyOf": [DONE, PUT, TRIED, TAKEN, LACKING, OPEN]}, status=201),
)  # fmt: skip
def import_blueprint_file() -> Response:
    """Bring a blueprint file in; a blueprint that is there is upgraded by it. With `dry_run`, only the plan, or the
    names that are taken and lack a choice, or what copies need besides, or how much has to be decided; without it those
    are refused."""
    body = sent_as(SENT)
    samples = body.get("sample_data", False)
    if samples:
        context().access.require_ability("migrate")
    here, blueprint = drafts_of(body), _read(body["file"])
    coming = Importing(workspace(), blueprint, body.get("set"), asker=context())
    if asked()["dry_run"] == "true":
        return _tried(here, coming, body)
    rest = Choice(body["rest"]) if "rest" in body else None
    require_records_right(Upgrades(workspace(), blueprint.name, body.get("set")), blueprint)
    draft = replace(coming.draft(body.get("choices"), body.get("level"), rest), people=body.get("people", {}))
    if body.get("set"):
        coming.remember(body.get("choices"))
        return put_into(here, draft, body)
    said = at_once({"note": f"Brought in {blueprint.name}"} | body)
    revision = here.publish(draft, said, samples=samples)
    coming.remember(body.get("choices"))
    made = here.fill(draft) if samples else 0
    told = {"revision": revision, "blueprints": [blueprint.name], "samples": made}
    return answer({**told, **unknown_people(here.strangers)}, 201)


def _tried(here: Drafts, coming: Importing, body: dict[str, Any]) -> Response:
    choices = body.get("choices")
    try:
        plan = here.plan(coming.draft(choices, body.get("level")))
        chosen = {} if coming.is_there else coming.chosen(choices)
        told = {"choices": chosen, **_called(coming, chosen)} if chosen else {}
        stays = {"stays": list(_staying(coming, plan))} if coming.stays else {}
        told |= {"strangers": _strangers(coming.blueprint, plan), "samples": contents(coming.blueprint).samples}
        return answer({**plan_json(plan), **told, **stays})
    except Collides as error:
        keys = [each.file or "" for each in error.problems]
        return answer({"taken": keys, **_called(coming, keys)})
    except InvalidDefinition:
        keys = coming.lacking(choices)
        if not keys:
            raise
        names = _calling(coming)
        return answer({"along": keys, "names": {key: raised(names.definition(key)) for key in keys}})
    except Undecided as error:
        to = coming.offer(choices)
        return answer({"upgrade": to, "blueprint": coming.blueprint.name, "open": len(error.problems)})


def _called(coming: Importing, keys: Iterable[str]) -> dict[str, Any]:
    """What names that are taken are called; of what the file only adds to, with what it says otherwise."""
    calling, adds = _calling(coming), coming.otherwise()
    said = {key: listed(calling.spot(key, place).said for place in adds[key]) for key in keys if key in adds}
    return {"names": {key: said.get(key, raised(calling.definition(key))) for key in keys}, "adds": sorted(said)}


def _calling(coming: Importing) -> Calling:
    return Calling(workspace().kinds, workspace().serving().model, coming.standing().documents)


def _staying(coming: Importing, plan: Plan) -> Iterator[str]:
    """A sentence about each thing that is replaced and keeps something."""
    documents = plan.design.documents
    for key, place in dict.fromkeys((key, place) for key, place, _name in coming.stays):
        inside = place.removesuffix("/options/choices")
        owners = [documents[key], *([at(documents[key], inside)] if inside != place else [])]
        thing = " · ".join(pick(each.get("label")) for each in owners)
        parts = at(documents[key], place)
        kept = [parts[name] | {"name": name} for *where, name in coming.stays if where == [key, place]]
        told = listed(pick(each.get("label")) or each["name"] for each in kept)
        yield _kept(place.rpartition("/")[2]) % {"thing": thing, "parts": told}


def _kept(what: str) -> str:
    return {
        "fields": _("%(thing)s keeps these fields, which others use: %(parts)s."),
        "choices": _("%(thing)s keeps these choices, which others use: %(parts)s."),
        "stages": _("%(thing)s keeps these stages, which others use: %(parts)s."),
    }[what]


def _strangers(blueprint: Blueprint, plan: Plan) -> list[dict[str, Any]]:
    """None for whoever does not see addresses: which of them exist here is not his to find out."""
    if not sees_addresses():
        return []
    meant = newcomers_of(workspace().database, blueprint.name).meant
    return people_json(strangers_in(blueprint, plan.design.documents, plan.design.model, context().directory, meant))


def _read(text: str) -> Blueprint:
    try:
        return unpacked(base64.b64decode(text, validate=True))
    except (binascii.Error, ValueError):
        raise BadRequest(_("The file is not base64.")) from None
