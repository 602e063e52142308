"""What people said about a change set and decided about it, as pages show it: the conversation, a second person's
approval, and the time at which it is to be published."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from flask import request, url_for

from sartor.builder.bench import Bench
from sartor.builder.people import designers, face_of, moment_of, name_of
from sartor.platform.model.ids import encode_id
from sartor.platform.publishing.change_sets.approving import Approval, Approvals
from sartor.platform.publishing.change_sets.remarks import Kind, Remark, Remarks, latest
from sartor.platform.text import gettext as _
from sartor.platform.text import listed
from sartor.platform.ui.pages.parts import Action, Face, Note

NIGHT = 2
"""The hour that is proposed for publishing later."""
OF_TIME = (Kind.TIMED, Kind.UNTIMED, Kind.MISSED)
PICTURES = {
    Kind.COMMENT: ("message", ""), Kind.ASKED: ("user-question", "accent"), Kind.WITHDRAWN: ("arrow-back-up", ""),
    Kind.APPROVED: ("user-check", "good"), Kind.REFUSED: ("ban", "bad"), Kind.TIMED: ("calendar-due", "accent"),
    Kind.UNTIMED: ("calendar-x", ""), Kind.MISSED: ("alert-triangle", "bad"),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One remark. who, text: `Lu Wanqing` `approved it`; about: the change that is meant, in words."""

    who: str
    text: str
    when: str
    body: str
    about: str
    key: str
    place: str
    icon: str
    tone: str
    take_back: Action | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Where a second person's approval stands, and what the reader may do about it.

    state: one sentence, in `tone`. blocked: why the reader may not publish it; empty where he may. ask: the words of
    the button that asks for it, empty where somebody is waited for. people: (id, name) of whom he may ask; asked: who
    was asked before. content: what he would approve, where he may.
    """

    state: str
    tone: str
    blocked: str
    given: tuple[Face, ...]
    people: tuple[tuple[str, str], ...]
    ask: str
    asked: str
    may_withdraw: bool
    content: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """When it is published. at: in words, empty while no time is set; proposed, least: for the input."""

    at: str
    by: str
    warning: str
    proposed: str
    least: str
    zone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """Everything of it for one change set. said: the whole; the parts of it about one place stand there too."""

    said: tuple[Said, ...]
    decision: Decision
    appointment: Appointment

    def at(self, key: str, place: str = "") -> list[Said]:
        """What was said about a definition as a whole, or about one of its changes."""
        return [each for each in self.said if each.key == key and each.place == place]


def talk_of(here: Bench) -> Talk:
    """The conversation about the change set in use."""
    sets = here.workspace.publisher.sets
    found = Remarks(sets.models).of_set(here.set)
    return Talk(
        said=said_by(here, found, may_take_back=True),
        decision=_decision(here, Approvals(sets).get(here.set)),
        appointment=_appointment(here),
    )


def said_by(here: Bench, found: Sequence[Remark], *, may_take_back: bool = False) -> tuple[Said, ...]:
    """Remarks in words."""
    return tuple(_said(here, each, may_take_back) for each in found)


def _said(here: Bench, remark: Remark, may_take_back: bool) -> Said:
    icon, tone = PICTURES[remark.kind]
    own = may_take_back and remark.kind is Kind.COMMENT and remark.by == here.context.actor.id
    return Said(
        who="" if remark.kind is Kind.MISSED else name_of(here, remark.by),
        text=_deed(here, remark),
        when=moment_of(here, remark.at),
        body="" if remark.kind is Kind.TIMED else remark.body,
        about=remark.about.said,
        key=remark.about.document or "",
        place=remark.about.place or "",
        icon=icon,
        tone=tone,
        take_back=_take_back(remark) if own else None,
    )


def _deed(here: Bench, remark: Remark) -> str:
    if remark.kind is Kind.ASKED and remark.of is not None:
        return _("asked %(name)s for approval", name=name_of(here, remark.of))
    if remark.kind is Kind.TIMED:
        return _("set the time of publication: %(when)s", when=moment_of(here, datetime.fromisoformat(remark.body)))
    return {
        Kind.COMMENT: "",
        Kind.ASKED: _("asked for approval"),
        Kind.WITHDRAWN: _("does without the approval"),
        Kind.APPROVED: _("approved it"),
        Kind.REFUSED: _("refused it"),
        Kind.UNTIMED: _("took the time of publication back"),
        Kind.MISSED: _("Not published at its time:"),
    }[remark.kind]


def _take_back(remark: Remark) -> Action:
    return Action(
        text=_("Take the comment back"),
        url=url_for("builder.take_comment_back", comment=encode_id(remark.id), page=request.args.get("page")),
        icon="x", look="quiet", method="post", compact=True,
    )  # fmt: skip


# ---- approval


def _decision(here: Bench, approval: Approval) -> Decision:
    me = here.context.actor.id
    authors = {each.by for each in here.edited.edits.values()}
    mine = me in {each.by for each in approval.given}
    state, tone = _state(here, approval)
    return Decision(
        state=state,
        tone=tone,
        blocked=approval.why_not(me, lambda person: name_of(here, person)),
        given=tuple(face_of(here, each.by) for each in approval.given),
        people=tuple(
            (encode_id(each.id), each.name) for each in designers(here) if each.id != me and authors != {each.id}
        ),
        ask=_asking(here, approval) if here.edited.edits else "",
        asked=encode_id(approval.asked.of) if approval.asked and approval.asked.of else "",
        may_withdraw=approval.asked is not None and approval.asked.by == me,
        content=approval.content if here.edited.edits and authors != {me} and not mine else "",
    )


def _asking(here: Bench, approval: Approval) -> str:
    if not approval.may_be_asked and not _waits_for_nobody(here, approval):
        return ""
    return _("Ask again") if approval.asked else _("Ask for approval")


def _waits_for_nobody(here: Bench, approval: Approval) -> bool:
    """Whether somebody was asked who has left, or may not design any more: nobody would ever approve it."""
    of = approval.asked.of if approval.asked else None
    return of is not None and of not in {each.id for each in designers(here)}


def _state(here: Bench, approval: Approval) -> tuple[str, str]:
    me = here.context.actor.id
    if me in {each.by for each in approval.given} and not approval.holds_for(me):
        return _("You have approved it, exactly as it is now. Somebody else publishes it."), "good"
    if _waits_for_nobody(here, approval) and approval.asked:
        name = name_of(here, approval.asked.of)
        return _("%(name)s was asked to approve it and can do so no more; ask somebody else.", name=name), "warn"
    if why := approval.why_not(me, lambda person: name_of(here, person)):
        return why, "warn"
    if approval.given:
        names = listed(name_of(here, each.by) for each in approval.given)
        return _("Approved by %(names)s, exactly as it is now.", names=names), "good"
    return _("Nobody has to approve it."), ""


# ---- the time


def _appointment(here: Bench) -> Appointment:
    found = here.workspace.timing.get(here.set)
    zone = ZoneInfo(here.context.zone)
    now = here.context.now().astimezone(zone)
    night = now.replace(hour=NIGHT, minute=0, second=0, microsecond=0)
    proposed = night if night > now + timedelta(hours=1) else night + timedelta(days=1)
    stale = found is not None and found.content != here.edited.content
    return Appointment(
        at=moment_of(here, found.at) if found else "",
        by=name_of(here, found.by) if found else "",
        warning=_("It was edited since, so it will not be published then. Set the time anew.") if stale else "",
        proposed=f"{proposed:%Y-%m-%dT%H:%M}",
        least=f"{now:%Y-%m-%dT%H:%M}",
        zone=here.context.zone,
    )


def missed(here: Bench) -> Iterator[Note]:
    """What the author has to know: the last time that was set was not kept."""
    last = latest(Remarks(here.workspace.models).of_set(here.set), *OF_TIME)
    if last is not None and last.kind is Kind.MISSED:
        look = Action(text=_("Look at the plan"), url=url_for("builder.plan"))
        yield Note(last.body, "warn", lead=_("Not published at its time:"), action=look)
