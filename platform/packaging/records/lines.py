"""Lines of reference records: each has a key of its own in a blueprint, and is written through its parent here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sartor.platform.model import Entity, Model
from sartor.platform.model.entity import Children
from sartor.platform.model.ids import encode_id
from sartor.platform.packaging.records.tables import Standing
from sartor.platform.storage import shipped
from sartor.platform.work import Work
from sartor.platform.workspace import Serving, Workspace

Place = tuple[str, str]
"""Entity and key of a row."""
Row = Mapping[str, Mapping[str, str]]
Rows = Mapping[Place, Row]


@dataclass(frozen=True, slots=True)
class RecordChange:
    """What an upgrade makes of a reference record. cells: new ones by field; None: it is taken out.

    record: None for a line that comes in addition. parent: the record that a line belongs to.
    version: of what was compared; 0 for what is new.
    """

    entity: str
    key: str
    record: int | None
    cells: Mapping[str, Mapping[str, str]] | None
    version: int
    parent: Place | None = None


def parent_of(model: Model, place: Place, row: Row) -> Place | None:
    """The row that a line belongs to; none for a record that is no line."""
    entity = model.entities.get(place[0])
    if entity is None or entity.line_of is None:
        return None
    lookup = entity.line_of.lookup
    return entity.line_of.parent, row.get(lookup, {}).get(lookup, "").rpartition(":")[2]


def children_of(entity: Entity) -> Children:
    """How the lines of an entity hang on their parents."""
    assert entity.line_of is not None
    return entity.line_of


def found_by_order(workspace: Workspace, base: Rows, new: Rows, ids: Mapping[Place, int]) -> dict[Place, int]:
    """Lines that came before their keys were noted: they stand in the order in which they came, if none is gone."""
    model, waiting = workspace.serving().model, dict[tuple[str, Place], list[Place]]()
    rows = [*base.items(), *new.items()]
    touched = {parent_of(model, place, row) for place, row in rows if base.get(place) != new.get(place)}
    for place, row in base.items():
        parent = parent_of(model, place, row)
        if parent is not None and parent in ids and parent in touched and place not in ids:
            waiting.setdefault((place[0], parent), []).append(place)
    found: dict[Place, int] = {}
    for entity in sorted({entity for entity, _parent in waiting}):
        asked = {ids[parent]: places for (name, parent), places in waiting.items() if name == entity}
        noted = {number for (name, _key), number in ids.items() if name == entity}
        for parent_id, lines in _standing(workspace, entity, asked).items():
            left = [each for each in lines if each not in noted]
            if len(left) == len(asked[parent_id]):
                found.update(zip(asked[parent_id], left, strict=True))
    return found


def _standing(workspace: Workspace, entity: str, parents: Iterable[int]) -> dict[int, list[int]]:
    """The lines of records, in the order in which they were made."""
    tables, found = Standing(workspace, workspace.system("upgrade")), defaultdict[int, list[int]](list)
    for number, parent in sorted(tables.lines(entity, parents).items()):
        found[parent].append(number)
    return found


class LineNotes:
    """Notes the keys of lines as they are made, in the transaction that makes them."""

    def __init__(self, serving: Serving, work: Work, blueprint: str, sample: bool) -> None:
        self.serving = serving
        self.work = work
        self.blueprint = blueprint
        self.sample = sample

    def there(self, entity: Entity, parent: int) -> list[int]:
        """The live lines of a record, in the order in which they were made."""
        return self.serving.writer.tools.line_ids(entity.name, children_of(entity).lookup, parent, self.work)

    def unchanged(self, changes: Iterable[RecordChange]) -> dict[str, list[RecordChange]]:
        """The lines among them, by entity, without those that somebody has saved since they were compared."""
        found: dict[str, list[RecordChange]] = {}
        for name in dict.fromkeys(each.entity for each in changes if each.parent):
            lines = [each for each in changes if each.entity == name]
            numbers = [each.record for each in lines if each.record is not None]
            now = self.serving.writer.tools.line_versions(name, numbers, self.work)
            kept = [each for each in lines if each.record is None or now.get(each.record) == each.version]
            found |= {name: kept} if kept else {}
        return found

    def note(self, entity: Entity, keys: Iterable[str], parent: int, before: Iterable[int] = ()) -> None:
        """keys: of those that were made, in their order. before: the lines that were there already."""
        old = set(before)
        made = [each for each in self.there(entity, parent) if each not in old]
        for key, number in zip(keys, made, strict=False):
            note = shipped.Shipped(self.blueprint, entity.table, key, number, self.sample)
            shipped.note(self.work, note)

    def forget(self, entity: Entity, keys: Iterable[str]) -> None:
        """keys: of lines that a version left out; a later one that has them again may make them again."""
        for key in keys:
            shipped.forget(self.work, shipped.Shipped(self.blueprint, entity.table, key, 0, self.sample))


def as_sent(changed: Iterable[tuple[int | None, Mapping[str, Any] | None]]) -> dict[str, Any]:
    """Lines as the writer takes them. No number: a new one; no values: one that goes."""
    sent: dict[str, Any] = {"add": [], "update": {}, "remove": []}
    for number, values in changed:
        if number is None:
            sent["add"].append({name: each for name, each in (values or {}).items() if each is not None})
        elif values is None:
            sent["remove"].append(encode_id(number))
        else:
            sent["update"][encode_id(number)] = dict(values)
    return sent
