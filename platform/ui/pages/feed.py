"""The stream of a record: what people did, and what the system changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from sartor.platform.ui.pages.parts import Action, Link, Pill, Switch


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedItem:
    """One thing that happened. day: starts a new day with this heading, nothing else.

    who is bold, text follows; small: something the system changed, on one line; changes: (field, old, new).
    """

    text: str = ""
    who: str | None = None
    when: str = ""
    when_title: str | None = None
    icon: str = "pencil"
    tone: str = ""
    small: bool = False
    day: str | None = None
    body: str | None = None
    changes: tuple[tuple[str, str, str], ...] = ()
    quote: Link | None = None
    pills: tuple[Pill, ...] = ()
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A page of the stream. next_url: answers the next `Feed`; filters: all, follow-ups, edits …"""

    template: ClassVar[str] = "fragments/feed.html"

    items: tuple[FeedItem, ...]
    next_url: str | None = None
    more_text: str = ""
    filters: Switch | None = None
    empty: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Composer:
    """Where a comment or follow-up is written, sent as `text` and `kind`. kinds: (value, text, icon)."""

    url: str
    csrf: str
    label: str
    placeholder: str
    kinds: tuple[tuple[str, str, str], ...] = ()
    save: str = ""
    error: str | None = None
    value: str = ""
