"""The tables of records in blueprints: CSV files with stable keys, read into rows of one set."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from io import StringIO
from itertools import chain

from sartor.platform.errors import Invalid, Problem
from sartor.platform.model import Model
from sartor.platform.packaging.files.names_of_now import tables_of_now
from sartor.platform.packaging.files.shape import Blueprint
from sartor.platform.publishing.models import Design
from sartor.platform.text import gettext as _

SAMPLES, RECORDS = "samples", "records"


@dataclass(slots=True)
class Row:
    """One record to be made. blueprint: the first one that has it.

    later: cells that point to rows which are not there yet.
    """

    entity: str
    key: str
    cells: dict[str, str]
    file: str
    number: int
    blueprint: str = ""
    later: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class SampleFiles:
    """rows: by entity and key. lines: rows by the record that they are written with. stages: where a record has been,
    and since when. samples: whether all of it goes again when samples are removed."""

    rows: dict[str, dict[str, Row]] = field(default_factory=lambda: defaultdict(dict))
    lines: dict[tuple[str, str], list[Row]] = field(default_factory=lambda: defaultdict(list))
    stages: dict[tuple[str, str], list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    samples: bool = True

    @classmethod
    def of(cls, blueprints: Iterable[Blueprint], what: str, design: Design) -> SampleFiles:
        """The tables of blueprints, in the names of a design; a later one may add cells to a row of an earlier one, and
        tells its whole past anew.
        What lies above the level of its blueprint is left out. what: SAMPLES or RECORDS.

        :raises Invalid: for a table of an entity that the design does not have, and for a row without a key.
        """
        files, model = cls(samples=what == SAMPLES), design.model
        for blueprint in blueprints:
            for name, text in tables_of_now(blueprint, what, design.documents).items():
                files._add(name, text, blueprint.name, model)
        files._take_lines(model)
        return files

    def _add(self, name: str, text: str, blueprint: str, model: Model) -> None:
        entity, _dot, what = name.partition(".")
        file = f"{name}.csv"
        if entity not in model.entities:
            raise wrong(file, 0, _("There is no entity %(name)s.", name=entity))
        if model.entities[entity].inert:
            return
        told: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
        for number, cells in read_rows(text):
            key = cells.pop("key")
            if what == "stages":
                told[entity, key].append((cells["stage"], cells["at"]))
            elif key in self.rows[entity]:
                self.rows[entity][key].cells.update(cells)
            else:
                self.rows[entity][key] = Row(entity, key, cells, file, number, blueprint)
        self.stages.update(told)

    def _take_lines(self, model: Model) -> None:
        for entity in list(self.rows):
            line_of = model.entity(entity).line_of
            if line_of is not None:
                for row in self.rows.pop(entity).values():
                    self.lines[line_of.parent, row.cells.pop(line_of.lookup)].append(row)

    def lines_of(self, row: Row, entity: str) -> list[Row]:
        """The lines of one entity that are written with a row."""
        return [each for each in self.lines.get((row.entity, row.key), ()) if each.entity == entity]

    def forget_pointers(self) -> None:
        """Nothing waits for rows to come any more: an attempt was rolled back."""
        for row in chain(*(each.values() for each in self.rows.values()), *self.lines.values()):
            row.later = {}


def in_order(entities: Iterable[str], model: Model) -> list[str]:
    """Each entity after those that its required lookups point to, departments and people before all others."""
    waiting, placed = sorted(entities), list[str]()
    while waiting:
        ready = [name for name in waiting if not (_needs(name, model) & set(waiting)) - {name}]
        placed += ready or waiting[:1]
        waiting = [name for name in waiting if name not in placed]
    return sorted(placed, key=lambda name: (name not in ("department", "user"), placed.index(name)))


def _needs(entity: str, model: Model) -> set[str]:
    """Entities that its required lookups, and those of its lines, point to."""
    found: set[str] = set()
    for item in model.entity(entity).fields.values():
        owned = item.type.owns(item)
        if owned is not None:
            found |= _needs(owned[0], model) - {entity}
        elif item.required:
            found |= set(item.type.targets(item))
    return found


def read_rows(text: str) -> Iterable[tuple[int, dict[str, str]]]:
    """The rows of a table with their numbers in the file.

    :raises Invalid: for a row without a key.
    """
    for number, cells in enumerate(csv.DictReader(StringIO(text, newline="")), start=2):
        if cells.get("key") is None:
            raise Invalid(_("Row %(number)s of a table of records has no key.", number=number))
        yield number, {name: (cell or "") for name, cell in cells.items() if name}


def wrong(file: str, number: int, said: str) -> Invalid:
    """What to raise for a row that cannot be taken."""
    return Invalid(f"{file}, row {number}: {said}", [Problem("", "sample", said, file=file)])
