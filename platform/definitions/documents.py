"""Documents: a set of definitions by `kind/name`, their canonical text and digest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from sartor.platform.errors import BadRequest

Document = Mapping[str, Any]
Documents = Mapping[str, Document]

ENGINE_KEYS = ("stored_as",)
"""Properties that the engine keeps in definitions; they do not travel."""


def split(key: str) -> tuple[str, str]:
    """`view/deal.board` -> (`view`, `deal.board`)."""
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


def canonical(document: Document) -> str:
    """The one text of a document: sorted keys, two spaces, a newline at the end."""
    return json.dumps(document, ensure_ascii=False, indent=2, sort_keys=True, allow_nan=False) + "\n"


def digest(document: Document) -> str:
    """Content hash, 32 hexadecimal digits."""
    compact = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.blake2b(compact.encode(), digest_size=16).hexdigest()


def strict_json(text: str | bytes) -> Any:
    """Parse JSON; refuse duplicate keys, NaN and infinities, which other readers let through.

    :raises BadRequest: with line and column.
    """
    try:
        return json.loads(text, object_pairs_hook=_no_duplicates, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise BadRequest(f"This is not JSON: {error}.") from None


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) < len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))
        raise ValueError(f"the key {twice!r} stands twice in one object")
    return result


def _no_constant(word: str) -> Any:
    raise ValueError(f"{word} is not a JSON number")


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
