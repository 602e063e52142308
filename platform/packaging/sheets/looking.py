"""What stands in a table, column by column: read once, from its beginning, in bounded memory.

Types are judged by the first rows. Where a file is longer, the rest is read only for what the beginning cannot tell:
whether a column's values really all differ, and which values a column of few values has.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from sartor.platform.fields.wording import cell_text
from sartor.platform.records.files.table import Row, Table, Value
from sartor.platform.text import fold

LOOKED_AT = 20_000
"""Rows that types are judged by."""
GUESSED_FROM = 500
"""Filled cells that a type is guessed from; all that were looked at are tried with it afterwards."""
CELLS = 1_000_000
"""Cells that are held at once: a very wide table is judged by fewer rows."""
FEW = 200
"""With more different values than this nobody chooses from a list."""
LONGEST_KEY = 200
SAMPLES = 5

Cell = tuple[type, Value]


@dataclass(slots=True)
class Seen:
    """One column. values: each with how often it stands there; blanks: cells that were looked at and empty.

    firsts: the first filled cells in their order. keys: hashes of the folded texts of the whole file, None
    where two agree or one is blank. whole: whether `values` is of the whole file.
    """

    name: str
    place: int
    values: Counter[Cell] = field(default_factory=Counter)
    firsts: list[Value] = field(default_factory=list)
    blanks: int = 0
    keys: set[int] | None = field(default_factory=set)
    whole: bool = True
    _texts: Counter[str] = field(default_factory=Counter)
    _hashed: dict[str, int] = field(default_factory=dict)

    @property
    def filled(self) -> int:
        return sum(self.values.values())

    @property
    def is_key(self) -> bool:
        return self.keys is not None and len(self.keys) > 1

    def texts(self) -> Counter[str]:
        """The values as texts, worked out once the table was read."""
        if not self._texts:
            for (_type, value), count in self.values.items():
                self._texts[cell_text(value) or ""] += count
        return self._texts

    def hashed(self) -> dict[str, int]:
        """Each text with the hash that keys are compared by."""
        if not self._hashed:
            self._hashed = {text: hash(fold(text)) for text in self.texts()}
        return self._hashed

    def samples(self) -> tuple[str, ...]:
        texts = (cell_text(value) for value in self.firsts)
        return tuple(list(dict.fromkeys(text[:80] for text in texts if text))[:SAMPLES])

    def look(self, value: Value) -> None:
        """Take a cell into account, for types and for keys."""
        if value is not None and len(self.firsts) < GUESSED_FROM:
            self.firsts.append(value)
        self.count(value)
        self.tell_apart(value)

    def count(self, value: Value) -> None:
        if value is None:
            self.blanks += 1
        else:
            self.values[type(value), value] += 1

    def tell_apart(self, value: Value) -> None:
        """Give the column up as a key when a value comes again, is blank, or is a whole text."""
        if self.keys is None:
            return
        text = None if value is None else cell_text(value)
        if text is None or len(text) > LONGEST_KEY:
            self.keys = None
            return
        mark, before = hash(fold(text)), len(self.keys)
        self.keys.add(mark)
        if len(self.keys) == before:
            self.keys = None


@dataclass(slots=True)
class Looked:
    """A table as it was looked at. rows: how many of them types are judged by; whole: whether these are all.

    broken: rows with faults of their own (more cells than columns), which no import would take.
    """

    columns: tuple[Seen, ...]
    rows: int = 0
    broken: int = 0
    whole: bool = True


def look(table: Table, progress: Callable[[int], object] = lambda rows: None) -> Looked:
    """Read a table. progress: told how many rows were read, now and then."""
    looked = Looked(tuple(Seen(name, place) for place, name in enumerate(table.columns)))
    rows = _told(table.rows(), progress)
    most = max(100, min(LOOKED_AT, CELLS // max(1, len(table.columns))))
    for row in rows:
        if row.problems:
            looked.broken += 1
            continue
        for column in looked.columns:
            column.look(row.values[column.place])
        looked.rows += 1
        if looked.rows == most:
            break
    _look_on(looked, rows)
    return looked


def _look_on(looked: Looked, rows: Iterator[Row]) -> None:
    """The rest of a long file, for columns of which it tells more."""
    few = [each for each in looked.columns if 0 < len(each.values) <= FEW]
    for row in rows:
        if looked.whole:
            looked.whole = False
            for column in looked.columns:
                column.whole = column in few
        if row.problems:
            looked.broken += 1
            continue
        for column in few:
            column.count(row.values[column.place])
        for column in looked.columns:
            if column.keys is not None:
                column.tell_apart(row.values[column.place])


def _told(rows: Iterator[Row], progress: Callable[[int], object]) -> Iterator[Row]:
    for number, row in enumerate(rows, 1):
        yield row
        if number % 5_000 == 0:
            progress(number)
