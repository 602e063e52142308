"""The rows of a sheet as its XML holds them, streamed: whatever the sheet claims about its size, every row comes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO, NamedTuple

from sartor.platform.errors import TooLarge
from sartor.platform.records.files.limits import Limits
from sartor.platform.records.files.xml_stream import XmlHandler, XmlStream
from sartor.platform.text import gettext as _

REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384


class SheetCell(NamedTuple):
    """column counts from 0; kind: `n`, `s`, `str`, `inlineStr`, `b`, `e` or `d`; text: None where there is none."""

    column: int
    kind: str
    style: int
    text: str | None
    formula: bool


class SheetRow(NamedTuple):
    """in_turn: its number follows the one before; a row that says otherwise is counted on."""

    number: int
    cells: list[SheetCell]
    in_turn: bool


class SheetReader(XmlHandler):
    """Turns tags into rows; merged ranges and the claimed last row are kept beside."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.done: list[SheetRow] = []
        self.merged = 0
        self.claimed: int | None = None
        self._row, self._column = 0, -1
        self._in_turn = True
        self._cells: list[SheetCell] = []
        self._kind, self._style = "n", 0
        self._parts: list[str] | None = None
        self._chars = 0
        self._taking = self._aid = self._formula = False

    def rows(self, source: IO[bytes]) -> Iterator[SheetRow]:
        stream = XmlStream(source, self)
        more = True
        while more:
            more = stream.feed()
            done, self.done = self.done, []
            yield from done

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "c":
            self._start_cell(attributes)
        elif tag == "v" or (tag == "t" and not self._aid):
            self._taking = True
            self._parts = self._parts if self._parts is not None else []
        elif tag == "f":
            self._formula = True
        elif tag == "row":
            self._start_row(attributes)
        elif tag == "rPh":
            self._aid = True
        elif tag == "mergeCell":
            self.merged += 1
        elif tag == "dimension":
            self.claimed = _last_row(attributes.get("ref", ""))

    def text(self, text: str) -> None:
        if self._taking and self._parts is not None:
            self._parts.append(text)
            self._chars += len(text)
            if self._chars > self.limits.cell_chars:
                limit = self.limits.cell_chars
                raise TooLarge(_("A cell in row %(row)s is longer than %(n)s characters.", row=self._row, n=limit))

    def end(self, tag: str) -> None:
        if tag == "c":
            self._end_cell()
        elif tag in ("v", "t"):
            self._taking = False
        elif tag == "rPh":
            self._aid = False
        elif tag == "row":
            self.done.append(SheetRow(self._row, self._cells, self._in_turn))

    def _start_row(self, attributes: dict[str, str]) -> None:
        stated = int(float(attributes["r"])) if "r" in attributes else self._row + 1
        self._in_turn = stated > self._row
        self._row = stated if self._in_turn else self._row + 1
        if self._row > LAST_ROW:
            raise TooLarge(_("A sheet ends at row %(n)s; this one goes on to row %(row)s.", n=LAST_ROW, row=self._row))
        self._column, self._cells = -1, []

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._column = _column(attributes["r"]) if "r" in attributes else self._column + 1
        self._kind = attributes.get("t", "n")
        self._style = int(attributes.get("s", "0"))
        self._parts, self._chars, self._formula = None, 0, False

    def _end_cell(self) -> None:
        """Cells that are only coloured do not count."""
        if self._parts is None and not self._formula:
            return
        if self._column >= min(self.limits.columns, LAST_COLUMN):
            raise TooLarge(_("Row %(row)s has more than %(n)s columns.", row=self._row, n=self.limits.columns))
        text = "".join(self._parts) if self._parts is not None else None
        self._cells.append(SheetCell(self._column, self._kind, self._style, text, self._formula))


def _column(reference: str) -> int:
    found = REFERENCE.fullmatch(reference)
    if not found:
        raise ValueError(f"no cell is called {reference[:20]!r}")
    place = 0
    for letter in found[1]:
        place = place * 26 + ord(letter) - 64
    return place - 1


def _last_row(reference: str) -> int | None:
    found = REFERENCE.fullmatch(reference.rpartition(":")[2])
    return int(found[2]) if found else None
