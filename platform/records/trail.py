"""What a write leaves behind: an entry in the history, and an event in the outbox. Same transaction, always."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from sartor.platform.access.context import Context
from sartor.platform.model import Field
from sartor.platform.model.ids import encode_id
from sartor.platform.records.change import Change
from sartor.platform.storage.engine import Database
from sartor.platform.storage.system.events import sys_event
from sartor.platform.storage.system.history import sys_history
from sartor.platform.work import Work


def tracked_changes(change: Change) -> dict[str, list[Any]]:
    """Field -> [before, after] in JSON form, for the fields that the history keeps."""
    return {
        item.name: [_json(item, change.before.get(item.name) if change.before else None), _json(item, change.after.get(item.name))]
        for item in change.plan.tracked
        if change.has_changed(item.name)
    }


def _json(item: Field, value: Any) -> Any:
    return None if value in (None, ()) else item.type.dump(item, value)


def cause_of(context: Context) -> dict[str, str] | None:
    """Why it happened, where it was not simply a person at a page."""
    cause = {}
    if context.cause:
        cause["cause"] = context.cause
    if context.purpose != "normal":
        cause["purpose"] = context.purpose
    if context.actor.id is None:
        cause["reason"] = context.actor.reason or context.actor.name
    return cause or None


def leave_trail(change: Change, context: Context, work: Work, database: Database) -> None:
    """History and event of one change; nothing for a record that merely follows, or did not change."""
    tracked = tracked_changes(change)
    if change.follows and not tracked:
        return
    if change.kind == "update" and not tracked and not change.changed():
        return
    number = database.new_id()
    entry = {
        "id": number,
        "entity": change.entity.name,
        "record": change.id,
        "at": work.now,
        "actor": context.actor.id,
        "action": change.kind,
        "version": change.after.version,
        "changes": tracked,
        "cause": cause_of(context),
    }
    work.connection.execute(sa.insert(sys_history).values(entry))
    event = {
        "id": number,
        "entity": change.entity.name,
        "record": change.id,
        "kind": change.kind,
        "body": {"id": encode_id(change.id), "version": change.after.version, "changes": tracked},
        "actor": context.actor.id,
        "cause": cause_of(context),
        "at": work.now,
    }
    work.connection.execute(sa.insert(sys_event).values(event))
