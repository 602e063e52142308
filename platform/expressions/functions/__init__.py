"""All functions of the language, one module per group."""

from __future__ import annotations

from sartor.platform.expressions.function import Function
from sartor.platform.expressions.functions import (
    aggregates,
    calendar,
    china,
    dates,
    logic,
    math,
    money,
    moves,
    people,
    ranges,
    searching,
    several,
    spans,
    text,
)

GROUPS: dict[str, tuple[Function, ...]] = {
    "logic": logic.FUNCTIONS,
    "text": text.FUNCTIONS + searching.FUNCTIONS,
    "math": math.FUNCTIONS + several.FUNCTIONS,
    "dates": dates.FUNCTIONS + spans.FUNCTIONS + moves.FUNCTIONS + calendar.FUNCTIONS,
    "ranges": ranges.FUNCTIONS,
    "china": china.FUNCTIONS,
    "people": people.FUNCTIONS,
    "money": money.FUNCTIONS,
    "aggregates": aggregates.FUNCTIONS,
}
FUNCTIONS: dict[str, Function] = {each.name: each for group in GROUPS.values() for each in group}
ALIASES: dict[str, str] = {alias: each.name for each in FUNCTIONS.values() for alias in each.aliases}
