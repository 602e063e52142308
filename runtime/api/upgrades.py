"""Upgrades of blueprints: what both sides changed as questions, decisions that are kept, and the upgrade itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from flask import Response

from sartor.platform.packaging.files.shape import Blueprint
from sartor.platform.packaging.records.issues import is_record
from sartor.platform.packaging.records.strangers import strangers_among
from sartor.platform.packaging.versions.rulings import as_json
from sartor.platform.packaging.versions.upgrades import Look, Upgrades
from sartor.platform.packaging.versions.upgrading import Issue, Ruling
from sartor.platform.publishing.change_sets.deciding import Choice, Question
from sartor.platform.publishing.diff import ABSENT
from sartor.runtime.answers import answer, sent_as
from sartor.runtime.api import api
from sartor.runtime.api.asking import asked
from sartor.runtime.api.designing import CONFIRM, NOTE, at_once, design, known_set, plan_json
from sartor.runtime.api.endpoint import Says, endpoint
from sartor.runtime.api.packages import INTO, ONE, PUT, drafts_of, put_into
from sartor.runtime.api.parameters import DRY_RUN, Parameter
from sartor.runtime.api.reviews import KEY, PLACE
from sartor.runtime.api.shapes import PLAN, REVISION, TEXT, closed
from sartor.runtime.api.strangers import PEOPLE, STRANGERS, people_json, sees_addresses
from sartor.runtime.gate import context, workspace

UPGRADE = f"{ONE}/upgrade"
TO_TEXT = "The version that was brought in as a file; left out, the one that we ship."
DIGEST = {**TEXT, "pattern": "^([0-9a-f]{64})?$"}
TO = Parameter("to", TO_TEXT, {"type": "string", "maxLength": 64})
SET = Parameter("set", "The change set that it is to go into.", {"type": "string", "maxLength": 80})
CHOICE = {"enum": [str(each) for each in Choice], "description": "Mine, the new version's, or another value."}
ABOUT = {**TEXT, "maxLength": 64, "description": "Digest of the two values; a decision holds for no others."}
ISSUE = closed(
    {
        "key": KEY, "path": PLACE, "about": ABOUT,
        "thing": {**TEXT, "description": "What it is about, in the reader's language."},
        "was": TEXT, "mine": TEXT, "theirs": TEXT,
        "values": {"type": "object", "description": "The three values themselves; absent ones are left out."},
        "may_edit": {"type": "boolean"},
        "left_out": {"type": "boolean", "description": "The new version does not have it; it stays unless taken."},
        "choice": CHOICE,
        "value": {"description": "For `edit`."},
    },
    "key", "path", "about", "thing", "was", "mine", "theirs", "may_edit", "left_out",
)  # fmt: skip
LOOK = closed(
    {
        "from": TEXT,
        "to": TEXT,
        "known": {"type": "boolean", "description": "Whether it is known how the blueprint came."},
        "open": {"type": "integer", "description": "How many have to be decided."},
        "issues": {"type": "array", "items": ISSUE},
        "records": {
            "type": "array", "items": TEXT,
            "description": "Reference records that it changes, a sentence each; for whoever may bring records.",
        },
        "strangers": STRANGERS,
    },
    "from", "to", "known", "open", "issues", "records", "strangers",
)  # fmt: skip
DECISION = closed(
    {"key": KEY, "path": PLACE, "choice": CHOICE, "value": {"description": "For `edit`."}, "about": ABOUT},
    "key", "path", "choice",
)  # fmt: skip
DECISIONS = {"type": "array", "items": DECISION, "maxItems": 5000}
DECIDE = closed({"to": DIGEST, "decisions": DECISIONS}, "decisions")
BODY = closed(
    {
        "to": {**DIGEST, "description": TO_TEXT},
        "decisions": DECISIONS,
        "rest": {"enum": [str(Choice.KEEP), str(Choice.TAKE)], "description": "What holds where nobody decides."},
        "set": INTO,
        "people": PEOPLE,
        "note": NOTE,
        "confirm": CONFIRM,
    }
)


@endpoint(api, "GET", UPGRADE, design, Says(query=(TO, SET), answer=LOOK))
def look_at_upgrade(name: str) -> Response:
    """What an upgrade asks: every property that was changed both here and in the new version."""
    into = asked()["set"]
    upgrades = _upgrades(name, known_set(into) if into else None)
    return answer(_look(upgrades, upgrades.look(upgrades.offered(asked()["to"] or ""))))


@endpoint(api, "POST", f"{UPGRADE}/decide", design, Says(body=DECIDE, answer=LOOK))
def decide_upgrade(name: str) -> Response:
    """Decide what is to stay; it is kept at once, for this time and for every other one."""
    body = sent_as(DECIDE)
    upgrades = _upgrades(name)
    offered = upgrades.offered(body.get("to", ""))
    rulings = rulings_of(body["decisions"])
    look = upgrades.look(offered, rulings)
    upgrades.book.add(rulings)
    return answer(_look(upgrades, look))


@endpoint(
    api, "POST", UPGRADE, design, Says(query=(DRY_RUN,), body=BODY, answer={"anyOf": [REVISION, PUT, PLAN]})
)  # fmt: skip
def upgrade_blueprint(name: str) -> Response:
    """Upgrade a blueprint; what is not decided is refused. With `dry_run`, only the plan, one's own values in place."""
    body = sent_as(BODY)
    here = drafts_of(body)
    upgrades = _upgrades(name, body.get("set"))
    rulings = rulings_of(body.get("decisions", ()))
    offered = upgrades.offered(body.get("to", ""))
    require_records_right(upgrades, offered)
    look = upgrades.look(offered, rulings)
    if asked()["dry_run"] == "true":
        return answer(plan_json(here.plan(look.draft)))
    upgrades.book.add(rulings)
    look = upgrades.decided(look, Choice(body["rest"]) if "rest" in body else None)
    draft = replace(look.draft, people=body.get("people", {}))
    if body.get("set"):
        return put_into(here, draft, body)
    note = f"Upgraded {name} to {look.blueprint.manifest['version']}"
    return answer({"revision": here.publish(draft, at_once({"note": note} | body))})


