"""A file that can be read from its beginning again: a path, or a stream that knows how to go back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO

from sartor.platform.errors import NotFound, Problem
from sartor.platform.text import gettext as _


@dataclass(frozen=True, slots=True)
class Opened:
    """name: as people know it; source: a path, or a seekable binary stream whose owner closes it."""

    name: str
    source: Path | IO[bytes]

    @contextmanager
    def reading(self) -> Iterator[IO[bytes]]:
        """The bytes from the first on. A stream has one position: only one reader at a time."""
        if isinstance(self.source, Path):
            with self.source.open("rb") as stream:
                yield stream
        else:
            self.source.seek(0)
            yield self.source

    def head(self, size: int) -> bytes:
        with self.reading() as stream:
            return stream.read(size)


def opened(source: str | Path | BinaryIO, name: str) -> Opened:
    """source: a path, or a binary stream that can be read again from its beginning.

    :raises NotFound: for a path without a file. :raises TypeError: for a stream of another kind.
    """
    if isinstance(source, str | Path):
        path = Path(source)
        if not path.is_file():
            message = _("There is no file %(name)s.", name=repr(str(source)))
            raise NotFound(message, [Problem("", "file", message)])
        return Opened(name, path)
    if not source.seekable() or not isinstance(source.read(0), bytes):
        raise TypeError(f"{name}: a seekable binary stream is needed, not {type(source).__name__}")
    return Opened(name, source)
