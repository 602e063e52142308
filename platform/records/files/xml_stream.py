"""XML as a stream of tags, in constant memory, with document types (and so entities) forbidden."""

from __future__ import annotations

from typing import IO
from xml.parsers import expat

CHUNK = 64 * 1024
OURS = frozenset(
    (
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://schemas.openxmlformats.org/package/2006/relationships",
        "http://purl.oclc.org/ooxml/spreadsheetml/main",
        "",
    )
)


class ForbiddenXml(ValueError):
    """XML that no spreadsheet writes: it would declare entities."""


class XmlHandler:
    """What to do with each tag of a workbook's own vocabulary, by its plain name; extensions are passed over."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """A tag opens."""

    def end(self, tag: str) -> None:
        """A tag closes."""

    def text(self, text: str) -> None:
        """Characters between tags."""


class XmlStream:
    """Feeds a handler a chunk at a time. Raises `ValueError` where the bytes are no XML."""

    def __init__(self, source: IO[bytes], handler: XmlHandler) -> None:
        self._source, self._handler = source, handler
        self._plain: dict[str, str] = {}
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = handler.text
        self._parser.StartDoctypeDeclHandler = _forbid

    def feed(self) -> bool:
        """Take the next chunk; False when there is none. :raises ValueError: for broken XML."""
        chunk = self._source.read(CHUNK)
        try:
            self._parser.Parse(chunk, not chunk)
        except expat.ExpatError as error:
            raise ValueError(f"broken XML: {error}") from None
        return bool(chunk)

    def read(self) -> None:
        while self.feed():
            pass

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._handler.start(self._plain.get(tag) or self._named(tag), attributes)

    def _end(self, tag: str) -> None:
        self._handler.end(self._plain.get(tag) or self._named(tag))

    def _named(self, tag: str) -> str:
        space, _space, name = tag.rpartition(" ")
        self._plain[tag] = name if space in OURS else tag
        return self._plain[tag]


def _forbid(*_declaration: object) -> None:
    raise ForbiddenXml("a document type is declared")
