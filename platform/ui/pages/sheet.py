"""A template filled in: plain texts in their order, which a page escapes and a mail sends as they are.

No markup is in any of these texts. What is bold was so in the template; a value never is anything but text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from sartor.platform.fields.drawing import Drawing
from sartor.platform.ui.pages.parts import Action, Choice, Link, Note
from sartor.platform.ui.pages.shell import Look, Shell, TitleBar


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a line. value: it came from the record, not from the template."""

    text: str
    bold: bool = False
    value: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of lines, or with `points` a list of them."""

    lines: tuple[tuple[Run, ...], ...]
    points: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """A label with its value, and a picture of that where its type draws one."""

    label: str
    text: str
    drawing: Drawing | None = None


@dataclass(frozen=True, slots=True)
class Column:
    label: str
    number: bool = False
    width: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """foot: totals by column, blank where there is none. rest: says how many lines there are beyond what one page
    takes."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    foot: tuple[str, ...] = ()
    empty: str = ""
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """under: what stands below the line."""

    label: str
    signer: str
    seal: bool
    under: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One block. name: of the block; kind as in the template. picture: its `data:` address; alt: what it shows."""

    name: str
    kind: str
    passages: tuple[Passage, ...] = ()
    picture: str = ""
    alt: str = ""
    size: str = "normal"
    align: str = "start"
    across: int = 2
    pairs: tuple[Pair, ...] = ()
    table: Table | None = None
    signatures: tuple[Signature, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """What a sheet is printed on. header, footer: one line on each page. numbers: what stands before, between and
    behind the number of the page and that of all pages; nothing where pages are not numbered."""

    size: str = "a4"
    landscape: bool = False
    margins: str = "normal"
    header: str = ""
    footer: str = ""
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """language: in which it is written. to: the address of a mail, blank where it is not known or closed."""

    subject: str
    parts: tuple[Part, ...]
    language: str
    paper: Paper = Paper()
    letterhead: bool = True
    to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintPage:
    """A sheet to be printed. back: to the record; templates, languages: the same record otherwise."""

    template: ClassVar[str] = "print.html"

    title: str
    workspace: str
    csrf: str
    look: Look
    sheet: Sheet
    back: Link
    templates: tuple[Choice, ...] = ()
    languages: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MailPage:
    """A mail to be sent by one's own program. body: as plain text; mailto: opens the program; log: notes it down."""

    template: ClassVar[str] = "mail.html"

    shell: Shell
    bar: TitleBar
    sheet: Sheet
    body: str
    mailto: str
    log: Action | None = None
    templates: tuple[Choice, ...] = ()
    languages: tuple[Choice, ...] = ()
    notes: tuple[Note, ...] = ()
