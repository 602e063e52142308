"""What was sent from the page of a proposal: labels, types, targets, what is left out. Where a type or a target is
another one than before, the table is read once more and the column judged anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sartor.platform.errors import Invalid
from sartor.platform.fields.currencies import CURRENCIES
from sartor.platform.packaging.sheets.adjusting import pointed, retyped
from sartor.platform.packaging.sheets.keeping import Desk
from sartor.platform.packaging.sheets.looking import Looked, Seen
from sartor.platform.packaging.sheets.names import Label, of_many
from sartor.platform.packaging.sheets.proposal import LOOKUP, Column, Proposal, Sheet
from sartor.platform.packaging.sheets.ways import OFFERED, Way
from sartor.platform.records.files.dates import FORMATS
from sartor.platform.text import gettext as _

LONGEST = 200
MEANT = 10
"""Values that mean nothing of which each can be given a meaning; the rest is told."""


class Sent:
    """The form of a proposal. refused: why some of it was not done, in sentences."""

    def __init__(self, desk: Desk, form: Mapping[str, str]) -> None:
        self.desk = desk
        self.form = form
        self.refused: list[str] = []
        self._looked: dict[str, Looked] = {}

    def applied(self, proposal: Proposal) -> Proposal:
        """The proposal as it was sent."""
        label = self._label("app", proposal.label)
        sheets = tuple(self._sheet(each) for each in proposal.sheets)
        about = self.form.get("app.about", proposal.about)
        made = replace(proposal, label=label, sheets=sheets, about=about if proposal.sheet(about) else "")
        judged = tuple(
            replace(each, columns=tuple(self._judged(made, each, c) for c in each.columns)) for each in sheets
        )
        return replace(made, sheets=judged)

    # ---- tables

    def _sheet(self, sheet: Sheet) -> Sheet:
        label = self._label(sheet.id, sheet.label)
        known = {column.field for column in sheet.columns} | {sheet.title}
        title = self.form.get(f"{sheet.id}.title", sheet.title)
        columns = tuple(self._column(sheet, place, each) for place, each in enumerate(sheet.columns))
        made = replace(
            sheet,
            take=self._ticked(sheet.id, "take"),
            label=label,
            plural=sheet.plural if label == sheet.label else of_many(label),
            title=title if title in known else sheet.title,
            board=self._board(sheet),
            columns=columns,
        )
        return self._read_as(made)

    def _board(self, sheet: Sheet) -> str:
        chosen = self.form.get(f"{sheet.id}.board", sheet.board)
        return chosen if chosen in {column.field for column in sheet.columns} else ""

    def _read_as(self, sheet: Sheet) -> Sheet:
        """In the encoding that was chosen."""
        chosen = self.form.get(f"{sheet.id}.encoding", "")
        if chosen not in sheet.unsure:
            return sheet
        if chosen == sheet.encoding:
            return replace(sheet, unsure={})
        sheet = replace(sheet, encoding=chosen, unsure={})
        fresh = self.desk.proposed_again(sheet)
        return replace(fresh, label=sheet.label, plural=sheet.plural, take=sheet.take)

    # ---- columns

    def _column(self, sheet: Sheet, place: int, column: Column) -> Column:
        key = f"{sheet.id}.{place}"
        if f"{key}.type" not in self.form:
            return column
        means = dict(column.means)
        for number, miss in enumerate(column.misfits[:MEANT]):
            said = self.form.get(f"{key}.m{number}", "")
            means.pop(miss.value, None)
            if said in miss.near:
                means[miss.value] = said
        currency = self.form.get(f"{key}.currency", "").strip().upper()
        fixed = {"currency": currency} if "currency" in column.options and currency in CURRENCIES else {}
        return replace(
            column,
            options={**column.options, **fixed},
            take=self._ticked(key, "take"),
            label=self._label(key, column.label),
            required=self._ticked(key, "required"),
            unique=self._ticked(key, "unique") and not column.points,
            refuse=self.form.get(f"{key}.misfits") == "refuse",
            means=means,
            misfit_rows=_open_rows(column, means),
        )

    def _judged(self, proposal: Proposal, sheet: Sheet, column: Column) -> Column:
        """The column by the type, the target and the way to write days that were sent."""
        key = f"{sheet.id}.{sheet.columns.index(column)}"
        kind, target = self.form.get(f"{key}.type", column.type), self.form.get(f"{key}.target", column.target)
        dates = self.form.get(f"{key}.dates", column.dates)
        try:
            if kind == LOOKUP and (not column.points or (target and target != column.target)):
                return self._pointed(proposal, sheet, column, target)
            if kind in OFFERED and kind != column.type:
                return retyped(column, self._seen(sheet, column), kind, self.desk.ways)
            if dates != column.dates and dates in FORMATS:
                return self._dated(sheet, column, dates)
        except Invalid as error:
            self.refused.append(error.message)
        return column

    def _pointed(self, proposal: Proposal, sheet: Sheet, column: Column, target: str) -> Column:
        if not target:
            self.refused.append(_("%(column)s: choose what it points to.", column=column.column))
            return column
        tables = {sheet.id: self._table(sheet)}
        there = proposal.sheet(target.partition("#")[0])
        if there is not None:
            tables[there.id] = self._table(there)
        return pointed(proposal, (sheet, column), target, tables, self.desk.standing)

    def _dated(self, sheet: Sheet, column: Column, dates: str) -> Column:
        way = self.desk.ways.tried(Way(column.type, dates=dates, means=column.means), self._seen(sheet, column))
        return replace(column, dates=dates, misfits=way.misfits, misfit_rows=way.misfit_rows)

    def _seen(self, sheet: Sheet, column: Column) -> Seen:
        return next(each for each in self._table(sheet).columns if each.name == column.column)

    def _table(self, sheet: Sheet) -> Looked:
        if sheet.id not in self._looked:
            self._looked[sheet.id] = self.desk.look(sheet)
        return self._looked[sheet.id]

    # ---- inputs

    def _ticked(self, key: str, name: str) -> bool:
        return f"{key}.{name}" in self.form

    def _label(self, key: str, now: Label) -> Label:
        """Both languages; what is emptied in both stays as it was."""
        sent = {
            language: self.form.get(f"{key}.{language}", now.get(language, "")).strip() for language in ("en", "zh")
        }
        return {language: text[:LONGEST] for language, text in sent.items() if text} or dict(now)


def _open_rows(column: Column, means: Mapping[str, str]) -> int:
    """Rows whose value still means nothing."""
    settled = {text for text in means if text not in column.means}
    opened = {text for text in column.means if text not in means}
    rows = {miss.value: miss.rows for miss in column.misfits}
    return column.misfit_rows - sum(rows.get(each, 0) for each in settled) + sum(rows.get(each, 0) for each in opened)
