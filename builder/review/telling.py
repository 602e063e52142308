"""Changes as a page shows them: by definition, each a sentence with what was and what will be below it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sartor.builder.lists.definitions import address_of, definition_url, icon_of
from sartor.platform.publishing.diff import ABSENT
from sartor.platform.publishing.words.calling import Calling
from sartor.platform.publishing.words.part_words import raised
from sartor.platform.publishing.words.telling import ADDED, CHANGED, MOVED, REMOVED, RENAMED, Told
from sartor.platform.text import gettext as _
from sartor.platform.ui.pages.parts import Face, Pill

LONGEST = 60
"""Lines of a value that are shown; what is longer is cut and says so."""


@dataclass(frozen=True, slots=True)
class Line:
    """One change. place: where in the definition; at: the first place, as comments name it; before, after: as JSON."""

    id: str
    pill: Pill
    sentence: str
    place: str
    at: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The changes of one definition. uses_url: what uses it. by, when: who edited it last; empty for revisions."""

    key: str
    title: str
    icon: str
    url: str
    uses_url: str
    lines: tuple[Line, ...]
    by: Face | None = None
    when: str = ""


def groups(names: Calling, changes: Sequence[Told]) -> Iterator[Group]:
    """The changes by definition."""
    for key, found in groupby(changes, key=lambda each: each.key):
        title, lines = raised(names.definition(key)), tuple(map(_line, found))
        yield Group(key, title, icon_of(key), address_of(key), definition_url(key), lines)


def _line(change: Told) -> Line:
    place = change.places[0] + (" …" if len(change.places) > 1 else "")
    shown = change.kind != RENAMED
    return Line(
        id=change.id,
        pill=Pill(_("Comes back"), "good") if change.back else _pill(change.kind),
        sentence=change.sentence,
        place=place,
        at=change.places[0],
        before=_lines(change.before) if shown else (),
        after=_lines(change.after) if shown else (),
    )


def _pill(kind: str) -> Pill:
    return {
        ADDED: Pill(_("New"), "good"),
        REMOVED: Pill(_("Gone"), "bad"),
        CHANGED: Pill(_("Changed"), "warn"),
        MOVED: Pill(_("Moved"), ""),
        RENAMED: Pill(_("Renamed"), "accent"),
    }[kind]


def _lines(value: Any) -> tuple[str, ...]:
    if value is ABSENT:
        return ()
    lines = json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True).split("\n")
    cut = [_("… %(n)s more lines", n=len(lines) - LONGEST)] if len(lines) > LONGEST else []
    return (*lines[:LONGEST], *cut)
