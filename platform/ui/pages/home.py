"""Home: what needs the reader today, their numbers, what happened since yesterday."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from sartor.platform.ui.pages.dashboard import Figure, Panel
from sartor.platform.ui.pages.feed import FeedItem
from sartor.platform.ui.pages.parts import Action, Delta, Empty, Link, Note, Switch
from sartor.platform.ui.pages.shell import Shell, TitleBar


@dataclass(frozen=True, slots=True, kw_only=True)
class Todo:
    """One thing to do. done_url: takes the POST of the tick; late: the due text is red."""

    text: str
    href: str
    about: Link | None = None
    icon: str | None = None
    due: str = ""
    late: bool = False
    done_url: str | None = None
    action: Action | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Todos:
    title: str
    count: str
    items: tuple[Todo, ...]
    switch: Switch | None = None
    more: Link | None = None
    empty: Empty | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """A short column of numbers. target: (text, reached in words, reached, of)."""

    title: str
    beside: str
    numbers: tuple[tuple[str, str, Delta | None], ...]
    target: tuple[str, str, float, float] | None = None


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """An hour of today. state: past, now or next."""

    time: str
    text: str
    state: str = "next"
    href: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage:
    """Figures and panels: of the app's own home dashboard."""

    template: ClassVar[str] = "home.html"

    shell: Shell
    bar: TitleBar
    notes: tuple[Note, ...] = ()
    todos: Todos | None = None
    figures: tuple[Figure, ...] = ()
    panels: tuple[Panel, ...] = ()
    brief: Brief | None = None
    agenda: tuple[AgendaItem, ...] = ()
    lately: tuple[FeedItem, ...] = ()
    recent: tuple[Link, ...] = ()
    apps: tuple[Link, ...] = ()
