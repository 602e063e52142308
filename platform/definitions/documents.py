"""Documents: a set of definitions by `kind/name`, their canonical text and digest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from sartor.platform.errors import BadRequest

Document = Mapping[str, Any]
Documents = Mapping[str, Document]
Changed = dict[str, Document | None]
"""Documents that are other ones; None for one that is gone."""

ENGINE_KEYS = ("stored_as",)
"""Properties that the engine keeps in definitions; they do not travel."""


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


def without_engine_keys(value: Any) -> Any:
    """The document as it travels: without what the engine keeps in it. A choice may be called as that is."""
    if isinstance(value, Mapping):
        return {key: without_engine_keys(item) for key, item in value.items() if not _is_engines(key, item)}
    return value


def _is_engines(key: str, item: Any) -> bool:
    return key in ENGINE_KEYS and not isinstance(item, Mapping)


def in_order(items: Mapping[str, Mapping[str, Any]]) -> list[tuple[str, Mapping[str, Any]]]:
    """The entries of a map whose values carry a decimal `order`; ties by key, no order last."""
    return sorted(items.items(), key=lambda pair: (_order(pair[1]), pair[0]))


def _order(item: Mapping[str, Any]) -> float:
    return float(item.get("order", "inf"))
