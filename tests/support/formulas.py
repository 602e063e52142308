"""Hypothesis strategies for typed formulas over the deals of `deals.py`."""

from __future__ import annotations

from hypothesis import assume
from hypothesis import strategies as st

from sartor.platform.errors import InvalidExpression
from sartor.platform.expressions import parse

numbers = st.deferred(lambda: st.one_of(NUMBER_LEAVES, NUMBER_LEAVES, _numbers()))
texts = st.deferred(lambda: st.one_of(TEXT_LEAVES, TEXT_LEAVES, _texts()))
days = st.deferred(lambda: st.one_of(DAY_LEAVES, DAY_LEAVES, _days()))
instants = st.deferred(lambda: st.one_of(INSTANT_LEAVES, INSTANT_LEAVES, _instants()))
conditions = st.deferred(lambda: st.one_of(CONDITION_LEAVES, _conditions()))

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
SIGNS = st.sampled_from(["=", "!=", "<", "<=", ">", ">="])
EQUALITIES = st.sampled_from(["=", "!="])


def _filled(pattern: str, *parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(*parts).map(lambda found: pattern.format(*found))


def _numbers() -> st.SearchStrategy[str]:
    return st.one_of(
        _filled("({} {} {})", numbers, st.sampled_from("+-*/"), numbers),
        _filled("-({})", numbers),
        _filled("round({}, {})", numbers, st.integers(-3, 6).map(str)),
        _filled("{}({})", st.sampled_from(["int", "abs", "ceiling", "roundup", "rounddown"]), numbers),
        _filled("{}({}, {})", st.sampled_from(["min", "max", "sum", "average", "mod"]), numbers, numbers),
        _filled("({} ?? {})", numbers, numbers),
        _filled("if({}, {}, {})", conditions, numbers, numbers),
        _filled("len({})", texts),
        _filled("days({}, {})", days, days),
        _filled("{}({})", st.sampled_from(["year", "month", "day", "weekday", "weeknum", "daysofmonth"]), days),
        _filled("hours({}, {})", instants, instants),
    )


def _texts() -> st.SearchStrategy[str]:
    return st.one_of(
        _filled("({} & {})", texts, texts),
        _filled("text({})", st.one_of(numbers, days, instants)),
        _filled("if({}, {}, {})", conditions, texts, texts),
        _filled("({} ?? {})", texts, texts),
        _filled("{}({})", st.sampled_from(["upper", "lower", "trim"]), texts),
        _filled("{}({}, {})", st.sampled_from(["left", "right"]), texts, st.integers(-1, 5).map(str)),
        _filled("mid({}, {}, int(min({}, 5)))", texts, st.integers(0, 4).map(str), numbers),
        _filled("substitute({}, {}, {})", texts, texts, texts),
    )


def _days() -> st.SearchStrategy[str]:
    return st.one_of(
        _filled("({} + {})", days, st.integers(-400, 400).map(str)),
        _filled("addmonths({}, quantity)", days),
        _filled(
            "{}({})", st.sampled_from(["startofmonth", "startofweek", "endofmonth", "date"]), st.one_of(days, instants)
        ),
        _filled("if({}, {}, {})", conditions, days, days),
        _filled("max({}, {})", days, st.one_of(days, instants)),
    )


def _instants() -> st.SearchStrategy[str]:
    return st.one_of(
        _filled("({} + hours({}))", instants, st.integers(-48, 48).map(str)),
        _filled("({} - minutes(quantity))", instants),
        _filled("({} ?? {})", instants, instants),
    )


def _conditions() -> st.SearchStrategy[str]:
    return st.one_of(
        _filled("({} {} {})", conditions, st.sampled_from(["and", "or"]), conditions),
        _filled("(not {})", conditions),
        _filled("({} {} {})", numbers, SIGNS, numbers),
        _filled("({} {} {})", texts, EQUALITIES, texts),
        _filled("({} {} {})", st.one_of(days, instants), SIGNS, days),
        _filled("({} {} {})", instants, SIGNS, instants),
        _filled("({} {} [{}, {}])", numbers, st.sampled_from(["in", "not in"]), numbers, numbers),
        _filled("({} {} [{}, {}])", texts, st.sampled_from(["in", "not in"]), texts, texts),
        _filled("({} between {} and {})", numbers, numbers, numbers),
        _filled("({} not between {} and {})", days, days, days),
        _filled("({} {})", st.one_of(numbers, texts, days), st.sampled_from(["is blank", "is not blank"])),
        _filled("{}({}, {})", st.sampled_from(["contains", "startswith", "endswith"]), texts, texts),
        _filled("({} in {})", st.one_of(days, instants), st.sampled_from(["last(30)", "this_year()", "next_week()"])),
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
    text = draw(st.one_of(numbers, texts, days, instants, conditions))
    assume(readable(text))
    return text


@st.composite
def filters(draw: st.DrawFn) -> str:
    """A condition."""
    text = draw(conditions)
    assume(readable(text))
    return text
