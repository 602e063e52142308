"""Search entries: what a record is found by, written with it."""

from __future__ import annotations

from collections.abc import Iterator

from sartor.platform.access.scopes import place_of
from sartor.platform.records.change import Change
from sartor.platform.records.tools import Tools
from sartor.platform.storage.search import searched_fields, tokens_value
from sartor.platform.storage.tokens import field_code, tokens_for
from sartor.platform.work import Work


def save_search(change: Change, tools: Tools, work: Work) -> None:
    """Write, move or remove the record's entry, if something in it changed."""
    searched = searched_fields(change.entity)
    if not searched:
        return
    table = tools.search_table(change.entity)
    if change.kind == "delete":
        work.fetch(tools.search_statement(change.entity, "remove"), {"record": change.id})
        return
    place = place_of(change.entity)
    whose = {"record": change.id, "owner": _whose(change, place.owner), "department": _whose(change, place.department)}
    if change.kind == "restore" or change.before is None or any(change.has_changed(item.name) for item in searched):
        tokens = tokens_value(_tokens(change), table.dialect)
        work.fetch(tools.search_statement(change.entity, "put"), whose | {"tokens": tokens})
    elif any(name and change.has_changed(name) for name in (place.owner, place.department)):
        work.fetch(tools.search_statement(change.entity, "move"), whose)


def _whose(change: Change, name: str | None) -> int | None:
    return None if name is None else change.after.get(name)


def _tokens(change: Change) -> Iterator[str]:
    for item in searched_fields(change.entity):
        value = change.after.get(item.name)
        text = item.type.search_text(item, value) if value not in (None, ()) else None
        if text:
            yield from tokens_for(field_code(item.stored_as), text)
