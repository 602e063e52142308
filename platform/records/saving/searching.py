"""Search entries: what a record is found by, written with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sartor.platform.model import Entity
from sartor.platform.records.memory.change import Change
from sartor.platform.records.memory.tools import Tools
from sartor.platform.storage.search import tokens_value
from sartor.platform.storage.tokens import tokens_for
from sartor.platform.work import Work


def save_search(changes: Iterable[Change], tools: Tools, work: Work) -> None:
    """Write, move or remove the records' entries, where something in them changed."""
    sent: dict[tuple[Entity, str], list[dict[str, Any]]] = defaultdict(list)
    for change in changes:
        if change.plan.searched and (what := _what(change, tools)):
            sent[change.entity, what].append(_entry(change, what, tools))
    for (entity, what), rows in sent.items():
        if what == "put":
            tools.search_adding(entity).send(work, rows)
        else:
            work.send(tools.search_statement(entity, what), rows)


def _what(change: Change, tools: Tools) -> str | None:
    """Which statement brings the entry up to date; None where nothing in it changed."""
    if change.kind == "delete":
        return "remove"
    if change.kind == "restore" or change.before is None:
        return "put"
    if any([change.has_changed(item.name) for item, _code in change.plan.searched]):
        return "put"
    place = tools.loadings.place(change.entity)
    whose = [name for name in (place.owner, place.department) if name]
    return "move" if any([change.has_changed(name) for name in whose]) else None


def _entry(change: Change, what: str, tools: Tools) -> dict[str, Any]:
    if what == "remove":
        return {"record": change.id}
    place, values = tools.loadings.place(change.entity), change.after.values
    whose = {
        "record": change.id,
        "owner": values.get(place.owner),
        "department": values.get(place.department or ""),
    }
    return whose if what == "move" else whose | {"tokens": tokens_value(_tokens(change), tools.tables.dialect)}


def _tokens(change: Change) -> set[str]:
    found: set[str] = set()
    for item, code in change.plan.searched:
        value = change.after.get(item.name)
        text = item.type.search_text(item, value) if value is not None and value != () else None
        if text:
            found |= tokens_for(code, text)
    return found
