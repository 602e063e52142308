"""Mending what no longer holds together: the smallest part that says it is taken out, or the whole that is nothing
without it.

A condition that is gone would open what it kept closed, so a right goes as a whole, never its condition alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from sartor.platform.definitions.compile.drafting import compile_draft
from sartor.platform.definitions.documents import Changed, Document, Documents, applied
from sartor.platform.definitions.kinds import Kinds
from sartor.platform.definitions.validate import validate
from sartor.platform.errors import Problem
from sartor.platform.publishing.uses.closing_up import CARDS, close_up
from sartor.platform.publishing.uses.mending_texts import Mended, mended_text
from sartor.platform.publishing.uses.retiring import SHOWING, without

EXPRESSION = "expression"
LEVEL = "level"
MEANT = ("formula", "options", "type")
"""Properties without which a field is nothing."""
ROUNDS = 12
"""What is taken out may leave others that stood on it: so often it is looked again."""


@dataclass(frozen=True, slots=True)
class Mending:
    """key, pointer: what goes; an empty pointer is the definition. changed: the documents that this changes.

    text: where only part of an expression goes, what goes of it and what takes its place. level: where nothing goes,
    but is shown from another level on.
    """

    key: str
    pointer: str
    changed: Mapping[str, Document | None]
    text: Mended | None = None
    level: str = ""


def mending(documents: Documents, kinds: Kinds, problem: Problem) -> Mending | None:
    """What would do away with a problem; None where nothing can be taken out for it."""
    key = problem.file or ""
    if key not in documents:
        return None
    parts = _parts(problem.field)
    if (part := _in_part(documents, kinds, problem) or _raised(documents, kinds, problem)) is not None:
        return part
    if key.startswith("entity/") and parts[:1] == ("fields",) and len(parts) > 2 and parts[2] in MEANT:
        if parts[1] not in documents[key]["fields"]:
            return None  # it went with another one
        return Mending(key, _pointer(parts[:2]), without(documents, kinds, key, parts[1]))
    for place in () if _is_nothing_without(documents[key], kinds, key, parts) else _places(key, parts, problem.code):
        made = _removed(documents[key], place)
        if made is not None and not validate(kinds, key, made):
            return Mending(key, _pointer(place), {key: made})
    if key.startswith("entity/"):
        return None
    return Mending(key, "", without(documents, kinds, key))


def _in_part(documents: Documents, kinds: Kinds, problem: Problem) -> Mending | None:
    """An expression that is right in some of its conditions keeps these. A right would be wider, so it goes whole."""
    key, parts = problem.file or "", _parts(problem.field)
    text = _at(documents[key], parts)
    if problem.code != EXPRESSION or key.startswith(("role/", "metric/")) or not isinstance(text, str):
        return None
    found = mended_text(documents, kinds, key, problem.field, text)
    copy: Any = deepcopy(dict(documents[key]))
    if found is None:
        return None
    here = _at(copy, parts[:-1])
    here[int(parts[-1]) if isinstance(here, list) else parts[-1]] = found.text
    return None if validate(kinds, key, copy) else Mending(key, problem.field, {key: copy}, found)


def _raised(documents: Documents, kinds: Kinds, problem: Problem) -> Mending | None:
    """What needs something of a higher level gets that level, with as little of what it belongs to as can have one."""
    key, parts = problem.file or "", _parts(problem.field)
    if problem.code != LEVEL or problem.near is None:
        return None
    for depth in range(len(parts), -1, -1):
        copy: Any = deepcopy(dict(documents[key]))
        here = _at(copy, parts[:depth])
        if not isinstance(here, dict):
            continue
        here["level"] = problem.near
        if not validate(kinds, key, copy):
            return Mending(key, _pointer(parts[:depth]), {key: copy}, level=problem.near)
    return None


def _at(value: Any, parts: Sequence[str]) -> Any:
    for part in parts:
        value = _inside(value, part)
    return value


def mended(documents: Documents, kinds: Kinds, known: Sequence[Problem] = ()) -> Changed:
    """Documents in which every problem but the known ones is mended, as far as that goes."""
    left = {_place(each) for each in known}
    now: dict[str, Document] = dict(documents)
    changed: Changed = {}
    for _round in range(ROUNDS):
        made: Changed = {}
        for each in problems(now, kinds):
            found = mending(now, kinds, each) if _place(each) not in left else None
            if found is not None:
                made |= found.changed
                now = applied(now, found.changed)
        if not made:
            break
        changed |= made
    return changed


def problems(documents: Documents, kinds: Kinds) -> list[Problem]:
    """What does not hold together, as compiling finds it."""
    return compile_draft(documents, kinds, 0).problems


def _place(problem: Problem) -> tuple[str, str]:
    return problem.file or "", problem.field


def _is_nothing_without(document: Document, kinds: Kinds, key: str, parts: tuple[str, ...]) -> bool:
    """A number that is worked out otherwise, or over other records, is another number under the same name; a chart that
    groups by nothing is none."""
    if key.startswith("report/") and parts[:1] == ("dimensions",) and len(parts) > 1:
        return not is_drawn_without(document, parts[1], kinds)
    return key.startswith("metric/") or (key.startswith("report/") and parts[:1] == ("filter",))


def is_drawn_without(report: Document, dimension: str, kinds: Kinds) -> bool:
    """Whether its chart draws what is left of a report without a dimension."""
    least, _most = kinds.extensions.charts[report["chart"]].dimensions
    return len(report.get("dimensions", {}).keys() - {dimension}) >= least


def _places(key: str, parts: tuple[str, ...], code: str) -> Iterator[tuple[str, ...]]:
    """What could go, the smallest first; of a right and of what is merely shown the whole entry."""
    if key.startswith("role/"):
        yield from ([parts[:2]] if parts[:1] == ("grants",) and len(parts) > 1 else [])
        return
    shown = [depth for depth in range(1, len(parts)) if parts[depth - 1] in SHOWING]
    if shown and code != EXPRESSION and not key.startswith("entity/"):
        yield parts[: shown[-1] + 1]
    for depth in range(len(parts), 0, -1):
        if not (key.startswith("entity/") and depth <= 1):
            yield parts[:depth]


def _removed(document: Document, place: tuple[str, ...]) -> Document | None:
    """The document without a part; None where it has none there."""
    copy: Any = deepcopy(dict(document))
    here = copy
    for part in place[:-1]:
        here = _inside(here, part)
    last = place[-1]
    if isinstance(here, dict) and last in here:
        gone = here.pop(last)
        if place[-2:-1] == (CARDS,):
            close_up(here, gone)
    elif isinstance(here, list) and last.isdigit() and int(last) < len(here):
        del here[int(last)]
    else:
        return None
    return dict(copy)


def _inside(value: Any, part: str) -> Any:
    if isinstance(value, list):
        return value[int(part)] if part.isdigit() and int(part) < len(value) else None
    return value.get(part) if isinstance(value, Mapping) else None


def _parts(pointer: str) -> tuple[str, ...]:
    return tuple(part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:])


def _pointer(parts: Sequence[str]) -> str:
    return "".join("/" + part.replace("~", "~0").replace("/", "~1") for part in parts)
