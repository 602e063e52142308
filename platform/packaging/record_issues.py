"""Reference records in an upgrade: as they came, as they are here, and as the new version has them, value by value.

The same rules as for definitions: what only one side changed goes together by itself, what both changed is asked, what
the new version leaves out stays. A record that somebody has deleted here does not come back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import marshmallow as ma

from sartor.platform.access.context import Context
from sartor.platform.errors import BadRequest, SartorError
from sartor.platform.model import Entity, Field
from sartor.platform.packaging.keys import came
from sartor.platform.packaging.record_tables import Standing
from sartor.platform.packaging.samples import RECORDS, Row, SampleLoader, pointed_at, read_rows
from sartor.platform.packaging.shape import Blueprint
from sartor.platform.packaging.upgrading import Issue, Ruling, ruled
from sartor.platform.publishing.deciding import Choice, Question
from sartor.platform.publishing.diff import ABSENT
from sartor.platform.publishing.merging import Clash
from sartor.platform.publishing.openness import is_open
from sartor.platform.records.exporting.columns import value_of
from sartor.platform.text import gettext as _
from sartor.platform.text import language, pick
from sartor.platform.workspace import Workspace

BASE = "record"
Cells = dict[str, dict[str, str]]
"""The columns of each field: `price` and, where it has parts, `price.currency`."""
Rows = dict[tuple[str, str], Cells]


@dataclass(frozen=True, slots=True)
class RecordChange:
    """What an upgrade makes of a reference record. cells: new ones by field; None: it is taken out.

    version: of the record that was compared.
    """

    entity: str
    key: str
    record: int
    cells: Mapping[str, Mapping[str, str]] | None
    version: int


@dataclass(frozen=True, slots=True)
class RecordMerge:
    """changes: everything that is decided or goes by itself. issues: decided or not."""

    changes: tuple[RecordChange, ...] = ()
    issues: tuple[Issue, ...] = ()


def is_record(key: str) -> bool:
    """Whether an issue is about a record: no kind of definition is called so."""
    return key.startswith(f"{BASE}/")


def rows_of(blueprint: Blueprint | None) -> Rows:
    """The reference records of a blueprint, by entity and key; stays and what is no table of an entity left out."""
    found: Rows = {}
    for entity, text in (blueprint.table(RECORDS) if blueprint else {}).items():
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
        self.asker = asker
        self.model = workspace.serving().model
        self.base, self.new = rows_of(base), rows_of(new)
        self.loader = SampleLoader(workspace)
        with workspace.database.read() as connection:
            self.ids = {(entity, key): record for entity, key, record in came(connection, self.model)}
        self.loader.ids.update(self.ids)
        self.versions: dict[tuple[str, str], int] = {}

    @property
    def differ(self) -> bool:
        """Whether the two versions have other records."""
        return any(key in self.ids for key in self._touched())

    def has(self, issue: Issue) -> bool:
        """Whether an issue is about a record of this blueprint."""
        _base, entity, key = issue.key.split("/", 2)
        return (entity, key) in self.base

    @property
    def lines_stay(self) -> bool:
        """Whether the new version has other lines of records that are here: lines are not merged."""
        return any(
            self.base.get(key) != self.new.get(key) and self._parent(key) in self.ids
            for key in self.base.keys() | self.new.keys()
        )

    def _parent(self, key: tuple[str, str]) -> tuple[str, str] | None:
        """The record that a line belongs to; none for a record that is no line."""
        entity = self.model.entities.get(key[0])
        if entity is None or entity.line_of is None:
            return None
        row, lookup = self.new.get(key) or self.base[key], entity.line_of.lookup
        return entity.line_of.parent, row.get(lookup, {}).get(lookup, "")

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
        return RecordMerge(tuple(changes), tuple(issues))

    def _touched(self) -> list[tuple[str, str]]:
        """Records that came and that the new version has otherwise, or not at all."""
        return sorted(key for key, row in self.base.items() if row != self.new.get(key))

    def _standing(self) -> Iterator[tuple[tuple[str, str], dict[str, str]]]:
        """Those of them that are here still, with their cells as they are now."""
        tables, touched = Standing(self.workspace, self.workspace.system("upgrade")), defaultdict(list)
        for entity, key in self._touched():
            if (entity, key) in self.ids and entity in self.model.entities:
                touched[entity].append(key)
        for entity, keys in sorted(touched.items()):
            there = tables.cells(entity, [self.ids[entity, key] for key in keys])
            for key in keys:
                if (cells := there.get(self.ids[entity, key])) is not None:
                    self.versions[entity, key] = tables.version(entity, self.ids[entity, key])
                    yield (entity, key), cells

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
            if field in model.fields and base.get(field, {}) != new[field]:
                was, theirs = (self._written(model, field, each.get(field, {})) for each in (base, new))
                if was != theirs:
                    yield field, (was, theirs)

    def _written(self, entity: Entity, field: str, cells: Mapping[str, str]) -> str:
        """A value as an export writes it; what cannot be read stays as it is."""
        item, text = entity.fields[field], cells.get(field, "")
        if item.type.targets(item):
            return ";".join(_pointer(item, each) for each in text.split(";") if each.strip())
        value = self._value(entity, item, cells)
        if value is None:
            return text
        cell = item.type.write_text(item, value, "transfer", "en")
        return ("true" if cell else "false") if isinstance(cell, bool) else "" if cell is None else str(cell)

    def _value(self, entity: Entity, item: Field, cells: Mapping[str, str]) -> Any:
        try:
            told = self.loader.values(entity, Row(entity.name, "", dict(cells), entity.name, 0), cells)
            return value_of(item, told[item.name]) if item.name in told else None
        except (SartorError, ValueError, ma.ValidationError):
            return None

    def _change(self, entity: str, key: str, mine: Mapping[str, str], asked: Iterable[Issue]) -> RecordChange | None:
        decided = {each.place: each for each in asked}
        record, version = self.ids[entity, key], self.versions[entity, key]
        if "" in decided:
            return RecordChange(entity, key, record, None, version) if _takes(decided[""]) else None
        cells: dict[str, Mapping[str, str]] = {}
        for field, (was, theirs) in self._changed(entity, key):
            issue = decided.get(f"/{field}")
            if issue is None:
                if mine.get(field, "") == was != theirs:
                    cells[field] = self.new[entity, key][field]
            elif _takes(issue):
                cells[field] = self.new[entity, key][field]
            elif issue.ruling and issue.ruling.choice is Choice.EDIT:
                cells[field] = {field: self._edited((entity, key), field, issue.ruling.value)}
        return RecordChange(entity, key, record, cells, version) if cells else None

    def _edited(self, of: tuple[str, str], field: str, value: Any) -> str:
        """Another value as a cell.

        :raises BadRequest: for one that the field cannot have.
        """
        entity = self.model.entities[of[0]]
        text = "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
        row = Row(entity.name, of[1], {field: text}, entity.name, 0)
        try:
            fits = field in self.loader.values(entity, row, row.cells) or self._comes(entity.fields[field], row)
        except (SartorError, ValueError, ma.ValidationError):
            fits = False
        if not fits and (text or entity.fields[field].required):
            label = pick(entity.fields[field].label)
            raise BadRequest(_("%(field)s: %(value)s does not fit.", field=label, value=text[:80] or _("blank")))
        return text

    def _comes(self, item: Field, row: Row) -> bool:
        """Whether what a cell points to is here, or comes with the new version."""
        keys = [each.strip() for each in row.later.get(item.name, "").split(";") if each.strip()]
        places = (pointed_at(each, item.type.targets(item)[0]) for each in keys)
        return bool(keys) and all(each in self.ids or each in self.new for each in places)

    # ---- in words

    def question(self, issue: Issue) -> Question:
        """An issue in the reader's language."""
        _base, entity, key = issue.key.split("/", 2)
        model = self.model.entities[entity]
        thing = f"{pick(model.label)} “{self.title(entity, key)}”"
        if issue.left_out:
            return Question(issue.key, issue.clash, thing, _("as it was"), _("as it was"), _("taken out"))
        field = model.fields[issue.place[1:]]
        was, mine, theirs = (
            self._shown(model, field, text) for text in (issue.clash.base, issue.clash.mine, issue.clash.theirs)
        )
        clash = issue.clash
        if self.asker and not is_open(self.asker, f"entity/{entity}#{field.name}"):
            clash, mine = replace(clash, mine=ABSENT), _("not open to you")
        return Question(issue.key, clash, f"{thing}: {pick(field.label)}", was, mine, theirs)

    def said(self, change: RecordChange) -> str:
        """A change in one sentence."""
        model = self.model.entities[change.entity]
        thing = f"{pick(model.label)} “{self.title(change.entity, change.key)}”"
        if change.cells is None:
            return _("%(thing)s is taken out", thing=thing)
        return f"{thing}: {', '.join(pick(model.fields[name].label) for name in change.cells)}"

    def title(self, entity: str, key: str) -> str:
        """What a record is called in the new version, or was when it came; else its key."""
        name = self.model.entities[entity].title
        row = self.new.get((entity, key)) or self.base.get((entity, key), {})
        return row.get(name, {}).get(name, "") or key

    def _shown(self, entity: Entity, field: Field, text: str) -> str:
        value = None if field.type.targets(field) else self._value(entity, field, {field.name: text})
        said = text if value is None else field.type.show(field, value, language())
        return f"“{said}”" if said else _("blank")


def _pointer(item: Field, text: str) -> str:
    """The key that a cell points to, as an export writes it."""
    entity, colon, key = text.strip().rpartition(":")
    targets = item.type.targets(item)
    return key if not colon or targets == (entity,) else f"{entity}:{key}"


def _takes(issue: Issue) -> bool:
    return issue.ruling is not None and issue.ruling.choice is Choice.TAKE
