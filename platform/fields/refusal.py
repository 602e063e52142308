"""Why a value is refused: a sentence for people that carries a word for programs and the near match.

marshmallow keeps the sentence as it is, so whoever reads the messages of a ValidationError finds `code` and `near`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import marshmallow as ma


class Sentence(str):
    """A message. code: `type`, `unknown`, `too_long`, `min`, `max`, `digits`, `format` …"""

    code: str
    near: str | None

    def __new__(cls, text: str, code: str = "invalid", near: str | None = None) -> Sentence:
        sentence = super().__new__(cls, text)
        sentence.code = code
        sentence.near = near
        return sentence


class Refused(ValueError):
    """A value that a field cannot take."""

    def __init__(self, text: str, code: str = "invalid", near: str | None = None) -> None:
        super().__init__(Sentence(text, code, near))

    @property
    def sentence(self) -> Sentence:
        return self.args[0]


class Parsed(ma.fields.Field):
    """A marshmallow field made of one function from JSON to the value. null is None; nothing is required."""

    def __init__(self, parse: Callable[[Any], Any]) -> None:
        super().__init__(allow_none=True)
        self.parse = parse

    def deserialize(self, value: Any, attr: str | None = None, data: Any = None, **kwargs: Any) -> Any:
        """Without the rounds for what such a field never has: defaults, requirements, validators of its own."""
        if value is None or value is ma.missing:
            return value
        try:
            return self.parse(value)
        except Refused as error:
            raise ma.ValidationError(error.sentence) from None
