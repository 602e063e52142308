"""The small things that pages are made of: links, actions, cells, pills, faces, notes.

Every text is already in the reader's language and format; every address is complete. A tone is one of
`""`, `good`, `warn`, `bad`, `accent`, `faint`, `muted`; a dot is the class of a stage or choice colour
(`stage-1` … `stage-4`, `stage-won`, `stage-lost`, `tint-red` …). Icons are names of Tabler's outline set.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sartor.platform.fields.drawing import Drawing


@dataclass(frozen=True, slots=True)
class Tinted:
    """A colour of the palette (`red`) and what it means."""

    colour: str
    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """A text that leads somewhere. count: a number beside it; hot: somebody waits, shown in red."""

    text: str
    url: str
    icon: str | None = None
    current: bool = False
    count: str | None = None
    hot: bool = False
    key: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """A button. It follows `url` (method get), posts `fields` to it (post), or opens it as a dialog (dialog).

    look: primary, default, quiet or danger; one primary per region of a page.
    key: the key as shown (`N`, `⌘S`); the same key works.
    compact: an icon alone; the text becomes its name. only: "", desk or phone.
    confirm: one line that says the consequence, asked before a post.
    reason: why it cannot be done now; the button is then disabled with the reason beside it.
    """

    text: str
    url: str
    icon: str | None = None
    key: str | None = None
    look: str = "default"
    method: str = "get"
    fields: Mapping[str, str] = field(default_factory=dict)
    compact: bool = False
    only: str = ""
    confirm: str | None = None
    reason: str | None = None
    pressed: bool | None = None


@dataclass(frozen=True, slots=True)
class Pill:
    """A state in one or two words; colour is never its only sign."""

    text: str
    tone: str = ""
    icon: str | None = None
    dot: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Face:
    """A person as a circle with letters. me: the reader."""

    letters: str
    name: str
    me: bool = False
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Delta:
    """A change against another period. rise: up, down or flat; good: whether that is good news (None: neither)."""

    text: str
    rise: str
    good: bool | None = None
    against: str | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence the page says by itself. lead is set in bold before it."""

    text: str
    tone: str = ""
    icon: str | None = None
    lead: str | None = None
    action: Action | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One value, shown in a list, a pair, a fact, a card.

    kind: text, long, number, money, percent, date, boolean, link, stage, choice, choices, tags, user, reference,
    rating, email, phone, url, address or code. Only `rating` and `boolean` are drawn differently; the rest is said
    by the other fields, so that a new kind needs no new template.
    short: a shorter text for phones and cards (`¥2.38M`). number: right-aligned, tabular.
    checked: for a boolean; rating: (given, of). drawing: a picture of it, below the text.
    """

    kind: str = "text"
    text: str = ""
    short: str | None = None
    href: str | None = None
    tone: str = ""
    icon: str | None = None
    title: str | None = None
    number: bool = False
    face: Face | None = None
    dot: str | None = None
    pills: tuple[Pill, ...] = ()
    note: Pill | None = None
    delta: Delta | None = None
    checked: bool | None = None
    rating: tuple[int, int] | None = None
    drawing: Drawing | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """A label and its value. edit_url: where a click on the value edits just this one. full: takes the whole width."""

    label: str
    cell: Cell
    edit_url: str | None = None
    full: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice among a few, as a link: the switch between views, periods, owners."""

    text: str
    url: str
    current: bool = False
    icon: str | None = None
    only: str = ""


@dataclass(frozen=True, slots=True)
class Switch:
    """A row of choices of which one holds."""

    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Empty:
    """Why there is nothing, and what to do about it. text: says the guilty condition or who can help."""

    title: str
    text: str = ""
    icon: str | None = None
    actions: tuple[Action, ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Head:
    """A column's head. sort: ascending, descending or None; url: sorts by it.

    place: where the value stands in the two-line row of a phone: name, second, state, figure, when or "" (hidden).
    """

    text: str
    place: str = ""
    number: bool = False
    sort: str | None = None
    url: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A plain table with its own scroll box. label names it for readers. foot: the last row, or none; sums: numbers of
    the rows that sum up those above them."""

    label: str
    heads: tuple[Head, ...]
    rows: tuple[tuple[Cell, ...], ...]
    foot: tuple[Cell, ...] = ()
    note: str | None = None
    sums: frozenset[int] = frozenset()
