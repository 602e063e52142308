"""A long list of the builder, a part of it at a time: what is searched for, and the way to the other parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from flask import request, url_for

from sartor.platform.text import gettext as _
from sartor.platform.ui.format import number
from sartor.platform.ui.pages.parts import Link

AT_ONCE = 100
FEW = 20
"""So many are seen at a glance: nothing is offered to search them."""
LONGEST = 100
KEPT = ("q", "from", "to")
"""What of the address leads to the other parts, too: any other word might be one of `url_for`."""
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Pages:
    """said: which part it is; empty where there is but one. is_asked: whether there is enough to be searched."""

    said: str
    before: Link | None
    after: Link | None
    wanted: str
    is_asked: bool


@dataclass(frozen=True, slots=True)
class Part(Generic[Item]):
    items: tuple[Item, ...]
    pages: Pages


def wanted() -> str:
    """What the address searches for."""
    return request.args.get("q", "").strip()[:LONGEST]


def fits(*texts: str) -> bool:
    """Whether one of some texts holds what is searched for."""
    sought = wanted().casefold()
    return any(sought in text.casefold() for text in texts)


def part_of(
    items: Sequence[Item], size: Callable[[Item], int] = lambda _item: 1, at_once: int = AT_ONCE, endpoint: str = ""
) -> Part[Item]:
    """The part that the address asks for by `page`: the first one unless it is said, the last one beyond the end.

    size: of one item, which is never split. endpoint: where the other parts are; of the request unless it is said.
    """
    parts = tuple(_parts(items, size, at_once))
    asked = request.args.get("page", "")
    wished = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 1
    here = max(1, min(wished, len(parts)))
    shown = parts[here - 1] if parts else ()
    return Part(shown, _pages(here, len(parts), sum(map(size, items)) > FEW, endpoint or str(request.endpoint)))


def _parts(items: Sequence[Item], size: Callable[[Item], int], at_once: int) -> Iterator[tuple[Item, ...]]:
    part: list[Item] = []
    for item in items:
        if part and sum(map(size, part)) + size(item) > at_once:
            yield tuple(part)
            part = []
        part.append(item)
    if part:
        yield tuple(part)


def _pages(here: int, count: int, is_long: bool, endpoint: str) -> Pages:
    said = _("Page %(n)s of %(of)s", n=number(here), of=number(count)) if count > 1 else ""
    before = _link(_("Previous page"), here - 1, "chevron-left", endpoint) if here > 1 else None
    after = _link(_("Next page"), here + 1, "chevron-right", endpoint) if here < count else None
    return Pages(said, before, after, wanted(), is_long or bool(wanted()))


def _link(text: str, page: int, icon: str, endpoint: str) -> Link:
    kept = {key: value for key, value in request.args.items() if key in KEPT}
    return Link(text, url_for(endpoint, **{**kept, "page": page, **(request.view_args or {})}), icon)
