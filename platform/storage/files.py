"""The file store: bytes under their hash in the data folder, names and owners in `sys_file`.

Where a file lies is decided by its content alone; the name that a person gave it is data and never part of a path.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

import sqlalchemy as sa

from sartor.platform.errors import NotFound, Problem, TooLarge
from sartor.platform.storage.engine import Database
from sartor.platform.storage.system.files import sys_file
from sartor.platform.text import gettext as _
from sartor.platform.work import Work

CHUNK = 1024 * 1024
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One stored file. name: as people know it; type: by its content or its maker, never by its name; by: who brought
    it."""

    id: int
    hash: str
    name: str
    size: int
    type: str
    by: int | None
    at: datetime


_COLUMNS = [sys_file.c[name] for name in StoredFile.__dataclass_fields__]


class Incoming:
    """A file that is being written, hashed on the way."""

    def __init__(self, stream: IO[bytes], limit: int | None) -> None:
        self.stream = stream
        self.size = 0
        self._limit = limit
        self._hash = hashlib.sha256()

    def write(self, data: bytes) -> int:
        """:raises TooLarge: beyond the limit."""
        self.size += len(data)
        if self._limit is not None and self.size > self._limit:
            said = _("The file is larger than %(mib)s MiB.", mib=self._limit // CHUNK)
            raise TooLarge(said, [Problem("file", "too_large", said)])
        self._hash.update(data)
        return self.stream.write(data)

    @property
    def hash(self) -> str:
        return self._hash.hexdigest()


class FileStore:
    """The files of one workspace, under `folder`."""

    def __init__(self, folder: Path, database: Database) -> None:
        self.folder = folder
        self.database = database

    def put(self, source: IO[bytes], name: str, kind: str, by: int | None, *, limit: int | None = None) -> StoredFile:
        """Keep what a stream holds.

        :raises TooLarge: beyond `limit` bytes; nothing is kept then.
        """
        with self._incoming(limit) as incoming:
            while data := source.read(CHUNK):
                incoming.write(data)
        return self._noted(incoming, name, kind, by)

    def adopt(self, path: Path, name: str, kind: str, by: int | None) -> StoredFile:
        """Keep a file that was made elsewhere in the data folder; it is copied, the original stays its owner's."""
        with path.open("rb") as source:
            return self.put(source, name, kind, by)

    def get(self, number: int) -> StoredFile:
        """:raises NotFound: where there is none."""
        with self.database.read() as connection:
            row = connection.execute(sa.select(*_COLUMNS).where(sys_file.c.id == number)).first()
        if row is None:
            raise NotFound(_("There is no such file."))
        return StoredFile(*row)

    def newest(self, kind: str, by: int | None, limit: int) -> list[StoredFile]:
        """What somebody keeps of a type, the newest first."""
        mine = sa.and_(sys_file.c.type == kind, sys_file.c.by == by)
        chosen = sa.select(*_COLUMNS).where(mine).order_by(sys_file.c.id.desc()).limit(limit)
        with self.database.read() as connection:
            return [StoredFile(*row) for row in connection.execute(chosen)]

    def forget(self, kind: str, by: int | None, name: str) -> None:
        """Every file of this name that somebody keeps of a type; the bytes stay, as others may have the same."""
        mine = sa.and_(sys_file.c.type == kind, sys_file.c.by == by, sys_file.c.name == name)
        self.database.run(lambda work: work.connection.execute(sa.delete(sys_file).where(mine)))

    def path(self, file: StoredFile) -> Path:
        """Where the bytes lie.

        :raises NotFound: when they are gone.
        """
        found = self._place(file.hash)
        if not found.is_file():
            raise NotFound(_("The file %(name)s is not in the file store any more.", name=repr(file.name)))
        return found

    def content(self, file: StoredFile) -> bytes:
        """The bytes of a small file.

        :raises NotFound: when they are gone.
        """
        return self.path(file).read_bytes()

    @contextmanager
    def scratch(self) -> Iterator[Path]:
        """A path in the data folder that nobody else uses, removed afterwards."""
        folder = self.folder / "incoming"
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / secrets.token_hex(16)
        try:
            yield path
        finally:
            path.unlink(missing_ok=True)

    @contextmanager
    def _incoming(self, limit: int | None) -> Iterator[Incoming]:
        with self.scratch() as path:
            with path.open("xb") as stream:
                incoming = Incoming(stream, limit)
                yield incoming
                stream.flush()
                os.fsync(stream.fileno())
            place = self._place(incoming.hash)
            place.parent.mkdir(parents=True, exist_ok=True)
            path.replace(place)

    def _place(self, digest: str) -> Path:
        return self.folder / digest[:2] / digest

    def _noted(self, incoming: Incoming, name: str, kind: str, by: int | None) -> StoredFile:
        def note(work: Work) -> StoredFile:
            kept = StoredFile(self.database.new_id(), incoming.hash, _tidy(name), incoming.size, kind, by, work.now)
            row = {each: getattr(kept, each) for each in StoredFile.__dataclass_fields__}
            work.connection.execute(sa.insert(sys_file).values(row))
            return kept

        return self.database.run(note)


def _tidy(name: str) -> str:
    """The last part of what a browser sent, without what cannot be shown."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(char for char in last if char.isprintable()).strip()[:LONGEST_NAME] or "file"
