"""A blueprint as one file: a zip of its folder. The same definitions always give the same bytes.

Names in order, one fixed time, no compression (which differs between versions of zlib), and the checksum of each file
in `checksums.json`, so that a damaged file is named before anything of it is read.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sartor.platform.definitions.documents import canonical, strict_json
from sartor.platform.errors import BadRequest
from sartor.platform.packaging.folder import FOLDERS, LARGEST, Blueprint, Parts, read_folder
from sartor.platform.text import gettext as _

LONG_AGO = (1980, 1, 1, 0, 0, 0)
CHECKSUMS = "checksums.json"
MOST_FILES = 5000
MOST_BYTES = 64 * 1024 * 1024
_KINDS = "|".join(FOLDERS.values())
_NAME = r"[a-z0-9_]+(\.[a-z0-9_]+)*"
EXPECTED = re.compile(
    rf"(blueprint\.json|README\.md|{CHECKSUMS}|(with/[a-z0-9_]+/)?(extends/)?({_KINDS})/{_NAME}\.json"
    rf"|(records|samples)/{_NAME}\.csv)\Z"
)


def packed(manifest: Mapping[str, Any], parts: Parts, tables: Mapping[str, bytes] | None = None) -> bytes:
    """A blueprint as one file. tables: CSV files by their path."""
    files = {"blueprint.json": canonical(manifest).encode(), **(tables or {})}
    for documents, base in ((parts.documents, ""), (parts.extends, "extends/")):
        for key, document in documents.items():
            kind, name = key.split("/", 1)
            files[f"{base}{FOLDERS[kind]}/{name}.json"] = canonical(document).encode()
    files[CHECKSUMS] = canonical({name: _checksum(content) for name, content in files.items()}).encode()
    return _zipped(files)


def write_file(path: Path, data: bytes) -> None:
    """Put a packed blueprint where somebody wants it."""
    path.write_bytes(data)


def _zipped(files: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, LONG_AGO)
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, files[name])
    return stream.getvalue()


def _checksum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def unpacked(data: bytes, folder: Path) -> Blueprint:
    """Read a file into an empty folder, as a blueprint.

    :raises BadRequest: for what is no such file, or a damaged one.
    """
    for name, content in _unzipped(data).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return read_folder(folder)


def _unzipped(data: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [each for each in archive.infolist() if not each.is_dir()]
            _require_reasonable(entries)
            files = {each.filename: archive.read(each) for each in entries}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError):
        raise BadRequest(_("This is not a blueprint file: a zip with blueprint.json in it was expected.")) from None
    _require_undamaged(files)
    return files


def _require_reasonable(entries: list[zipfile.ZipInfo]) -> None:
    for each in entries:
        if not EXPECTED.match(each.filename):
            raise BadRequest(_("The file %(name)s does not belong into a blueprint.", name=each.filename[:120]))
        if each.file_size > LARGEST:
            raise BadRequest(_("The file is larger than %(n)s bytes.", n=LARGEST))
    if len(entries) > MOST_FILES or sum(each.file_size for each in entries) > MOST_BYTES:
        raise BadRequest(_("This blueprint file is too large."))
    if "blueprint.json" not in {each.filename for each in entries}:
        raise BadRequest(_("This is not a blueprint file: a zip with blueprint.json in it was expected."))


def _require_undamaged(files: dict[str, bytes]) -> None:
    """A file without checksums was zipped by hand, which is fine."""
    known = strict_json(files.pop(CHECKSUMS)) if CHECKSUMS in files else {}
    for name, checksum in known.items() if isinstance(known, dict) else ():
        if name not in files or _checksum(files[name]) != checksum:
            raise BadRequest(_("%(name)s is damaged or missing: its checksum is another one.", name=str(name)[:120]))
