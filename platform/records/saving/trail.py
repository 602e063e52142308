"""What a write leaves behind: an entry in the history, and an event in the outbox. Same transaction, always."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sartor.platform.access.context import Context
from sartor.platform.model import Entity, Field
from sartor.platform.model.ids import encode_id
from sartor.platform.records.memory.change import Change
from sartor.platform.storage.adding import system_adding
from sartor.platform.storage.columns import instant_text
from sartor.platform.storage.engine import Database
from sartor.platform.storage.system.base import json_text
from sartor.platform.storage.system.events import sys_event
from sartor.platform.storage.system.history import sys_history
from sartor.platform.work import Work


def tracked_changes(change: Change) -> dict[str, list[Any]]:
    """Field -> [before, after] in JSON form, for the fields that the history keeps."""
    after = change.after.values
    if change.before is None:
        return {
            item.name: [None, item.type.dump(item, new)]
            for item in change.plan.tracked
            if (new := after.get(item.name))
        }
    before, found = change.before.values, {}
    for item in change.plan.tracked:
        name = item.name
        old, new = before.get(name), after.get(name)
        if old != new and (old or None) != (new or None):
            found[name] = [_json(item, old), _json(item, new)]
    return found


def _by_column(entity: Entity, tracked: dict[str, list[Any]]) -> dict[str, list[Any]]:
    return {entity.fields[name].stored_as: pair for name, pair in tracked.items()}


def _json(item: Field, value: Any) -> Any:
    return None if value is None or value == () else item.type.dump(item, value)


def cause_of(context: Context) -> str | None:
    """Why it happened, as JSON, where it was not simply a person at a page."""
    cause = {}
    if context.cause:
        cause["cause"] = context.cause
    if context.purpose != "normal":
        cause["purpose"] = context.purpose
    if context.actor.id is None:
        cause["reason"] = context.actor.reason or context.actor.name
    return json_text(cause) if cause else None


def leave_trail(changes: Iterable[Change], context: Context, work: Work, database: Database) -> None:
    """History and event of each change; nothing for a record that merely follows, or did not change."""
    noted = [(change, tracked) for change in changes if _worth_noting(change, tracked := tracked_changes(change))]
    if not noted:
        return
    entries: list[dict[str, Any]] = []
    events: list[dict[str, Any]] = []
    shared = {"at": instant_text(work.now), "actor": context.actor.id, "cause": cause_of(context)}
    for (change, tracked), number in zip(noted, database.new_ids(len(noted)), strict=True):
        version = change.after.version
        entity = change.plan.entity
        common = {"id": number, "entity": entity.name, "record": change.after.id, **shared}
        text = json_text(tracked)
        kept = text if change.plan.is_called_as_stored else json_text(_by_column(entity, tracked))
        entries.append({**common, "entity": entity.table, "action": change.kind, "version": version, "changes": kept})
        body = f'{{"changes":{text},"id":"{encode_id(change.after.id)}","version":{version}}}'
        events.append({**common, "kind": change.kind, "body": body, "sent_at": None})
    system_adding(sys_history, database.dialect).send(work, entries)
    system_adding(sys_event, database.dialect).send(work, events)


def _worth_noting(change: Change, tracked: dict[str, list[Any]]) -> bool:
    if tracked:
        return True
    return not change.follows and (change.kind != "update" or bool(change.changed()))
