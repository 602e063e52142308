"""Where the table begins and what its columns are called."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from sartor.platform.errors import Invalid, Problem, TooLarge
from sartor.platform.text import gettext as _

NUMBER = re.compile(r"[-+]?[.,/:\s-]*\d[\d.,/:\s-]*%?")
LOOKED_AT = 30


@dataclass(frozen=True, slots=True)
class Header:
    """row: its number in the file, counted from 1; names: unique, never blank."""

    row: int
    names: tuple[str, ...]
    warnings: tuple[Problem, ...] = ()


@dataclass(slots=True)
class _Names:
    """Collects the names; remembers what had to be made up."""

    taken: list[str] = field(default_factory=list)
    nameless: list[str] = field(default_factory=list)
    repeated: list[str] = field(default_factory=list)

    def add(self, place: int, cell: object) -> None:
        name = " ".join(str(cell).split()) if cell is not None else ""
        if not name:
            self.nameless.append(letters(place))
            name = _("Column %(letter)s", letter=letters(place))
        elif name in self.taken and name not in self.repeated:
            self.repeated.append(name)
        self.taken.append(self._free(name))

    def _free(self, name: str) -> str:
        wanted, count = name, 1
        while name in self.taken:
            count += 1
            name = f"{wanted} ({count})"
        return name

    def warnings(self) -> list[Problem]:
        told = []
        if self.nameless:
            message = _("These columns have no name: %(letters)s.", letters=", ".join(self.nameless))
            told.append(Problem("", "blank_header", message))
        for name in self.repeated:
            message = _("The name %(name)s stands over several columns; the later ones are numbered.", name=repr(name))
            told.append(Problem(name, "duplicate_header", message))
        return told


def letters(place: int) -> str:
    """The letters that a spreadsheet shows over a column; 0 is A."""
    text = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        text = chr(65 + rest) + text
    return text


def find_header(
    rows: Sequence[tuple[int, Sequence[object]]],
    *,
    file: str,
    row: int | None = None,
    columns: int = 1000,
    grid: bool = False,
) -> Header:
    """Judge the first rows of a file, each with its number; `row` is a person's word and not questioned.

    file: its name in messages; columns: most that are read; grid: a sheet, whose cells have a place of their own.

    :raises Invalid: for a file without rows. :raises TooLarge: for more columns than are read.
    """
    filled = [(number, cells) for number, cells in rows if _filled(cells)]
    if not filled:
        message = _("%(file)s holds no row.", file=file)
        raise Invalid(message, [Problem("", "empty", message)], code="empty")
    at = _stated(filled, row) if row else _likely(filled)
    number, cells = filled[at]
    width = _width(cells, [later for _number, later in filled[at + 1 :]], grid)
    if width > columns:
        raise TooLarge(
            _("%(file)s has %(width)s columns; at most %(limit)s are read.", file=file, width=width, limit=columns)
        )
    names = _Names()
    for place in range(width):
        names.add(place, cells[place] if place < len(cells) else None)
    return Header(number, tuple(names.taken), (*_skipped(filled[:at]), *names.warnings(), *_doubts(cells)))


def _filled(cells: Sequence[object]) -> int:
    return sum(cell not in (None, "") for cell in cells)


def _stated(filled: list[tuple[int, Sequence[object]]], row: int) -> int:
    for at, (number, _cells) in enumerate(filled):
        if number == row:
            return at
    message = _("Row %(row)s is blank or beyond the beginning of the file; it cannot name the columns.", row=row)
    raise Invalid(message, [Problem("", "header_row", message)])


def _likely(filled: list[tuple[int, Sequence[object]]]) -> int:
    """The first row about as wide as the others: titles and comments above a table fill one or two cells."""
    usual = Counter(len(_trimmed(cells)) for _number, cells in filled).most_common(1)[0][0]
    if usual < 2:
        return 0
    for at, (_number, cells) in enumerate(filled):
        if _filled(cells) >= max(2, usual / 2):
            return at
    return 0


def _trimmed(cells: Sequence[object]) -> Sequence[object]:
    last = len(cells)
    while last and cells[last - 1] in (None, ""):
        last -= 1
    return cells[:last]


def _width(cells: Sequence[object], later: list[Sequence[object]], grid: bool) -> int:
    """The named columns, and nameless ones behind them that hold values.

    Only in a sheet is a cell beyond the names a column of its own; in a text file it mostly is a comma too many.
    """
    width = len(_trimmed(cells))
    most = max((len(_trimmed(one)) for one in later), default=0)
    return max(width, most if grid else min(most, len(cells)))


def _skipped(rows: list[tuple[int, Sequence[object]]]) -> list[Problem]:
    """Rows above the header, told with their text."""
    told = []
    for number, cells in rows:
        text = " ".join(str(cell) for cell in cells if cell not in (None, ""))[:80]
        message = _("Row %(row)s stands above the column names and was left out: %(text)s", row=number, text=repr(text))
        told.append(Problem("", "title_row", message))
    return told


def _doubts(cells: Sequence[object]) -> list[Problem]:
    filled = [cell for cell in cells if cell not in (None, "")]
    numbers = [cell for cell in filled if not isinstance(cell, str) or NUMBER.fullmatch(cell)]
    if len(numbers) * 2 < len(filled) or not numbers:
        return []
    message = _("The first row looks like data (%(cell)s); does the file lack a row of column names?", cell=numbers[0])
    return [Problem("", "header_looks_like_data", message)]
