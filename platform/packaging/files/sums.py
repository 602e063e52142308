"""Checksums of the files of a blueprint: what is damaged is named before anything of it is read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from sartor.platform.definitions.documents import canonical
from sartor.platform.definitions.json_text import strict_json
from sartor.platform.errors import BadRequest
from sartor.platform.text import gettext as _

CHECKSUMS = "checksums.json"

Files = Mapping[str, bytes]
"""Content by path below the folder."""


def checksums(files: Files) -> dict[str, str]:
    """SHA-256 of each file."""
    return {path: hashlib.sha256(content).hexdigest() for path, content in files.items()}


def require_undamaged(files: Files) -> None:
    """:raises BadRequest: naming the first file that is not what `checksums.json` says; a folder written by hand has
    none."""
    known = strict_json(files[CHECKSUMS]) if CHECKSUMS in files else None
    if known is None:
        return
    there = checksums({path: content for path, content in files.items() if path != CHECKSUMS})
    told = known if isinstance(known, dict) else {}
    for name in sorted({*told, *there}):
        if told.get(name) != there.get(name):
            raise BadRequest(_("%(name)s is damaged or missing: its checksum is another one.", name=str(name)[:120]))


def write_folder(folder: Path, files: Files) -> None:
    """Write files into a folder, with their checksums; files of an earlier export that are no more go."""
    together = with_checksums(files)
    for name in list(_left_over(folder, together)):
        (folder / name).unlink()
    for name, content in together.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _left_over(folder: Path, files: Files) -> Iterator[str]:
    """Only what an export wrote is known by its checksums, so nobody's own file is touched."""
    known = folder / CHECKSUMS
    told = strict_json(known.read_bytes()) if known.is_file() else {}
    for name in told if isinstance(told, dict) else ():
        path = (folder / name).resolve()
        if name not in files and path.is_relative_to(folder.resolve()) and path.is_file():
            yield name


def with_checksums(files: Files) -> dict[str, bytes]:
    return {**files, CHECKSUMS: canonical(checksums(files)).encode()}
