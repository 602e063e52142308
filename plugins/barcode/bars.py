"""The bars of a code: one module after the other, `1` is dark. Free of anything of Sartor."""

from __future__ import annotations

import re

HEIGHT = 40
"""In modules, as in the drawing."""
QUIET = "0" * 9
"""Light on both sides, without which scanners do not find the code."""
LEFT = ("0001101", "0011001", "0010011", "0111101", "0100011", "0110001", "0101111", "0111011", "0110111", "0001011")
"""A digit of the left half with odd parity; the other patterns are this one inverted, or inverted and reversed."""
PARITY = ("LLLLLL", "LLGLGG", "LLGGLG", "LLGGGL", "LGLLGG", "LGGLLG", "LGGGLL", "LGLGLG", "LGLGGL", "LGGLGL")
"""How the first of thirteen digits, which has no bars of its own, shows in the six behind it."""
GUARD, MIDDLE = "101", "01010"
INVERTED = str.maketrans("01", "10")


def bars(digits: str) -> str:
    """The modules of an EAN-13, UPC-A or EAN-8; nothing for digits of another length."""
    if not digits.isdecimal() or len(digits) not in (8, 12, 13):
        return ""
    whole = digits.zfill(13) if len(digits) > 8 else digits
    parity, shown = (PARITY[int(whole[0])], whole[1:]) if len(whole) == 13 else ("LLLL", whole)
    half = len(shown) // 2
    left = "".join(map(_left, shown[:half], parity))
    right = "".join(_right(digit) for digit in shown[half:])
    return "".join((QUIET, GUARD, left, MIDDLE, right, GUARD, QUIET))


def _left(digit: str, parity: str) -> str:
    return LEFT[int(digit)] if parity == "L" else _right(digit)[::-1]


def _right(digit: str) -> str:
    return LEFT[int(digit)].translate(INVERTED)


def path(modules: str) -> str:
    """The same as an SVG path: one box for each run of dark modules."""
    return "".join(f"M{run.start()} 0h{len(run[0])}v{HEIGHT}h-{len(run[0])}z" for run in re.finditer("1+", modules))
