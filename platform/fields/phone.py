"""A telephone number: kept as written, compared by its digits with country code.

`+86 138-0000-0000`, `13800000000` and the same in full-width digits are one number. Short numbers (10086) and numbers
with an extension are numbers too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from functools import cache, lru_cache
from typing import Any

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat

from sartor.platform.expressions.types import TEXT, Type
from sartor.platform.fields.base import quoted
from sartor.platform.fields.one_line import OneLine
from sartor.platform.fields.refusal import Refused
from sartor.platform.fields.wording import brief, fit, line
from sartor.platform.model import Field, Model
from sartor.platform.text import fold
from sartor.platform.text import gettext as _

LONGEST = 40
REGIONS = sorted(phonenumbers.SUPPORTED_REGIONS)
SHORT = re.compile(r"\d{3,15}", re.ASCII)


def cleaned(text: str) -> str:
    """Ordinary digits, plain hyphens, single spaces."""
    plain = unicodedata.normalize("NFKC", text)
    return " ".join(re.sub(r"[‐‑‒–—―−]", "-", plain).split())


@lru_cache(maxsize=8192)
def number_digits(text: str, region: str) -> str | None:
    """Country code, number and extension as digits (`x` before the extension); None if it is no number.

    What is no whole number of the country (a short one, a part of one) stays without a country code, so that a part
    is found in the whole.
    """
    try:
        number = phonenumbers.parse(text, region)
    except NumberParseException:
        number = None
    extension = f"x{number.extension}" if number and number.extension else ""
    if number and phonenumbers.is_valid_number(number):
        return phonenumbers.format_number(number, PhoneNumberFormat.E164).lstrip("+") + extension
    if number and phonenumbers.is_possible_number(number):
        return phonenumbers.national_significant_number(number) + extension
    bare = re.sub(r"[\s()./-]", "", text)
    return bare if SHORT.fullmatch(bare) else None


@cache
def digits_in(region: str) -> Callable[[str], str]:
    """How numbers of a country are compared: by the digits of a whole one; of a part of one (`138-00`) by the digits
    that are there. What holds none is no number: it is like itself only. The same function each time it is asked for.
    """

    def digits(text: str) -> str:
        plain = cleaned(text)
        return number_digits(plain, region) or re.sub(r"\D", "", plain) or fold(text)

    return digits


class Phone(OneLine):
    key = "phone"
    label = {"en": "Phone", "zh": "电话"}
    icon = "phone"
    widget = "phone"
    operators = ("contains", "not_contains", "is", "is_not", "one_of", "none_of", "is_blank", "is_not_blank")
    example = "+86 138-0000-0000"
    options_schema = {
        "type": "object",
        "properties": {
            "region": {
                "type": "string",
                "title": "Country",
                "description": "Country of numbers that are written without a country code.",
                "enum": REGIONS,
                "default": "CN",
            }
        },
        "additionalProperties": False,
    }

    def region(self, field: Field) -> str:
        return field.options.get("region", "CN")

    def longest(self, field: Field) -> int:
        return LONGEST

    def parse(self, field: Field, value: Any) -> str | None:
        text = line(value, LONGEST)
        if text is None:
            return None
        number = cleaned(text)
        if number_digits(number, self.region(field)) is None:
            raise Refused(
                _("%(value)s is not a telephone number; write it like +86 138 0000 0000.", value=brief(text)), "format"
            )
        return number

    def expression_type(self, field: Field, model: Model) -> Type:
        return replace(TEXT, folds=digits_in(self.region(field)))

    def fold(self, field: Field, text: str) -> str:
        return digits_in(self.region(field))(text)

    def literal(self, field: Field, value: Any) -> str:
        return quoted(self.fold(field, fit(value, LONGEST)))

    def search_text(self, field: Field, value: str | None) -> str | None:
        return f"{value} {self.fold(field, value)}" if value else None
