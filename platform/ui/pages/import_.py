"""Import in steps: the file, the columns, values that were not found, the trial run. The writing itself is a job."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from sartor.platform.ui.pages.form import Form
from sartor.platform.ui.pages.parts import Link, Note, Table
from sartor.platform.ui.pages.shell import Shell, TitleBar
from sartor.platform.ui.pages.widget import Option, Widget


@dataclass(frozen=True, slots=True)
class WizardStep:
    """state: done, now or next; url: back to a step that is done."""

    text: str
    state: str
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnMatch:
    """One column of the file. The choice is sent as `map[N]` with N the column's number.

    samples: first values. chosen: a field's name or "" to leave it out. sure: the suggestion needs no look.
    lookup: how a lookup is matched, sent as `by[N]`; note: what the suggestion rests on, or what is wrong.
    """

    number: int
    column: str
    samples: tuple[str, ...]
    chosen: str
    sure: bool = True
    note: str | None = None
    problem: str | None = None
    lookup: Widget | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueMatch:
    """A value that matched nothing. Sent as `value[N]`.

    options: the near matches, and the other ways out (leave blank, create), each with its own value.
    """

    number: int
    field: str
    value: str
    rows: str
    options: tuple[Option, ...]
    chosen: str
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPage:
    """One of the steps.

    form carries the step's plain fields and buttons (file, encoding, sheet, key, on match).
    matches with fields: the mapping table; values: the misses; counts: what the trial run found, as figures.
    preview: first rows as they would be stored; problems: refused rows with their reasons.
    preview_url: takes the mapping form and answers `partials/import_preview.html`.
    """

    template: ClassVar[str] = "import.html"

    shell: Shell
    bar: TitleBar
    steps: tuple[WizardStep, ...]
    title: str
    text: str
    form: Form
    notes: tuple[Note, ...] = ()
    fields: tuple[Option, ...] = ()
    matches: tuple[ColumnMatch, ...] = ()
    values: tuple[ValueMatch, ...] = ()
    counts: tuple[tuple[str, str, str], ...] = ()
    preview: Table | None = None
    problems: Table | None = None
    problems_file: Link | None = None
    preview_url: str | None = None
