"""The whole design, from a test workspace to production: written there as a file, brought here, merged, published."""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import replace
from typing import Any

from flask import Response

from sartor.platform.errors import BadRequest
from sartor.platform.packaging.exporting import brought_records
from sartor.platform.packaging.installing.install import installed
from sartor.platform.packaging.records.strangers import strangers_among
from sartor.platform.packaging.versions.promoting import Promotion, kept_design, packed_design, unpacked_design
from sartor.platform.packaging.versions.upgrades import Upgrades
from sartor.platform.packaging.versions.upgrading import Upgrade
from sartor.platform.publishing.change_sets.deciding import Choice
from sartor.platform.text import gettext as _
from sartor.runtime.answers import answer, sent_as
from sartor.runtime.api import api
from sartor.runtime.api.asking import asked
from sartor.runtime.api.designing import CONFIRM, NOTE, at_once, design, plan_json
from sartor.runtime.api.endpoint import Says, endpoint
from sartor.runtime.api.parameters import DRY_RUN
from sartor.runtime.api.shapes import PLAN, REVISION, TEXT, closed
from sartor.runtime.api.strangers import PEOPLE, STRANGERS, people_json, sees_addresses
from sartor.runtime.api.upgrades import DECISIONS, ISSUE, issue_json, require_records_right, rulings_of
from sartor.runtime.gate import context, serving, workspace

ALL = "/promotions"
ONE = f"{ALL}/<digest>"
BYTES = {**TEXT, "contentEncoding": "base64"}
FILE = closed(
    {"name": TEXT, "file": BYTES, "checksum": {**TEXT, "description": "SHA-256 of the file."}},
    "name", "file", "checksum",
)  # fmt: skip
SENT = closed({"file": BYTES}, "file")
LOOK = closed(
    {
        "to": {**TEXT, "description": "The design that was brought, by its digest."},
        "open": {"type": "integer", "description": "How many have to be decided."},
        "changed": {"type": "boolean", "description": "Whether there is anything to do."},
        "issues": {"type": "array", "items": ISSUE},
        "records": {
            "type": "array",
            "items": TEXT,
            "description": "Reference records that it changes, a sentence each; for whoever may bring records.",
        },
        "strangers": STRANGERS,
    },
    "to", "open", "changed", "issues", "records", "strangers",
)  # fmt: skip
DECIDE = closed({"decisions": DECISIONS}, "decisions")
BODY = closed(
    {
        "decisions": DECISIONS,
        "rest": {"enum": [str(Choice.KEEP), str(Choice.TAKE)], "description": "What holds where nobody decides."},
        "people": PEOPLE,
        "note": NOTE,
        "confirm": CONFIRM,
    }
)


@endpoint(api, "GET", f"{ALL}/file", design, Says(answer=FILE))
def export_design() -> Response:
    """Everything that is published here as one file: the same design, the same bytes. With the records of blueprints
    that came in files it is for whoever may bring records."""
    if any(brought_records(workspace(), each.name) for each in installed(serving().design.documents)):
        context().access.require_ability("migrate")
    data = packed_design(workspace())
    checksum = hashlib.sha256(data).hexdigest()
    return answer({"name": "design.zip", "file": base64.b64encode(data).decode(), "checksum": checksum})


@endpoint(api, "POST", ALL, design, Says(body=SENT, answer=LOOK, status=201))
def bring_design() -> Response:
    """Bring the design of another workspace here to be looked at; nothing is changed by it."""
    try:
        data = base64.b64decode(sent_as(SENT)["file"], validate=True)
    except (binascii.Error, ValueError):
        raise BadRequest(_("The file is not base64.")) from None
    promotion = Promotion(workspace(), unpacked_design(data), asker=context())
    promotion.keep()
    return answer(_look(promotion, promotion.look()), 201)


@endpoint(api, "GET", ONE, design, Says(answer=LOOK))
def look_at_promotion(digest: str) -> Response:
    """What a promotion asks: every property that was changed both here and there since the last one."""
    promotion = _promotion(digest)
    return answer(_look(promotion, promotion.look()))


@endpoint(api, "POST", f"{ONE}/decide", design, Says(body=DECIDE, answer=LOOK))
def decide_promotion(digest: str) -> Response:
    """Decide what is to stay; it is kept at once, for this time and for every other one."""
    promotion = _promotion(digest)
    rulings = rulings_of(sent_as(DECIDE)["decisions"])
    look = promotion.look(rulings)
    promotion.book.add(rulings)
    return answer(_look(promotion, look))


@endpoint(api, "POST", ONE, design, Says(query=(DRY_RUN,), body=BODY, answer={"anyOf": [REVISION, PLAN]}))
def promote(digest: str) -> Response:
    """Publish the design that was brought; what is not decided is refused. With `dry_run`, only the plan, one's own
    values in place. The same design a second time has nothing to do."""
    body = sent_as(BODY)
    promotion = _promotion(digest)
    rulings = rulings_of(body.get("decisions", ()))
    look = promotion.look(rulings)
    if asked()["dry_run"] == "true":
        return answer(plan_json(promotion.drafts.plan(promotion.draft(look))))
    may_come = promotion.design.shipped if body.get("rest") == Choice.TAKE else promotion.coming(look)
    for each in may_come:
        require_records_right(Upgrades(workspace(), each.name), each)
    draft = promotion.decided(rulings, Choice(body["rest"]) if "rest" in body else None)
    draft = replace(draft, people=body.get("people", {}))
    return answer({"revision": promotion.publish(draft, at_once({"note": "Brought the design over"} | body))})


def _promotion(digest: str) -> Promotion:
    return Promotion(workspace(), kept_design(workspace(), digest), asker=context())


def _look(promotion: Promotion, look: Upgrade) -> dict[str, Any]:
    issues = [issue_json(*each) for each in promotion.questions(look)]
    changed = not promotion.drafts.is_there(promotion.draft(look))
    coming = promotion.coming(look)
    unknown = strangers_among(workspace(), coming, look.documents) if sees_addresses() else []
    told = {"to": promotion.digest, "open": len(look.open), "changed": changed, "strangers": people_json(unknown)}
    return {**told, "issues": issues, "records": [*promotion.told(look), *promotion.stays(look)]}
