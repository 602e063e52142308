"""Exact arithmetic as both back ends do it: half-up, 12 decimals after a division, 38 digits in a result.

What cannot be computed (division by zero, overflow) is None.
"""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_UP, ROUND_UP, Context, Decimal

from sartor.platform.expressions.types import PLACES, WHOLE_DIGITS

Number = int | Decimal

# Wide enough that no sum or product of an expression within its limits is ever rounded by the context itself.
EXACT = Context(prec=20_000, rounding=ROUND_HALF_UP, Emin=-99_999, Emax=99_999)
UNITS = [Decimal(1).scaleb(-digits) for digits in range(40)]  # the last place for a number of decimals
ROOT = Context(prec=80, rounding=ROUND_HALF_UP)
ROOT_GUARD = 30  # a root is first rounded here, as PostgreSQL does
GUARD = 20  # a quotient is first rounded here, as PostgreSQL does, then to PLACES
BIGGEST_INTEGER = 2**63 - 1
BIGGEST = Decimal(10) ** WHOLE_DIGITS


def places(value: Decimal) -> int:
    """Decimals after the point; negative where zeros stand before it."""
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


def rounded(value: Number, digits: int, how: str = ROUND_HALF_UP) -> Decimal:
    return Decimal(value).quantize(UNITS[digits], how, EXACT)


def add(left: Number, right: Number) -> Number:
    if isinstance(left, int) and isinstance(right, int):
        return left + right
    return EXACT.add(Decimal(left), Decimal(right))


def subtract(left: Number, right: Number) -> Number:
    if isinstance(left, int) and isinstance(right, int):
        return left - right
    return EXACT.subtract(Decimal(left), Decimal(right))


def multiply(left: Number, right: Number) -> Number:
    if isinstance(left, int) and isinstance(right, int):
        return left * right
    product = EXACT.multiply(Decimal(left), Decimal(right))
    return rounded(product, PLACES) if places(product) > PLACES else product


def negative(value: Number) -> Number:
    return value.copy_negate() if isinstance(value, Decimal) else -value


def divide(left: Number, right: Number) -> Decimal | None:
    if right == 0:
        return None
    top, bottom = _whole(left), _whole(right)
    scale = GUARD + top[1] - bottom[1]
    above, below = top[0] * 10 ** max(scale, 0), bottom[0] * 10 ** max(-scale, 0)
    quotient = (2 * abs(above) + abs(below)) // (2 * abs(below))
    sign = -1 if (above < 0) != (below < 0) else 1
    return rounded(Decimal(sign * quotient).scaleb(-GUARD, EXACT), PLACES)


def _whole(value: Number) -> tuple[int, int]:
    """The value as an integer and the power of ten it is to be multiplied with."""
    if isinstance(value, int):
        return value, 0
    return int(value.scaleb(places(value), EXACT)), -places(value)


def to_places(value: Number, digits: int, how: str) -> Number:
    """Rounded to decimals, or before the point where `digits` is negative."""
    digits = max(min(digits, PLACES), -38)
    if digits >= 0:
        return rounded(value, digits, how)
    whole = Decimal(value).scaleb(digits, EXACT).quantize(Decimal(1), how, EXACT)
    return EXACT.multiply(whole, Decimal(10) ** -digits)


HOW = {"round": ROUND_HALF_UP, "rounddown": ROUND_DOWN, "roundup": ROUND_UP}
FLOOR, CEILING = ROUND_FLOOR, ROUND_CEILING


def fits(value: Number) -> bool:
    """Whether a result may leave the language: 64 bits for an integer, 26 digits before the point for a decimal."""
    if isinstance(value, int):
        return -BIGGEST_INTEGER <= value <= BIGGEST_INTEGER
    return -BIGGEST < value < BIGGEST


def written(value: Number) -> str:
    """The number as text: no exponent, no trailing zeros."""
    if isinstance(value, int):
        return str(value)
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
