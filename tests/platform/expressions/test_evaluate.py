"""The meaning of the language, in Python."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from sartor.platform.errors import Invalid
from sartor.platform.expressions import decimal, evaluate

BLANKS = [
    ("quantity = 1", False),
    ("not quantity = 1", True),
    ("quantity != 1", False),
    ("quantity not in [1]", False),
    ("quantity between 1 and 2", False),
    ("quantity not between 1 and 2", False),
    ("closed_on in this_month()", False),
    ("closed_on not in this_month()", False),
    ("quantity is blank", True),
    ("quantity + 1", None),
    ("quantity ?? 7", 7),
    ("'a' & quantity & 'b'", "ab"),
    ("name & note", None),
    ("active", None),
    ("not active", True),
    ("if(active, 1, 2)", 2),
    ("contains(name, 'a')", False),
    ("max(quantity, 3)", 3),
    ("sum(quantity, 3)", 3),
    ("average(quantity, 3)", Decimal(3)),
    ("upper(name)", None),
    ("tags is blank", True),
]


@pytest.mark.parametrize(("text", "expected"), BLANKS)
def test_blanks_follow_two_valued_logic(value: Callable[..., Any], text: str, expected: object) -> None:
    blank = {"quantity": None, "name": "", "active": None, "closed_on": None, "tags": []}
    assert value(text, **blank) == expected


NUMBERS = [
    ("1 / 3", "0.333333333333"),
    ("2 / 3", "0.666666666667"),
    ("-2 / 3", "-0.666666666667"),
    ("round(2.5, 0)", "3"),
    ("round(-2.5, 0)", "-3"),
    ("round(1250, -2)", "1300"),
    ("0.1 + 0.2", "0.3"),
    ("15% * 200", "30"),
    ("1 / 0", None),
    ("mod(7, 0)", None),
    ("sqrt(0 - 1)", None),
    ("mod(-7, 3)", "-1"),
    ("99999999999999999999 * 99999999999999999999", None),
    ("9999999999999 * 9999999999999", None),
    ("9999999999999.0 * 9999999999999", "99999999999980000000000001"),
    ("0.000000000001 / 3 * 3", "0"),
]


@pytest.mark.parametrize(("text", "expected"), NUMBERS)
def test_numbers_are_exact_and_bounded(value: Callable[..., Any], text: str, expected: str | None) -> None:
    found = value(text)
    assert found is None if expected is None else found == Decimal(expected)


TEXTS = [
    ("name = '上海華為  2026'", True),
    ("name = 'ａ'", False),
    ("left(name, 4) = '上海华为'", True),
    ("left(name, 4) = '上海華為'", False),
    ("name & 'X' = '上海华为 2026x'", True),
    ("contains(tags, 'vip')", True),
    ("'VIP' in tags", True),
    ("all_of(tags, ['vip', '重點'])", True),
    ("len(tags)", 2),
    ("region_of('北京')", "north"),
    ("label(stage)", "Won"),
    ("amount & ''", "1250.5"),
    ("closed_on & ' ' & seen_at", "2026-05-01 2026-05-01 01:30"),
]


@pytest.mark.parametrize(("text", "expected"), TEXTS)
def test_stored_texts_are_folded_and_made_ones_are_not(value: Callable[..., Any], text: str, expected: object) -> None:
    assert value(text) == expected


DATES = [
    ("date(seen_at)", date(2026, 5, 1)),
    ("seen_at = closed_on", True),
    ("seen_at < closed_on", False),
    ("seen_at >= d'2026-05-01'", True),
    ("seen_at < d'2026-05-01T00:00Z'", True),
    ("closed_on + 31", date(2026, 6, 1)),
    ("31 + closed_on", date(2026, 6, 1)),
    ("days(today(), closed_on)", 14),
    ("now() - seen_at > days(14)", True),
    ("seen_at in this_month()", True),
    ("hour(seen_at)", 1),
    ("networkday(closed_on, today())", 11),
    ("addmonths(d'2024-01-31', 1)", date(2024, 2, 29)),
    ("closed_on + 10000000", None),
    ("d'9999-12-31' + 1", None),
    ("date(2026, 2, 30)", None),
    ("dateadd(seen_at, 2, 'hours')", datetime(2026, 4, 30, 19, 30, tzinfo=UTC)),
]


@pytest.mark.parametrize(("text", "expected"), DATES)
def test_days_are_local_and_instants_are_not(value: Callable[..., Any], text: str, expected: object) -> None:
    assert value(text) == expected


def test_a_result_is_rounded_to_the_wanted_scale(checked, deal, env) -> None:
    expression = checked("amount / 3", expect=decimal(2))
    assert evaluate(expression, deal(), env) == Decimal("416.83")


def test_a_label_follows_the_language(checked, deal, env) -> None:
    assert evaluate(checked("label(stage)"), deal(), replace(env, language="zh")) == "赢单"


BASES = [("CNY", None, "100"), ("USD", None, "710"), ("USD", "2", "200"), ("XXX", None, None), (None, None, "100")]


@pytest.mark.parametrize(("currency", "rate", "expected"), BASES)
def test_base_uses_the_rate_of_the_record_first(value, currency, rate, expected) -> None:
    found = value("base(amount)", amount=Decimal(100), amount__currency=currency, rate=rate and Decimal(rate))
    assert found == (expected and Decimal(expected))


def trap() -> object:
    """Not a value: whatever is asked of it, it refuses."""

    class Trap:
        def __getattribute__(self, name: str) -> object:
            raise AssertionError(f"{name} of a value was touched")

        def __eq__(self, other: object) -> bool:
            raise AssertionError("a value was compared")

        __hash__ = None

    return Trap()


def test_what_is_no_value_is_refused_untouched(value) -> None:
    with pytest.raises(Invalid, match="amount"):
        value("amount + 1", amount=trap())


@pytest.mark.parametrize("bad", [1.5, "text", True, Decimal("NaN"), datetime(2026, 1, 1)])
def test_a_value_of_another_class_is_refused(value, bad: object) -> None:
    with pytest.raises(Invalid, match="amount"):
        value("amount + 1", amount=bad)


def test_durations_are_values_too(value) -> None:
    assert value("minutes(5) + hours(2)") == timedelta(hours=2, minutes=5)
