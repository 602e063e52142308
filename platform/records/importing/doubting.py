"""Proposals that rest on a name alone, held against the values: people are no day, whatever their column is called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sartor.platform.fields.base import Reading
from sartor.platform.model import Entity
from sartor.platform.records.files.guess import Guess
from sartor.platform.records.files.mapping import Suggestion
from sartor.platform.records.files.numbers import STYLES
from sartor.platform.records.files.table import Row, Value
from sartor.platform.records.importing.columns import Bound, Refusal

MARKS = {style.name: style.decimal for style in STYLES}


def plausible(
    proposed: Mapping[str, Suggestion], entity: Entity, rows: Sequence[Row], guesses: Mapping[str, Guess]
) -> dict[str, Suggestion]:
    """The proposals without the unsure ones into whose field not one value would fit.

    A sure one stays: there the values are what somebody has to look at.
    """
    places = {column: place for place, column in enumerate(guesses)}
    return {
        column: each
        for column, each in proposed.items()
        if each.sure or _fits(_bound(column, places[column], each, entity, guesses[column]), rows)
    }


def _bound(column: str, place: int, proposal: Suggestion, entity: Entity, guess: Guess) -> Bound:
    """The column bound to the proposed field, read as its own values seem to be written."""
    written = guess.formats[0] if guess.formats else None
    reading = Reading(decimal_mark=MARKS.get(written or "", "."))
    dates = written if guess.kind in ("date", "datetime") else None
    return Bound(column, place, entity.fields[proposal.target], None, reading, dates, {})


def _fits(bound: Bound, rows: Sequence[Row]) -> bool:
    cells: list[Value] = [row.values[bound.place] for row in rows if row.values[bound.place] is not None]
    return not cells or any(not isinstance(bound.value(cell), Refusal) for cell in cells)
