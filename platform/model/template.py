"""Templates: mails and printed pages as compiled, blocks with texts into which values of a record are put."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sartor.platform.model.formula import Formula
from sartor.platform.model.page import Item
from sartor.platform.text import Label


@dataclass(frozen=True, slots=True)
class Merge:
    """A value in a text: the first of these that is not blank."""

    choices: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Merged:
    """A text with values in it, by language; under "" where it is the same in all."""

    texts: Mapping[str, tuple[str | Merge, ...]]

    def said(self, language: str) -> tuple[str | Merge, ...]:
        """In a language; in another one where it is not said in this one."""
        return self.texts.get(language) or self.texts.get("") or next(iter(self.texts.values()), ())

    def formulas(self) -> Iterator[Formula]:
        return (each for parts in self.texts.values() for each in formulas_in(parts))


def formulas_in(parts: tuple[str | Merge, ...]) -> Iterator[Formula]:
    """Every expression of a text in one language."""
    return (formula for part in parts if isinstance(part, Merge) for formula in part.choices)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A label with a value: of a field, or a text with values in it."""

    name: str
    path: tuple[str, ...] | None
    label: Label | None
    value: Merged | None


@dataclass(frozen=True, slots=True)
class Party:
    name: str
    label: Label
    signer: Merged | None
    seal: bool = False


@dataclass(frozen=True, slots=True)
class Lines:
    """A table of the records of `entity` whose `lookup` points to the record."""

    entity: str
    lookup: str
    columns: tuple[Item, ...]
    filter: Formula | None = None
    sort: tuple[str, ...] = ()
    numbered: bool = False
    empty: Label | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """`kind`: heading, text, picture, fields, lines, signature, divider or break; what is not of the kind is blank.

    picture: its `data:` address. label: what it shows.
    """

    name: str
    kind: str
    content: Merged | None = None
    picture: str = ""
    label: Label | None = None
    size: str = "normal"
    align: str = "start"
    across: int = 2
    pairs: tuple[Labelled, ...] = ()
    lines: Lines | None = None
    parties: tuple[Party, ...] = ()
    visible_if: Formula | None = None

    def texts(self) -> Iterator[Merged]:
        """Every text in it with values of the record."""
        every = (self.content, *(each.value for each in self.pairs), *(each.signer for each in self.parties))
        return (each for each in every if each is not None)


@dataclass(frozen=True, slots=True)
class Paper:
    """The sheets of a printed template. header, footer: one line on every page; numbers: whether each
    page says which of how many it is."""

    size: str = "a4"
    landscape: bool = False
    margins: str = "normal"
    header: Merged | None = None
    footer: Merged | None = None
    numbers: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Template:
    """`purpose`: print or mail. `to`: whom a mail goes to."""

    name: str
    entity: str
    label: Label
    purpose: str
    blocks: tuple[Block, ...]
    subject: Merged | None = None
    to: Formula | None = None
    paper: Paper = Paper()
    letterhead: bool = True
    offered_if: Formula | None = None
    order: float = 0
    level: str = "L1"

    def texts(self) -> Iterator[Merged]:
        """Every text in it with values of the record."""
        yield from (text for block in self.blocks for text in block.texts())
        around = (self.subject, self.paper.header, self.paper.footer)
        yield from (each for each in around if each is not None)
