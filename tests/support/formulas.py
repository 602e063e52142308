"""Hypothesis strategies for typed formulas over the deals of `deals.py`."""

from __future__ import annotations

from functools import cache

from hypothesis import assume
from hypothesis import strategies as st

from sartor.platform.errors import InvalidExpression
from sartor.platform.expressions import parse

Text = st.SearchStrategy[str]

NUMBER_LEAVES = st.sampled_from(
    ["amount", "rate", "share", "quantity", "0", "1", "2.5", "15%", "-3", "1000000", "0.000001", "stage.probability"]
)
TEXT_LEAVES = st.sampled_from(
    ["name", "note", "account.name", "'abc'", "'上海'", "' B '", "stage.outcome", "label(stage)"]
)
DAY_LEAVES = st.sampled_from(["closed_on", "due_on", "today()", "d'2026-05-01'", "date(seen_at)"])
INSTANT_LEAVES = st.sampled_from(["seen_at", "made_at", "now()", "d'2026-05-01T00:00Z'"])
CONDITION_LEAVES = st.sampled_from(
    [
        "active",
        "stage = 'won'",
        "owner = me()",
        "owner in reports()",
        "contains(tags, 'vip')",
        "seen_at in this_month()",
    ]
)
SIGNS = ("=", "!=", "<", "<=", ">", ">=")


DEPTH = 4


def filled(pattern: str, *parts: Text) -> Text:
    return st.tuples(*parts).map(lambda found: pattern.format(*found))


def word(*options: str) -> Text:
    return st.sampled_from(options)


def whole(least: int, most: int) -> Text:
    return st.integers(least, most).map(str)


@cache
def numbers(depth: int = DEPTH) -> Text:
    """Formulas that give a number, at most so deep."""
    if not depth:
        return NUMBER_LEAVES
    x, when, text = numbers(depth - 1), conditions(depth - 1), texts(depth - 1)
    day, moment = days(depth - 1), instants(depth - 1)
    return st.one_of(
        NUMBER_LEAVES,
        filled("({} {} {})", x, word("+", "-", "*", "/"), x),
        filled("-({})", x),
        filled("round({}, {})", x, whole(-3, 6)),
        filled("{}({})", word("int", "abs", "ceiling", "roundup", "rounddown"), x),
        filled("{}({}, {})", word("min", "max", "sum", "average", "mod"), x, x),
        filled("({} ?? {})", x, x),
        filled("if({}, {}, {})", when, x, x),
        filled("len({})", text),
        filled("days({}, {})", day, day),
        filled("{}({})", word("year", "month", "day", "weekday", "weeknum", "daysofmonth"), day),
        filled("hours({}, {})", moment, moment),
    )


@cache
def texts(depth: int = DEPTH) -> Text:
    if not depth:
        return TEXT_LEAVES
    text, x, when = texts(depth - 1), numbers(depth - 1), conditions(depth - 1)
    return st.one_of(
        TEXT_LEAVES,
        filled("({} & {})", text, text),
        filled("text({})", st.one_of(x, days(depth - 1), instants(depth - 1))),
        filled("if({}, {}, {})", when, text, text),
        filled("({} ?? {})", text, text),
        filled("{}({})", word("upper", "lower", "trim"), text),
        filled("{}({}, {})", word("left", "right"), text, whole(-1, 5)),
        filled("mid({}, {}, int(min({}, 5)))", text, whole(0, 4), x),
        filled("substitute({}, {}, {})", text, text, text),
    )


@cache
def days(depth: int = DEPTH) -> Text:
    if not depth:
        return DAY_LEAVES
    day, moment = days(depth - 1), instants(depth - 1)
    return st.one_of(
        DAY_LEAVES,
        filled("({} + {})", day, whole(-400, 400)),
        filled("addmonths({}, quantity)", day),
        filled("{}({})", word("startofmonth", "startofweek", "endofmonth", "date"), st.one_of(day, moment)),
        filled("if({}, {}, {})", conditions(depth - 1), day, day),
        filled("max({}, {})", day, st.one_of(day, moment)),
    )


@cache
def instants(depth: int = DEPTH) -> Text:
    if not depth:
        return INSTANT_LEAVES
    moment = instants(depth - 1)
    return st.one_of(
        INSTANT_LEAVES,
        filled("({} + hours({}))", moment, whole(-48, 48)),
        filled("({} - minutes(quantity))", moment),
        filled("({} ?? {})", moment, moment),
    )


@cache
def conditions(depth: int = DEPTH) -> Text:
    if not depth:
        return CONDITION_LEAVES
    x, text, day, moment = numbers(depth - 1), texts(depth - 1), days(depth - 1), instants(depth - 1)
    when, sign, equal, among = conditions(depth - 1), word(*SIGNS), word("=", "!="), word("in", "not in")
    return st.one_of(
        CONDITION_LEAVES,
        filled("({} {} {})", when, word("and", "or"), when),
        filled("(not {})", when),
        filled("({} {} {})", x, sign, x),
        filled("({} {} {})", text, equal, text),
        filled("({} {} {})", st.one_of(day, moment), sign, day),
        filled("({} {} {})", moment, sign, moment),
        filled("({} {} [{}, {}])", x, among, x, x),
        filled("({} {} [{}, {}])", text, among, text, text),
        filled("({} between {} and {})", x, x, x),
        filled("({} not between {} and {})", day, day, day),
        filled("({} {})", st.one_of(x, text, day), word("is blank", "is not blank")),
        filled("{}({}, {})", word("contains", "startswith", "endswith"), text, text),
        filled("({} {} {})", st.one_of(day, moment), among, word("last(30)", "this_year()", "next_week()")),
    )


def readable(text: str) -> bool:
    """Within the limits of the language."""
    try:
        parse(text)
    except InvalidExpression:
        return False
    return True


@st.composite
def formulas(draw: st.DrawFn) -> str:
    """A formula of any type."""
    text = draw(st.one_of(numbers(), texts(), days(), instants(), conditions()))
    assume(readable(text))
    return text


@st.composite
def filters(draw: st.DrawFn) -> str:
    """A condition."""
    text = draw(conditions())
    assume(readable(text))
    return text
