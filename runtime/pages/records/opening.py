"""A record opened for its page: everything that the parts of the page are made of, read once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sartor.platform.model import Entity, Form, Operation
from sartor.platform.model.ids import decode_id
from sartor.platform.records.history.story import Story
from sartor.runtime.gate import workspace
from sartor.runtime.pages.boards.stage_path import Standing, standing
from sartor.runtime.pages.desk import Desk
from sartor.runtime.pages.forms.layout import page_form
from sartor.runtime.pages.reaching import is_reached
from sartor.runtime.pages.reading import read_record
from sartor.runtime.pages.row_values import RowValues


@dataclass(frozen=True)
class Opened:
    """A record on its page: everything that its parts are made of. may_change: the reader may write into it."""

    entity: Entity
    key: str
    row: dict[str, Any]
    layout: Form | None
    values: RowValues
    stays: list[dict[str, Any]]
    at: Standing | None
    may_change: bool

    @property
    def deleted(self) -> bool:
        return bool(self.row.get("deleted_at"))


def opened(desk: Desk, name: str, key: str) -> Opened:
    """:raises NotFound: for a record that is not there, or not open."""
    entity = desk.entity(name)
    number = decode_id(key)
    row = read_record(desk, entity, number, deleted=None)
    layout = page_form(desk, name)
    paths = tuple(path for path in _head_paths(layout) if desk.access.path_is_readable(name, path))
    if paths:
        row |= desk.reader.record(desk.context, name, number, paths, deleted=None)
    may_change = is_reached(desk, Operation.UPDATE, entity, row)
    at = standing(desk, entity, row, may_change)
    stays = Story(workspace().database, desk.reader).stays(desk.context, name, number) if at else []
    return Opened(entity, row["id"], row, layout, RowValues(desk, entity, row), stays, at, may_change)


def _head_paths(layout: Form | None) -> list[tuple[str, ...]]:
    """Paths through lookups that the head asks for beside the record's own fields."""
    return [path for path in (layout.head if layout else ()) if len(path) > 1]
