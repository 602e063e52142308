"""A plan with what the file itself makes clear: columns, date formats, number styles. What is not clear is asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sartor.platform.access.context import Context
from sartor.platform.errors import Invalid, Problem
from sartor.platform.fields.base import ColumnKind
from sartor.platform.model import Entity
from sartor.platform.records.files.dates import FORMATS
from sartor.platform.records.files.guess import Guess, guess_columns
from sartor.platform.records.files.numbers import PLAIN, STYLES
from sartor.platform.records.files.table import Table
from sartor.platform.records.importing.plan import ImportPlan
from sartor.platform.records.importing.targets import chosen_columns, require_import
from sartor.platform.text import gettext as _

LOOKED_AT = 1000
DAYS = (ColumnKind.DATE, ColumnKind.INSTANT)
NUMBERS = (ColumnKind.INTEGER, ColumnKind.DECIMAL)
OTHER_STYLES = [(style.name,) for style in STYLES if style is not PLAIN]


def completed(plan: ImportPlan, table: Table, context: Context) -> ImportPlan:
    """The plan, ready to run.

    :raises Invalid: for a column whose days could be meant in two ways, with the ways.
    """
    entity = require_import(context, plan)
    columns = chosen_columns(plan, table.columns, entity, context)
    if plan.exact:
        return replace(plan, columns=columns)
    guesses = guess_columns(table.columns, table.sample(LOOKED_AT))
    dates = dict(plan.dates)
    numbers = dict(plan.numbers)
    for column, kind in _kinds(columns, entity).items():
        guess = guesses[column]
        if kind in DAYS and column not in dates and _needs_format(guess):
            dates[column] = _only(column, guess)
        elif kind in NUMBERS and column not in numbers and guess.formats[:1] in OTHER_STYLES:
            numbers[column] = guess.formats[0]
    return replace(plan, columns=columns, dates=dates, numbers=numbers)


def _kinds(columns: Mapping[str, str], entity: Entity) -> dict[str, ColumnKind]:
    """The kind of column that each column of the file goes into."""
    found = {}
    for column, path in columns.items():
        item = entity.fields.get(path)
        specs = item.type.columns(item) if item else ()
        if specs:
            found[column] = specs[0].kind
    return found


def _needs_format(guess: Guess) -> bool:
    """Days that begin with the year are read without being told how."""
    return guess.kind in ("date", "datetime") and not any(
        key.startswith("Y") and key != "YYYYMMDD" for key in guess.formats
    )


def _only(column: str, guess: Guess) -> str:
    if len(guess.formats) == 1:
        return guess.formats[0]
    ways = ", ".join(f"{key} ({FORMATS[key].example})" for key in guess.formats)
    said = _(
        "The days in %(column)s can be read in several ways; choose one of %(ways)s.", column=repr(column), ways=ways
    )
    raise Invalid(said, [Problem(column, "ambiguous_dates", said)])
