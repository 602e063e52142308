"""JSON as people and programs send it: read strictly, and refused in words, with the line or the place in it."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from sartor.platform.errors import BadRequest, Problem
from sartor.platform.text import gettext as _

DEEPEST = 100
"""Levels of nesting that are read. Nothing of ours needs more than twenty; a hostile text may have a million."""

LARGEST_INTEGER = 2**63 - 1

SAID: Mapping[str, Callable[[], str]] = {
    "Expecting value": lambda: _("a value is missing"),
    "Expecting ',' delimiter": lambda: _("a comma or the closing bracket is missing"),
    "Expecting ':' delimiter": lambda: _("the colon after a name is missing"),
    "Expecting property name enclosed in double quotes": lambda: _("a name in double quotes is missing"),
    "Illegal trailing comma before end of object": lambda: _("the last comma is one too many"),
    "Illegal trailing comma before end of array": lambda: _("the last comma is one too many"),
    "Unterminated string starting at": lambda: _("the text that begins here does not end"),
    "Invalid control character at": lambda: _("a text holds a line break or another control character"),
    "Invalid \\escape": lambda: _("after \\ stands what has no meaning there"),
    "Invalid \\uXXXX escape": lambda: _("after \\u stand no four hexadecimal digits"),
    "Extra data": lambda: _("something stands behind the end"),
}
"""What Python's reader says, in the reader's language."""


class StandsTwice(ValueError):
    """A key of an object that stands in it twice."""


def strict_json(text: str | bytes) -> Any:
    """Parse JSON; refuse what other readers let through and nobody could store or send on.

    That is: duplicate keys, NaN, infinities, numbers beyond what a program can hold, halves of characters, nesting
    deeper than DEEPEST.

    :raises BadRequest: with line and column; for a key that stands twice, with the JSON pointer of its object.
    """
    try:
        if not isinstance(text, str):
            text = text.decode(json.detect_encoding(text))
        value = _STRICT.decode(text)
        _refuse_halves(text, value)
    except RecursionError:
        raise BadRequest(_too_deep()) from None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        byte = f"0x{error.object[error.start]:02X}"
        said = _("This is not JSON: line %(line)s is not text in UTF-8 (byte %(byte)s).", line=line, byte=byte)
        raise BadRequest(said) from None
    except StandsTwice as error:
        raise _twice(str(text), str(error)) from None
    except json.JSONDecodeError as error:
        raise BadRequest(_unreadable(error)) from None
    except ValueError as error:
        raise BadRequest(_("This is not JSON: %(why)s.", why=error)) from None
    if text.count("{") + text.count("[") > DEEPEST and _is_too_deep(value):
        raise BadRequest(_too_deep())
    return value


def _unreadable(error: json.JSONDecodeError) -> str:
    why = SAID[error.msg]() if error.msg in SAID else error.msg
    return _(
        "This is not JSON: %(why)s (line %(line)s, column %(column)s).", why=why, line=error.lineno, column=error.colno
    )


def _too_deep() -> str:
    return _("This JSON is nested deeper than %(n)s levels.", n=DEEPEST)


def _is_too_deep(value: Any) -> bool:
    """Level by level, without recursion."""
    level = [value]
    for _number in range(DEEPEST):
        level = [
            inner
            for each in level
            if isinstance(each, (dict, list))
            for inner in (each.values() if isinstance(each, dict) else each)
        ]
        if not level:
            return False
    return any(isinstance(each, (dict, list)) for each in level)


# ---- keys that stand twice


class _Marked(dict[str, Any]):
    """An object with a key that stands in it twice."""


def _twice(text: str, key: str) -> BadRequest:
    """The refusal with its place, for which the text is read once more: the reader does not say where it is."""
    try:
        place = _place_of_marked(_MARKING.decode(text))
    except (ValueError, RecursionError):
        place = ""  # something else is wrong behind it
    said = _("This is not JSON: the key %(key)s stands twice in one object.", key=key)
    problem = Problem(f"{place}/{_escaped(key)}", "json", said)
    return BadRequest(said, [problem])


def _place_of_marked(value: Any) -> str:
    waiting = [("", value)]
    while waiting:
        place, each = waiting.pop()
        if isinstance(each, _Marked):
            return place
        inner = each.items() if isinstance(each, dict) else enumerate(each) if isinstance(each, list) else ()
        waiting += [(f"{place}/{_escaped(str(name))}", one) for name, one in inner]
    return ""


def _escaped(name: str) -> str:
    """A step of a JSON pointer (RFC 6901)."""
    return name.replace("~", "~0").replace("/", "~1")


def _key_twice(pairs: list[tuple[str, Any]]) -> str | None:
    if len(dict(pairs)) == len(pairs):
        return None
    return next(key for key, times in Counter(key for key, _value in pairs).items() if times > 1)


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) < len(pairs):
        raise StandsTwice(_key_twice(pairs))
    return result


def _marked(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    return dict(pairs) if _key_twice(pairs) is None else _Marked(pairs)


# ---- numbers and characters


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(_("%(number)s is too large a number", number=text[:40]))
    return number


def _whole(text: str) -> int:
    number = int(text) if len(text) < 30 else LARGEST_INTEGER + 1
    if abs(number) > LARGEST_INTEGER:
        raise ValueError(_("%(number)s is too large a number; write it as text", number=text[:40]))
    return number


def _refuse_halves(text: str, value: Any) -> None:
    """An escape such as \\ud83d alone is half a character: it can be written, but never stored or sent on."""
    if "\\ud" in text.lower():
        try:
            json.dumps(value, ensure_ascii=False).encode()
        except UnicodeEncodeError:
            raise ValueError(_("it holds half of a character (a lone surrogate)")) from None


def _no_constant(word: str) -> Any:
    raise ValueError(_("%(word)s is not a JSON number", word=word))


_STRICT = json.JSONDecoder(
    object_pairs_hook=_no_duplicates, parse_constant=_no_constant, parse_float=_finite, parse_int=_whole
)
_MARKING = json.JSONDecoder(object_pairs_hook=_marked)
