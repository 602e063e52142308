"""Reference records in an upgrade: as they came, as they are here, and as the new version has them, value by value.

The same rules as for definitions: what only one side changed goes together by itself, what both changed is asked, what
the new version leaves out stays. A record that somebody has deleted here does not come back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from sartor.platform.access.context import Context
from sartor.platform.definitions.documents import Documents
from sartor.platform.packaging.files.names_of_now import tables_of_now
from sartor.platform.packaging.files.shape import Blueprint
from sartor.platform.packaging.records.cells import RecordCells
from sartor.platform.packaging.records.keys import came
from sartor.platform.packaging.records.lines import Place, RecordChange, found_by_order, parent_of
from sartor.platform.packaging.records.tables import Standing
from sartor.platform.packaging.records.words import RecordWords
from sartor.platform.packaging.samples.cells import SampleCells
from sartor.platform.packaging.samples.files import RECORDS, read_rows
from sartor.platform.packaging.versions.upgrading import Issue, Ruling, ruled
from sartor.platform.publishing.change_sets.deciding import Choice
from sartor.platform.publishing.change_sets.merging import Clash
from sartor.platform.publishing.diff import ABSENT
from sartor.platform.workspace import Workspace

BASE = "record"
Cells = dict[str, dict[str, str]]
"""The columns of each field: `price` and, where it has parts, `price.currency`."""
Rows = dict[Place, Cells]


@dataclass(frozen=True, slots=True)
class RecordMerge:
    """changes: everything that is decided or goes by itself. issues: decided or not."""

    changes: tuple[RecordChange, ...] = ()
    issues: tuple[Issue, ...] = ()


def is_record(key: str) -> bool:
    """Whether an issue is about a record: no kind of definition is called so."""
    return key.startswith(f"{BASE}/")


def rows_of(blueprint: Blueprint | None, documents: Documents) -> Rows:
    """The reference records of a blueprint in the names of a design, by entity and key; stays and what is no table of
    an entity left out."""
    found: Rows = {}
    for entity, text in (tables_of_now(blueprint, RECORDS, documents) if blueprint else {}).items():
        for _number, row in read_rows(text) if "." not in entity else ():
            key = row.pop("key")
            cells: Cells = defaultdict(dict)
            for column, cell in row.items():
                cells[column.partition(".")[0]][column] = cell
            found[entity, key] = dict(cells)
    return found


class ReferenceRecords:
    """base: the version of which the records are here. Everything is read as the system.

    asker: who reads the questions; what is not open to him is left out of them.
    """

    def __init__(
        self, workspace: Workspace, base: Blueprint | None, new: Blueprint, asker: Context | None = None
    ) -> None:
        self.workspace = workspace
        self.model = workspace.serving().model
        documents = workspace.serving().design.documents
        self.base, self.new = rows_of(base, documents), rows_of(new, documents)
        cells = SampleCells(workspace.directory(workspace.stamp()), workspace.system("upgrade"))
        with workspace.database.read() as connection:
            self.ids = {(entity, key): record for entity, key, record in came(connection, self.model)}
        self.ids |= found_by_order(workspace, self.base, self.new, self.ids)
        cells.ids.update(self.ids)
        self.cells = RecordCells(self.model, cells, self.new.keys())
        self.versions: dict[Place, int] = {}
        self.words = RecordWords(self.model, self.base, self.new, self.cells.value, asker)

    @cached_property
    def tables(self) -> Standing:
        return Standing(self.workspace, self.workspace.system("upgrade"))

    @property
    def differ(self) -> bool:
        """Whether the two versions have other records, or other lines of those that are here."""
        return any(key in self.ids for key in self._touched()) or bool(self._added())

    def has(self, issue: Issue) -> bool:
        """Whether an issue is about a record of this blueprint."""
        _base, entity, key = issue.key.split("/", 2)
        return (entity, key) in self.base

    @property
    def lines_stay(self) -> bool:
        """Whether the new version changes lines that came before their keys were noted, and cannot be told apart."""
        return any(self._parent(each) in self.ids and each not in self.ids for each in self._touched())

    def _parent(self, place: Place) -> Place | None:
        return parent_of(self.model, place, self.new.get(place) or self.base[place])

    def merged(self, rulings: Iterable[Ruling]) -> RecordMerge:
        """What is to be done, and what has to be asked.

        :raises BadRequest: for a ruling that does not fit its question.
        """
        by_place: dict[tuple[str, str], list[Ruling]] = defaultdict(list)
        for each in rulings:
            by_place[each.key, each.place].append(each)
        changes, issues = [], []
        for (entity, key), mine in self._standing():
            asked = [ruled(each, by_place) for each in self._issues(entity, key, mine)]
            issues += asked
            change = self._change(entity, key, mine, asked)
            changes += [change] if change else []
        return RecordMerge((*changes, *self._more_lines()), tuple(issues))

    def said(self, change: RecordChange) -> str:
        """A change in one sentence."""
        place = change.entity, change.key
        if change.cells is None:
            return self.words.gone(place)
        return self.words.come(place) if change.record is None else self.words.changed(place, change.cells)

    def _touched(self) -> list[Place]:
        """Records that came and that the new version has otherwise, or not at all; lines of what is left out go with
        it."""
        found = sorted(key for key, row in self.base.items() if row != self.new.get(key))
        return [each for each in found if (parent := self._parent(each)) is None or parent in self.new]

    def _added(self) -> list[Place]:
        """Lines that the new version has in addition, of records that came with the former one."""
        found = (each for each in self.new if each not in self.base and each not in self.ids)
        return [each for each in found if (parent := self._parent(each)) in self.ids and parent in self.base]

    def _standing(self) -> Iterator[tuple[Place, dict[str, str]]]:
        """Those that are touched and here still, with their cells as they are now."""
        touched: dict[str, list[Place]] = defaultdict(list)
        for place in self._touched():
            if place in self.ids and place[0] in self.model.entities:
                touched[place[0]].append(place)
        for entity, places in sorted(touched.items()):
            there = self.tables.cells(entity, [self.ids[each] for each in places])
            parents = self._live(filter(None, map(self._parent, places)))
            for place in places:
                parent, cells = self._parent(place), there.get(self.ids[place])
                if cells is not None and (parent is None or parent in parents):
                    self.versions[place] = self.tables.version(entity, self.ids[place])
                    yield place, cells

    def _live(self, places: Iterable[Place]) -> set[Place]:
        """Those of the records that nobody has deleted."""
        asked: dict[str, list[Place]] = defaultdict(list)
        for place in dict.fromkeys(places):
            asked[place[0]].append(place)
        found = {name: self.tables.cells(name, [self.ids[each] for each in these]) for name, these in asked.items()}
        return {each for name, these in asked.items() for each in these if self.ids[each] in found[name]}

    def _more_lines(self) -> Iterator[RecordChange]:
        """Lines that come in addition, by themselves: nobody has them here."""
        added = {place: parent for place in self._added() if (parent := self._parent(place))}
        live = self._live(added.values())
        for place, parent in added.items():
            if parent in live:
                lookup = self._lookup(place[0])
                cells = {name: each for name, each in self.new[place].items() if name != lookup}
                yield RecordChange(*place, None, cells, 0, parent)

    def _lookup(self, entity: str) -> str:
        """The field by which a line points to its parent, which no upgrade changes; blank for no line."""
        line_of = self.model.entities[entity].line_of
        return line_of.lookup if line_of else ""

    # ---- one record

    def _issues(self, entity: str, key: str, mine: Mapping[str, str]) -> Iterator[Issue]:
        name = f"{BASE}/{entity}/{key}"
        if (entity, key) not in self.new:
            yield Issue(name, Clash(("",), key, key, ABSENT), left_out=True)
            return
        for field, (was, theirs) in self._changed(entity, key):
            here = mine.get(field, "")
            if here not in (was, theirs):
                yield Issue(name, Clash((f"/{field}",), was, here, theirs))

    def _changed(self, entity: str, key: str) -> Iterator[tuple[str, tuple[str, str]]]:
        """Fields that the new version has otherwise: as they came, and as they come now, in one form of writing."""
        model = self.model.entities[entity]
        base, new = self.base[entity, key], self.new[entity, key]
        for field in sorted(new):
            item = model.fields.get(field)
            if item and not item.system and field != self._lookup(entity) and base.get(field, {}) != new[field]:
                was, theirs = (self.cells.written(model, field, each.get(field, {})) for each in (base, new))
                if was != theirs:
                    yield field, (was, theirs)

    def _change(self, entity: str, key: str, mine: Mapping[str, str], asked: Iterable[Issue]) -> RecordChange | None:
        decided = {each.place: each for each in asked}
        place = entity, key
        change = RecordChange(*place, self.ids[place], None, self.versions[place], self._parent(place))
        if "" in decided:
            return change if _takes(decided[""]) else None
        cells: dict[str, Mapping[str, str]] = {}
        for field, (was, theirs) in self._changed(entity, key):
            issue = decided.get(f"/{field}")
            if issue is None:
                if mine.get(field, "") == was != theirs:
                    cells[field] = self.new[entity, key][field]
            elif _takes(issue):
                cells[field] = self.new[entity, key][field]
            elif issue.ruling and issue.ruling.choice is Choice.EDIT:
                cells[field] = {field: self.cells.edited(place, field, issue.ruling.value)}
        return replace(change, cells=cells) if cells else None


def _takes(issue: Issue) -> bool:
    return issue.ruling is not None and issue.ruling.choice is Choice.TAKE
