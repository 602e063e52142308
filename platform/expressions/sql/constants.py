"""Constants that are written into a statement, so that one shape is one statement."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

Element = sa.ColumnElement[Any]


def whole(number: int) -> Element:
    return sa.literal_column(str(number))


def without_empty(text: Element) -> Element:
    """A text; empty text is blank."""
    return sa.func.nullif(text, sa.literal_column("''"), type_=sa.Text())


def normalized(text: Element) -> Element:
    """A text as PostgreSQL can fold it: full-width and compatible characters as the usual ones."""
    return sa.func.normalize(text, sa.literal_column("NFKC"))
