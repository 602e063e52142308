"""What a record may hand to an expression, and what an expression may hand out.

Nothing is ever called or reached on a value; its class says whether it is
of the declared type.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sartor.platform.errors import Invalid
from sartor.platform.expressions import numbers
from sartor.platform.expressions.scope import NoNames, PathSteps
from sartor.platform.expressions.texts import MAX_RESULT
from sartor.platform.expressions.type_words import ONE, type_words
from sartor.platform.expressions.types import Type
from sartor.platform.text import gettext as _

CLASSES: dict[str, tuple[type, ...]] = {
    "text": (str,),
    "choice": (str,),
    "integer": (int,),
    "record": (int,),
    "decimal": (Decimal, int),
    "boolean": (bool,),
    "date": (date,),
    "instant": (datetime,),
    "duration": (timedelta,),
    "list": (list, tuple, set, frozenset),
}


def accepted(value: Any, kind: Type, path: PathSteps) -> Any:
    """The value of a field, if it is of the declared type; empty text is blank, a naive instant is UTC.

    :raises Invalid: for another type.
    """
    if value is None:
        return None
    if not issubclass(type(value), CLASSES[kind.name]) or _only_looks_so(value, kind):
        told = {"path": ".".join(path), "value": _class_words(value), "kind": type_words(kind, NoNames())}
        raise Invalid(_("The value of %(path)s is %(value)s, not %(kind)s.", **told))
    if value == "":
        return None
    if isinstance(value, datetime) and value.tzinfo is None:
        return value.replace(tzinfo=UTC)
    if kind.item is not None:
        return tuple(accepted(each, kind.item, path) for each in value)
    return value


def _only_looks_so(value: Any, kind: Type) -> bool:
    """Subclasses that mean something else: true is no integer, an instant no day; and numbers that are none."""
    if isinstance(value, bool):
        return kind.name != "boolean"
    if isinstance(value, Decimal):
        return not value.is_finite()
    return isinstance(value, datetime) and kind.name == "date"


def _class_words(value: Any) -> str:
    """What something is that a record handed in, in words; the name of its class where the language has none."""
    name = next((name for name, classes in CLASSES.items() if type(value) is classes[0]), None)
    return ONE[name]() if name else type(value).__name__


def finished(value: Any) -> Any:
    """A result as it leaves the language: within 38 digits, at most 10,000 characters."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int | Decimal):
        return value if numbers.fits(value) else None
    return (value[:MAX_RESULT] or None) if isinstance(value, str) else value
