"""Documents: a set of definitions by `kind/name`, their canonical text and digest."""

from __future__ import annotations

import hashlib
import json
import math
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from sartor.platform.errors import BadRequest

Document = Mapping[str, Any]
Documents = Mapping[str, Document]
Changed = dict[str, Document | None]
"""Documents that are other ones; None for one that is gone."""

ENGINE_KEYS = ("stored_as",)
"""Properties that the engine keeps in definitions; they do not travel."""

DEEPEST = 100
"""Levels of nesting that are read. Nothing of ours needs more than twenty; a hostile text may have a million."""

LARGEST_INTEGER = 2**63 - 1


def split(key: str) -> tuple[str, str]:
    """`view/deal.board` -> (`view`, `deal.board`). :raises BadRequest: for what names no definition."""
    kind, slash, name = key.partition("/")
    if not slash or not name:
        raise BadRequest(f"{key!r} does not name a definition: KIND/NAME was expected, such as view/deal.board.")
    return kind, name


def of_kind(documents: Documents, kind: str) -> Iterator[tuple[str, Document]]:
    """Name and document of every definition of a kind, sorted by name."""
    prefix = kind + "/"
    for key in sorted(documents):
        if key.startswith(prefix):
            yield key[len(prefix) :], documents[key]


def applied(documents: Documents, changed: Mapping[str, Document | None]) -> dict[str, Document]:
    """The documents with changes in them."""
    return {key: each for key, each in {**documents, **changed}.items() if each is not None}


def canonical(document: Document) -> str:
    """The one text of a document: sorted keys, two spaces, a newline at the end."""
    return json.dumps(document, ensure_ascii=False, indent=2, sort_keys=True, allow_nan=False) + "\n"


def digest(document: Document) -> str:
    """Content hash, 32 hexadecimal digits."""
    compact = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.blake2b(compact.encode(), digest_size=16).hexdigest()


def strict_json(text: str | bytes) -> Any:
    """Parse JSON; refuse what other readers let through and nobody could store or send on.

    That is: duplicate keys, NaN, infinities, numbers beyond what a program can hold, halves of characters, nesting
    deeper than DEEPEST.

    :raises BadRequest: with line and column.
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
        said = f"This is not JSON: line {line} is not text in UTF-8 (byte 0x{error.object[error.start]:02X})."
        raise BadRequest(said) from None
    except ValueError as error:
        raise BadRequest(f"This is not JSON: {error}.") from None
    if text.count("{") + text.count("[") > DEEPEST and _is_too_deep(value):
        raise BadRequest(_too_deep())
    return value


def _too_deep() -> str:
    return f"This JSON is nested deeper than {DEEPEST} levels."


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


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"{text[:40]} is too large a number")
    return number


def _whole(text: str) -> int:
    number = int(text) if len(text) < 30 else LARGEST_INTEGER + 1
    if abs(number) > LARGEST_INTEGER:
        raise ValueError(f"{text[:40]} is too large a number; write it as text")
    return number


def _refuse_halves(text: str, value: Any) -> None:
    """An escape such as \\ud83d alone is half a character: it can be written, but never stored or sent on."""
    if "\\ud" in text.lower():
        try:
            json.dumps(value, ensure_ascii=False).encode()
        except UnicodeEncodeError:
            raise ValueError("it holds half of a character (a lone surrogate)") from None


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) < len(pairs):
        twice = next(key for key, times in Counter(key for key, _ in pairs).items() if times > 1)
        raise ValueError(f"the key {twice!r} stands twice in one object")
    return result


def _no_constant(word: str) -> Any:
    raise ValueError(f"{word} is not a JSON number")


_STRICT = json.JSONDecoder(
    object_pairs_hook=_no_duplicates, parse_constant=_no_constant, parse_float=_finite, parse_int=_whole
)


def without_engine_keys(value: Any) -> Any:
    """The document as it travels: without what the engine keeps in it."""
    if isinstance(value, Mapping):
        return {key: without_engine_keys(item) for key, item in value.items() if key not in ENGINE_KEYS}
    return value


def in_order(items: Mapping[str, Mapping[str, Any]]) -> list[tuple[str, Mapping[str, Any]]]:
    """The entries of a map whose values carry a decimal `order`; ties by key, no order last."""
    return sorted(items.items(), key=lambda pair: (_order(pair[1]), pair[0]))


def _order(item: Mapping[str, Any]) -> float:
    return float(item.get("order", "inf"))
