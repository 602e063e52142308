"""Which of the records that somebody reads an operation of theirs reaches: no page offers what would be refused.

The database is asked only where an operation may reach less than reading does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sartor.platform.model import Entity, Operation
from sartor.platform.model.ids import decode_id
from sartor.platform.query.question import Page, Question
from sartor.runtime.pages.desk import Desk

ID = "id"
REACHED = "@reached"
"""Under which a row of a page says whether it may be changed; no field is called so."""


def is_reached(desk: Desk, operation: Operation, entity: Entity, row: Mapping[str, Any]) -> bool:
    """Whether the operation reaches one record that was read; what is in the recycle bin is reached by none here."""
    if row.get("deleted_at") or not desk.access.may(operation, entity.name):
        return False
    if desk.access.reaches_what_is_read(operation, entity.name):
        return True
    given = {ID: decode_id(row[ID])}
    asked = Question(entity.name, ((ID,),), equal=(ID,), given=given, limit=1, operation=operation)
    return bool(desk.reader.page(desk.context, asked).rows)


def mark_reached(desk: Desk, asked: Question, page: Page) -> None:
    """Note in each row of the answer to a question whether it may be changed.

    The same page as far as changing reaches begins no earlier and ends no earlier, so it holds all that is looked for.
    """
    entity, rows = asked.entity, page.rows
    may = desk.access.may(Operation.UPDATE, entity)
    if rows and may and not desk.access.reaches_what_is_read(Operation.UPDATE, entity):
        open_ = replace(asked, fields=((ID,),), flags=(), operation=Operation.UPDATE)
        reached = {row[ID] for row in desk.reader.page(desk.context, open_).rows}
        for row in rows:
            row[REACHED] = row[ID] in reached
        return
    for row in rows:
        row[REACHED] = may
