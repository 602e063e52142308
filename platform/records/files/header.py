"""Where the table begins and what its columns are called."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from sartor.platform.errors import Invalid, Problem, TooLarge
from sartor.platform.text import gettext as _
from sartor.platform.text import listed

NUMBER = re.compile(r"[-+]?[.,/:\s-]*\d[\d.,/:\s-]*%?")
LOOKED_AT = 30
ALONE = 2
"""Columns named by one row only, below which a second row of names is blank; with fewer it may be a record."""


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
            message = _("These columns have no name: %(letters)s.", letters=listed(self.nameless))
            told.append(Problem("", "blank_header", message))
        for name in self.repeated:
            message = _("The name “%(name)s” stands over several columns; the later ones are numbered.", name=name)
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
    skipped = _skipped(filled[:at])
    if row is None and (below := _second(filled, at)):
        skipped.append(_told_together(number, below[0]))
        number, cells = below[0], _together(cells, below[1])
    elif row is None and at:
        cells = _with_names_above(filled[at - 1], number, cells, width)
    names = _Names()
    for place in range(width):
        names.add(place, cells[place] if place < len(cells) else None)
    return Header(number, tuple(names.taken), (*skipped, *names.warnings(), *_doubts(cells)))


def _second(filled: list[tuple[int, Sequence[object]]], at: int) -> tuple[int, Sequence[object]] | None:
    """The row that names parts of the columns above it: words only, and only below names that span several columns."""
    number, cells = filled[at]
    if at + 2 >= len(filled) or filled[at + 1][0] != number + 1:
        return None
    below = filled[at + 1][1]
    places = [place for place, cell in enumerate(below) if cell not in (None, "")]
    words = [str(below[place]) for place in places]
    spanned = _spanned(cells, len(below))
    fits = set(places) <= spanned and any(_at(cells, place) is None for place in places)
    alone = sum(_at(cells, place) is not None and place not in spanned for place in range(len(cells)))
    worded = all(isinstance(below[place], str) and not NUMBER.fullmatch(str(below[place])) for place in places)
    return filled[at + 1] if fits and alone >= ALONE and worded and len({*words}) > 1 else None


def _with_names_above(
    above: tuple[int, Sequence[object]], number: int, cells: Sequence[object], width: int
) -> Sequence[object]:
    """A cell that reaches over both rows names its column in the upper one; a title is no such row."""
    row, names = above
    if row != number - 1 or _filled(names) < ALONE:
        return cells
    return [_at(cells, place) or _at(names, place) for place in range(width)]


def _spanned(cells: Sequence[object], width: int) -> set[int]:
    """Columns without a name of their own, and the named one before them."""
    nameless = {place for place in range(1, max(width, len(cells))) if _at(cells, place) is None}
    return nameless | {place - 1 for place in nameless}


def _at(cells: Sequence[object], place: int) -> object | None:
    return cells[place] if place < len(cells) and cells[place] != "" else None


def _together(above: Sequence[object], below: Sequence[object]) -> list[object | None]:
    """A column is called by the lower row; with the name above it where several are called the same."""
    lower = [_at(below, place) for place in range(max(len(above), len(below)))]
    often, names, over = Counter(lower), list[object | None](), None
    for place, part in enumerate(lower):
        over = _at(above, place) or (over if part is not None else None)
        names.append(part if part is not None and often[part] == 1 else f"{over} {part}" if part and over else over)
    return names


def _told_together(above: int, below: int) -> Problem:
    message = _("Rows %(above)s and %(below)s name the columns together.", above=above, below=below)
    return Problem("", "two_header_rows", message)


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
        text = " ".join(" ".join(str(cell).split()) for cell in cells if cell not in (None, ""))[:80]
        message = _("Row %(row)s stands above the column names and was left out: “%(text)s”", row=number, text=text)
        told.append(Problem("", "title_row", message))
    return told


def _doubts(cells: Sequence[object]) -> list[Problem]:
    filled = [cell for cell in cells if cell not in (None, "")]
    numbers = [cell for cell in filled if not isinstance(cell, str) or NUMBER.fullmatch(cell)]
    if len(numbers) * 2 < len(filled) or not numbers:
        return []
    message = _("The first row looks like data (%(cell)s); does the file lack a row of column names?", cell=numbers[0])
    return [Problem("", "header_looks_like_data", message)]
