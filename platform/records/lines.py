"""Lines: records that exist only with their parent. They are sent with it, and judged with it.

On create a plain list; on update `{"add": […], "update": {id: {…}}, "remove": [id]}`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sartor.platform.errors import BadRequest, Invalid, Problem
from sartor.platform.model.ids import decode_id
from sartor.platform.text import gettext as _

MOST = 500


@dataclass(frozen=True, slots=True)
class Lines:
    """What a write asks of the lines in one field."""

    add: tuple[Mapping[str, Any], ...] = ()
    update: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)
    remove: tuple[int, ...] = ()

    def pieces(self) -> Iterator[tuple[str, int | None, Mapping[str, Any]]]:
        """(place for messages, id or None for a new line, values)."""
        for number, values in enumerate(self.add):
            yield f"add.{number}" if self.update or self.remove else str(number), None, values
        for number, values in self.update.items():
            yield f"update.{number}", number, values


def read_lines(name: str, sent: Any) -> Lines:
    """:raises Invalid: with the place of what is wrong."""
    if sent is None:
        return Lines()
    if isinstance(sent, list):
        return Lines(add=tuple(_objects(name, sent)))
    if not isinstance(sent, Mapping) or set(sent) - {"add", "update", "remove"}:
        raise _wrong(name, _("Lines are a list, or an object with add, update and remove."))
    update = sent.get("update") or {}
    if not isinstance(update, Mapping):
        raise _wrong(f"{name}.update", _("Changed lines are an object: the line's id, then its new values."))
    changed = _objects(f"{name}.update", list(update.values()))
    ids = [_line_id(name, text) for text in update]
    removed = tuple(_line_id(name, text) for text in sent.get("remove") or ())
    return Lines(tuple(_objects(f"{name}.add", sent.get("add") or [])), dict(zip(ids, changed, strict=True)), removed)


def _objects(place: str, sent: Any) -> list[Mapping[str, Any]]:
    if not isinstance(sent, list):
        raise _wrong(place, _("A list of lines was expected."))
    if len(sent) > MOST:
        raise _wrong(place, _("%(n)s lines are too many; at most %(most)s.", n=len(sent), most=MOST))
    for number, each in enumerate(sent):
        if not isinstance(each, Mapping):
            raise _wrong(f"{place}.{number}", _("A line is a JSON object."))
    return sent


def _line_id(name: str, text: Any) -> int:
    try:
        return decode_id(text)
    except BadRequest as error:
        raise _wrong(name, error.message) from None


def _wrong(place: str, said: str) -> Invalid:
    return Invalid(said, [Problem(place, "lines", said)])
