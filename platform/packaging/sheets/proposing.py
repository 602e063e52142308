"""Tables of files as the entities of an application: looked at, typed, linked, named. Nothing is written."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from sartor.platform.definitions.documents import Documents, of_kind
from sartor.platform.packaging.sheets.boards import boarded
from sartor.platform.packaging.sheets.linking import Link, Side, keys, links
from sartor.platform.packaging.sheets.looking import Looked, Seen, look
from sartor.platform.packaging.sheets.names import entity_name, field_name, label, of_many, stem, subject
from sartor.platform.packaging.sheets.overview import main, worth_telling
from sartor.platform.packaging.sheets.pointing import as_lookup, as_standing
from sartor.platform.packaging.sheets.proposal import Column, Proposal, Reason, Sheet
from sartor.platform.packaging.sheets.senses import Place, meant
from sartor.platform.packaging.sheets.standing import Match, Standing
from sartor.platform.packaging.sheets.titles import titled
from sartor.platform.packaging.sheets.ways import Way, Ways
from sartor.platform.records.files.table import Table
from sartor.platform.text import gettext as _
from sartor.platform.text import listed


@dataclass(frozen=True, slots=True)
class Source:
    """A table to be proposed for. file: its number in the file store; sheet: of a workbook; several: it has more.

    unsure: encodings that the file could have, each with its beginning. left: sheets beside it that hold no row.
    """

    table: Table
    file: int
    name: str
    sheet: str | None = None
    several: bool = False
    encoding: str | None = None
    unsure: Mapping[str, str] = field(default_factory=dict)
    left: tuple[str, ...] = ()

    @property
    def called(self) -> str:
        return stem(self.name, self.sheet, several=self.several)


Tell = Callable[[str, int], object]
"""Told which table is read, and how many of its rows were."""


def propose(
    sources: Sequence[Source], ways: Ways, standing: Standing, there: Documents, tell: Tell = lambda name, rows: None
) -> Proposal:
    """What these tables could become, beside the definitions and the records that are there."""
    looked = [look(each.table, partial(tell, each.called)) for each in sources]
    taken = {name for name, _document in of_kind(there, "entity")}
    sheets: list[Sheet] = []
    for number, (source, seen) in enumerate(zip(sources, looked, strict=True)):
        sheets.append(_sheet(f"s{number}", source, seen, ways, taken))
        taken.add(sheets[-1].entity)
    linked = _standing(_linked(sheets, looked), looked, standing)
    apps = {name for name, _document in of_kind(there, "app")}
    proposal = Proposal(name="", label={}, sheets=tuple(boarded(titled(each)) for each in linked))
    said = label(_shared_name(sources, sheets, main(proposal)))
    name = entity_name(next(iter(said.values())), apps)
    return replace(proposal, name=name, label=said, about=worth_telling(proposal))


def _shared_name(sources: Sequence[Source], sheets: Sequence[Sheet], most: Sheet | None) -> str:
    """One file gives the application its name; of several the table that has most to tell."""
    if most is None or len({each.file for each in sources}) == 1:
        return stem(sources[0].name, None, several=False)
    return sources[[each.id for each in sheets].index(most.id)].called


def _sheet(key: str, source: Source, looked: Looked, ways: Ways, taken: Collection[str]) -> Sheet:
    one = subject(source.called)
    names: list[str] = []
    columns = []
    for seen in looked.columns:
        place = Place(next(iter(one.values())), source.table.columns, seen.texts())
        column = _column(seen, ways.proposed(seen), names, meant(seen.name, place))
        names.append(column.field)
        columns.append(column)
    hint = source.table.row_count_hint
    return Sheet(
        id=key,
        file=source.file,
        name=source.name,
        sheet=source.sheet,
        encoding=source.encoding,
        entity=entity_name(one.get("en") or source.called, taken),
        label=one,
        plural=of_many(one),
        title="",
        columns=tuple(columns),
        take=looked.rows > 0,
        rows=looked.rows + looked.broken if looked.whole else (hint or looked.rows),
        looked=looked.rows,
        whole=looked.whole,
        broken=looked.broken,
        warnings=(*(problem.message for problem in source.table.warnings), *_left(source)),
        unsure=source.unsure,
    )


def _left(source: Source) -> Iterator[str]:
    if source.left:
        yield _("These sheets hold no row and were left out: %(names)s.", names=listed(source.left))


def _column(seen: Seen, way: Way, names: Collection[str], meaning: str) -> Column:
    return Column(
        column=seen.name,
        field=field_name(seen.name, names, meaning),
        label=label(seen.name, meaning),
        type=way.type,
        options=way.options,
        take=bool(seen.filled),
        dates=way.dates,
        numbers=way.numbers,
        means=way.means,
        misfits=way.misfits,
        misfit_rows=way.misfit_rows,
        filled=seen.filled,
        samples=seen.samples(),
        reasons=way.reasons,
    )


# ---- keys and lookups


def _linked(sheets: Sequence[Sheet], looked: Sequence[Looked]) -> list[Sheet]:
    sides = _sides(sheets, looked)
    found = keys(sides)
    wanted = links(sides, found)
    named = {sheet.id: sheet for sheet in sheets}
    unique = {(side.sheet, side.seen.name) for side in (*found.values(), *(link.target for link in wanted))}
    pointing = {(link.source.sheet, link.source.seen.name): link for link in wanted}
    return [
        replace(sheet, columns=tuple(_with_links(sheet, each, unique, pointing, named) for each in sheet.columns))
        for sheet in sheets
    ]


def _sides(sheets: Sequence[Sheet], looked: Sequence[Looked]) -> list[Side]:
    return [
        Side(sheet.id, sheet.label.get("en") or sheet.label["zh"], column.type, seen, seen.place == 0)
        for sheet, each in zip(sheets, looked, strict=True)
        for column, seen in zip(sheet.columns, each.columns, strict=True)
        if column.take
    ]


def _standing(sheets: Sequence[Sheet], looked: Sequence[Looked], standing: Standing) -> list[Sheet]:
    """With lookups to records that are here, where a column names none of the files and is not named by one."""
    targets = {column.target for sheet in sheets for column in sheet.columns}
    sides = [side for side in _sides(sheets, looked) if f"{side.sheet}#{side.seen.name}" not in targets]
    matches = standing.named(sides)
    return [
        replace(sheet, columns=tuple(_with_records(sheet, each, matches, standing) for each in sheet.columns))
        for sheet in sheets
    ]


def _with_records(sheet: Sheet, column: Column, matches: dict[tuple[str, str], Match], standing: Standing) -> Column:
    match = matches.get((sheet.id, column.column))
    if match is None:
        return column
    made = as_standing(column, match, standing.misfits(match), blank=column.filled < sheet.looked)
    return _called_apart(made, column, sheet)


def _called_apart(made: Column, column: Column, sheet: Sheet) -> Column:
    """A lookup keeps the name of its column where another one has the shorter one already."""
    others = {each.field for each in sheet.columns if each is not column}
    return replace(made, field=column.field) if made.field in others else made


def _with_links(
    sheet: Sheet,
    column: Column,
    unique: Collection[tuple[str, str]],
    pointing: dict[tuple[str, str], Link],
    named: dict[str, Sheet],
) -> Column:
    place = (sheet.id, column.column)
    if link := pointing.get(place):
        made = as_lookup(column, link, named[link.target.sheet], blank=column.filled < sheet.looked)
        return _called_apart(made, column, sheet)
    if place in unique:
        reason = Reason("unique", {"values": column.filled})
        return replace(column, unique=True, required=True, reasons=(*column.reasons, reason))
    return column
