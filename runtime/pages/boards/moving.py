"""Moving a record to another stage: from the path on its page, from a board, or through a dialog that asks for more."""

from __future__ import annotations

from typing import Any

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from sartor.platform.access.policy import signed_in
from sartor.platform.errors import Conflict, Invalid, NotFound, SartorError
from sartor.platform.model import Operation
from sartor.platform.model.ids import decode_id
from sartor.platform.records.wish import Wish, Written
from sartor.platform.records.writer import require_version
from sartor.platform.text import gettext as _
from sartor.platform.text import pick
from sartor.runtime.answers import PROBLEM, answer, sent_version
from sartor.runtime.errors import problem_document, status_of
from sartor.runtime.gate import route, with_current_design
from sartor.runtime.pages import addresses, pages
from sartor.runtime.pages.boards.board import totals_of
from sartor.runtime.pages.boards.cards import card, drawing, paths
from sartor.runtime.pages.boards.lanes import added, board_of, lane_told, tallies
from sartor.runtime.pages.boards.move_form import Moving, asked_for, move_dialog, move_page, moving_of
from sartor.runtime.pages.desk import Desk, desk
from sartor.runtime.pages.forms.typed import Typed, values
from sartor.runtime.pages.lists.seeing import seen
from sartor.runtime.pages.reaching import REACHED, is_reached
from sartor.runtime.pages.rendering import drawn, html, is_fragment_wanted, see
from sartor.runtime.pages.shell import say

ONE = "/app/<app>/<entity>/r/<record>/move"


@route(pages, f"{ONE}/<stage>", signed_in, methods=["GET"])
def ask_for_move(app: str, entity: str, record: str, stage: str) -> AnyResponse:
    """What the move needs: a reason, or fields that its guards name."""
    here = desk(app)
    moving = moving_of(here, entity, record, stage)
    asked = asked_for(here, moving, {}, {})
    return html(move_dialog(here, moving, asked) if is_fragment_wanted() else move_page(here, moving, asked))


@route(pages, f"{ONE}/<stage>", signed_in, methods=["POST"], endpoint="move_now")
def move_record(app: str, entity: str, record: str, stage: str) -> AnyResponse:
    here = desk(app)
    moving = moving_of(here, entity, record, stage)
    typed = Typed.of(request.form.items(multi=True))
    require_version(typed.version)
    try:
        written_move(here, moving, typed)
    except Conflict:
        say(_("Somebody changed this record meanwhile. Look at it again, then move it."), "warn")
        return _done(here, moving)
    except Invalid as refused:
        asked = asked_for(here, moving, typed.form, typed.notes, refused)
        page = move_dialog(here, moving, asked) if is_fragment_wanted() else move_page(here, moving, asked)
        return html(page, 422)
    say(_("%(title)s moved to %(stage)s.", title=moving.title, stage=pick(moving.target.label)))
    return _done(here, moving)


def written_move(desk: Desk, moving: Moving, typed: Typed) -> Written:
    sent = values(desk, moving.entity, typed) | {moving.at.field.name: moving.target.name}
    reason = "\n".join(typed.notes.values())
    notes = {moving.at.field.name: reason} if reason else {}
    wish = Wish(sent, typed.version, notes)
    return with_current_design(
        lambda serving, asker: serving.writer.update(asker, moving.entity.name, decode_id(moving.key), wish)
    )


def _done(desk: Desk, moving: Moving) -> AnyResponse:
    """A script reloads the page that it is on; without one the record is shown."""
    if is_fragment_wanted():
        return Response(status=204)
    return see(addresses.record(desk.app.name, moving.entity.name, moving.key))


# ---- from a board


@route(pages, ONE, signed_in, methods=["POST"])
def move_card(app: str, entity: str, record: str) -> AnyResponse:
    """`to`, `after`, `before`, with If-Match: the card as it is now and the heads of all lanes; or a problem."""
    here = desk(app)
    version = sent_version()
    require_version(version)
    moving = moving_of(here, entity, record, request.form.get("to", ""))
    typed = Typed({}, version=version)
    try:
        written_move(here, moving, typed)
    except SartorError as refused:
        return _refused(here, moving, refused)
    return answer(_moved(here, moving))


def _refused(desk: Desk, moving: Moving, refused: SartorError) -> Response:
    """A problem document; `dialog` is where what was missing can be given."""
    document = problem_document(refused)
    if isinstance(refused, Invalid):
        asked = asked_for(desk, moving, {}, {}, refused)
        document["detail"] = "; ".join(dict.fromkeys(problem.message for problem in refused.problems))
        if asked.widgets:
            document["dialog"] = addresses.record(
                desk.app.name, moving.entity.name, moving.key, "move", moving.target.name
            )
    return answer(document, status_of(refused), mimetype=PROBLEM)


def _moved(desk: Desk, moving: Moving) -> dict[str, Any]:
    view = request.args.get("view")
    board = board_of(desk, seen(desk, moving.entity.name, view or _board_view(desk, moving), request.args))
    made = drawing(desk, board)
    row = desk.reader.record(desk.context, moving.entity.name, decode_id(moving.key), tuple(dict.fromkeys(paths(made))))
    row[REACHED] = is_reached(desk, Operation.UPDATE, moving.entity, row)
    counted = tallies(desk, board)
    ends = {stage.name for stage in board.ends}
    whole = added([tally for name, tally in counted.items() if name not in ends])
    return {
        "card": drawn(card(made, row)),
        "lanes": {name: lane_told(desk, board, tally) for name, tally in counted.items()},
        "totals": [list(pair) for pair in totals_of(desk, board, whole)],
        "message": _("%(title)s moved to %(stage)s.", title=moving.title, stage=pick(moving.target.label)),
    }


def _board_view(desk: Desk, moving: Moving) -> str:
    """A board on which the record can stand."""
    for view in desk.model.views_of(moving.entity.name):
        wanted = view.options.get("pipeline", moving.at.pipeline.name)
        if view.type.template == "board.html" and wanted == moving.at.pipeline.name:
            return addresses.short_name(view)
    raise NotFound(_("There is no board here."))
