"""How a form's flat pairs become nested values, the reverse of the names that widgets send.

`name`, `amount.currency`, `tags[]` (may come several times; an empty one says only that the field was there) and
`items[0].product` (a line; the number only holds the parts together, the order is that of the form).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from sartor.platform.errors import BadRequest
from sartor.platform.text import gettext as _

MOST_PAIRS = 20_000
_NAME = re.compile(r"^[a-z_][a-z0-9_]*(\[[A-Za-z0-9_]*\])?(\.[a-z_][a-z0-9_]*(\[\])?)*$")
_PART = re.compile(r"([a-z_][a-z0-9_]*)(?:\[([A-Za-z0-9_]*)\])?")


def read_form(pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """The nested values of a form. Names that start with `_` (token, version) are left out.

    Raises BadRequest for a name that no widget sends, and for more than `MOST_PAIRS` pairs.
    """
    form: dict[str, Any] = {}
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    for count, (name, value) in enumerate(pairs, 1):
        if count > MOST_PAIRS:
            raise BadRequest(_("The form has more than %(most)s values.", most=MOST_PAIRS))
        if name.startswith("_"):
            continue
        part = _PART.match(name) if _NAME.match(name) else None
        if part is None:
            raise BadRequest(_("“%(name)s” is not the name of a form field.", name=name[:80]))
        _place(form, rows, part, value)
    return form


def _place(form: dict[str, Any], rows: dict[tuple[str, str], dict[str, Any]], part: re.Match[str], value: str) -> None:
    """part: the first part of a name, which goes on behind it."""
    name, (first, key) = part.string, part.groups()
    rest = name.partition(".")[2]
    if key is None or (key == "" and not rest):
        _put(form, name, value)
    elif rest:
        if (first, key) not in rows:
            rows[first, key] = {}
            _list(form, first).append(rows[first, key])
        _put(rows[first, key], rest, value)
    else:
        _put(form, f"{first}.{key}", value)


def _put(into: dict[str, Any], path: str, value: str) -> None:
    head, _dot, rest = path.partition(".")
    if head.endswith("[]"):
        kept = _list(into, head[:-2])
        if value:
            kept.append(value)
        return
    if rest:
        inside = into.setdefault(head, {})
        if isinstance(inside, dict):
            _put(inside, rest, value)
            return
        raise BadRequest(_("“%(name)s” is sent both whole and in parts.", name=head))
    into[head] = value


def _list(into: dict[str, Any], name: str) -> list[Any]:
    kept = into.setdefault(name, [])
    if not isinstance(kept, list):
        raise BadRequest(_("“%(name)s” is sent both once and several times.", name=name))
    return kept
