"""What a person changes in a proposal, judged anew where the values have a say: another type, another target."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sartor.platform.packaging.sheets.linking import Link, Side, link_to
from sartor.platform.packaging.sheets.looking import Looked, Seen
from sartor.platform.packaging.sheets.proposal import LOOKUP, Column, Proposal, Reason, Sheet
from sartor.platform.packaging.sheets.proposing import as_lookup
from sartor.platform.packaging.sheets.ways import Ways
from sartor.platform.text import gettext as _


def retyped(column: Column, seen: Seen, key: str, ways: Ways) -> Column:
    """A column as another type.

    :raises Invalid: where the type cannot be made of these values.
    """
    way = ways.as_type(seen, key)
    return replace(
        column,
        type=way.type,
        options=way.options,
        target="",
        dates=way.dates,
        numbers=way.numbers,
        means=way.means,
        misfits=way.misfits,
        misfit_rows=way.misfit_rows,
        reasons=way.reasons,
    )


def pointed(proposal: Proposal, place: tuple[Sheet, Column], target: str, looked: Mapping[str, Looked]) -> Column:
    """A column as a lookup to another table (`s0#Column`), or to an entity that is there."""
    sheet, column = place
    made = replace(column, type=LOOKUP, target=target, options={}, dates="", numbers="", unique=False, misfits=())
    found = proposal.target(made)
    if found is None:
        reasons = (Reason("chosen"),)
        return replace(made, misfit_rows=0, means=blanks(column), reasons=reasons)
    source = Side(sheet.id, sheet.entity, "text", _seen(looked[sheet.id], column))
    goal = Side(found[0].id, found[0].entity, found[1].type, _seen(looked[found[0].id], found[1]))
    link: Link = link_to(source, goal)
    return replace(
        as_lookup(replace(column, means=blanks(column)), link, found[0], blank=column.filled < sheet.looked),
        field=column.field,
        label=column.label,
    )


def blanks(column: Column) -> dict[str, str]:
    """The texts that stand for nothing, whatever type the column has."""
    return {text: meant for text, meant in column.means.items() if not meant}


def _seen(looked: Looked, column: Column) -> Seen:
    return next(each for each in looked.columns if each.name == column.column)


def faults(proposal: Proposal) -> list[str]:
    """Why the application cannot be made like this, in sentences."""
    told = []
    if not proposal.taken:
        told.append(_("Choose at least one table."))
    for sheet in proposal.taken:
        if sheet.unsure:
            told.append(_("%(file)s: choose how it was saved.", file=sheet.name))
        for column in sheet.taken:
            if column.points and not _stands(proposal, column):
                told.append(_("%(column)s points to a table or column that is left out.", column=column.column))
    return told


def _stands(proposal: Proposal, column: Column) -> bool:
    found = proposal.target(column)
    if found is None:
        return bool(column.target) and "#" not in column.target
    return found[0] in proposal.taken and found[1].take and not found[1].points
