"""The lanes of a board: counts and totals of all by one grouped query, cards of each by pages of their own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sartor.platform.errors import NotFound
from sartor.platform.fields.currencies import said_of_several
from sartor.platform.model import SEVERAL, Field, Outcome, Pipeline, Stage
from sartor.platform.query.conditions import conditions_of, joined
from sartor.platform.query.question import Group, Sum
from sartor.platform.text import did_you_mean, near, pick
from sartor.platform.text import gettext as _
from sartor.platform.ui.format import money_compact, number, percent
from sartor.runtime.pages.desk import Desk
from sartor.runtime.pages.lists.seeing import Seeing, conditions

MOST_TOTALS = 2


@dataclass(frozen=True, slots=True)
class Board:
    """What a board is about. totals: the amounts summed up at the head of each lane."""

    seeing: Seeing
    pipeline: Pipeline
    stage: Field
    totals: tuple[Field, ...]

    @property
    def ends(self) -> list[Stage]:
        return [each for each in self.pipeline.stages.values() if each.outcome is not Outcome.OPEN]


@dataclass(slots=True)
class Tally:
    """What is known of a lane: how many records, and sums by field and currency."""

    count: int = 0
    sums: dict[str, dict[str | None, Decimal | None]] = field(default_factory=dict)


def board_of(desk: Desk, seeing: Seeing) -> Board:
    """:raises NotFound: where the reader may not see the stages, or there are none."""
    wanted = seeing.view.options.get("pipeline")
    for item in desk.access.readable(seeing.entity.name):
        names = item.type.pipelines(item)
        if names and (wanted is None or wanted in names):
            pipeline = desk.model.pipelines[wanted or names[0]]
            return Board(seeing, pipeline, item, _totals(desk, seeing))
    raise NotFound(_("This board has no stages that are open to you."))


def _totals(desk: Desk, seeing: Seeing) -> tuple[Field, ...]:
    readable = {each.name: each for each in desk.access.readable(seeing.entity.name)}
    names = seeing.view.options.get("totals", ())
    return tuple(readable[name] for name in names if name in readable)[:MOST_TOTALS]


def stage_named(board: Board, name: str) -> Stage:
    if name not in board.pipeline.stages:
        hint = did_you_mean(near(name, board.pipeline.stages))
        raise NotFound(_("There is no stage “%(name)s” here.", name=name) + hint)
    return board.pipeline.stages[name]


def without_stage(board: Board) -> Seeing:
    """The same view whatever the stage: what the end lanes count over."""
    seeing = board.seeing
    rest = [each.text for each in conditions_of(seeing.filter) if each.path[:1] != (board.stage.name,)]
    return Seeing(seeing.entity, seeing.view, joined(rest), True, seeing.sort, seeing.own_sort)


def tallies(desk: Desk, board: Board) -> dict[str, Tally]:
    """Counts and sums of every lane."""
    found = {name: Tally() for name in board.pipeline.stages}
    wide = without_stage(board)
    asked = [(wide, {stage.name for stage in board.ends}), (board.seeing, found.keys() - {s.name for s in board.ends})]
    for seeing, names in asked:
        for name, tally in _counted(desk, board, seeing).items():
            if name in names:
                found[name] = tally
    return found


def _counted(desk: Desk, board: Board, seeing: Seeing) -> dict[str, Tally]:
    """One statement; amounts are grouped by currency too, so that nothing is added up that cannot be."""
    entity = seeing.entity.name
    groups = [Group((board.stage.name,))]
    groups += [Group((each.name, "currency")) for each in board.totals if has_currency(each)]
    measures = [desk.names.measure(entity, "count()")]
    measures += [desk.names.measure(entity, f"sum({each.name})") for each in board.totals]
    asked = Sum(entity, tuple(measures), tuple(groups), conditions(desk, seeing))
    found: dict[str, Tally] = {}
    for row in desk.reader.sum(desk.context, asked):
        tally = found.setdefault(row[0], Tally())
        tally.count += row[len(groups)]
        currencies = iter(row[1 : len(groups)])
        for place, each in enumerate(board.totals):
            currency = next(currencies) if has_currency(each) else None
            amount = row[len(groups) + 1 + place]
            if amount is not None or currency == SEVERAL:
                _add(tally.sums.setdefault(each.name, {}), currency, amount)
    return found


def _add(sums: dict[str | None, Decimal | None], currency: str | None, amount: Decimal | str | None) -> None:
    """None stays None: records whose own amount came to no sum."""
    sums[currency] = None if amount is None else (sums.get(currency) or Decimal(0)) + Decimal(amount)


def has_currency(item: Field) -> bool:
    return item.face.type.attribute_suffix(item.face, "currency") is not None


def sum_text(desk: Desk, board: Board, tally: Tally, place: int) -> str | None:
    """A sum in short, by currency."""
    if place >= len(board.totals):
        return None
    item = board.totals[place]
    sums: Mapping[str | None, Decimal | None] = tally.sums.get(item.name, {})
    if not has_currency(item):
        return number(sums.get(None) or Decimal(0))
    own = item.face.options.get("currency") or desk.context.currency
    ordered = sorted(sums.items(), key=lambda pair: (pair[1] is None, pair[0] != own, pair[0] or ""))
    said = (
        said_of_several(desk.language) if amount is None else money_compact(amount, currency or own)
        for currency, amount in ordered
    )
    return " + ".join(said) or money_compact(0, own)


def added(tallies_: list[Tally]) -> Tally:
    whole = Tally()
    for each in tallies_:
        whole.count += each.count
        for name, sums in each.sums.items():
            for currency, amount in sums.items():
                into = whole.sums.setdefault(name, {})
                _add(into, currency, amount)
    return whole


def chance(stage: Stage) -> str:
    return percent(stage.probability) if stage.probability is not None else ""


def lane_told(desk: Desk, board: Board, tally: Tally) -> dict[str, Any]:
    """What a move changes at the head of a lane."""
    told = {"count": number(tally.count), "total": sum_text(desk, board, tally, 0) or ""}
    second = second_text(desk, board, tally)
    return told | ({"sub": second} if second else {})


def second_text(desk: Desk, board: Board, tally: Tally) -> str:
    text = sum_text(desk, board, tally, 1)
    return f"{pick(board.totals[1].label)} {text}" if text else ""
