"""Lanes of a view on a canvas: the values of the field that its type compares first, each with its first cards."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol

from sartor.platform.access.context import Context
from sartor.platform.definitions.documents import Document
from sartor.platform.model import Entity, Field, Model, View
from sartor.platform.query.asking import Names
from sartor.platform.query.question import Question
from sartor.platform.query.reader import Reader
from sartor.platform.text import pick
from sartor.platform.ui.format import number
from sartor.platform.ui.tones import dots_of

CARDS = 4
LANES = "lanes"


class Seat(Protocol):
    """Who looks, on what is published."""

    @property
    def context(self) -> Context: ...

    @property
    def model(self) -> Model: ...

    @property
    def reader(self) -> Reader: ...
    @property
    def names(self) -> Names: ...


@dataclass(frozen=True, slots=True)
class Lane:
    """tints: the colour of each card, empty for none. dot: its own, of the stage or choice."""

    label: str
    count: str
    cards: tuple[tuple[str, ...], ...]
    tints: tuple[str, ...] = ()
    dot: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A lane with its records."""

    label: str
    count: str
    dot: str
    rows: tuple[Mapping[str, Any], ...]

    def drawn(
        self, texts: Callable[[Mapping[str, Any]], tuple[str, ...]], tint: Callable[[Mapping[str, Any]], str]
    ) -> Lane:
        cards, tints = tuple(map(texts, self.rows)), tuple(map(tint, self.rows))
        return Lane(self.label, self.count, cards, tints, self.dot)


def lane_field(kind: Any, view: Document, entity: Entity, model: Model) -> Field | None:
    """The field whose values are the lanes; None for a view that has none."""
    if kind.canvas != LANES:
        return None
    options = view.get("options", {})
    asked = View("", entity.name, kind, "", (), None, (), options=options)
    equal = next((shape.equal for shape in kind.shapes(asked, model) if shape.equal), ())
    return entity.fields.get(equal[0]) if equal else None


def lanes(seat: Seat, question: Question, field: Field, pipeline: str) -> Iterator[Found]:
    """A statement for each lane, all of one shape."""
    dots = dots_of(field, seat.model, seat.context.language)
    for key, label in _values(seat, field, pipeline):
        asked = replace(question, equal=(field.name,), given={field.name: key}, limit=CARDS)
        rows = tuple(seat.reader.page(seat.context, asked).rows)
        count, capped = seat.reader.count(seat.context, asked)
        yield Found(label, number(count) + ("+" if capped else ""), dots.get(key, ""), rows)


def _values(seat: Seat, field: Field, pipeline: str) -> list[tuple[str, str]]:
    names = field.type.pipelines(field)
    if names:
        stages = seat.model.pipelines[pipeline if pipeline in names else names[0]].stages
        return [(key, pick(stage.label)) for key, stage in stages.items()]
    offered = field.type.widget_options(field, seat.context.language).get("options", ())
    return [(each["value"], each["text"]) for each in offered]
