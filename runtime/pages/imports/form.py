"""What the steps of an import send, as a plan: columns and how lookups are matched, dates, keys, meanings of values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from sartor.platform.records.importing.plan import ON_MATCH, ImportPlan

_NUMBERED = re.compile(r"^(map|by|date|value)\[(\d{1,4})\]$")
LEAVE, CLEAR = "", "-"
"""What is chosen for a value that was not found besides a near match: refuse such rows; leave the field blank."""


def numbered(pairs: Iterable[tuple[str, str]], name: str) -> dict[int, str]:
    """The values of `map[0]`, `map[1]` … by number."""
    found = {}
    for key, value in pairs:
        match = _NUMBERED.match(key)
        if match and match[1] == name:
            found[int(match[2])] = value
    return found


def plan_of(start: ImportPlan, columns: Sequence[str], form: Mapping[str, str]) -> ImportPlan:
    """The plan that the page of columns says."""
    pairs = list(form.items())
    fields, ways, dates = (numbered(pairs, name) for name in ("map", "by", "date"))
    chosen, formats = {}, {}
    for number, column in enumerate(columns):
        field = fields.get(number, "")
        if not field:
            continue
        way = ways.get(number, "")
        chosen[column] = f"{field}.{way}" if way else field
        if dates.get(number):
            formats[column] = dates[number]
    key = form.get("key", "")
    on_match = form.get("on_match", ON_MATCH[0])
    return replace(
        start,
        columns=chosen,
        dates=formats,
        key=(key,) if key else (),
        on_match=on_match if on_match in ON_MATCH else ON_MATCH[0],
        encoding=form.get("encoding") or start.encoding,
        sheet=form.get("sheet") or start.sheet,
    )


def with_meanings(plan: ImportPlan, misses: Sequence[tuple[str, str]], form: Mapping[str, str]) -> ImportPlan:
    """The plan with what values mean that were not found. misses: (field, value), in the order of the page."""
    meant = {name: dict(said) for name, said in plan.values.items()}
    for number, text in numbered(form.items(), "value").items():
        if number < len(misses) and text != LEAVE:
            field, value = misses[number]
            meant.setdefault(field, {})[value] = "" if text == CLEAR else text
    return replace(plan, values=meant)
