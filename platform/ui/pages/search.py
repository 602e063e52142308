"""Quick search: hits in groups, as a fragment of the dialog and as a page of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from sartor.platform.ui.pages.parts import Cell, Empty
from sartor.platform.ui.pages.shell import Shell, TitleBar


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A record or something to do. title is cut into (text, matched) pieces; value stands at the end."""

    title: tuple[tuple[str, bool], ...]
    href: str
    icon: str = "file"
    beside: str = ""
    value: Cell | None = None
    key: str | None = None


@dataclass(frozen=True, slots=True)
class HitGroup:
    """Hits of one entity. head says how they matched where that is not obvious ("by pinyin initials")."""

    head: str
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hits:
    """Query: what was asked; note: said when the list is cut."""

    template: ClassVar[str] = "fragments/hits.html"

    query: str
    groups: tuple[HitGroup, ...] = ()
    empty: Empty | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class SearchPage:
    template: ClassVar[str] = "search.html"

    shell: Shell
    bar: TitleBar
    url: str
    hits: Hits
