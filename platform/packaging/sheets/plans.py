"""A proposal as imports: one plan for each table, in the order in which they can name one another.

Where tables name each other in a circle, the first one is written without those lookups, and once more, by its key,
when the other is there.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from sartor.platform.packaging.sheets.linking import in_order
from sartor.platform.packaging.sheets.proposal import Column, Proposal, Sheet
from sartor.platform.records.importing.plan import ImportPlan


@dataclass(frozen=True, slots=True)
class Filling:
    """One import. file, name: in the file store; rows: about how many."""

    file: int
    name: str
    plan: ImportPlan
    rows: int


def fillings(proposal: Proposal) -> list[Filling]:
    """The imports in order."""
    sheets = {sheet.id: sheet for sheet in proposal.taken}
    needs = {
        key: {each for column in sheet.taken if (each := _needed(proposal, column))} for key, sheet in sheets.items()
    }
    order = in_order(list(sheets), {key: {each for each in found if each in sheets} for key, found in needs.items()})
    first, second = [], []
    for place, key in enumerate(order):
        sheet, later = sheets[key], set(order[place + 1 :])
        waiting = {each.column for each in sheet.taken if _needed(proposal, each) in later}
        first.append(_filling(proposal, sheet, [each for each in sheet.taken if each.column not in waiting]))
        if waiting and (identifying := key_of(sheet)):
            chosen = [identifying, *(each for each in sheet.taken if each.column in waiting)]
            again = _filling(proposal, sheet, chosen)
            second.append(replace(again, plan=replace(again.plan, key=(identifying.field,), on_match="update")))
    return first + second


def key_of(sheet: Sheet) -> Column | None:
    """The column by which a row is found again."""
    return next((each for each in sheet.taken if each.unique and not each.points), None)


def circular(proposal: Proposal) -> list[Column]:
    """Lookups that cannot be filled: their table comes first in a circle and has no key."""
    filled = {(each.file, column) for each in fillings(proposal) for column in each.plan.columns or ()}
    return [
        column
        for sheet in proposal.taken
        for column in sheet.taken
        if column.points and not any(name == column.column for _file, name in filled)
    ]


def _needed(proposal: Proposal, column: Column) -> str | None:
    found = proposal.target(column) if column.points else None
    return found[0].id if found else None


def _filling(proposal: Proposal, sheet: Sheet, columns: list[Column]) -> Filling:
    paths = {each.column: _path(proposal, each) for each in columns}
    plan = ImportPlan(
        entity=sheet.entity,
        columns=paths,
        values={paths[each.column]: each.read_as for each in columns if each.read_as},
        encoding=sheet.encoding,
        sheet=sheet.sheet,
        on_match="create",
        dates={each.column: each.dates for each in columns if each.dates},
        numbers={each.column: each.numbers for each in columns if each.numbers},
    )
    return Filling(sheet.file, sheet.name, plan, sheet.rows)


def _path(proposal: Proposal, column: Column) -> str:
    """The field; for a lookup into another table with the field that its values stand in."""
    found = proposal.target(column) if column.points else None
    return f"{column.field}.{found[1].field}" if found else column.field
