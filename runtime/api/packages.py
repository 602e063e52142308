"""Blueprints: what is there and can be; installing and taking out by way of a change set; export as JSON.

Only blueprints that ship with the product are installed by name; a folder of the server is never read for a request.
"""

from __future__ import annotations

from typing import Any

from flask import Response

from sartor.platform.errors import BadRequest, NotFound
from sartor.platform.packaging.comparing import as_shipped, customised, shipped_for
from sartor.platform.packaging.exporting import exported
from sartor.platform.packaging.files.shape import TABLES, Blueprint
from sartor.platform.packaging.gallery import Shown, gallery
from sartor.platform.packaging.installing.bringing import load
from sartor.platform.packaging.installing.drafting import Draft, Drafts
from sartor.platform.packaging.installing.install import installing, require_installed, stock_blueprint, stock_folders
from sartor.platform.packaging.installing.uninstall import DATA, RETIRE, uninstalling
from sartor.platform.publishing.diff import ABSENT, Difference
from sartor.platform.publishing.openness import is_open
from sartor.platform.text import did_you_mean, near
from sartor.platform.text import gettext as _
from sartor.runtime.answers import answer, sent_as
from sartor.runtime.api import api
from sartor.runtime.api.asking import asked
from sartor.runtime.api.designing import CONFIRM, NOTE, at_once, design, known_set, plan_json
from sartor.runtime.api.endpoint import Says, endpoint
from sartor.runtime.api.parameters import DRY_RUN
from sartor.runtime.api.shapes import PLAN, REVISION, TEXT, closed, listed, nullable
from sartor.runtime.gate import context, serving, workspace

LEVELS = ("L1", "L2", "L3")
ALL = "/blueprints"
ONE = f"{ALL}/<name>"

ROW = closed(
    {
        "name": TEXT,
        "label": {},
        "version": TEXT,
        "installed": {"type": "boolean"},
        "level": nullable(TEXT),
        "summary": {"description": "What it is for, in one sentence."},
        "requires": {"type": "array", "items": TEXT},
        "kinds": {"type": "object", "additionalProperties": {"type": "integer"}, "description": "How many of each."},
        "samples": {"type": "integer", "description": "Sample records that can be installed with it."},
    },
    "name", "label", "version", "installed", "level", "requires", "kinds", "samples",
)  # fmt: skip
INTO = {
    **TEXT,
    "maxLength": 80,
    "description": "The change set that it goes into, to be published from there; without it, it is published at once.",
}
INSTALL = closed(
    {
        "names": {"type": "array", "items": {"type": "string", "maxLength": 80}, "minItems": 1, "maxItems": 20},
        "level": {"enum": list(LEVELS), "default": "L1", "description": "From data (L1) to decisions (L3)."},
        "sample_data": {"type": "boolean", "default": False, "description": "Fill it with sample records."},
        "set": INTO,
        "note": NOTE,
        "confirm": CONFIRM,
    },
    "names",
)
UNINSTALL = closed(
    {
        "data": {
            "enum": list(DATA),
            "default": RETIRE,
            "description": "What becomes of its entities and fields: out of sight, or kept as the workspace's own.",
        },
        "set": INTO,
        "note": NOTE,
        "confirm": CONFIRM,
    }
)
BRING = closed({"what": {"enum": list(TABLES), "description": "What stays, or demo data."}}, "what")
PUT = closed({"set": TEXT, "changed": {"type": "array", "items": TEXT}}, "set", "changed")
CHANGE = closed({"key": TEXT, "path": TEXT, "shipped": {}, "now": {}}, "key", "path")
DONE = closed(
    {
        "revision": {"type": "integer"},
        "blueprints": {"type": "array", "items": TEXT},
        "samples": {"type": "integer"},
        "unknown_people": {
            "type": ["array", "integer"],
            "items": TEXT,
            "description": "Mail addresses in its records that nobody has here; what they owned is yours. Only how "
            "many, for whoever does not see addresses.",
        },
    }
)
BROUGHT = closed({"made": {"type": "integer"}, "unknown_people": DONE["properties"]["unknown_people"]}, "made")
EXPORT = closed({"manifest": {"type": "object"}, "documents": {"type": "object"}, "extends": {"type": "object"}})


@endpoint(api, "GET", ALL, design, Says(answer=listed(ROW)))
def list_blueprints() -> Response:
    """What is installed, and what can be."""
    return answer({"data": [_row(each) for each in gallery(serving().design.documents)]})


def _row(shown: Shown) -> dict[str, Any]:
    return {
        "name": shown.name,
        "label": shown.label,
        "version": shown.version,
        "installed": shown.level is not None,
        "level": shown.level,
        "summary": shown.summary,
        "requires": list(shown.requires),
        "kinds": dict(shown.contents.kinds),
        "samples": shown.contents.samples,
    }


