"""Numbers as people write them: currency signs, thousands, percentages, brackets for minus, 万 and 亿."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from sartor.platform.records.files.table import Percent

CURRENCY = re.compile(r"[¥$€£₩₹元円]|(?<![A-Za-z])(?:RMB|CNY|USD|EUR|GBP|JPY|HKD|TWD|US\$|HK\$|NT\$)(?![A-Za-z])")
UNITS = {"万": Decimal(10_000), "萬": Decimal(10_000), "亿": Decimal(100_000_000), "億": Decimal(100_000_000)}
MOST_DIGITS = 38


@dataclass(frozen=True, slots=True)
class NumberStyle:
    """Which sign stands before the fraction, which between thousands."""

    name: str
    decimal: str
    thousands: str

    @property
    def pattern(self) -> re.Pattern[str]:
        return PATTERNS[self.name]


STYLES = (
    NumberStyle("1,234.56", ".", ","),
    NumberStyle("1.234,56", ",", "."),
    NumberStyle("1 234,56", ",", " "),
    NumberStyle("1'234.56", ".", "'"),
)
PLAIN = STYLES[0]
PATTERNS = {
    style.name: re.compile(
        rf"(\d{{1,3}}(?:{re.escape(style.thousands)}\d{{3}})+|\d+)?(?:{re.escape(style.decimal)}(\d*))?",
        re.ASCII,
    )
    for style in STYLES
}


def parse_number(text: str, style: NumberStyle = PLAIN) -> Decimal | None:
    """The number, a `Percent` where a percent sign stands; None where the text is none in this style."""
    text = unicodedata.normalize("NFKC", text).replace("\u2212", "-").replace("\u2019", "'")
    text = CURRENCY.sub("", text).strip()
    text, negative = _sign(text)
    percent = text.endswith("%")
    text = text.removesuffix("%").rstrip()
    factor = UNITS.get(text[-1:], Decimal(1))
    found = style.pattern.fullmatch(text[:-1].rstrip() if factor != 1 else text)
    if not found or not (found[1] or found[2]) or len(text) > MOST_DIGITS:
        return None
    whole = (found[1] or "0").replace(style.thousands, "")
    number = Decimal(f"{negative}{whole}.{found[2] or '0'}" if found[2] else f"{negative}{whole}") * factor
    return Percent(number / 100) if percent else number


def number_styles(texts: Iterable[str]) -> list[NumberStyle]:
    """Styles that read every text, the usual one first; more than one where the values differ by style."""
    texts = list(texts)
    fitting = [style for style in STYLES if all(parse_number(text, style) is not None for text in texts)]
    kept: list[NumberStyle] = []
    seen: list[list[Decimal | None]] = []
    for style in fitting:
        values = [parse_number(text, style) for text in texts]
        if values not in seen:
            kept.append(style)
            seen.append(values)
    return kept


def _sign(text: str) -> tuple[str, str]:
    if text.startswith("(") and text.endswith(")"):
        return text[1:-1].strip(), "-"
    if text.startswith(("-", "+")):
        return text[1:].lstrip(), "-" if text[0] == "-" else ""
    if text.endswith("-"):
        return text[:-1].rstrip(), "-"
    return text, ""
