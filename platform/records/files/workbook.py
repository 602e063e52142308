"""The parts of a workbook that its sheets share: names, texts, number formats, the first day of its calendar."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from zipfile import ZipFile

from sartor.platform.errors import TooLarge
from sartor.platform.records.files.limits import MIB, Limits
from sartor.platform.records.files.xml_stream import XmlHandler, XmlStream
from sartor.platform.text import gettext as _

BUILTIN = {1: "0", 2: "0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 14: "yyyy-mm-dd", 15: "d-mmm-yy", 16: "d-mmm",
           17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy-mm-dd h:mm",
           45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0"}  # fmt: skip
BUILTIN |= dict.fromkeys((27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58), "yyyy-mm-dd")
BUILTIN |= dict.fromkeys((32, 33, 34, 35, 55, 56), "h:mm:ss")
SIZE_OF_TEXT = 64
WORKBOOK = "xl/workbook.xml"


@dataclass(frozen=True, slots=True)
class SheetPart:
    """path: of its entry in the archive; visible: not hidden by its author."""

    name: str
    path: str
    visible: bool


@dataclass(slots=True)
class Workbook:
    """formats: the number format of each cell style; strings: the shared texts; from_1904: the calendar of old Macs."""

    sheets: list[SheetPart] = field(default_factory=list)
    formats: list[str] = field(default_factory=list)
    strings: list[str] = field(default_factory=list)
    from_1904: bool = False


def read_workbook(archive: ZipFile, limits: Limits) -> Workbook:
    """Everything but the rows. Raises `TooLarge`, and `ValueError` or `KeyError` for what is no workbook."""
    path = _links(archive, "").get("officeDocument", {"": WORKBOOK})
    main = next(iter(path.values()))
    links = _links(archive, main)
    book = _Book(links.get("worksheet", {}))
    _parse(archive, main, book)
    result = Workbook(book.sheets, from_1904=book.from_1904)
    for path_of_styles in links.get("styles", {}).values():
        styles = _Styles()
        _parse(archive, path_of_styles, styles)
        result.formats = [styles.formats.get(one) or BUILTIN.get(one, "General") for one in styles.used]
    for path_of_strings in links.get("sharedStrings", {}).values():
        texts = _Strings(limits.shared_bytes)
        _parse(archive, path_of_strings, texts)
        result.strings = texts.found
    return result


def _parse(archive: ZipFile, path: str, handler: XmlHandler) -> None:
    with archive.open(path) as source:
        XmlStream(source, handler).read()


def _links(archive: ZipFile, path: str) -> dict[str, dict[str, str]]:
    """Kind of part -> id -> path, as the part at `path` refers to others."""
    folder, name = posixpath.split(path)
    entry = posixpath.join(folder, "_rels", f"{name}.rels")
    if entry not in archive.namelist():
        return {}
    links = _Links(folder, frozenset(archive.namelist()))
    _parse(archive, entry, links)
    return links.found


class _Links(XmlHandler):
    def __init__(self, folder: str, present: frozenset[str]) -> None:
        self.folder, self.present = folder, present
        self.found: dict[str, dict[str, str]] = {}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag != "Relationship" or attributes.get("TargetMode") == "External":
            return
        target = attributes["Target"]
        path = posixpath.normpath(posixpath.join("/" + self.folder, target)).lstrip("/")
        kind = attributes["Type"].rpartition("/")[2]
        if path in self.present:
            self.found.setdefault(kind, {})[attributes["Id"]] = path


class _Book(XmlHandler):
    def __init__(self, paths: dict[str, str]) -> None:
        self.paths = paths
        self.sheets: list[SheetPart] = []
        self.from_1904 = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "workbookPr":
            self.from_1904 = attributes.get("date1904", "0") in ("1", "true")
        elif tag == "sheet":
            link = next((value for name, value in attributes.items() if name.endswith(" id")), "")
            if path := self.paths.get(link):
                visible = attributes.get("state", "visible") == "visible"
                self.sheets.append(SheetPart(attributes["name"], path, visible))


class _Styles(XmlHandler):
    def __init__(self) -> None:
        self.formats: dict[int, str] = {}
        self.used: list[int] = []
        self._cells = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "numFmt" and "numFmtId" in attributes:
            self.formats.setdefault(int(attributes["numFmtId"]), attributes.get("formatCode", ""))
        elif tag == "cellXfs":
            self._cells = True
        elif tag == "xf" and self._cells:
            self.used.append(int(attributes.get("numFmtId", "0")))

    def end(self, tag: str) -> None:
        if tag == "cellXfs":
            self._cells = False


class _Strings(XmlHandler):
    """Texts with their runs joined; the reading aid over Chinese and Japanese text (`rPh`) is not part of them."""

    def __init__(self, most: int) -> None:
        self.found: list[str] = []
        self._most, self._held = most, 0
        self._parts: list[str] = []
        self._taking = self._aid = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "rPh":
            self._aid = True
        elif tag == "t":
            self._taking = not self._aid

    def text(self, text: str) -> None:
        if self._taking:
            self._parts.append(text)
            self._hold(2 * len(text))

    def end(self, tag: str) -> None:
        if tag == "t":
            self._taking = False
        elif tag == "rPh":
            self._aid = False
        elif tag == "si":
            self.found.append("".join(self._parts))
            self._parts = []
            self._hold(SIZE_OF_TEXT)

    def _hold(self, size: int) -> None:
        self._held += size
        if self._held > self._most:
            raise TooLarge(_("The texts of the workbook take over %(mib)s MiB of memory.", mib=self._most // MIB))
