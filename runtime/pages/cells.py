"""Values as cells: what the reader gave as JSON, drawn by what kind of value it is, never by the name of a type."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from sartor.platform.model import Field, Money, Operation
from sartor.platform.model.ids import encode_id
from sartor.platform.query.columns import Column, attribute_words
from sartor.platform.text import gettext as _
from sartor.platform.ui import format as formats
from sartor.platform.ui.pages.parts import Cell, Face, Pill
from sartor.platform.ui.tones import dots_of
from sartor.runtime.pages import addresses
from sartor.runtime.pages.desk import Desk

PEOPLE = "user"
CALLS = {"email": "mailto:", "phone": "tel:"}


class Cells:
    """Draws the values of one field for one reader. full: with everything said, as on a record's own page."""

    def __init__(self, desk: Desk, field: Field, full: bool = False) -> None:
        self.desk = desk
        self.field = field.face
        self.kind = self.field.type
        self.full = full
        self.number = self.kind.align == "end"
        self.cents = False
        self.headed = not full

    def __call__(self, said: Any) -> Cell:
        if said is None or said == [] or said == "":
            return Cell(number=self.number)
        if self.kind.targets(self.field):
            return self._links(said) if isinstance(said, list) else self.link(said)
        if isinstance(said, list):
            return self._many(said)
        return self._one(said)

    # ---- records

    def link(self, said: Mapping[str, Any]) -> Cell:
        """A record that is pointed to; without a title where the reader may not see it."""
        title = said.get("title")
        entity = said.get("entity") or self.kind.targets(self.field)[0]
        if title is None:
            return Cell(kind="link", text=_("not open to you"), tone="faint")
        if entity == PEOPLE:
            return Cell(kind="user", text=title, face=Face(formats.letters(title), title, me=said["id"] == self._me))
        if said.get("deleted"):
            return Cell(kind="link", text=_("%(title)s (in the recycle bin)", title=title), tone="faint")
        open_ = self.desk.access.may(Operation.READ, entity)
        href = addresses.record(self.desk.app.name, entity, said["id"]) if open_ else None
        return Cell(kind="link", text=title, href=href)

    def _links(self, said: list[Mapping[str, Any]]) -> Cell:
        return Cell(kind="tags", pills=tuple(Pill(each.get("title") or _("not open to you")) for each in said))

    @cached_property
    def _me(self) -> str | None:
        mine = self.desk.context.actor.id
        return None if mine is None else encode_id(mine)

    # ---- plain values

    @cached_property
    def dots(self) -> dict[str, str]:
        return dots_of(self.field, self.desk.model, self.desk.language)

    def _many(self, said: list[Any]) -> Cell:
        pills = tuple(Pill(self._shown([each]), dot=self.dots.get(each)) for each in said)
        return Cell(kind="choices", text=self._shown(said), pills=pills)

    def _shown(self, said: Any) -> str:
        return self.kind.show(self.field, self.value(said), self.desk.language)

    def value(self, said: Any) -> Any:
        return self.kind.told(self.field, said)

    def _one(self, said: Any) -> Cell:
        if self.kind.widget == "rating":
            return Cell(kind="rating", rating=(int(said), int(self.kind.widget_options(self.field, "en")["max"])))
        value = self.value(said)
        drawn = next((draw for cls, draw in DRAWN if isinstance(value, cls)), Cells._text)
        return drawn(self, said, value)

    def _text(self, said: Any, value: Any) -> Cell:
        text = self.kind.show(self.field, value, self.desk.language)
        if isinstance(said, str) and said in self.dots:
            return Cell(kind="choice", text=text, dot=self.dots[said])
        if self.kind.widget in CALLS:
            return Cell(kind=self.kind.widget, text=text, href=CALLS[self.kind.widget] + str(said))
        if self.kind.widget == "url" and str(said).startswith(("http://", "https://")):
            return Cell(kind="url", text=text, href=str(said))
        title = text if len(text) > 40 and not self.full else None
        drawing = self.kind.drawing(self.field, value) if self.full else None
        kind = "long" if "\n" in text else "text"
        return Cell(kind=kind, text=text, number=self.number, title=title, drawing=drawing)

    def _number(self, said: Any, value: Decimal | int) -> Cell:
        return Cell(kind="number", text=self.kind.show(self.field, value, self.desk.language), number=True)

    def _money(self, said: Any, value: Money) -> Cell:
        """In lists the workspace's own currency stands in the head, not in each row."""
        currency = value.currency or self.desk.context.currency
        sign = not self.headed or currency != self.desk.context.currency
        text = formats.money(value.amount, currency, sign=sign, cents=self.cents)
        return Cell(kind="money", text=text, short=formats.money_brief(value.amount, currency), number=True)

    def beside(self, column: Iterable[Any]) -> Cells:
        """The same, for values that stand below one another: all amounts with decimals where one has some."""
        own = self.desk.context.currency
        amounts = [self.value(said) for said in column if isinstance(said, dict) and said.get("amount") is not None]
        self.cents = any(formats.has_cents(each.amount, each.currency or own) for each in amounts)
        return self

    def _flag(self, said: Any, value: bool) -> Cell:
        """A mark in lists, a word on the record's own page."""
        if self.full:
            return Cell(kind="boolean", text=self.kind.show(self.field, value, self.desk.language))
        return Cell(kind="boolean", checked=value)

    def _day(self, said: Any, value: date) -> Cell:
        text = formats.day(value, self.desk.today)
        return Cell(kind="date", text=text, title=formats.ago(value, self.desk.today))

    def _moment(self, said: Any, value: datetime) -> Cell:
        text = formats.moment(value, self.desk.zone, self.desk.now)
        return Cell(kind="date", text=text, title=formats.moment_full(value, self.desk.zone))


def line_cells(desk: Desk, field: Field) -> Cells:
    """Draws computed values of lines that are being typed: below one another, with decimals from the start."""
    made = Cells(desk, field, full=True)
    made.headed = made.cents = True
    return made


Draw = Callable[[Cells, Any, Any], Cell]
DRAWN: tuple[tuple[type, Draw], ...] = (
    (bool, Cells._flag),
    (Money, Cells._money),
    (datetime, Cells._moment),
    (date, Cells._day),
    (Decimal, Cells._number),
    (int, Cells._number),
)


def drawer(
    desk: Desk, column: Column, full: bool = False, rows: Iterable[Mapping[str, Any]] = ()
) -> Callable[[Any], Cell]:
    """What draws the values of a column; an attribute behind the field is a plain word. rows: all that are drawn."""
    if not column.rest:
        return Cells(desk, column.field, full).beside(row.get(column.name) for row in rows)
    words = attribute_words(desk.model, column)
    return lambda said: Cell(text="" if said is None else words.get(said, str(said)))
