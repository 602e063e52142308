"""The zip archive that a workbook is: judged before anything is unpacked."""

from __future__ import annotations

import zipfile
from typing import IO

from sartor.platform.errors import Invalid, Problem, TooLarge
from sartor.platform.records.files.limits import MIB, Limits
from sartor.platform.text import gettext as _

OTHER_KINDS = (
    ("xl/workbook.bin", "XLSB"),
    ("word/document.xml", "DOCX"),
    ("ppt/presentation.xml", "PPTX"),
    ("content.xml", "ODS"),
)


def check_archive(stream: IO[bytes], name: str, limits: Limits) -> None:
    """Refuse what is not a workbook and what would unpack to more than the limits allow."""
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise not_a_workbook(name, _("the archive is damaged (%(error)s)", error=str(error))) from None
    entries = archive.infolist()
    names = {entry.filename for entry in entries}
    _check_kind(names, name)
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries) or 1
    if (
        len(entries) > limits.entries
        or unpacked > limits.unpacked_bytes
        or (unpacked > 16 * MIB and unpacked / packed > limits.ratio)
    ):
        message = _(
            "%(name)s would unpack to %(mib)s MiB in %(n)s parts, more than is allowed.",
            name=name,
            mib=unpacked // MIB,
            n=len(entries),
        )
        raise TooLarge(message, [Problem("", "unpacked", message)])
    if any(entry.flag_bits & 1 for entry in entries):
        raise not_a_workbook(name, _("it is protected by a password"))


def not_a_workbook(name: str, reason: str) -> Invalid:
    message = _("%(name)s cannot be read as an XLSX workbook: %(reason)s.", name=name, reason=reason)
    return Invalid(message, [Problem("", "workbook", message)], code="workbook")


def _check_kind(names: set[str], name: str) -> None:
    for part, kind in OTHER_KINDS:
        if part in names:
            raise not_a_workbook(name, _("it is %(kind)s; save it as XLSX or CSV", kind=kind))
    if "[Content_Types].xml" not in names:
        raise not_a_workbook(name, _("it is an archive of other files; unpack it first"))
