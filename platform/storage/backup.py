"""A backup of a workspace on SQLite: one file with the database as it was at one moment, the stored files and the key.

The database is copied by SQLite's own online way, while people go on working; files come after it, so that each file
that a row names is there. Restoring unpacks beside the workspace, checks, and only then changes places.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import sqlite3
import tempfile
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

import orjson

from sartor.platform.errors import Conflict, Invalid
from sartor.platform.storage.system import HEAD
from sartor.platform.text import gettext as _

DATABASE, KEY, ABOUT, FILES = "sartor.db", "secret_key", "about.json", "files"
STORED = re.compile(r"files/([0-9a-f]{2})/(\1[0-9a-f]{62})")
CHUNK = 1024 * 1024


def back_up(database: Path, data: Path, secret_key: str, to: Path) -> dict[str, object]:
    """Write a backup; what it holds. to: a file that is not there yet.

    :raises Conflict: where it is.
    """
    if to.exists():
        raise Conflict(_("%(file)s is there already; a backup replaces nothing.", file=to))
    to.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=to.parent) as beside:
        copied, packed = Path(beside) / DATABASE, Path(beside) / to.name
        _copy(database, copied)
        files = sorted(each for each in (data / FILES).glob("??/*") if STORED.fullmatch(_name(each, data)))
        about = {"made_at": datetime.now(UTC).isoformat(), "version": HEAD, "files": len(files)}
        with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
            archive.writestr(ABOUT, orjson.dumps(about))
            archive.writestr(KEY, secret_key)
            archive.write(copied, DATABASE)
            for each in files:
                archive.write(each, _name(each, data), ZIP_STORED)
        packed.chmod(0o600)
        packed.rename(to)
    return {**about, "bytes": to.stat().st_size}


def _name(file: Path, data: Path) -> str:
    return file.relative_to(data).as_posix()


def _copy(database: Path, to: Path) -> None:
    source = sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)
    target = sqlite3.connect(to)
    try:
        source.backup(target)
        target.execute("PRAGMA journal_mode = DELETE")
    finally:
        target.close()
        source.close()


def restore(file: Path, database: Path, data: Path, *, replace: bool = False) -> dict[str, object]:
    """Put a backup in the place of what is there; what was there is kept beside it, named by the moment.

    :raises Invalid: for what is no whole backup. :raises Conflict: where a workspace is and `replace` was not said, or
        a process still has it open.
    """
    if database.exists() and not replace:
        said = _(
            "There is a workspace in %(folder)s already; say --replace to put the backup in its place.", folder=data
        )
        raise Conflict(said)
    data.mkdir(parents=True, exist_ok=True)
    database.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=data) as beside:
        about = _unpacked(file, Path(beside))
        moment = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
        if database.exists() and _has_a_log(database):
            _fold_log(database)
        for former, ending in _former(database, data):
            name = former.name.removesuffix(ending)
            former.rename(former.with_name(f"{name}.before-{moment}{ending}"))
        shutil.move(Path(beside) / DATABASE, database)
        shutil.move(Path(beside) / FILES, data / FILES)
        shutil.move(Path(beside) / KEY, data / KEY)
    return about


def _has_a_log(database: Path) -> bool:
    """Whether SQLite would read the log. Beside a file whose beginning is spoilt it would delete it."""
    with database.open("rb") as file:
        beginning = file.read(20)
    return beginning.startswith(b"SQLite format 3\0") and beginning[18:] == b"\2\2"


def _fold_log(database: Path) -> None:
    """Bring what only the log has into the database itself. One that is damaged is kept as it is.

    :raises Conflict: where a process still has it open.
    """
    connection = sqlite3.connect(database, timeout=1, isolation_level=None)
    try:
        for sql in ("PRAGMA locking_mode = EXCLUSIVE", "BEGIN EXCLUSIVE", "COMMIT", "PRAGMA wal_checkpoint(TRUNCATE)"):
            connection.execute(sql)
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            said = _("%(file)s is still in use; stop all processes of this workspace first.", file=database)
            raise Conflict(said) from None
    finally:
        connection.close()


def _former(database: Path, data: Path) -> Iterator[tuple[Path, str]]:
    """What is there, each with the ending that has to stay the last one: SQLite looks for a log by it."""
    logs = [(database.with_name(database.name + ending), ending) for ending in ("-wal", "-shm")]
    yield from (each for each in ((database, ""), *logs, (data / FILES, ""), (data / KEY, "")) if each[0].exists())


def _unpacked(file: Path, folder: Path) -> dict[str, object]:
    """What a backup says about itself, its parts being in a folder and whole."""
    try:
        with ZipFile(file) as archive:
            about = orjson.loads(archive.read(ABOUT))
            if about["version"] > HEAD:
                said = _("The backup is of a newer version (%(then)s) than this one (%(now)s); update Sartor first.",
                         then=about["version"], now=HEAD)  # fmt: skip
                raise Invalid(said)
            for name in (DATABASE, KEY):
                _extract(archive, name, folder / name)
            stored = [name for name in archive.namelist() if STORED.fullmatch(name)]
            (folder / FILES).mkdir()
            for name in stored:
                _extract(archive, name, folder / name)
    except FileNotFoundError:
        raise Invalid(_("There is no file %(file)s.", file=file)) from None
    except (BadZipFile, KeyError, ValueError, EOFError, NotImplementedError, zlib.error) as error:
        raise Invalid(_("%(file)s is no whole backup: %(reason)s", file=file, reason=str(error)[:200])) from None
    _check(folder, stored, about)
    (folder / KEY).chmod(0o600)
    return {**about, "files": len(stored)}


def _extract(archive: ZipFile, name: str, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(name) as source, to.open("wb") as target:
        shutil.copyfileobj(source, target, CHUNK)


def _check(folder: Path, stored: list[str], about: dict[str, object]) -> None:
    """:raises Invalid: where the database or a file is not as it was."""
    wrong = [name for name in stored if _digest(folder / name) != name.rpartition("/")[2]]
    if wrong or len(stored) != about.get("files"):
        raise Invalid(_("Files of the backup are damaged or missing: %(names)s", names=", ".join(wrong[:5]) or "?"))
    connection = sqlite3.connect(folder / DATABASE)
    try:
        found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
        connection.execute("SELECT revision FROM sys_state").fetchone()
    except sqlite3.DatabaseError as error:
        found = str(error)
    finally:
        connection.close()
    if found != "ok":
        raise Invalid(_("The database of the backup is damaged: %(reason)s", reason=found))


def _digest(file: Path) -> str:
    with file.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()
