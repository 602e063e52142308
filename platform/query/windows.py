"""All records of a window at once; where they are too many, the first of each part and how many there are."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sartor.platform.access.context import Context
from sartor.platform.query.question import Question
from sartor.platform.query.reader import Reader
from sartor.platform.views.base import Window

Counted = tuple[int, bool]
"""How many, and whether counting stopped there."""


@dataclass(frozen=True, slots=True)
class Held:
    """What a window holds. counts: of the parts that hold more than `rows` has of them. cut: rows are left out, and no
    part tells how many."""

    rows: Sequence[Mapping[str, Any]] = ()
    total: Counted = (0, False)
    counts: Mapping[str, Counted] = field(default_factory=dict)
    cut: bool = False


def held(reader: Reader, context: Context, window: Window, asked: Callable[[Sequence[str]], Question]) -> Held:
    """asked: the question about the records that fulfil some conditions, in the window's order.

    One question where its page holds everything, as nearly always; else a short one for each part, and one for what is
    in several of them. A record stands once.
    """
    whole = asked(window.where)
    page = reader.page(context, whole)
    if not page.next:
        return Held(page.rows, (len(page.rows), False))
    total = reader.count(context, whole)
    if not window.parts:
        return Held(page.rows, total, cut=True)
    several = reader.page(context, asked(window.across)).rows if window.across else []
    rows: dict[str, Mapping[str, Any]] = {row["id"]: row for row in several}
    counts: dict[str, Counted] = {}
    for key, part in window.parts.items():
        question = replace(asked(part.where), limit=part.most)
        first = reader.page(context, question)
        rows |= {row["id"]: row for row in first.rows if row["id"] not in rows}
        if first.next:
            counts[key] = reader.count(context, question)
    return Held(tuple(rows.values()), total, counts)
