"""What somebody probably meant who wrote a plain value where an expression is asked for: 展会 for 'exhibition'."""

from __future__ import annotations

import re
from datetime import date

from sartor.platform.expressions.printer import literal
from sartor.platform.expressions.types import Label, Type
from sartor.platform.text import fold, in_all_languages

PLAIN = re.compile(r"[^'\"‘’“”(（){}\[\]&=<>|]+")
"""Words alone: nothing that only an expression has."""


def meant(text: str, wanted: Type) -> str | None:
    """The value as it is written in an expression; None where the text is none of that type."""
    said = text.strip().strip("'‘’\"“”")
    if wanted.item is not None and wanted.item.choices:
        key = _key(said, wanted.item)
        return None if key is None else f"[{literal(key)}]"
    if wanted.choices:
        key = _key(said, wanted)
        return None if key is None else literal(key)
    if wanted.name == "date":
        return _day(said)
    return literal(said) if wanted.name == "text" and said and PLAIN.fullmatch(said) else None


def _key(said: str, kind: Type) -> str | None:
    """The choice that is called so."""
    choices = kind.choices or {}
    return next((key for key, label in choices.items() if fold(said) in _names(key, label)), None)


def _names(key: str, label: Label) -> set[str]:
    return {fold(each) for each in (key, *in_all_languages(label))}


def _day(said: str) -> str | None:
    try:
        return literal(date.fromisoformat(said))
    except ValueError:
        return None
