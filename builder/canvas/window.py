"""A view whose type arranges all records of a stretch (a month), drawn on a canvas by a template of the type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from jsonschema import Draft202012Validator

from sartor.builder.canvas.cell_texts import CellTexts
from sartor.builder.canvas.lanes import Seat
from sartor.builder.rendering import text
from sartor.platform.definitions.documents import Document
from sartor.platform.definitions.validate import faults
from sartor.platform.errors import SartorError
from sartor.platform.model import Entity, Item, View
from sartor.platform.query.columns import Column, column
from sartor.platform.query.question import LARGEST_PAGE, Question
from sartor.platform.query.windows import held
from sartor.platform.text import gettext as _
from sartor.platform.ui.pages.parts import Cell, Tinted
from sartor.platform.ui.tones import dots_of
from sartor.platform.views.base import CANVASES, Seen, Sight, Window


@dataclass(frozen=True, slots=True)
class WindowCanvas:
    """What the template of a canvas gets. columns: the keys of the columns that are the cells of each record; title: of
    the column that shows its title, if there is one."""

    template: str
    arranged: Any
    columns: tuple[str, ...]
    title: str | None


@dataclass(frozen=True)
class Windows:
    """Draws one view. texts: how values are read; place: which part of the records is looked at."""

    seat: Seat
    entity: Entity
    view: View
    texts: CellTexts
    place: Mapping[str, str]

    def sight(self) -> Sight:
        zone = self.texts.zone
        known = {name: self.place[name] for name in self.view.type.places if self.place.get(name)}

        def url(**changes: str | None) -> str:
            """What the canvas is asked with to show another part."""
            return "?" + urlencode({name: said for name, said in {**known, **changes}.items() if said is not None})

        today = self.seat.context.now().astimezone(zone).date()
        return Sight(place=known, today=today, zone=zone, url=url, new=None, may_write=lambda _name: False)

    def drawn(self, question: Question, columns: Mapping[str, Column | None], tint: Any) -> str:
        """HTML; nothing where the type goes by rows after all. tint: the colour of a row by the view's conditions."""
        sight = self.sight()
        window = self.view.type.window(self.view, self.seat.model, sight)
        if window is None:
            return ""
        fields = {name: column(self.seat.model, self.entity, Item((name,))) for name in self._readable(window)}
        found = held(
            self.seat.reader, self.seat.context, window, lambda where: self._asked(question, window, fields, where)
        )
        shown = {key: each for key, each in columns.items() if each and each.path != (self.entity.title,)}
        seen = [self._seen(row, tuple(shown.values()), fields, tint(row)) for row in found.rows]
        seen_from = replace(sight, counts=found.counts)
        arranged = self.view.type.arranged(self.view, self.seat.model, seen_from, seen)
        title = next((key for key, each in columns.items() if each and each.path == (self.entity.title,)), None)
        return text(WindowCanvas(self.view.type.canvas, arranged, tuple(shown), title))

    def _readable(self, window: Window) -> list[str]:
        access = self.seat.context.access
        return [name for name in window.fields if access.path_is_readable(self.entity.name, (name,))]

    def _asked(
        self, question: Question, window: Window, fields: Mapping[str, Column], where: Sequence[str]
    ) -> Question:
        """:raises Invalid: for a window that asks for what is closed to the designer."""
        names = self.seat.names
        inside = names.conditions(self.entity.name, list(where))
        return replace(
            question,
            fields=tuple(dict.fromkeys([*question.fields, *((name,) for name in fields)])),
            where=(*question.where, *inside),
            sort=names.terms(self.entity.name, ",".join(window.sort)),
            limit=LARGEST_PAGE,
        )

    def _seen(self, row: Mapping[str, Any], shown: Sequence[Column], fields: Mapping[str, Column], tint: str) -> Seen:
        title = column(self.seat.model, self.entity, Item((self.entity.title,)))
        return Seen(
            id=row["id"],
            title=self.texts.of(title)(row.get(title.name)) or _("(no name)"),
            href="",
            peek_url="",
            version="",
            said={name: row[name] for name in fields},
            drawn={name: self._cell(each, row[name]) for name, each in fields.items()},
            cells=tuple(self._cell(each, row[each.name]) for each in shown),
            tint=Tinted(tint, "") if tint else None,
        )

    def _cell(self, column: Column, said: Any) -> Cell:
        dots = {} if column.rest else dots_of(column.field.face, self.seat.model, self.seat.context.language)
        return Cell(text=self.texts.of(column)(said), dot=dots.get(said) if isinstance(said, str) else None)


def is_drawn(kind: Any) -> bool:
    """Whether a type brings a template for canvases."""
    return kind.canvas not in CANVASES


def windows(
    seat: Seat, entity: Entity, kind: Any, view: Document, texts: CellTexts, place: Mapping[str, str]
) -> Windows:
    """:raises SartorError: where the options cannot work on what is published, in the words of the type."""
    options = view.get("options", {})
    made = View("", entity.name, kind, "", (), None, (), options=options)
    problems = faults(Draft202012Validator(kind.options_schema), options) or kind.check(made, seat.model)
    if problems:
        raise SartorError(problems[0].message)
    return Windows(seat, entity, made, texts, place)
