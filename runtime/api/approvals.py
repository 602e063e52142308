"""A second person's approval of a change set: asked for, given, refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Response

from sartor.platform.access.policy import ability
from sartor.platform.errors import NotFound
from sartor.platform.model.ids import decode_id
from sartor.platform.publishing import kept_settings
from sartor.platform.publishing.change_sets.approving import Approval, Approvals
from sartor.platform.publishing.change_sets.remarks import Remark
from sartor.platform.publishing.kept_settings import APPROVAL
from sartor.platform.text import gettext as _
from sartor.runtime.answers import answer, sent_as
from sartor.runtime.api import api
from sartor.runtime.api.designing import design, known_set, publisher
from sartor.runtime.api.endpoint import Says, endpoint
from sartor.runtime.api.shapes import TEXT, closed, nullable
from sartor.runtime.api.talks import BODY, REMARK, asker, told
from sartor.runtime.gate import context, workspace

APPROVALS = "/change-sets/<name>/approval"
STATE = closed(
    {
        "needed": {"type": "boolean"},
        "rule": {"type": "boolean", "description": "The workspace asks for it of every change set."},
        "content": {**TEXT, "description": "What is approved; another one after any edit."},
        "asked": nullable(REMARK),
        "given": {"type": "array", "items": REMARK, "description": "Approvals of exactly this content."},
        "voided": {**nullable(REMARK), "description": "An approval of what it said before it was edited again."},
        "refused": nullable(REMARK),
        "may_publish": {"type": "boolean", "description": "Whether the asker may publish it, as to this."},
    },
    "needed", "rule", "content", "asked", "given", "voided", "refused", "may_publish",
)  # fmt: skip
ASK = closed({"of": {**TEXT, "maxLength": 13, "description": "Who; left out: anybody who may design."}, "note": BODY})
APPROVE = closed({"content": {**TEXT, "maxLength": 100}, "note": BODY}, "content")
REFUSE = closed({"note": BODY}, "note")
RULES = closed({"approval": {"type": "boolean"}}, "approval")


def approvals() -> Approvals:
    return Approvals(publisher().sets)


@endpoint(api, "GET", APPROVALS, design, Says(answer=STATE))
def get_approval(name: str) -> Response:
    """Whether a second person has to approve a change set, and who did."""
    return answer(_state(approvals().get(known_set(name))))


@endpoint(api, "POST", f"{APPROVALS}/ask", design, Says(body=ASK, answer=STATE))
def ask_approval(name: str) -> Response:
    """From now on a second person has to approve what is published."""
    body = sent_as(ASK)
    of = decode_id(body["of"]) if body.get("of") else None
    if of is not None:
        require_designer(of)
    return _after(name, lambda: approvals().ask(known_set(name), asker(), of, body.get("note", "")))


@endpoint(api, "POST", f"{APPROVALS}/withdraw", design, Says(answer=STATE))
def withdraw_approval(name: str) -> Response:
    """Do without the approval that one has asked for oneself."""
    return _after(name, lambda: approvals().withdraw(known_set(name), asker()))


@endpoint(api, "POST", f"{APPROVALS}/approve", design, Says(body=APPROVE, answer=STATE))
def approve_set(name: str) -> Response:
    """Approve what was looked at; nobody approves his own changes."""
    body = sent_as(APPROVE)
    return _after(name, lambda: approvals().approve(known_set(name), asker(), body["content"], body.get("note", "")))


@endpoint(api, "POST", f"{APPROVALS}/refuse", design, Says(body=REFUSE, answer=STATE))
def refuse_set(name: str) -> Response:
    """Say that it should not be published so."""
    note = sent_as(REFUSE)["note"]
    return _after(name, lambda: approvals().refuse(known_set(name), asker(), note))


def require_designer(user: int) -> None:
    """:raises NotFound: for somebody who is not here, :raises Forbidden: or may not design"""
    here = workspace()
    if here.directory(here.stamp()).actor(user) is None:
        raise NotFound(_("There is no such person here."))
    here.person(here.stamp(), user).access.require_ability("design")


def _after(name: str, act: Callable[[], object]) -> Response:
    act()
    return answer(_state(approvals().get(known_set(name))))


def _state(found: Approval) -> dict[str, Any]:
    def one(remark: Remark | None) -> dict[str, Any] | None:
        return told(remark) if remark else None

    return {
        "needed": found.is_needed, "rule": found.rule, "content": found.content, "asked": one(found.asked),
        "given": [told(each) for each in found.given], "voided": one(found.voided), "refused": one(found.refused),
        "may_publish": found.holds_for(context().actor.id),
    }  # fmt: skip


# ---- what the workspace asks for


@endpoint(api, "GET", "/publishing", design, Says(answer=RULES))
def get_publishing() -> Response:
    """What this workspace asks for before anything is published."""
    with workspace().database.read() as connection:
        return answer({"approval": bool(kept_settings.kept(connection, APPROVAL, False))})


@endpoint(api, "PUT", "/publishing", ability("administer"), Says(body=RULES, answer=RULES))
def set_publishing() -> Response:
    """Ask for a second person's approval of every change set, or no longer."""
    value, by, here = sent_as(RULES)["approval"], context().actor.id, workspace().database
    number = here.new_id()
    here.run(lambda work: kept_settings.set_for_all(work, number, APPROVAL, value, by))
    return answer({"approval": value})
