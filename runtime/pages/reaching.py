"""Which of the records that somebody reads an operation of theirs reaches: no page offers what would be refused.

The database is asked only where an operation may reach less than reading does.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sartor.platform.model import Entity, Operation
from sartor.platform.model.ids import decode_id
from sartor.platform.query.question import Question
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


def reaches(desk: Desk, entity: str) -> tuple[tuple[str, Operation], ...]:
    """What a question asks of each row beside its values: nothing where changing surely reaches all that is read."""
    if not desk.access.may(Operation.UPDATE, entity) or desk.access.reaches_what_is_read(Operation.UPDATE, entity):
        return ()
    return ((REACHED, Operation.UPDATE),)


def is_changeable(row: Mapping[str, Any]) -> bool:
    """Whether a row that was asked so may be changed, by somebody who may change some."""
    return bool(row.get(REACHED, True))