@endpoint(api, "GET", f"{ONE}/changes", design, Says(answer=listed(CHANGE)))
def compare_blueprint(name: str) -> Response:
    """What the workspace changed of what a blueprint brought: each property as it was shipped, and as it is now."""
    shipped = as_shipped(workspace(), name)
    if shipped is None:
        raise NotFound(_("What %(name)s brought is not known any more.", name=name[:80]))
    found = customised(shipped, serving().design.documents, name)
    return answer({"data": [_change(each) for each in found]})


def _change(difference: Difference) -> dict[str, Any]:
    sides = {"shipped": difference.before, "now": difference.after}
    given = {name: each for name, each in sides.items() if each is not ABSENT}
    return {"key": difference.key, "path": difference.pointer, **given}


@endpoint(
    api, "POST", ALL, design, Says(query=(DRY_RUN,), body=INSTALL, answer={"anyOf": [DONE, PUT, PLAN]}, status=201)
)
def install_blueprints() -> Response:
    """Install blueprints with those that they require; with `dry_run`, only the plan; with `set`, as edits of it."""
    body = sent_as(INSTALL)
    samples = body.get("sample_data", False)
    if samples:
        context().access.require_ability("migrate")
    here = drafts_of(body)
    wanted = [_stock(name) for name in body["names"]]
    draft = installing(here.present(body.get("set")), wanted, body.get("level") or ("L3" if samples else "L1"))
    if asked()["dry_run"] == "true":
        return answer(plan_json(here.plan(draft)))
    if body.get("set"):
        return put_into(here, draft, body)
    names = [each.name for each in draft.shipped]
    revision = here.publish(draft, at_once({"note": "Installed " + ", ".join(names)} | body), samples=samples)
    made = here.fill(draft) if samples else 0
    return answer({"revision": revision, "blueprints": names, "samples": made}, 201)


def drafts_of(body: dict[str, Any]) -> Drafts:
    """:raises BadRequest: for a change set that cannot be, and for samples that would have to come later."""
    if body.get("set"):
        known_set(body["set"])
        if body.get("sample_data"):
            raise BadRequest(_("Samples come when it is published; leave the change set out, or bring them later."))
    return Drafts(workspace())


def put_into(here: Drafts, draft: Draft, body: dict[str, Any]) -> Response:
    """Write a draft into the change set that was named."""
    changed = here.put(draft, by=context().actor.id, into=body["set"])
    return answer({"set": body["set"], "changed": changed}, 201)


@endpoint(api, "GET", ONE, design, Says(answer=EXPORT))
def export_blueprint(name: str) -> Response:
    """An installed blueprint, as it stands in this workspace."""
    found = exported(workspace(), name)
    return answer({"manifest": found.manifest, "documents": found.own.documents, "extends": found.own.extends})


@endpoint(
    api, "POST", f"{ONE}/uninstall", design,
    Says(query=(DRY_RUN,), body=UNINSTALL, answer={"anyOf": [REVISION, PUT, PLAN]}),
)  # fmt: skip
def uninstall_blueprint(name: str) -> Response:
    """Take a blueprint out: its pages and rules go; the values of its fields are retired or kept, never lost."""
    body = sent_as(UNINSTALL)
    here = drafts_of(body)
    draft = uninstalling(here.present(body.get("set")), workspace().kinds, name, body.get("data", RETIRE))
    if asked()["dry_run"] == "true":
        return answer(plan_json(here.plan(draft)))
    if body.get("set"):
        return put_into(here, draft, body)
    return answer({"revision": here.publish(draft, at_once({"note": f"Took out {name}"} | body))})


@endpoint(api, "POST", f"{ONE}/records", design, Says(body=BRING, answer=BROUGHT))
def bring_blueprint_records(name: str) -> Response:
    """Make what has not come of the records of an installed blueprint: reference records, or its samples."""
    what = sent_as(BRING)["what"]
    context().access.require_ability("migrate")
    require_installed(serving().design.documents, name)
    found, unknown = shipped_for(workspace(), name, what), set[str]()
    made = load(workspace(), found, what, strangers=unknown, by=context().actor.id) if found else 0
    return answer({"made": made, **unknown_people(unknown)})


def unknown_people(strangers: set[str]) -> dict[str, Any]:
    """Part of an answer: their addresses only for whoever sees those of everybody here."""
    if not strangers:
        return {}
    sees = is_open(context(), "entity/user#email")
    return {"unknown_people": sorted(strangers) if sees else len(strangers)}


def _stock(name: str) -> Blueprint:
    found = stock_blueprint(name)
    if found is None:
        hint = did_you_mean(near(name, stock_folders()))
        raise NotFound(_("There is no blueprint %(name)s.", name=name) + hint)
    return found
