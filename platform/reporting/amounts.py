"""Numbers with their currency: what is worked out of amounts of several ones is none, and says so.

A number is a plain one, `Money` or `Several`; a plain one goes with every currency.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from sartor.platform.expressions import numbers as exact
from sartor.platform.model import SEVERAL, Money, Several


def with_currency(said: Decimal | None, currency: str | None) -> Any:
    """What a question answered."""
    if currency == SEVERAL:
        return Several()
    return Money(said, currency) if said is not None and currency else said


def bare(value: Any) -> Any:
    """The number alone; blank for several currencies."""
    return value.amount if isinstance(value, Money) else None if isinstance(value, Several) else value


def coin_of(value: Any) -> str | None:
    return SEVERAL if isinstance(value, Several) else value.currency if isinstance(value, Money) else None


def joined(first: Any, second: Any, work_out: Callable[[Any, Any], Any]) -> Any:
    """Worked out of two numbers of one currency."""
    coins = {coin_of(first), coin_of(second)} - {None}
    if len(coins) > 1 or SEVERAL in coins:
        return Several()
    return with_currency(work_out(bare(first), bare(second)), *(coins or {None}))


def added(first: Any, second: Any) -> Any:
    return joined(first, second, lambda one, other: one + other)


def divided(first: Any, second: Any) -> Any:
    """A share of an amount in another has no currency any more."""
    found = joined(first, second, exact.divide)
    return bare(found) if isinstance(found, Money) and coin_of(second) else found
