"""Which coloured dot stands before a stage or a choice: names of classes, so that a theme can say what they look like.

Open stages are one hue growing deeper, whatever their number; won is green, lost is grey.
"""

from __future__ import annotations

SHADES = 4
COLOURS = frozenset(
    ("grey", "blue", "indigo", "purple", "pink", "red", "orange", "yellow", "green", "teal", "cyan"),
)
ENDS = {"won": "stage-won", "lost": "stage-lost", "invalid": "stage-lost"}


def stage_dot(index: int, of: int, outcome: str = "open", colour: str | None = None) -> str:
    """The dot of a stage. index: 1 for the first of `of` open stages; colour: what the admin chose instead."""
    if colour in COLOURS:
        return f"tint-{colour}"
    if outcome in ENDS:
        return ENDS[outcome]
    if of <= 1:
        return f"stage-{SHADES}"
    return f"stage-{1 + round((index - 1) * (SHADES - 1) / (of - 1))}"


def choice_dot(colour: str | None) -> str | None:
    """The dot of a choice; none where it has no colour."""
    return f"tint-{colour}" if colour in COLOURS else None
