"""What a person changes in a proposal, judged anew where the values have a say: another type, another target."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sartor.platform.packaging.sheets.linking import Side, link_to
from sartor.platform.packaging.sheets.looking import Looked, Seen
from sartor.platform.packaging.sheets.pointing import as_lookup, as_standing
from sartor.platform.packaging.sheets.proposal import LOOKUP, Column, Proposal, Reason, Sheet
from sartor.platform.packaging.sheets.standing import Standing
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


def pointed(
    proposal: Proposal, place: tuple[Sheet, Column], target: str, looked: Mapping[str, Looked], standing: Standing
) -> Column:
    """A column as a lookup to another table (`s0#Column`), or to an entity that is there."""
    sheet, column = place
    source = Side(sheet.id, sheet.entity, "text", _seen(looked[sheet.id], column))
    plain, blank = replace(column, means=blanks(column), target=target), column.filled < sheet.looked
    found, entity = proposal.target(plain), standing.entity(target)
    if found:
        goal = Side(found[0].id, found[0].entity, found[1].type, _seen(looked[found[0].id], found[1]))
        made = as_lookup(plain, link_to(source, goal), found[0], blank=blank)
    elif entity:
        match = standing.match(source, entity)
        made = as_standing(plain, match, standing.misfits(match), blank=blank)
    else:
        made = replace(plain, type=LOOKUP, options={}, dates="", numbers="", unique=False, misfits=(), misfit_rows=0,
                       reasons=(Reason("chosen"),))  # fmt: skip
    return replace(made, field=column.field, label=column.label)


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
