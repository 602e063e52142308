"""A view that is being designed, on what is published: its first records as the designer may see them.

Nothing here refuses: a column of a field that is not published yet has no values, and a filter or an order that reads
one is left out, with a word about it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from sartor.builder.bench import Bench
from sartor.builder.canvas.cell_texts import CellTexts
from sartor.builder.canvas.lanes import Lane, lane_field, lanes
from sartor.builder.canvas.window import is_drawn, windows
from sartor.platform.access.context import Context
from sartor.platform.definitions.documents import Document, in_order
from sartor.platform.errors import OverBudget, SartorError
from sartor.platform.model import Entity, Item, Model, Operation
from sartor.platform.query.asking import Names
from sartor.platform.query.columns import Column, column
from sartor.platform.query.conditions import conditions_of
from sartor.platform.query.question import Group, Question, Sum
from sartor.platform.query.reader import Reader
from sartor.platform.query.wording import sentence
from sartor.platform.text import gettext as _
from sartor.platform.ui.format import money, number
from sartor.platform.ui.tones import dots_of

MOST = 12
COLOUR = "@colour."
"""What the keys of flags begin with; no field is called so."""


@dataclass(frozen=True)
class Seat:
    """Who looks, on what is published."""

    context: Context
    model: Model
    reader: Reader
    names: Names

    @property
    def language(self) -> str:
        return self.context.language


@dataclass(frozen=True, slots=True)
class Shown:
    """One column. is_there: whether it has values, because its field is published and open to the designer. dots: the
    colours of its stages or choices, by what is read of them."""

    key: str
    is_there: bool
    is_number: bool = False
    total: str = ""
    dots: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Said:
    """One condition of the filter in words: lead **value** tail."""

    lead: str
    value: str
    tail: str


@dataclass(frozen=True, slots=True)
class Live:
    """rows: texts in the order of the columns; tints: the colour of each; groups: the heading above each, mostly none.

    drawn: the whole as HTML, where the type draws it itself. notes: what could not be shown, and why.
    """

    columns: tuple[Shown, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    tints: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    lanes: tuple[Lane, ...] = ()
    drawn: str = ""
    count: str = ""
    filter: tuple[Said, ...] = ()
    notes: tuple[str, ...] = ()


def live_view(here: Bench, view: Document, place: Mapping[str, str] | None = None) -> Live:
    """What the canvas shows of a definition as it is now, kept or not. place: which part of the records, where the type
    of the view knows parts."""
    serving = here.workspace.serving(here.revision)
    seat = Seat(here.context, serving.model, serving.reader, serving.names.of(here.context))
    entity = serving.model.entities.get(str(view.get("entity")))
    if entity is None:
        return Live(notes=(_("The entity is not published yet, so there are no records to show."),))
    if not here.context.access.may(Operation.READ, entity.name):
        return Live(notes=(_("Its records are not open to you."),))
    looking = Looking(seat, entity, view, place or {})
    try:
        return looking.live(here.workspace.extensions.views)
    except OverBudget as refused:
        return replace(looking.words(), notes=(refused.message,))


class Looking:
    """One look at a view."""

    def __init__(self, seat: Seat, entity: Entity, view: Document, place: Mapping[str, str]) -> None:
        self.seat = seat
        self.entity = entity
        self.view = view
        self.place = place
        self.notes: list[str] = []
        self.items = dict(in_order(view.get("columns", {})))
        self.columns = {key: self._column(key, each) for key, each in self.items.items()}
        self.texts = CellTexts(seat.context, seat.model)
        self.group = self._column(str(view["group"]), {}) if view.get("group") else None

    def _column(self, key: str, item: Mapping[str, Any]) -> Column | None:
        """None where the field is not published, or closed to the designer."""
        path = str(item.get("path") or key)
        try:
            steps = self.seat.names.path(self.entity.name, path)
        except SartorError:
            return None
        return column(self.seat.model, self.entity, Item(steps, None, None, item.get("total")))

    def words(self) -> Live:
        """Without any record."""
        shown = tuple(
            Shown(key, False)
            if each is None
            else Shown(key, True, each.field.face.type.align == "end", dots=self._dots(each))
            for key, each in self.columns.items()
        )
        return Live(columns=shown, filter=tuple(self._said()), notes=tuple(self.notes))

    def _dots(self, column: Column) -> Mapping[str, str]:
        face, language = column.field.face, self.seat.language
        dots = {} if column.rest else dots_of(face, self.seat.model, language)
        return {self.texts.text(face, key): dot for key, dot in dots.items()}

    def live(self, types: Any) -> Live:
        question = self._question()
        made = self.words()
        count, capped = self.seat.reader.count(self.seat.context, replace(question, fields=(("id",),)))
        kind = types[self.view["type"]] if self.view.get("type") in types else None
        laned = lane_field(kind, self.view, self.entity, self.seat.model) if kind else None
        made = replace(
            made, count=number(count) + ("+" if capped else ""), columns=tuple(self._with_totals(made, question))
        )
        question = replace(question, flags=self._flags())
        if laned is not None:
            found = lanes(self.seat, question, laned, str(self.view.get("options", {}).get("pipeline") or ""))
            drawn = tuple(lane.drawn(self.texts_of, self._tint) for lane in found)
            return replace(made, lanes=drawn, notes=tuple(self.notes))
        if kind is not None and is_drawn(kind) and (html := self._drawn(kind, question)):
            return replace(made, drawn=html, notes=tuple(self.notes))
        rows = self.seat.reader.page(self.seat.context, question).rows
        tints = tuple(map(self._tint, rows))
        shown, groups = tuple(map(self.texts_of, rows)), tuple(self._groups(rows))
        return replace(made, rows=shown, tints=tints, groups=groups, notes=tuple(self.notes))

    def _drawn(self, kind: Any, question: Question) -> str:
        """Nothing where it cannot be drawn as the type would: rows say at least which records there are."""
        try:
            asked = windows(self.seat, self.entity, kind, self.view, self.texts, self.place)
            return asked.drawn(question, self.columns, self._tint)
        except OverBudget:
            raise
        except SartorError as refused:
            self.notes.append(_("Shown as rows: %(why)s", why=refused.message))
            return ""

    def _groups(self, rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
        """The heading above each row; empty where it goes on in the same group."""
        if self.group is None:
            return
        face, last = self.group.field.face, None
        for row in rows:
            text = self.texts.of(self.group)(row.get(self.group.name)) or _("Without a value")
            goes_on = last is not None and face.type.groups(face, text, last)
            yield "" if goes_on else text
            last = last if goes_on else text

    # ---- colours

    def _flags(self) -> tuple[tuple[str, Any], ...]:
        """The conditions of colours; one that cannot be read yet colours nothing."""
        found = []
        for key, part in in_order(self.view.get("colours", {})):
            try:
                conditions = self.seat.names.conditions(self.entity.name, [str(part.get("when") or "")])
                found += [(COLOUR + key, each) for each in conditions]
            except SartorError as refused:
                self.notes.append(_("Shown without a colour: %(why)s", why=refused.message))
        return tuple(found)

    def _tint(self, row: Mapping[str, Any]) -> str:
        parts = in_order(self.view.get("colours", {}))
        return next((str(part.get("colour", "")) for key, part in parts if row.get(COLOUR + key)), "")

    def texts_of(self, row: Mapping[str, Any]) -> tuple[str, ...]:
        return tuple("" if each is None else self.texts.of(each)(row.get(each.name)) for each in self.columns.values())

    def _question(self) -> Question:
        paths = [each.path for each in (*self.columns.values(), self.group) if each is not None]
        wanted = tuple(dict.fromkeys([*paths, (self.entity.title,)]))
        return Question(self.entity.name, wanted, where=self._where(), sort=self._sort(), limit=MOST)

    def _where(self) -> tuple[Any, ...]:
        try:
            return self.seat.names.conditions(self.entity.name, [self.view.get("filter")])
        except SartorError as refused:
            self.notes.append(_("Shown without the filter: %(why)s", why=refused.message))
            return ()

    def _sort(self) -> tuple[Any, ...]:
        group = self.group.name if self.group is not None else ""
        sort = [str(term) for term in self.view.get("sort", ())]
        own = next((term for term in sort if term.removeprefix("-") == group), group)
        try:
            terms = filter(None, (own, *(term for term in sort if term != own)))
            return self.seat.names.terms(self.entity.name, ",".join(terms))
        except SartorError as refused:
            self.notes.append(_("Shown in another order: %(why)s", why=refused.message))
            return ()

    def _said(self) -> list[Said]:
        found = (sentence(self.seat, self.entity, each) for each in conditions_of(self.view.get("filter")))
        return [Said(each.lead, each.value, each.tail) for each in found]

    # ---- totals

    def _with_totals(self, made: Live, question: Question) -> Sequence[Shown]:
        return [replace(each, total=self._total(self.columns[each.key], question)) for each in made.columns]

    def _total(self, column: Column | None, question: Question) -> str:
        if column is None or not column.total or len(column.path) > 1:
            return ""
        face = column.field.face
        grouped = face.type.attribute_suffix(face, "currency") is not None
        try:
            measure = self.seat.names.measure(self.entity.name, f"{column.total}({column.name})")
        except SartorError:
            return ""
        groups = (Group((*column.path, "currency")),) if grouped else ()
        asked = Sum(self.entity.name, (measure,), groups, question.where)
        rows = [row for row in self.seat.reader.sum(self.seat.context, asked) if row[-1] is not None]
        if grouped:
            return " + ".join(money(Decimal(row[1]), row[0] or self.seat.context.currency) for row in rows)
        return self._number(face, rows[0][-1]) if rows else ""

    def _number(self, face: Any, said: Any) -> str:
        try:
            return str(face.type.show(face, face.type.from_operand(face, Decimal(str(said))), self.seat.language))
        except (SartorError, ValueError, InvalidOperation):
            return str(said)
