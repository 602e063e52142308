"""A proposal as a page shows it: tables, their columns with samples and reasons, what each may become instead."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sartor.builder.bench import Bench
from sartor.builder.sheets.form import MEANT
from sartor.platform.definitions.documents import of_kind
from sartor.platform.fields.currencies import CURRENCIES
from sartor.platform.fields.stage import OUTCOMES
from sartor.platform.packaging.sheets.boards import WHY, possible, stage_of, unstaged, way
from sartor.platform.packaging.sheets.overview import about, all_cards
from sartor.platform.packaging.sheets.plans import circular
from sartor.platform.packaging.sheets.progress import OPEN
from sartor.platform.packaging.sheets.proposal import Column, Misfit, Proposal, Sheet
from sartor.platform.packaging.sheets.titles import COMPOSED
from sartor.platform.packaging.sheets.ways import OFFERED
from sartor.platform.packaging.sheets.wording import said
from sartor.platform.records.files.dates import FORMATS
from sartor.platform.text import fold, ngettext, pick
from sartor.platform.text import gettext as _
from sartor.platform.ui.format import number
from sartor.platform.ui.pages.parts import Note

NAMING = ("text", "email", "phone", "integer", "choice", "date", "datetime", "url")
"""Types of a field that a record may be called by."""
OPENED = 6
"""Tables that are shown open; of more only those with something to look at."""
Option = tuple[str, str]


@dataclass(frozen=True, slots=True)
class MissRow:
    """A value that does not fit. several: that it names more than one record; options: near values that it could mean;
    chosen: the one that it is read as."""

    name: str
    value: str
    rows: str
    several: str
    options: tuple[str, ...]
    chosen: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnRow:
    """key: the beginning of the names of its inputs. misfit: what does not fit, in words; more: values not shown."""

    key: str
    column: Column
    samples: str
    reasons: tuple[str, ...]
    icon: str
    dates: tuple[Option, ...]
    misfit: str
    misses: tuple[MissRow, ...]
    more: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetCard:
    """points: the tables that it names rows of. titles: fields that a record could be called by.

    unsure: (encoding, the file's beginning as it reads then). boards: columns whose values could be lanes, empty where
    there is none; lanes: what those of the chosen one are, in words; begins: about rows that say nothing of it.
    """

    sheet: Sheet
    title: str
    about: str
    points: str
    notes: tuple[Note, ...]
    rows: tuple[ColumnRow, ...]
    titles: tuple[Option, ...]
    unsure: tuple[Option, ...]
    boards: tuple[Option, ...]
    lanes: str
    begins: str
    open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """types: (key, text) of every type that may be chosen; targets: what a lookup may point to; homes: tables that a
    dashboard could tell of; told: what is on it."""

    proposal: Proposal
    cards: tuple[SheetCard, ...]
    types: tuple[Option, ...]
    targets: tuple[Option, ...]
    homes: tuple[Option, ...]
    told: tuple[str, ...]
    total: str
    currencies: tuple[str, ...] = tuple(CURRENCIES)


def shown(here: Bench, proposal: Proposal) -> Shown:
    never = {id(each) for each in circular(proposal)}
    rows = sum(each.rows for each in proposal.taken)
    tables = ngettext("%(n)s table", "%(n)s tables", len(proposal.taken))
    return Shown(
        proposal=proposal,
        cards=tuple(_card(here, proposal, each, never) for each in proposal.sheets),
        types=tuple((key, pick(here.workspace.extensions.fields[key].label)) for key in OFFERED),
        targets=tuple(_targets(here, proposal)),
        homes=(*((each.id, pick(each.plural)) for each in proposal.taken), ("", _("No dashboard"))),
        told=_told(proposal),
        total=_("%(tables)s, %(rows)s rows", tables=tables, rows=number(rows)),
    )


def _told(proposal: Proposal) -> tuple[str, ...]:
    """What the dashboard shows, card by card."""
    sheet = about(proposal)
    return tuple(pick(each.report["label"]) for each in all_cards(proposal, sheet)) if sheet else ()


def _targets(here: Bench, proposal: Proposal) -> Iterator[Option]:
    """Columns that tell rows apart, then the entities that are there."""
    for sheet in proposal.sheets:
        for column in sheet.columns:
            if column.unique and not column.points:
                yield f"{sheet.id}#{column.column}", f"{pick(sheet.plural)} · {pick(column.label)}"
    for name, document in of_kind(here.published, "entity"):
        yield name, _("%(entity)s (already here)", entity=pick(document.get("label")))


def _card(here: Bench, proposal: Proposal, sheet: Sheet, never: set[int]) -> SheetCard:
    rows = tuple(_row(here, sheet, place, each) for place, each in enumerate(sheet.columns))
    notes = (*_notes(sheet, any(id(each) in never for each in sheet.taken)), *_namesakes(here, sheet))
    return SheetCard(
        sheet=sheet,
        title=pick(sheet.plural),
        about=_about(sheet),
        points=" · ".join(_points(proposal, sheet)),
        notes=notes,
        rows=rows,
        titles=tuple(_titles(sheet)),
        unsure=tuple(sheet.unsure.items()),
        boards=_boards(sheet),
        lanes=_lanes(sheet),
        begins=_begins(sheet),
        open=len(proposal.sheets) <= OPENED or bool(notes) or any(row.misfit for row in rows),
    )


def _boards(sheet: Sheet) -> tuple[Option, ...]:
    columns = tuple((each.field, pick(each.label)) for each in possible(sheet))
    return (*columns, ("", _("No board"))) if columns else ()


def _lanes(sheet: Sheet) -> str:
    """The lanes in their order, with how each ends."""
    column = stage_of(sheet)
    if column is None:
        return ""
    ends = {key: pick(text) for key, text in OUTCOMES.items() if key != OPEN}
    return " → ".join(
        f"{text} ({ends[said.outcome]})" if said.outcome in ends else text for text, said in way(column).items()
    )


def _begins(sheet: Sheet) -> str:
    column = stage_of(sheet)
    rows = unstaged(sheet, column) if column else 0
    if column is None or not rows:
        return ""
    first = next(iter(way(column)))
    return ngettext("%(n)s row says none; it begins in %(first)s.", "%(n)s rows say none; they begin in %(first)s.",
                    rows, first=first)  # fmt: skip


def _about(sheet: Sheet) -> str:
    name = f"{sheet.name} · {sheet.sheet}" if sheet.sheet else sheet.name
    rows = number(sheet.rows)
    return (
        _("%(file)s, %(n)s rows", file=name, n=rows)
        if sheet.whole
        else _("%(file)s, about %(n)s rows", file=name, n=rows)
    )


def _points(proposal: Proposal, sheet: Sheet) -> list[str]:
    found = (proposal.target(each) for each in sheet.taken if each.points)
    return sorted({pick(each[0].plural) for each in found if each})


def _notes(sheet: Sheet, circle: bool) -> Iterator[Note]:
    if sheet.unsure:
        yield Note(_("It is not certain how this file was saved. Choose the line that reads right."), "warn")
    if not sheet.looked:
        yield Note(_("It holds no rows, so it is left out."), "warn")
    if not sheet.whole:
        yield Note(_("Judged by the first %(n)s rows; keys and choices by all.", n=number(sheet.looked)))
    if sheet.broken:
        text = _(
            "%(n)s rows have more cells than there are columns; they will be refused, and told.", n=number(sheet.broken)
        )
        yield Note(text, "warn")
    if circle:
        yield Note(_("A lookup in a circle stays blank: this table has no key by which rows are found again."), "warn")
    for text in sheet.warnings:
        yield Note(text, "warn")


def _namesakes(here: Bench, sheet: Sheet) -> Iterator[Note]:
    """What is called the same and is here already: more rows of it need no second one."""
    names = {fold(text) for text in sheet.label.values()}
    for _name, document in of_kind(here.published, "entity"):
        label = document.get("label")
        texts = label.values() if isinstance(label, dict) else [label]
        if names & {fold(str(text)) for text in texts}:
            said = _("There is an entity “%(name)s” already; this makes another one. To add rows to that one, import "
                     "them in its list.", name=pick(label))  # fmt: skip
            yield Note(said)
            return


def _titles(sheet: Sheet) -> Iterator[Option]:
    if sheet.composed:
        yield COMPOSED, _("First and last name together")
    for column in sheet.taken:
        if column.type in NAMING:
            yield column.field, pick(column.label)
    if not sheet.title:
        yield "", _("A number that is counted up")


def _row(here: Bench, sheet: Sheet, place: int, column: Column) -> ColumnRow:
    misses = tuple(
        MissRow(
            f"m{at}", each.value[:60], number(each.rows), _several(each), each.near, column.means.get(each.value, "")
        )
        for at, each in enumerate(column.misfits[:MEANT])
    )
    hidden = len(column.misfits) - len(misses)
    return ColumnRow(
        key=f"{sheet.id}.{place}",
        column=column,
        samples=" · ".join(column.samples[:3]),
        reasons=tuple(said(each) for each in column.reasons if each.code not in WHY or column is stage_of(sheet)),
        icon=here.workspace.extensions.fields[column.type].icon,
        dates=tuple((key, each.example) for key, each in FORMATS.items()) if column.dates else (),
        misfit=_misfit(column),
        misses=misses,
        more=ngettext("and %(n)s more value", "and %(n)s more values", hidden) if hidden > 0 else "",
    )


def _several(miss: Misfit) -> str:
    return _("names %(n)s records", n=number(miss.several)) if miss.several else ""


def _misfit(column: Column) -> str:
    if not column.misfit_rows:
        return ""
    if column.points:
        if any(each.several for each in column.misfits):
            return ngettext(
                "%(n)s row names no single record there", "%(n)s rows name no single record there", column.misfit_rows
            )
        return ngettext("%(n)s row names nothing there", "%(n)s rows name nothing there", column.misfit_rows)
    return ngettext("%(n)s row does not fit", "%(n)s rows do not fit", column.misfit_rows)
