"""What is said about a change set and done about its approval: each comes back to the page that it was sent from."""

from __future__ import annotations

from flask import request
from werkzeug.wrappers import Response as AnyResponse

from sartor.builder.bench import Bench, bench
from sartor.builder.pages.changes import done
from sartor.builder.people import designers
from sartor.builder.routes import route
from sartor.platform.errors import BadRequest, Forbidden
from sartor.platform.model.ids import decode_id
from sartor.platform.publishing.change_sets.approving import Approvals
from sartor.platform.publishing.change_sets.remarks import About, Remarks
from sartor.platform.text import gettext as _

LONGEST_PLACE = 1000
LONGEST_ABOUT = 500


@route("/changes/comment", methods=["POST"])
def comment() -> AnyResponse:
    """About the whole, about a definition, or about one change of it."""
    here, sent = bench(), request.form
    remarks = Remarks(here.workspace.models)
    key, place = sent.get("key", "")[:200], sent.get("place", "")[:LONGEST_PLACE]
    about = About(key or None, place or None, sent.get("about", "")[:LONGEST_ABOUT])
    return done(lambda: remarks.comment(here.set, sent.get("text", ""), _me(here), about), "talk")


@route("/changes/comment/<comment>/take-back", methods=["POST"])
def take_comment_back(comment: str) -> AnyResponse:
    here = bench()
    remarks = Remarks(here.workspace.models)
    return done(lambda: remarks.take_back(here.set, decode_id(comment), _me(here)), "talk")


@route("/approval/ask", methods=["POST"])
def ask_for_approval() -> AnyResponse:
    """Of a certain person, or of anybody who may design."""
    here, of = bench(), request.form.get("of", "")
    person = decode_id(of) if of else None
    if person is not None and person not in {each.id for each in designers(here)}:
        raise Forbidden(_("Only people who may design can approve changes."))
    approvals, note = _approvals(here), request.form.get("text", "")
    return done(lambda: approvals.ask(here.set, _me(here), person, note), "approval")


@route("/approval/withdraw", methods=["POST"])
def withdraw_approval() -> AnyResponse:
    here = bench()
    return done(lambda: _approvals(here).withdraw(here.set, _me(here)), "approval")


@route("/approval/judge", methods=["POST"])
def judge_change_set() -> AnyResponse:
    """Approves what was looked at, or refuses it with a reason."""
    here, sent = bench(), request.form
    approvals, note, seen = _approvals(here), sent.get("text", ""), sent.get("content", "")
    if sent.get("verdict") == "refuse":
        return done(lambda: approvals.refuse(here.set, _me(here), note), "approval")
    return done(lambda: approvals.approve(here.set, _me(here), seen, note), "approval")


def _approvals(here: Bench) -> Approvals:
    return Approvals(here.workspace.publisher.sets)


def _me(here: Bench) -> int:
    """:raises BadRequest: where nobody is meant, such as by the system"""
    if here.context.actor.id is None:
        raise BadRequest(_("Only people can do this."))
    return here.context.actor.id
