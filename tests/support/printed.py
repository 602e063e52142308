"""What stands on each page of a PDF that Chromium printed: enough of the format to read its texts back.

Its objects stand one after the other, uncompressed but for the streams; a font tells which letters its codes are.
"""

from __future__ import annotations

import re
import zlib
from typing import NamedTuple

OBJECT = re.compile(rb"(\d+) 0 obj\b(.*?)\bendobj", re.DOTALL)
STREAM = re.compile(rb"stream\r?\n(.*)endstream", re.DOTALL)
SHOWN = re.compile(rb"/(F\d+) [\d.]+ Tf|/ActualText <FEFF([0-9A-F]+)>|<([0-9A-Fa-f]*)> Tj|(EMC)\b")


class Font(NamedTuple):
    """width: hexadecimal digits of a code. letters: what each code stands for; a font of drawn shapes may not tell."""

    width: int
    letters: dict[int, str]

    def said(self, codes: bytes) -> str:
        found = (int(codes[at : at + self.width], 16) for at in range(0, len(codes), self.width))
        return "".join(self.letters.get(code, "") for code in found)


class Pdf:
    """pages: the objects of its pages, in their order."""

    def __init__(self, content: bytes) -> None:
        self.objects = {int(number): body for number, body in OBJECT.findall(content)}
        self.pages = [each for each in self.objects.values() if re.search(rb"/Type\s*/Page\b(?!s)", each)]

    def texts(self) -> list[str]:
        """The words of each page as they are drawn, without any white space."""
        return [self._text(page) for page in self.pages]

    def sizes(self) -> list[tuple[int, int]]:
        """Width and height of each page in millimetres."""
        found = (re.search(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", page) for page in self.pages)
        return [tuple(round(float(each) / 72 * 25.4) for each in match.groups()) for match in found if match]

    def _text(self, page: bytes) -> str:
        fonts = {name.decode(): self._font(int(number)) for name, number in re.findall(rb"/(F\d+) (\d+) 0 R", page)}
        content = self._stream(int(re.search(rb"/Contents (\d+) 0 R", page)[1]))
        return "".join("".join(self._words(content, fonts)).split())

    def _words(self, content: bytes, fonts: dict[str, Font]) -> list[str]:
        """Where a word is drawn by other signs than its own, it stands beside them and counts in their place."""
        made, font, instead = [], Font(2, {}), False
        for name, meant, codes, end in SHOWN.findall(content):
            if name:
                font = fonts[name.decode()]
            elif meant:
                made.append(_said(meant))
                instead = True
            elif end:
                instead = False
            elif not instead:
                made.append(font.said(codes))
        return made

    def _font(self, number: int) -> Font:
        return Font(4 if b"/Type0" in self.objects[number] else 2, self._letters(number))

    def _letters(self, font: int) -> dict[int, str]:
        """By code; a font of drawn shapes may tell nothing."""
        found = re.search(rb"/ToUnicode (\d+) 0 R", self.objects[font])
        table = self._stream(int(found[1])) if found else b""
        made: dict[int, str] = {}
        for block in re.findall(rb"beginbfchar(.*?)endbfchar", table, re.DOTALL):
            made |= {int(code, 16): _said(text) for code, text in re.findall(rb"<(\w+)> <(\w+)>", block)}
        for block in re.findall(rb"beginbfrange(.*?)endbfrange", table, re.DOTALL):
            for low, high, text in re.findall(rb"<(\w+)> <(\w+)> <(\w+)>", block):
                first = int(text, 16)
                made |= {code: chr(first + code - int(low, 16)) for code in range(int(low, 16), int(high, 16) + 1)}
        return made

    def _stream(self, number: int) -> bytes:
        content = STREAM.search(self.objects[number])
        return zlib.decompress(content[1]) if content and b"FlateDecode" in self.objects[number] else b""


def _said(text: bytes) -> str:
    return bytes.fromhex(text.decode()).decode("utf-16-be")
