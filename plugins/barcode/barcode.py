"""The number below a product's bars (GTIN): EAN-13, UPC-A or EAN-8, kept as its digits.

A UPC-A is the EAN-13 that begins with a zero, so both find the same product.
"""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from typing import Any

from sartor.platform.plugin import (
    MATCHING,
    TEXT,
    Drawing,
    Field,
    Model,
    OneLine,
    Reading,
    Refused,
    Type,
    brief,
    cell_text,
    closed,
    fold,
    line,
)
from sartor.platform.plugin import gettext as _
from sartor.plugins.barcode.bars import HEIGHT, bars, path

LONGEST = 40
"""Characters as typed: with blanks and hyphens among the digits."""
LENGTHS = {"ean_13": 13, "upc_a": 12, "ean_8": 8}
NAMES = {"ean_13": "EAN-13", "upc_a": "UPC-A", "ean_8": "EAN-8"}


def digits_of(text: str) -> str:
    """Ordinary digits without what people put between them; whatever else there is stays."""
    return "".join(each for each in unicodedata.normalize("NFKC", text) if each not in " -\u2010\u2013")


def check_digit(digits: str) -> str:
    """The last digit that belongs behind these: weights 3 and 1, from the right."""
    total = sum(int(digit) * (1 if place % 2 else 3) for place, digit in enumerate(reversed(digits)))
    return str(-total % 10)


def folded(text: str) -> str:
    """How codes are compared: a whole UPC-A as the EAN-13 that it is, parts of a code by the digits that are there."""
    digits = digits_of(text)
    if len(digits) == LENGTHS["upc_a"] and digits.isdecimal() and check_digit(digits[:-1]) == digits[-1]:
        return "0" + digits
    return fold(digits)


class Barcode(OneLine):
    key = "barcode"
    label = {"en": "Barcode", "zh": "条形码"}
    icon = "barcode"
    widget = "text"
    operators = MATCHING
    example = "6901234567892"
    options_schema = closed(
        {
            "kind": {
                "enum": ["any", *LENGTHS],
                "default": "any",
                "title": "Kind of barcode",
                "description": "Which codes may be written.",
                "x-texts": {"any": "Any", **NAMES},
            },
            "bars": {
                "type": "boolean",
                "default": True,
                "title": "Draw the bars",
                "description": "Show them on the record's page and on paper, to be scanned.",
            },
        }
    )

    def longest(self, field: Field) -> int:
        return LONGEST

    def kinds(self, field: Field) -> list[str]:
        kind = field.options.get("kind", "any")
        return list(LENGTHS) if kind == "any" else [kind]

    def parse(self, field: Field, value: Any) -> str | None:
        text = line(value, LONGEST)
        if text is None:
            return None
        digits = digits_of(text)
        if not (digits.isascii() and digits.isdecimal()):
            raise Refused(_("%(value)s is not a barcode: only digits were expected.", value=brief(text)), "format")
        fitting = {LENGTHS[each]: NAMES[each] for each in self.kinds(field)}
        if len(digits) not in fitting:
            kinds = ", ".join(f"{name} ({length})" for length, name in fitting.items())
            said = _("%(value)s has %(n)s digits; expected: %(kinds)s.", value=brief(text), n=len(digits), kinds=kinds)
            raise Refused(said, "digits")
        if (wanted := check_digit(digits[:-1])) != digits[-1]:
            said = _(
                "%(value)s holds a mistyped digit: the last one would be %(digit)s.", value=brief(text), digit=wanted
            )
            raise Refused(said, "check_digit")
        return digits

    def read_text(self, field: Field, cell: Any, reading: Reading) -> str | None:
        """A cell that holds a number has lost the zeros before it."""
        text = cell_text(cell)
        if text is None or isinstance(cell, str):
            return text
        return next((text.zfill(LENGTHS[each]) for each in self.kinds(field) if len(text) == LENGTHS[each] - 1), text)

    def fold(self, field: Field, text: str) -> str:
        return folded(text)

    def expression_type(self, field: Field, model: Model) -> Type:
        return replace(TEXT, folds=folded)

    def search_text(self, field: Field, value: str | None) -> str | None:
        return f"{value} {folded(value)}" if value else None

    def drawing(self, field: Field, value: str | None) -> Drawing | None:
        if not value or not field.options.get("bars", True):
            return None
        modules = bars(value)
        return Drawing(len(modules), HEIGHT, path(modules)) if modules else None
