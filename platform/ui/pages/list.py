"""The list of an entity: saved views, filter that reads as a sentence, rows by pages, totals, bulk actions, peek."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from sartor.platform.ui.pages.feed import FeedItem
from sartor.platform.ui.pages.parts import Action, Cell, Empty, Head, Link, Note, Pair, Pill, Switch, Tinted
from sartor.platform.ui.pages.shell import Shell, TitleBar
from sartor.platform.ui.pages.widget import Option, Widget


@dataclass(frozen=True, slots=True)
class Chip:
    """One condition: `lead` **`value`** `tail`. edit_url: answers its editor; off_url: the page without it."""

    name: str
    lead: str
    value: str
    edit_url: str
    off_url: str
    tail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterBar:
    """The filter as a sentence. lead: "Deals where"; joint: "and".

    add_url: answers the editor (`FilterEditor`) for `?field=`; fields: what may be asked for.
    text: the whole filter in our language; text_url: the page that takes it as `?filter=`; kept: its other parameters.
    text_error: what is wrong with the text that was sent. notes: sums said at the right end (boards).
    """

    lead: str
    joint: str
    chips: tuple[Chip, ...]
    fields: tuple[Option, ...]
    add_url: str
    text: str
    text_url: str
    kept: tuple[tuple[str, str], ...] = ()
    text_error: str | None = None
    clear_url: str | None = None
    notes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterEditor:
    """One condition being written.

    url: answers this fragment again for the values so far; apply_url: redirects to the page with the condition in it.
    state: hidden values (field, the whole filter so far, which condition this replaces, the view's own parameters).
    operators: value is the operator, text its words; widgets: what the operator needs, none to three.
    text: the whole filter as it would be; count: how many match, as a sentence; error: why it does not hold.
    """

    template: ClassVar[str] = "fragments/filter_editor.html"

    title: str
    type_text: str
    url: str
    apply_url: str
    state: tuple[tuple[str, str], ...]
    operators: tuple[Option, ...]
    operator: str
    widgets: tuple[Widget, ...]
    text: str
    count: str | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One record. title: read out by the checkbox. peek_url: answers `Peek` as a fragment.

    tint: its colour by a condition of the view. actions: what may be done with it from its row. group: what it and
    those below it have in common, on the first of them.
    """

    id: str
    title: str
    href: str
    cells: tuple[Cell, ...]
    peek_url: str | None = None
    version: str | None = None
    tint: Tinted | None = None
    actions: tuple[Action, ...] = ()
    group: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """A page of rows. next_url: answers the next `Rows`; more_text: the link's words. acts: rows may have actions."""

    template: ClassVar[str] = "fragments/rows.html"

    columns: tuple[Head, ...]
    rows: tuple[Row, ...]
    next_url: str | None = None
    more_text: str = ""
    selectable: bool = True
    acts: bool = False


@dataclass(frozen=True, slots=True)
class Total:
    """A number below the list. label: "Sum", "Ø", "Weighted"; column: under which one, by index; None: at the end."""

    label: str
    text: str
    column: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewPage:
    """What the page of every kind of view has.

    views: the saved views, the current one marked; view: its name and count. switch: list, board, chart …
    notes: what is said above the records, such as an answer cut by the time budget.
    """

    shell: Shell
    bar: TitleBar
    label: str
    view: Link
    views: tuple[Link, ...]
    switch: Switch | None
    filter: FilterBar
    save_view: Action | None = None
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage(ViewPage):
    """The list.

    loaded: "%(n)s of 42 loaded", n counted in the page; rows.rows empty: `empty` says why.
    bulk: what may be done with chosen rows; each is sent `ids[]`. log_url: of the follow-up dialog, asked with `?id=`.
    """

    template: ClassVar[str] = "list.html"

    columns: tuple[Head, ...]
    rows: Rows
    sorted_by: Link | None = None
    totals: tuple[Total, ...] = ()
    loaded: str = ""
    bulk: tuple[Action, ...] = ()
    empty: Empty | None = None
    log_url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Peek:
    """A record in the drawer beside the list."""

    template: ClassVar[str] = "fragments/peek.html"

    title: str
    href: str
    subtitle: str = ""
    pills: tuple[Pill, ...] = ()
    facts: tuple[Pair, ...] = ()
    pairs: tuple[Pair, ...] = ()
    feed: tuple[FeedItem, ...] = ()
    actions: tuple[Action, ...] = ()
