"""The board of a pipeline: lanes with their own pages of cards, moved by mouse, keys or menu."""

from __future__ import annotations

from flask import Response, request

from sartor.platform.errors import Invalid
from sartor.platform.model import Stage
from sartor.platform.text import gettext as _
from sartor.platform.text import pick
from sartor.platform.ui.format import number
from sartor.platform.ui.pages.board import BoardPage, Cards, Lane
from sartor.platform.ui.pages.parts import Link, Note
from sartor.platform.ui.pages.shell import TitleBar
from sartor.platform.ui.tones import dot_of_stage
from sartor.runtime.pages.boards.cards import Drawing, cards, drawing, lane_page
from sartor.runtime.pages.boards.lanes import (
    Board,
    Tally,
    added,
    board_of,
    chance,
    second_text,
    stage_named,
    sum_text,
    tallies,
)
from sartor.runtime.pages.desk import Desk
from sartor.runtime.pages.lists.filter_bar import filter_bar
from sartor.runtime.pages.lists.listing import actions, more_actions, switch, view_links
from sartor.runtime.pages.lists.seeing import Seeing
from sartor.runtime.pages.rendering import html
from sartor.runtime.pages.shell import shell

OPEN = "open"


def board_response(desk: Desk, seeing: Seeing) -> Response:
    """The whole board, or the next cards of a lane."""
    board = board_of(desk, seeing)
    if request.args.get("cursor"):
        stage = stage_named(board, request.args.get("lane", "")).name
        made = drawing(desk, board)
        return html(cards(made, stage, lane_page(made, stage, request.args["cursor"])))
    return html(board_page(desk, board))


def board_page(desk: Desk, board: Board) -> BoardPage:
    seeing = board.seeing
    error: str | None = None
    lanes: tuple[Lane, ...] = ()
    counted: dict[str, Tally] = {}
    try:
        counted = tallies(desk, board)
        lanes = tuple(_lanes(desk, board, counted))
    except Invalid as refused:
        error = refused.message
    label = pick(seeing.entity.plural)
    ends = {stage.name for stage in board.ends}
    whole = added([tally for name, tally in counted.items() if name not in ends])
    return BoardPage(
        shell=shell(desk, f"{pick(seeing.view.label)} · {label}", f"view/{seeing.view.name}"),
        bar=TitleBar(title=label, actions=actions(desk, seeing), more=more_actions(desk, seeing)),
        label=pick(seeing.view.label),
        view=Link(pick(seeing.view.label), seeing.url(desk), seeing.view.type.icon, True, number(whole.count)),
        views=view_links(desk, seeing),
        switch=switch(desk, seeing),
        filter=filter_bar(desk, seeing, error=error, notes=totals_of(desk, board, whole)),
        lanes=lanes,
        notes=(Note(error, "bad"),) if error else (),
    )


def totals_of(desk: Desk, board: Board, whole: Tally) -> tuple[tuple[str, str], ...]:
    return tuple((pick(item.label), sum_text(desk, board, whole, at) or "") for at, item in enumerate(board.totals))


def _lanes(desk: Desk, board: Board, counted: dict[str, Tally]) -> list[Lane]:
    made = drawing(desk, board)
    opened = request.args.get(OPEN, "")
    return [_lane(made, stage, counted[stage.name], opened) for stage in board.pipeline.stages.values()]


def _lane(made: Drawing, stage: Stage, tally: Tally, opened: str) -> Lane:
    desk, board = made.desk, made.board
    end = stage in board.ends
    folded = end and stage.name != opened
    page = None if folded else lane_page(made, stage.name)
    needs = "; ".join(pick(check.message) for check in stage.to_enter)
    return Lane(
        key=stage.name,
        title=pick(stage.label),
        dot=dot_of_stage(board.pipeline, stage),
        count=number(tally.count),
        total=sum_text(desk, board, tally, 0),
        sub=(chance(stage), second_text(desk, board, tally)) if not end else ("", ""),
        cards=cards(made, stage.name, page, tally) if page else Cards(cards=()),
        needs=_("Needs: %(what)s", what=needs) if needs else None,
        folded=folded,
        open_url=board.seeing.url(desk, open=stage.name if folded else None) if end else None,
        refuses=None if made.may_move else _("You may not move records here."),
    )
