"""What a dry run remembers from chunk to chunk, since none of its records stay: keys and unique values that it made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from sartor.platform.errors import Problem
from sartor.platform.model import Entity, Field, UniqueKey
from sartor.platform.records.importing.finding import Key
from sartor.platform.records.wish import Written
from sartor.platform.text import gettext as _


class Cells(Protocol):
    """What was read of a row: its number in the file and its values."""

    @property
    def number(self) -> int: ...

    @property
    def values(self) -> Mapping[str, Any]: ...


class Meant(Protocol):
    """A row and what is to become of it; see `chunk.Meant`."""

    @property
    def key(self) -> Key | None: ...

    @property
    def read(self) -> Cells: ...


class Chunks(Protocol):
    """The file that is being imported; see `chunk.Chunks`."""

    @property
    def entity(self) -> Entity: ...

    @property
    def bound(self) -> Sequence[Any]: ...

    def compared(self, fields: Sequence[Field], values: Mapping[str, Any]) -> Key | None: ...


class Memory:
    """Rows of the file that a real run would have written by now."""

    def __init__(self) -> None:
        self._keys: set[Key] = set()
        self._unique: dict[tuple[str, Key], int] = {}

    def has(self, key: Key | None) -> bool:
        return key in self._keys

    def note(self, meant: Meant, written: Written, chunks: Chunks) -> None:
        """A row was written, and its record is gone again."""
        if meant.key is not None:
            self._keys.add(meant.key)
        for key in _plain_keys(chunks):
            if values := _values(key, meant, chunks):
                self._unique.setdefault((key.name, values), meant.read.number)

    def clash(self, meant: Meant, chunks: Chunks) -> Problem | None:
        """What a real run would say because of an earlier row."""
        for key in _plain_keys(chunks):
            values = _values(key, meant, chunks)
            row = self._unique.get((key.name, values)) if values else None
            if row is not None:
                said = _("The same value stands in row %(row)s.", row=row)
                columns = [each.column for each in chunks.bound if each.field.name == key.fields[-1]]
                return Problem((columns or [key.fields[-1]])[0], "unique", said)
        return None


def _plain_keys(chunks: Chunks) -> list[UniqueKey]:
    """Unique keys that every record is held to; conditional ones depend on more than the file."""
    return [key for key in chunks.entity.keys if key.condition is None]


def _values(key: UniqueKey, meant: Meant, chunks: Chunks) -> Key | None:
    return chunks.compared([chunks.entity.fields[name] for name in key.fields], meant.read.values)
