"""A value as a picture: what a type may draw beside the text, without writing any markup."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Drawing:
    """One dark figure on white paper, on screens and in print alike: an SVG path in a box of this many units."""

    width: int
    height: int
    path: str
