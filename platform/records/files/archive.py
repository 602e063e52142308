"""The zip archive that a workbook is: judged before anything is unpacked, scanned before rows are trusted."""

from __future__ import annotations

import re
import zipfile
from collections import defaultdict
from dataclasses import dataclass, field
from typing import IO

from sartor.platform.errors import Invalid, Problem, TooLarge
from sartor.platform.records.files.limits import MIB, Limits
from sartor.platform.text import gettext as _

CHUNK = MIB
LONGEST_ROW = 64 * MIB
PREFIX = re.compile(rb"<(\w+:)?sheetData\b")
ROW_NUMBER = re.compile(rb'\br="(\d+)"')


@dataclass(frozen=True, slots=True)
class _Marks:
    """The tags of a sheet; some programs write a prefix before each. Literal beginnings make the search fast."""

    row: re.Pattern[bytes]
    merged: bytes
    formula: bytes
    uncalculated: re.Pattern[bytes]


def _marks(prefix: bytes) -> _Marks:
    c, f = b"<" + prefix + b"c", b"<" + prefix + b"f"
    ends = b"</" + prefix
    return _Marks(
        re.compile(b"<" + prefix + rb"row\b[^>]*>"),
        b"<" + prefix + b"mergeCell ",
        f,
        re.compile(
            c
            + rb'\b[^>]*?\br="([A-Z]{1,3})(\d+)"[^>]*>\s*'
            + f
            + rb"\b(?:[^>]*/>|[^>]*>[^<]*"
            + ends
            + rb"f>)\s*"
            + ends
            + b"c>"
        ),
    )


OTHER_KINDS = (
    ("xl/workbook.bin", "XLSB"),
    ("word/document.xml", "DOCX"),
    ("ppt/presentation.xml", "PPTX"),
    ("content.xml", "ODS"),
)


@dataclass(slots=True)
class SheetFacts:
    """What the bytes of a sheet say, whatever its header claims. last_row: the number of the last row."""

    last_row: int = 0
    rows: int = 0
    ordered: bool = True
    merged: int = 0
    uncalculated: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))


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
    shared = sum(entry.file_size for entry in entries if entry.filename.lower().endswith("sharedstrings.xml"))
    if (
        len(entries) > limits.entries
        or unpacked > limits.unpacked_bytes
        or shared > limits.shared_bytes
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


def scan_sheet(source: IO[bytes]) -> SheetFacts:
    """Read a sheet's XML as bytes, whole rows at a time."""
    facts, rest, marks = SheetFacts(), b"", None
    while chunk := source.read(CHUNK):
        rest += chunk
        if marks is None:
            found = PREFIX.search(rest)
            marks = _marks((found[1] or b"") if found else b"")
        cut = rest.rfind(b"row>") + 4
        if cut >= 4:
            _take(facts, rest[:cut], marks)
            rest = rest[cut:]
        elif len(rest) > LONGEST_ROW:
            raise TooLarge(_("One row of the sheet holds over %(mib)s MiB.", mib=LONGEST_ROW // MIB))
    _take(facts, rest, marks or _marks(b""))
    return facts


def _take(facts: SheetFacts, part: bytes, marks: _Marks) -> None:
    for row in marks.row.findall(part):
        facts.rows += 1
        stated = ROW_NUMBER.search(row)
        number = int(stated[1]) if stated else facts.last_row + 1
        facts.ordered = facts.ordered and number > facts.last_row
        facts.last_row = max(facts.last_row, number)
    facts.merged += part.count(marks.merged)
    if marks.formula in part:
        for column, row in marks.uncalculated.findall(part):
            facts.uncalculated[int(row)].append(column.decode())


def _check_kind(names: set[str], name: str) -> None:
    for part, kind in OTHER_KINDS:
        if part in names:
            raise not_a_workbook(name, _("it is %(kind)s; save it as XLSX or CSV", kind=kind))
    if "[Content_Types].xml" not in names:
        raise not_a_workbook(name, _("it is an archive of other files; unpack it first"))
