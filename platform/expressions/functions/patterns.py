"""`matches`: patterns in a small subset of regular expressions that is matched in linear time.

A pattern is alternatives of single-character elements with a repetition each; without groups there is nothing to
backtrack into. Python runs all positions at once as bits of an integer; PostgreSQL gets the same pattern spelled out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import sqlalchemy as sa

from sartor.platform.errors import InvalidExpression
from sartor.platform.expressions.sql.builder import Builder, Sql
from sartor.platform.text import gettext as _

MAX_POSITIONS = 400  # elements, with repetitions counted
MAX_TIMES = 255  # PostgreSQL's own limit
MAX_TEXT = 1_000  # a longer text fits no pattern
CLASSES = {"d": "0-9", "w": "A-Za-z0-9_", "s": " \t\r\n\u3000"}

_ELEMENT = re.compile(
    r"(?P<one>\\[dws]|\\[^A-Za-z0-9]|\.|\[\^?(?:\\.|[^\]\\])+\]|[^\\\[\](){}?*+.|^$])"
    r"(?P<times>\?|\*|\+|\{\d{1,3}(?:,\d{0,3})?\})?",
    re.DOTALL,
)


@dataclass(frozen=True)
class Element:
    """ranges: (first, last) characters; negated: all but these. least, most: repetitions (most None: no end)."""

    ranges: tuple[tuple[str, str], ...]
    negated: bool
    least: int
    most: int | None

    def fits(self, char: str) -> bool:
        return any(first <= char <= last for first, last in self.ranges) != self.negated

    @property
    def positions(self) -> int:
        return self.most if self.most is not None else max(self.least, 1)


@lru_cache(maxsize=256)
def read(pattern: str) -> tuple[tuple[Element, ...], ...]:
    """The alternatives of a pattern; raises InvalidExpression for what the subset does not have."""
    alternatives: list[list[Element]] = [[]]
    position = 0
    while position < len(pattern):
        if pattern[position] == "|":
            alternatives.append([])
            position += 1
            continue
        found = _ELEMENT.match(pattern, position)
        if not found:
            raise InvalidExpression(
                _(
                    "“%(part)s” is not understood in the pattern %(pattern)s.",
                    part=pattern[position : position + 5],
                    pattern=pattern,
                ),
                position=position,
            )
        alternatives[-1].append(_element(found["one"], found["times"], position))
        position = found.end()
    if sum(element.positions for each in alternatives for element in each) > MAX_POSITIONS:
        raise InvalidExpression(_("The pattern is too long; at most %(n)s characters count.", n=MAX_POSITIONS))
    return tuple(map(tuple, alternatives))


def _element(one: str, times: str | None, position: int) -> Element:
    least, most = _times(times)
    if not least <= (least if most is None else most) <= MAX_TIMES:
        raise InvalidExpression(
            _("%(times)s is no repetition between 0 and %(n)s.", times=times, n=MAX_TIMES), position=position
        )
    if one == ".":
        return Element((), True, least, most)
    if one[0] == "[":
        negated = one[1] == "^"
        return Element(_ranges(one[2 if negated else 1 : -1]), negated, least, most)
    return Element(_ranges(one), False, least, most)


def _times(times: str | None) -> tuple[int, int | None]:
    if not times:
        return 1, 1
    if times in "?*+":
        return {"?": (0, 1), "*": (0, None), "+": (1, None)}[times]
    least, comma, most = times[1:-1].partition(",")
    return int(least), (int(most) if most else None) if comma else int(least)


def _ranges(inside: str) -> tuple[tuple[str, str], ...]:
    """`a-z0\\d` as pairs of characters."""
    found: list[tuple[str, str]] = []
    index = 0
    while index < len(inside):
        here = inside[index]
        if here == "\\":
            escaped = inside[index + 1]
            found += _ranges(CLASSES[escaped]) if escaped in CLASSES else [(escaped, escaped)]
            index += 2
        elif inside[index + 1 : index + 2] == "-" and inside[index + 2 : index + 3] not in ("", "\\"):
            found.append((here, inside[index + 2]))
            index += 3
        else:
            found.append((here, here))
            index += 1
    return tuple(found)


def matching(text: str, pattern: str) -> bool:
    return len(text) <= MAX_TEXT and any(_fits(alternative, text) for alternative in read(pattern))


def _fits(elements: tuple[Element, ...], text: str) -> bool:
    """Bit i of `reached` says that the first i positions have been passed."""
    slots = [slot for element in elements for slot in _slots(element)]
    masks: dict[str, tuple[int, int]] = {}
    reached = _skipped(1, slots)
    for char in text:
        if char not in masks:
            fit = [index for index, (element, _optional, _loop) in enumerate(slots) if element.fits(char)]
            masks[char] = sum(1 << i for i in fit), sum(1 << (i + 1) for i in fit if slots[i][2])
        step, loop = masks[char]
        reached = _skipped(((reached & step) << 1) | (reached & loop), slots)
        if not reached:
            return False
    return bool(reached >> len(slots) & 1)


def _slots(element: Element) -> list[tuple[Element, bool, bool]]:
    """One entry per position: (element, may be skipped, may repeat)."""
    count = element.positions
    return [(element, index >= element.least, element.most is None and index == count - 1) for index in range(count)]


def _skipped(reached: int, slots: list[tuple[Element, bool, bool]]) -> int:
    """With all positions that follow without a character."""
    for index, slot in enumerate(slots):
        if slot[1] and reached >> index & 1:
            reached |= 1 << (index + 1)
    return reached


def spelled_out(pattern: str) -> str:
    """The pattern for PostgreSQL: anchored, every class as plain ranges."""
    return "^(?:" + "|".join("".join(map(_spelled, each)) for each in read(pattern)) + ")$"


def _spelled(element: Element) -> str:
    if not element.ranges:
        one = "."
    else:
        inside = "".join(
            _char(first) if first == last else f"{_char(first)}-{_char(last)}" for first, last in element.ranges
        )
        one = f"[{'^' if element.negated else ''}{inside}]"
    most = "" if element.most is None else element.most
    return one if (element.least, element.most) == (1, 1) else f"{one}{{{element.least},{most}}}"


def _char(char: str) -> str:
    return f"\\U{ord(char):08x}"


def matches_sql(b: Builder, text: Sql, pattern: Sql) -> sa.ColumnElement:
    """True only for texts short enough; the length is asked first, so a huge text costs nothing."""
    fits = sa.collate(text.element, "C").regexp_match(sa.literal(spelled_out(str(pattern.constant)), sa.Text()))
    return sa.and_(sa.func.length(text.element) <= sa.literal_column(str(MAX_TEXT)), fits)
