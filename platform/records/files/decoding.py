"""The bytes of a whole file against an encoding: one quick pass before anything is read from it."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from sartor.platform.errors import Invalid, Problem
from sartor.platform.records.files.encoding import Detection, UnsureEncoding, detect
from sartor.platform.records.files.opened import Opened
from sartor.platform.text import gettext as _

HEAD = 256 * 1024
CHUNK = 256 * 1024


@dataclass(frozen=True, slots=True)
class Undecodable:
    """Where a file stops being text of an encoding."""

    line: int
    offset: int
    byte: int


def scan(file: Opened, encoding: str) -> tuple[int, Undecodable | None]:
    """Read a file once: how many lines it has, or where it stops being text of this encoding."""
    decoder = codecs.getincrementaldecoder(encoding)()
    lines, offset, ended = 0, 0, True
    with file.reading() as stream:
        while True:
            chunk = stream.read(CHUNK)
            try:
                text = decoder.decode(chunk, final=not chunk)
            except UnicodeError as error:
                return lines, _fault(error, lines, offset)
            lines += text.count("\n") or text.count("\r")
            ended = text.endswith(("\n", "\r")) if text else ended
            offset += len(chunk)
            if not chunk:
                return lines + (not ended), None


def _fault(error: UnicodeError, lines: int, offset: int) -> Undecodable:
    if not isinstance(error, UnicodeDecodeError):
        return Undecodable(lines + 1, offset, 0)
    before = error.object[: error.start]
    line = lines + (before.count(b"\n") or before.count(b"\r")) + 1
    return Undecodable(line, offset + error.start, error.object[error.start])


def settled_encoding(file: Opened) -> str:
    """The encoding, if it is beyond doubt for the whole file.

    :raises UnsureEncoding: where a person must choose. :raises Invalid: for what is no text.
    """
    head = file.head(HEAD)
    detection = detect(head)
    if detection.certain:
        _lines, fault = scan(file, detection.encoding)
        if not fault:
            return detection.encoding
        detection = detect(_telling(file, head, fault.offset))
        if detection.certain and scan(file, detection.encoding)[1]:
            detection = Detection(detection.encoding, False, detection.candidates)
    if not detection.candidates:
        message = _("%(name)s is neither text nor a workbook that can be read.", name=file.name)
        raise Invalid(message, [Problem("", "not_text", message)], code="not_text")
    if not detection.certain:
        raise UnsureEncoding(file.name, detection)
    return detection.encoding


def _telling(file: Opened, head: bytes, offset: int) -> bytes:
    """The header, and the lines around the first place that is not UTF-8."""
    with file.reading() as stream:
        stream.seek(max(offset - 4096, 0))
        around = stream.read(HEAD)
    start = around.find(b"\n") + 1 if offset > 4096 else 0
    return head.splitlines(keepends=True)[0] + around[start:] if start else around


def refusal(name: str, encoding: str, fault: Undecodable) -> Invalid:
    message = _(
        "%(name)s is not %(encoding)s: line %(line)s holds the byte 0x%(byte)s. Choose another encoding.",
        name=name,
        encoding=encoding,
        line=fault.line,
        byte=f"{fault.byte:02X}",
    )
    return Invalid(message, [Problem("", "encoding", message)], code="encoding")