def _upgrades(name: str, into: str | None = None) -> Upgrades:
    return Upgrades(workspace(), name, into, asker=context())


def require_records_right(upgrades: Upgrades, offered: Blueprint) -> None:
    """:raises Forbidden: for a version that changes reference records, to whoever may not bring records."""
    if upgrades.touches_records(offered):
        context().access.require_ability("migrate")


def rulings_of(entries: Iterable[dict[str, Any]]) -> list[Ruling]:
    """:raises Forbidden: for one about a record, to whoever may not bring records."""
    rulings = [_ruling_of(each) for each in entries]
    if any(is_record(each.key) for each in rulings):
        context().access.require_ability("migrate")
    return rulings


def _ruling_of(entry: dict[str, Any]) -> Ruling:
    return Ruling(entry["key"], entry["path"], Choice(entry["choice"]), entry.get("value"), entry.get("about", ""))


def _look(upgrades: Upgrades, look: Look) -> dict[str, Any]:
    issues = [issue_json(*each) for each in upgrades.questions(look)]
    told = {"from": look.begins, "to": look.blueprint.manifest["version"], "known": look.known}
    unknown = strangers_among(workspace(), look.draft.shipped, look.draft.documents) if sees_addresses() else []
    told |= {"open": len(look.upgrade.open), "strangers": people_json(unknown)}
    return {**told, "issues": issues, "records": list(look.told)}


def issue_json(issue: Issue, question: Question) -> dict[str, Any]:
    values = {"was": question.clash.base, "mine": question.clash.mine, "theirs": question.clash.theirs}
    ruled = {k: v for k, v in as_json(issue.ruling).items() if k in ("choice", "value")} if issue.ruling else {}
    return {
        "key": issue.key, "path": issue.place, "about": issue.about, "thing": question.thing,
        "was": question.was, "mine": question.mine, "theirs": question.theirs,
        "values": {name: each for name, each in values.items() if each is not ABSENT},
        "may_edit": issue.may_edit, "left_out": issue.left_out, **ruled,
    }  # fmt: skip
