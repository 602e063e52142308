"""Exact numbers: read from JSON and from what people write, checked, rounded half up, and written out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from typing import Any

from babel import Locale
from babel.numbers import format_decimal, get_currency_precision

from sartor.platform.fields.refusal import Refused
from sartor.platform.fields.wording import brief, cell_text
from sartor.platform.model import Field
from sartor.platform.text import gettext as _

MOST_DIGITS = 18
MOST_BEFORE_POINT = 15
MONEY_SCALE = 3
PERCENT_SCALE = 6
LOCALES = {"en": Locale("en"), "zh": Locale("zh", "CN", "Hans")}
MYRIADS = {"万": 10**4, "亿": 10**8}

_PLAIN = re.compile(r"[+-]?\d{1,40}(\.\d{0,40})?", re.ASCII)
_WHOLE = r"\d{1,40}|\d{1,3}(?P<gap>[, '])\d{3}((?P=gap)\d{3}){0,12}"
_WRITTEN = re.compile(rf"(?P<sign>[+-]?)(?P<whole>{_WHOLE})?(\.(?P<rest>\d{{0,40}}))?", re.ASCII)
_EXACT = Context(prec=100)


def scaled(number: Decimal, places: int) -> Decimal:
    """Half up to so many decimals, which are always there; never `-0`.

    :raises ValueError: when more digits stand before the point than can be stored.
    """
    if not number.is_finite():
        raise Refused(too_many(number, places), "digits")
    result = number.quantize(_unit(places), ROUND_HALF_UP, _EXACT)
    if result.adjusted() >= whole_digits(places) and result:
        raise Refused(too_many(number, places), "digits")
    return result if result else abs(result)


@lru_cache
def _unit(places: int) -> Decimal:
    return Decimal(1).scaleb(-places)


@lru_cache
def whole_digits(places: int) -> int:
    """How many digits fit before the point."""
    return min(MOST_BEFORE_POINT, MOST_DIGITS - places)


def too_many(number: Decimal, places: int) -> str:
    return _(
        "%(value)s has too many digits; at most %(most)s may stand before the point.",
        value=brief(str(number)),
        most=whole_digits(places),
    )


def from_json(value: Any) -> Decimal:
    """A JSON number, or the same as a text without exponent and separators."""
    if isinstance(value, str) and _PLAIN.fullmatch(value):
        return Decimal(value)
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**40:
        return Decimal(value)
    if isinstance(value, float) and abs(value) < 1e40:
        return Decimal(repr(value))
    raise Refused(_("%(value)s is not a number.", value=brief(value)), "type")


def within(number: Decimal, places: int, options: Mapping[str, Any]) -> Decimal:
    """`number` with exactly `places` decimals, if it has no more and lies between `minimum` and `maximum`."""
    kept = scaled(number, places)
    if kept != number:
        raise Refused(
            _("%(value)s has too many decimals; at most %(most)s are kept.", value=brief(str(number)), most=places),
            "digits",
        )
    least, most = options.get("minimum"), options.get("maximum")
    if least is not None and kept < Decimal(str(least)):
        raise Refused(_("%(value)s is too small; the least is %(least)s.", value=plain(kept), least=least), "min")
    if most is not None and kept > Decimal(str(most)):
        raise Refused(_("%(value)s is too large; the most is %(most)s.", value=plain(kept), most=most), "max")
    return kept


def from_text(cell: Any, mark: str = ".") -> Decimal | None:
    """What people write: `1,234.50`, `1 234`, `-5`, `(5)`, `1.5万`, full-width digits; None for nothing.

    mark: what stands before the decimals. Groups of thousands must be whole, so that `1,23` is never read as 123.
    """
    said = cell_text(cell)
    if said is None:
        return None
    if isinstance(cell, bool):
        raise Refused(_("%(value)s is not a number.", value=brief(said)), "type")
    text = unicodedata.normalize("NFKC", said).replace("−", "-").strip()
    if text.startswith("(") and text.endswith(")"):
        text = "-" + text[1:-1].strip()
    factor = MYRIADS.get(text[-1:], 1)
    text = text[:-1].rstrip() if factor > 1 else text
    if mark == ",":
        text = text.translate(str.maketrans(",.", ".,"))
    found = _WRITTEN.fullmatch(text)
    if not found or not (found["whole"] or found["rest"]):
        raise Refused(_("%(value)s is not a number.", value=brief(said)), "type")
    whole = re.sub(r"\D", "", found["whole"] or "0")
    return Decimal(f"{found['sign']}{whole}.{found['rest'] or '0'}") * factor


def plain(number: Decimal) -> str:
    """Without exponent and without zeros at the end."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def written(number: Decimal, mark: str) -> str:
    """As `from_text` reads it."""
    return plain(number).replace(".", mark)


GROUPING = {
    "type": "boolean",
    "title": "Thousands set apart",
    "description": "2,026 where it counts something; 2026 without, as a year or a number that names something.",
    "default": True,
}


def is_grouped(field: Field) -> bool:
    """Whether numbers of a field are written with thousands set apart."""
    return field.options.get("grouping", True) is not False


def shown(number: Decimal | int, places: int, language: str, *, grouped: bool = True) -> str:
    """With exactly so many decimals. grouped: and thousands set apart."""
    pattern = ("#,##0" if grouped else "0") + ("." + "0" * places if places else "")
    return format_decimal(number, pattern, locale=LOCALES.get(language, LOCALES["en"]), decimal_quantization=False)


@lru_cache
def currency_digits(currency: str | None) -> int:
    """Decimals that amounts in a currency have (JPY 0, CNY 2, KWD 3)."""
    return min(MONEY_SCALE, get_currency_precision(currency)) if currency else MONEY_SCALE
