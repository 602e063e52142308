"""The cards of a board: the title, what belongs to it, the amount, when and whose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sartor.platform.model import Operation
from sartor.platform.query.columns import Column
from sartor.platform.query.question import Page
from sartor.platform.text import gettext as _
from sartor.platform.text import pick
from sartor.platform.ui.pages.board import Card, Cards
from sartor.platform.ui.pages.parts import Cell, Pill
from sartor.runtime.pages import addresses
from sartor.runtime.pages.boards.lanes import Board, Tally, without_stage
from sartor.runtime.pages.boards.stage_path import overstayed
from sartor.runtime.pages.cells import drawer
from sartor.runtime.pages.desk import Desk
from sartor.runtime.pages.forms.widgets import is_closed
from sartor.runtime.pages.lists.heads import is_figure
from sartor.runtime.pages.lists.row_marks import flags, tint
from sartor.runtime.pages.lists.seeing import Seeing, columns_of, question
from sartor.runtime.pages.reaching import is_changeable, reaches
from sartor.runtime.pages.titles import title_text

CARDS = 25
LINES = 2
ENTERED = "entered_at"


@dataclass(frozen=True)
class Drawing:
    """How cards are drawn for one reader: made once for a board."""

    desk: Desk
    board: Board
    columns: list[Column]
    draw: list[Any]
    may_move: bool


def drawing(desk: Desk, board: Board) -> Drawing:
    seeing = board.seeing
    shown = [
        each
        for each in columns_of(desk, seeing.entity, seeing.view.columns)
        if each.path != (seeing.entity.title,) and each.path[0] != board.stage.name
    ]
    may_move = desk.access.may(Operation.UPDATE, seeing.entity.name) and not is_closed(desk, board.stage)
    return Drawing(desk, board, shown, [drawer(desk, each) for each in shown], may_move)


def paths(made: Drawing) -> list[tuple[str, ...]]:
    entity, stage = made.board.seeing.entity, made.board.stage.name
    return [*(each.path for each in made.columns), (entity.title,), ("version",), (stage,), (stage, ENTERED)]


def lane_page(made: Drawing, stage: str, cursor: str | None = None) -> Page:
    """A page of one lane; end lanes are outside of what a board of open records filters for."""
    board = made.board
    seeing: Seeing = without_stage(board) if stage in {each.name for each in board.ends} else board.seeing
    limit = seeing.view.options.get("page", CARDS)
    name = board.stage.name
    asked = question(
        made.desk,
        seeing,
        paths(made),
        equal=(name,),
        given={name: stage},
        limit=limit,
        cursor=cursor,
        flags=flags(made.desk, seeing.view),
        reaches=reaches(made.desk, seeing.entity.name) if made.may_move else (),
    )
    return made.desk.reader.page(made.desk.context, asked)


def cards(made: Drawing, stage: str, page: Page, tally: Tally | None = None) -> Cards:
    following = None
    if page.next:
        following = made.board.seeing.url(made.desk, lane=stage, cursor=page.next)
    rest = tally.count - len(page.rows) if tally else 0
    more = _("+%(n)s more", n=rest) if rest > 0 else _("Load more")
    return Cards(cards=tuple(card(made, row) for row in page.rows), next_url=following, more_text=more)


def card(made: Drawing, row: Mapping[str, Any]) -> Card:
    desk, entity = made.desk, made.board.seeing.entity
    title = title_text(desk, entity, dict(row))
    lines, left, right = _parts(made, row)
    name, key = desk.app.name, row["id"]
    return Card(
        id=key,
        title=title,
        href=addresses.record(name, entity.name, key, **_place(made)),
        version=str(row["version"]),
        label=", ".join([title, *([left.text] if left and left.text else [])]),
        lines=tuple(lines),
        left=left,
        right=tuple(right),
        strip=_strip(made, row),
        move_url=addresses.record(name, entity.name, key, "move", **_place(made))
        if made.may_move and is_changeable(row)
        else None,
        peek_url=addresses.record(name, entity.name, key, "peek"),
        tint=tint(made.board.seeing.view, row),
    )


def _place(made: Drawing) -> dict[str, str]:
    """The board that the card is on."""
    seeing = made.board.seeing
    return seeing.kept() | {"view": addresses.short_name(seeing.view)}


def _parts(made: Drawing, row: Mapping[str, Any]) -> tuple[list[Cell], Cell | None, list[Cell]]:
    """Words go below the name, the first number to the left, days and people to the right."""
    lines: list[Cell] = []
    left: Cell | None = None
    right: list[Cell] = []
    for column, draw in zip(made.columns, made.draw, strict=True):
        said = row[column.name]
        if said in (None, [], ""):
            continue
        cell = draw(said)
        if is_figure(column):
            left = left or replace(cell, text=cell.short or cell.text, short=None)
        elif cell.face:
            right.append(cell)
        elif cell.kind == "date":
            right.insert(0, replace(cell, tone="bad" if _is_past(made.desk, said) else ""))
        elif len(lines) < LINES:
            lines.append(replace(cell, href=None))
    return lines, left, right[:2]


def _is_past(desk: Desk, said: str) -> bool:
    return date.fromisoformat(said[:10]) < desk.today


def _strip(made: Drawing, row: Mapping[str, Any]) -> Pill | None:
    """A record that stays longer in its stage than is usual."""
    stage = made.board.pipeline.stages.get(row[made.board.stage.name] or "")
    days = overstayed(stage, row.get(f"{made.board.stage.name}.{ENTERED}"), made.desk.now) if stage else None
    if stage is None or days is None:
        return None
    return Pill(_("%(stage)s for %(n)s days", n=days, stage=pick(stage.label)), "warn", "clock-exclamation")
