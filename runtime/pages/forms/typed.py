"""What a form sent, as values for the writer: only what differs from what the form showed when it was opened.

So two people who change different fields of a record do not meet, and what nobody touched is not judged again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sartor.platform.errors import Invalid, Problem
from sartor.platform.fields.base import Wanted
from sartor.platform.model import Entity, Field
from sartor.platform.text import gettext as _
from sartor.platform.ui.formdata import read_form
from sartor.runtime.pages.desk import Desk
from sartor.runtime.pages.forms.options import resolve
from sartor.runtime.pages.forms.widgets import is_closed

SEEN = "_seen"
VERSION = "_version"
NOTE = "_note_"
BLANK = "+"
"""Under this key of a field of lines stands what a new line begins with."""
_NUMBERED = re.compile(r"^([a-z_][a-z0-9_]*)\[([A-Za-z0-9]+)\]\.")


@dataclass
class Typed:
    """form: the nested inputs. seen: what the inputs held at first. rows: numbers of lines by field, in order."""

    form: dict[str, Any]
    seen: Mapping[str, Any] = field(default_factory=dict)
    rows: Mapping[str, list[str]] = field(default_factory=dict)
    version: int | None = None
    notes: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]]) -> Typed:
        """:raises BadRequest: for names that no form of ours sends."""
        given = [(name, value.replace("\r\n", "\n")) for name, value in pairs]
        hidden = {name: value for name, value in given if name.startswith("_")}
        version = hidden.get(VERSION, "")
        return cls(
            form=read_form(given),
            seen=_object(hidden.get(SEEN, "")),
            rows=_row_numbers(name for name, _value in given),
            version=int(version) if version.isdigit() else None,
            notes={
                name.removeprefix(NOTE): text for name, text in hidden.items() if name.startswith(NOTE) and text.strip()
            },
        )

    @property
    def seen_text(self) -> str:
        return json.dumps(self.seen, ensure_ascii=False, separators=(",", ":"))


def _object(text: str) -> Mapping[str, Any]:
    try:
        found = json.loads(text) if text else {}
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _row_numbers(names: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, dict[str, None]] = {}
    for name in names:
        if match := _NUMBERED.match(name):
            found.setdefault(match[1], {})[match[2]] = None
    return {name: list(numbers) for name, numbers in found.items()}


def values(desk: Desk, entity: Entity, typed: Typed) -> dict[str, Any]:
    """JSON for the writer, by field.

    :raises Invalid: with a problem for each input that cannot be read.
    """
    found: dict[str, Any] = {}
    problems: list[Problem] = []
    for item in desk.access.readable(entity.name):
        if item.name not in typed.form:
            continue
        owned = item.type.owns(item)
        if owned is not None:
            found |= _lines(desk, item, owned, typed, problems)
        elif not is_closed(desk, item) and differs(typed.form[item.name], typed.seen.get(item.name)):
            _read(desk, item, typed.form[item.name], item.name, found, problems)
    if problems:
        raise Invalid(_("The record was not saved."), problems)
    return found


def differs(now: Any, before: Any) -> bool:
    return _plain(now) != _plain(before)


def _plain(value: Any) -> Any:
    """An empty input is the same however it is written; a currency alone says nothing."""
    if isinstance(value, (list, tuple)):
        return [text for text in value if text] or None
    if isinstance(value, dict):
        told = {name: text for name, text in value.items() if text and name not in ("currency", "entity")}
        return dict(value) if told else None
    return value or None


def _read(desk: Desk, item: Field, now: Any, place: str, into: dict[str, Any], problems: list[Problem]) -> None:
    try:
        into[item.name] = json_of(desk, item, now)
    except ValueError as error:
        problems.append(Problem(place, getattr(error, "code", "format"), str(error), getattr(error, "near", None)))


def json_of(desk: Desk, item: Field, now: Any) -> Any:
    """JSON of what stands in a field's inputs.

    :raises ValueError: with a sentence for whoever typed it.
    """
    found = item.type.read_form(item, getter(now), desk.reading)
    if isinstance(found, Wanted):
        target = resolve(desk, found)
        return {"entity": found.targets[0], "id": target} if len(item.type.targets(item)) > 1 else target
    if isinstance(found, list):
        return [resolve(desk, each) if isinstance(each, Wanted) else each for each in found]
    return found


def getter(now: Any) -> Callable[[str], Sequence[str]]:
    """The texts of an input, whole or by part."""

    def get(part: str) -> Sequence[str]:
        value = now.get(part) if isinstance(now, dict) and part else None if part else now
        if value is None or isinstance(value, dict):
            return ()
        return [str(each) for each in value] if isinstance(value, (list, tuple)) else [str(value)]

    return get


# ---- lines


def _lines(desk: Desk, item: Field, owned: tuple[str, str], typed: Typed, problems: list[Problem]) -> dict[str, Any]:
    """Lines as additions, changes and removals; nothing where nobody touched them."""
    entity = desk.model.entity(owned[0])
    rows = [row for row in typed.form[item.name] if isinstance(row, dict)]
    before: Mapping[str, Any] = typed.seen.get(item.name) or {}
    blank = before.get(BLANK, {})
    add, update, kept = [], {}, {BLANK}
    for place, row in enumerate(rows):
        key = row.get("id") or ""
        if key and key in before:
            kept.add(key)
            changed = _line(desk, entity, row, before[key], f"{item.name}.{place}", problems)
            if changed:
                update[key] = changed
        elif is_begun(row, blank):
            add.append(_line(desk, entity, row, blank, f"{item.name}.{place}", problems))
    remove = [key for key in before if key not in kept]
    if not (add or update or remove):
        return {}
    if typed.version is None:
        return {item.name: add}
    return {item.name: {"add": add, "update": update, "remove": remove}}


def is_begun(row: Mapping[str, Any], blank: Mapping[str, Any]) -> bool:
    """Whether somebody has typed anything into a new line."""
    return any(differs(value, blank.get(name)) for name, value in row.items() if name != "id" and value != "false")


def _line(
    desk: Desk, entity: Entity, row: Mapping[str, Any], before: Mapping[str, Any], place: str, problems: list[Problem]
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for item in desk.access.readable(entity.name):
        if item.name in row and not is_closed(desk, item) and differs(row[item.name], before.get(item.name)):
            _read(desk, item, row[item.name], f"{place}.{item.name}", found, problems)
    return found


def sent_place(typed: Typed, name: str, field_path: str) -> str:
    """A problem's place (`lines.0.quantity`, counted as the writer does) as a place of the form."""
    parts = field_path.split(".")
    if len(parts) < 2 or parts[0] != name or not parts[1].isdigit():
        return field_path
    order = writer_order(typed, name)
    number = int(parts[1])
    return ".".join([name, str(order[number]), *parts[2:]]) if number < len(order) else field_path


def writer_order(typed: Typed, name: str) -> list[int]:
    """Places of the form's rows in the order in which the writer takes them: new ones first, then changed ones."""
    before: Mapping[str, Any] = typed.seen.get(name) or {}
    rows = [row for row in typed.form.get(name, ()) if isinstance(row, dict)]
    blank = before.get(BLANK, {})
    new = [place for place, row in enumerate(rows) if row.get("id", "") not in before and is_begun(row, blank)]
    old = [place for place, row in enumerate(rows) if row.get("id", "") in before and _line_differs(row, before)]
    return [*new, *old]


def _line_differs(row: Mapping[str, Any], before: Mapping[str, Any]) -> bool:
    was = before[row["id"]]
    return any(differs(value, was.get(name)) for name, value in row.items() if name != "id")
