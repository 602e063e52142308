"""The page of one record: head with stage path and facts, details, tabs, stream, next step, related lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from sartor.platform.ui.pages.feed import Composer, Feed
from sartor.platform.ui.pages.form import Form
from sartor.platform.ui.pages.parts import Action, Cell, Empty, Link, Note, Pair, Pill, Table
from sartor.platform.ui.pages.shell import Shell, TitleBar


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One stage of the path. state: done, now or next; dot: given for end stages, which stand apart.

    beside: days spent there, or its probability. url: takes the POST of `version` that moves the record there;
    dialog_url: opened first when the move asks for something; reason: the guard that refuses it now.
    """

    text: str
    state: str
    beside: str | None = None
    dot: str | None = None
    url: str | None = None
    dialog_url: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class StagePath:
    label: str
    stages: tuple[Stage, ...]
    csrf: str
    version: str


@dataclass(frozen=True, slots=True)
class Section:
    """A heading that folds, with pairs of label and value."""

    title: str
    pairs: tuple[Pair, ...]
    open: bool = True


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab of the record's page; its own address, so that Back works."""

    text: str
    url: str
    current: bool = False
    count: str | None = None


@dataclass(frozen=True, slots=True)
class Guard:
    """A condition of the next stage. met: fulfilled; action: what helps."""

    text: str
    met: bool
    action: Action | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """What should happen next. guards_title: "To reach Negotiation"."""

    title: str
    text: str = ""
    due: Pill | None = None
    actions: tuple[Action, ...] = ()
    guards_title: str | None = None
    guards: tuple[Guard, ...] = ()


@dataclass(frozen=True, slots=True)
class RelatedRow:
    """A record in a short related list: its name, a line below, pills, a value at the end."""

    title: str
    href: str
    subtitle: str = ""
    pills: tuple[Pill, ...] = ()
    value: Cell | None = None
    face: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """A short related list in the rail, or pairs about a related record. more: "all 14" when the list is cut."""

    title: str
    count: str | None = None
    rows: tuple[RelatedRow, ...] = ()
    pairs: tuple[Pair, ...] = ()
    add: Action | None = None
    more: Link | None = None
    empty: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TabTable:
    """A related list as a tab of its own."""

    table: Table
    add: Action | None = None
    more: Link | None = None
    empty: Empty | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPage:
    """A record.

    place: (previous, next, "1 / 42") in the list the reader came from.
    The main column shows the first of these that is given: form, tables, sections_main, feed (with composer).
    shown_for: see `FormPage`.
    """

    template: ClassVar[str] = "record.html"

    shell: Shell
    bar: TitleBar
    title: str
    previous: Link | None = None
    next: Link | None = None
    place: str | None = None
    pills: tuple[Pill, ...] = ()
    facts: tuple[Pair, ...] = ()
    path: StagePath | None = None
    sections: tuple[Section, ...] = ()
    tabs: tuple[Tab, ...] = ()
    form: Form | None = None
    tables: tuple[TabTable, ...] = ()
    sections_main: tuple[Section, ...] = ()
    composer: Composer | None = None
    feed: Feed | None = None
    next_step: NextStep | None = None
    related: tuple[Related, ...] = ()
    notes: tuple[Note, ...] = ()
    edit_url: str | None = None
    shown_for: str = ""
