"""A proposal: tables of files as entities of an application, every part of which a person may adjust. Plain data, kept
as JSON between one page and the next."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from dataclasses import field as each_own
from typing import Any

from sartor.platform.definitions.documents import digest
from sartor.platform.errors import Invalid
from sartor.platform.packaging.sheets.names import Label
from sartor.platform.text import gettext as _

LOOKUP, MONEY, CHOICE = "lookup", "money", "choice"
NUMBERS, DAYS = ("integer", "decimal"), ("date", "datetime")


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is proposed: a code of `wording.py` and its numbers and words."""

    code: str
    words: Mapping[str, Any] = each_own(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Misfit:
    """A value that the type refuses, or that names no record. near: what was probably meant; several: how many records
    it names where these are more than one."""

    value: str
    rows: int
    near: tuple[str, ...] = ()
    several: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column as a field. target: for a lookup: `s0#Column` of the table that it points to, or an entity that is
    there already. misfits: the most frequent of them; misfit_rows: all cells that they stand in. refuse: a row with one
    is refused; else the field is left blank.

    means: what some values are read as; an empty text is blank. dates, numbers: formats, as an import plan has them.
    """

    column: str
    field: str
    label: Label
    type: str
    options: Mapping[str, Any] = each_own(default_factory=dict)
    take: bool = True
    required: bool = False
    unique: bool = False
    target: str = ""
    dates: str = ""
    numbers: str = ""
    means: Mapping[str, str] = each_own(default_factory=dict)
    misfits: tuple[Misfit, ...] = ()
    misfit_rows: int = 0
    refuse: bool = False
    filled: int = 0
    samples: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()

    @property
    def points(self) -> bool:
        """Whether its values name records of another table."""
        return self.type == LOOKUP

    @property
    def refuses(self) -> bool:
        """Whether a misfit keeps the whole row out: what every record must have cannot be left blank."""
        return self.refuse or self.required

    @property
    def read_as(self) -> dict[str, str]:
        """What an import reads some values as; an empty text is blank."""
        blank = {} if self.refuses else {each.value: "" for each in self.misfits if each.value not in self.means}
        return {**blank, **self.means}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One table as an entity. id: `s0` …; file: its number in the file store; sheet: of a workbook.

    title: the field that names a record; composed: for a title of several columns (`first_name`, `last_name`); board:
    the field whose values are the lanes of a board.
    rows: about how many; looked: how many of them were judged by. unsure: encodings of which somebody has to choose
    one, each with the beginning of the file as it reads then.
    """

    id: str
    file: int
    name: str
    sheet: str | None
    encoding: str | None
    entity: str
    label: Label
    plural: Label
    title: str
    columns: tuple[Column, ...]
    composed: tuple[str, ...] = ()
    board: str = ""
    take: bool = True
    rows: int = 0
    looked: int = 0
    whole: bool = True
    broken: int = 0
    warnings: tuple[str, ...] = ()
    unsure: Mapping[str, str] = each_own(default_factory=dict)

    def column(self, name: str) -> Column | None:
        return next((each for each in self.columns if each.column == name), None)

    @property
    def taken(self) -> tuple[Column, ...]:
        return tuple(each for each in self.columns if each.take)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """name, label: of the application. about: the table that its dashboard tells of, empty where it gets none.
    made: the definitions that were put into a change set for it."""

    name: str
    label: Label
    sheets: tuple[Sheet, ...] = ()
    colour: str = "blue"
    about: str = ""
    made: tuple[str, ...] = ()

    @property
    def brought(self) -> str:
        """The files that it is made of, as one word: the same, however often it is adjusted."""
        return digest({"files": sorted({each.file for each in self.sheets})})[:24]

    def sheet(self, key: str) -> Sheet | None:
        return next((each for each in self.sheets if each.id == key), None)

    @property
    def taken(self) -> tuple[Sheet, ...]:
        return tuple(each for each in self.sheets if each.take and each.taken)

    def target(self, column: Column) -> tuple[Sheet, Column] | None:
        """The table and its column that a lookup points to; None for one to an entity that is there."""
        key, _mark, name = column.target.partition("#")
        found = self.sheet(key)
        there = found.column(name) if found else None
        return (found, there) if found and there else None

    def as_json(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False).encode()

    @classmethod
    def from_json(cls, text: bytes) -> Proposal:
        """:raises Invalid: for what is no proposal."""
        try:
            given = json.loads(text)
            sheets = tuple(_sheet(each) for each in given.pop("sheets"))
            return cls(**given | {"made": tuple(given["made"])}, sheets=sheets)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise Invalid(_("This file is not a proposal for an application.")) from error


def _sheet(given: dict[str, Any]) -> Sheet:
    columns = tuple(_column(each) for each in given.pop("columns"))
    composed, warnings = tuple(given.pop("composed")), tuple(given.pop("warnings"))
    return Sheet(**given, columns=columns, composed=composed, warnings=warnings)


def _column(given: dict[str, Any]) -> Column:
    misfits = tuple(Misfit(**each | {"near": tuple(each["near"])}) for each in given.pop("misfits"))
    reasons = tuple(Reason(**each) for each in given.pop("reasons"))
    return Column(**given | {"samples": tuple(given["samples"])}, misfits=misfits, reasons=reasons)
