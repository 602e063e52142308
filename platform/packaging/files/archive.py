"""A blueprint as one file: a zip of its folder. The same definitions always give the same bytes.

Names in order, one fixed time, no compression (which differs between versions of zlib), and the checksum of each file
in `checksums.json`, so that a damaged file is named before anything of it is read.
"""

from __future__ import annotations

import io
import lzma
import re
import zipfile
import zlib
from pathlib import Path

from sartor.platform.errors import BadRequest
from sartor.platform.packaging.files.folder import LARGEST, read_files
from sartor.platform.packaging.files.shape import FOLDERS, MANIFEST, Blueprint
from sartor.platform.packaging.files.sums import CHECKSUMS, Files, with_checksums
from sartor.platform.text import gettext as _

LONG_AGO = (1980, 1, 1, 0, 0, 0)
MOST_FILES = 5000
MOST_BYTES = 64 * 1024 * 1024
DAMAGED = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, RuntimeError, NotImplementedError, ValueError
)  # fmt: skip
"""What reading a zip raises that is none, is damaged, or is locked by a password."""
_KINDS = "|".join(FOLDERS.values())
_NAME = r"[a-z0-9_]+(\.[a-z0-9_]+)*"
EXPECTED = re.compile(
    rf"(blueprint\.json|README\.md|{CHECKSUMS}|(with/[a-z0-9_]+/)?(extends/)?({_KINDS})/{_NAME}\.json"
    rf"|(records|samples)/{_NAME}\.csv|scenarios/{_NAME}\.json)\Z"
)


def packed(blueprint: Blueprint) -> bytes:
    """A blueprint as one file."""
    return zipped(blueprint.files())


def write_file(path: Path, data: bytes) -> None:
    """Put a packed blueprint where somebody wants it."""
    path.write_bytes(data)


def zipped(files: Files) -> bytes:
    """Files with their checksums, as one."""
    stream = io.BytesIO()
    together = with_checksums(files)
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(together):
            entry = zipfile.ZipInfo(name, LONG_AGO)
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, together[name])
    return stream.getvalue()


def unpacked(data: bytes) -> Blueprint:
    """A blueprint out of its file.

    :raises BadRequest: for what is no such file, or a damaged one.
    """
    return read_files(unzipped(data, EXPECTED))


def unzipped(data: bytes, expected: re.Pattern[str], needed: str = MANIFEST) -> dict[str, bytes]:
    """The files in a file. expected: what they may be called; needed: the one that is in any of its sort.

    :raises BadRequest: for what is no such file.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [each for each in archive.infolist() if not each.is_dir()]
            _require_reasonable(entries, expected, needed)
            return {each.filename: archive.read(each) for each in entries}
    except DAMAGED:
        raise BadRequest(_not_one(needed)) from None


def _not_one(needed: str) -> str:
    return _("This is not a blueprint file: a zip with %(name)s in it was expected.", name=needed)


def _require_reasonable(entries: list[zipfile.ZipInfo], expected: re.Pattern[str], needed: str) -> None:
    for each in entries:
        if not expected.match(each.filename):
            raise BadRequest(_("The file %(name)s does not belong into a blueprint.", name=each.filename[:120]))
        if each.file_size > LARGEST:
            raise BadRequest(_("The file is larger than %(n)s bytes.", n=LARGEST))
    if len(entries) > MOST_FILES or sum(each.file_size for each in entries) > MOST_BYTES:
        raise BadRequest(_("This blueprint file is too large."))
    names = [each.filename for each in entries]
    if len(set(names)) < len(names):
        raise BadRequest(_("This blueprint file holds two files of one name."))
    if needed not in names:
        raise BadRequest(_not_one(needed))
