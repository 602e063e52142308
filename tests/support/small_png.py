"""Screenshots made small: 256 colours instead of millions, packed as well as it goes."""

from __future__ import annotations

import struct
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

COLOURS = 256
SIGNATURE = b"\x89PNG\r\n\x1a\n"


def shrink(file: Path) -> None:
    """Rewrite a picture of eight bits a channel, as a browser makes it; it stays as it was where that is smaller."""
    made = small(file.read_bytes())
    if len(made) < file.stat().st_size:
        file.write_bytes(made)


def small(picture: bytes) -> bytes:
    width, height, pixels = _opened(picture)
    counts = Counter(pixels)
    palette = [colour for colour, _count in counts.most_common(COLOURS)]
    nearest = {colour: at for at, colour in enumerate(palette)}
    near: dict[bytes, int] = {}
    for colour in counts:
        if colour not in nearest:
            rough = bytes(each & 0xF8 | 4 for each in colour)
            if rough not in near:
                near[rough] = min(range(len(palette)), key=lambda at: _apart(palette[at], rough))
            nearest[colour] = near[rough]
    rows = [b"\0" + bytes(nearest[each] for each in pixels[at * width : (at + 1) * width]) for at in range(height)]
    head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    parts = (b"IHDR", head), (b"PLTE", b"".join(palette)), (b"IDAT", zlib.compress(b"".join(rows), 9)), (b"IEND", b"")
    return SIGNATURE + b"".join(_chunk(name, data) for name, data in parts)


def _apart(one: bytes, other: bytes) -> int:
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True))


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _chunks(picture: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(SIGNATURE)
    while at < len(picture):
        (length,) = struct.unpack_from(">I", picture, at)
        yield picture[at + 4 : at + 8], picture[at + 8 : at + 8 + length]
        at += length + 12


def _opened(picture: bytes) -> tuple[int, int, list[bytes]]:
    """Width, height, and each pixel's red, green and blue."""
    parts = list(_chunks(picture))
    width, height, depth, colour = struct.unpack_from(">IIBB", dict(parts)[b"IHDR"])
    if depth != 8 or colour not in (2, 6):
        raise ValueError(f"a picture of {depth} bits and colour type {colour}; expected 8 bits of type 2 or 6")
    step = 3 if colour == 2 else 4
    data = zlib.decompress(b"".join(each for name, each in parts if name == b"IDAT"))
    pixels: list[bytes] = []
    line = bytearray(width * step)
    for row in range(height):
        start = row * (width * step + 1)
        line = _unfiltered(data[start], data[start + 1 : start + 1 + width * step], line, step)
        pixels += [bytes(line[at : at + 3]) for at in range(0, len(line), step)]
    return width, height, pixels


def _unfiltered(kind: int, line: bytes, above: bytearray, step: int) -> bytearray:
    """A line of bytes without the filter that it was packed with."""
    made = bytearray(line)
    for at in range(len(made) if kind else 0):
        left, up = (made[at - step] if at >= step else 0), above[at]
        corner = above[at - step] if at >= step else 0
        guess = (0, left, up, (left + up) // 2, _paeth(left, up, corner))[kind]
        made[at] = (made[at] + guess) & 255
    return made


def _paeth(left: int, up: int, corner: int) -> int:
    near = left + up - corner
    return min((abs(near - left), 0, left), (abs(near - up), 1, up), (abs(near - corner), 2, corner))[2]
