"""An application from spreadsheets: files are brought, the proposal is looked through, and made in the change set."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from sartor.builder.bench import Bench, bench
from sartor.builder.frame import Frame, frame
from sartor.builder.rendering import html
from sartor.builder.routes import route
from sartor.builder.sheets.begun import BegunRow, begun_rows
from sartor.builder.sheets.form import Sent
from sartor.builder.sheets.proposal import Shown, shown
from sartor.builder.sheets.steps import COLUMNS, FILES, steps
from sartor.platform.errors import Invalid, TooLarge
from sartor.platform.model.ids import decode_id, encode_id
from sartor.platform.packaging.sheets.adjusting import faults
from sartor.platform.packaging.sheets.apart import apart
from sartor.platform.packaging.sheets.documents import documents
from sartor.platform.packaging.sheets.keeping import LARGEST, Desk
from sartor.platform.packaging.sheets.proposal import Proposal, Sheet
from sartor.platform.packaging.sheets.waiting import begin, is_long
from sartor.platform.text import gettext as _
from sartor.platform.ui.pages.import_ import WizardStep
from sartor.platform.ui.pages.parts import Link, Note

RULE = "/apps/from-files"
ONE = f"{RULE}/<proposal>"


@dataclass(frozen=True, slots=True, kw_only=True)
class BringPage:
    template: ClassVar[str] = "build/from_files.html"

    frame: Frame
    steps: tuple[WizardStep, ...]
    url: str
    begun: tuple[BegunRow, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalPage:
    """notes: what has to be settled before it can be made."""

    template: ClassVar[str] = "build/from_files_columns.html"

    frame: Frame
    steps: tuple[WizardStep, ...]
    shown: Shown
    url: str
    notes: tuple[Note, ...] = ()


def top(title: str) -> Frame:
    return frame(title, "apps", trail=(Link(_("Apps"), url_for("builder.apps")),))


@route(RULE, endpoint="from_files")
def bring() -> Response:
    return html(_bring_page(bench()))


def _bring_page(here: Bench, *notes: Note) -> BringPage:
    url, found = url_for("builder.from_files"), begun_rows(here)
    return BringPage(frame=top(_("App from spreadsheets")), steps=steps(FILES), url=url, begun=found, notes=notes)


@route(RULE, methods=["POST"], endpoint="bring_files", largest=LARGEST)
def brought() -> AnyResponse:
    """Keep what was sent and propose what it could become."""
    here = bench()
    sent = [(each.stream, each.filename) for each in request.files.getlist("files") if each.filename]
    if not sent:
        return html(_bring_page(here, Note(_("Choose a file first."), "bad")), 422)
    desk = desk_of(here)
    try:
        files = desk.take(sent)
        if is_long(files):
            job = begin(here.workspace, here.context, files, here.set)
            return redirect(url_for("builder.reading", job=encode_id(job)), 303)
        proposal = desk.propose(files, here.documents)
    except (Invalid, TooLarge) as error:
        told = " ".join(each.message for each in error.problems) or error.message
        return html(_bring_page(here, Note(told, "bad")), 422)
    return redirect(url_for("builder.proposal", proposal=encode_id(desk.keep(proposal))), 303)


def desk_of(here: Bench) -> Desk:
    return Desk(here.workspace, here.context)


def kept(here: Bench, key: str) -> Proposal:
    return desk_of(here).kept(decode_id(key))


@route(ONE, endpoint="proposal")
def show_proposal(proposal: str) -> Response:
    here = bench()
    return html(_proposal_page(here, kept(here, proposal), proposal))


def _proposal_page(here: Bench, proposal: Proposal, key: str, notes: tuple[Note, ...] = ()) -> ProposalPage:
    return ProposalPage(
        frame=top(_("App from spreadsheets")),
        steps=steps(COLUMNS),
        shown=shown(here, proposal),
        url=url_for("builder.proposal", proposal=key),
        notes=notes,
    )


@route(f"{ONE}/forget", methods=["POST"])
def forget_proposal(proposal: str) -> AnyResponse:
    """Take it off the list of what was begun; what is in a change set or published stays."""
    here = bench()
    desk_of(here).forget(kept(here, proposal))
    return redirect(url_for("builder.from_files"), 303)


@route(ONE, methods=["POST"], endpoint="adjust_proposal")
def adjust(proposal: str) -> AnyResponse:
    """Keep what was adjusted; make the definitions where nothing is left to be settled."""
    here = bench()
    before, sent = kept(here, proposal), Sent(desk_of(here), request.form)
    after = sent.applied(before)
    told = [*sent.refused, *faults(after)]
    if request.form.get("act") != "make" or told or _is_judged_anew(before, after):
        key = encode_id(desk_of(here).keep(after))
        notes = tuple(Note(text, "bad") for text in told) or (Note(_("Look at what was judged anew."), "good"),)
        return html(_proposal_page(here, after, key, notes), 422 if told else 200)
    key = encode_id(_make(here, after))
    return redirect(url_for("builder.filling_plan", proposal=key), 303)


def _is_judged_anew(before: Proposal, after: Proposal) -> bool:
    """Whether a column refuses other values than those that were shown."""
    return [_misfits(each) for each in before.sheets] != [_misfits(each) for each in after.sheets]


def _misfits(sheet: Sheet) -> list[tuple[str, set[str] | None]]:
    return [(each.column, {miss.value for miss in each.misfits} if each.take else None) for each in sheet.columns]


def _make(here: Bench, proposal: Proposal) -> int:
    """Put the definitions into the change set; what an earlier go at it made and this one does not is forgotten."""
    proposal = apart(proposal, here.documents)
    made = documents(proposal, role=here.context.access.rights.complete)
    gone = [key for key in proposal.made if key not in made]
    sets = here.workspace.publisher.sets
    if gone:
        sets.discard(gone, name=here.set)
    sets.put_all(made, by=here.context.actor.id, name=here.set)
    return desk_of(here).keep(replace(proposal, made=tuple(sorted(made))))
