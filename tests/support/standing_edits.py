"""Change sets with something in each: edits that were talked about, edits that clash, a dashboard of tomorrow."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from offices import Office

from sartor.platform.automation import publishing
from sartor.platform.linting.rules.form_lacks_required import FormLacksRequired
from sartor.platform.publishing.applying import Publication
from sartor.platform.storage import jobs

BOARD = {
    "label": {"en": "Home", "zh": "首页"},
    "filters": ["period", "owner"],
    "cards": {
        "deals": {"target": "report/deals", "x": 0, "y": 0, "width": 3, "height": 2},
        "won": {"target": "metric/won_amount", "x": 3, "y": 0, "width": 3, "height": 2},
        "stage": {"target": "report/by_stage", "x": 0, "y": 2, "width": 6, "height": 5},
        "list": {"target": "view/deal.all", "x": 6, "y": 2, "width": 6, "height": 5},
    },
}


def leave_edits(office: Office) -> None:
    """`drafts` holds together and was talked about; `mine` clashes with what was published meanwhile; `ready` waits,
    and one publication of it was stopped."""
    account = office.make("account", {"name": "Huawei 华为"}, by="ann")
    price = {"amount": "1200.00", "currency": "CNY"}
    office.make("deal", {"name": "Towers", "account": account, "amount": price, "loss_reason": "保密"}, by="ann")
    _label(office, "mine", "Mine")
    _label(office, "theirs", "Theirs")
    assert office.post("boss", "/change-sets/theirs/publish", {}).status == 200
    _label(office, "ready", "Ready")
    sets = office.workspace.publisher.sets
    sets.put_all({**FormLacksRequired.example, "dashboard/home": BOARD}, name="drafts")
    entity = deepcopy(dict(sets.document("entity/deal", "drafts")))
    entity["fields"]["loss_reason"] = {**entity["fields"]["loss_reason"], "type": "integer"}
    sets.put("entity/deal", entity, name="drafts")
    place = {"key": "entity/deal", "path": "/fields/loss_reason/type", "about": "Field Loss reason of Deal: type"}
    office.post("boss", "/change-sets/drafts/comments", {"body": "Why?", **place})
    office.post("boss", "/change-sets/drafts/approval/ask", {})
    database = office.workspace.database
    told = {"language": "en", "zone": "Asia/Shanghai"}
    number = publishing.begin(database, "ready", Publication(note="Soon", by=office.people["boss"]), told)
    database.run(lambda work: jobs.ask_to_stop(work, number))


def _label(office: Office, name: str, text: str) -> None:
    address = f"/change-sets/{name}/documents/entity/deal"
    document: dict[str, Any] = deepcopy(office.get("boss", address).json)
    document["fields"]["close_on"]["label"] = text
    assert office.ask("boss", "PUT", address, document).status == 200
