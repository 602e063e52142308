"""Heads of columns: what they say, how they sort, and where the value stands on a phone."""

from __future__ import annotations

from sartor.platform.fields.digits import is_grouped
from sartor.platform.model import Entity
from sartor.platform.query.columns import Column
from sartor.platform.query.question import Term
from sartor.platform.text import gettext as _
from sartor.platform.ui.format import symbol
from sartor.platform.ui.pages.parts import Head
from sartor.runtime.pages.desk import Desk
from sartor.runtime.pages.lists.seeing import Seeing


def heads(desk: Desk, seeing: Seeing, columns: list[Column]) -> tuple[Head, ...]:
    sort = {term.name: term for term in map(Term.parse, seeing.sort[:1])}
    places = phone_places(desk, seeing.entity, columns)
    return tuple(_head(desk, seeing, each, sort, place) for each, place in zip(columns, places, strict=True))


def _head(desk: Desk, seeing: Seeing, column: Column, sort: dict[str, Term], place: str) -> Head:
    term = sort.get(column.name)
    url = None
    if len(column.path) == 1 and column.field.face.type.sortable:
        url = seeing.url(desk, sort=_next_sort(column.name, term))
    return Head(
        text=head_text(desk, column),
        place=place,
        number=is_number(column),
        sort=None if term is None else "descending" if term.descending else "ascending",
        url=url,
        title=_("Sort by this column") if url else None,
    )


def _next_sort(name: str, term: Term | None) -> str:
    return f"-{name}" if term is not None and not term.descending else name


def is_number(column: Column) -> bool:
    return not column.rest and column.field.face.type.align == "end"


def is_figure(column: Column) -> bool:
    """Whether a number counts something, rather than being a year or naming what it stands beside."""
    return is_number(column) and is_grouped(column.field.face)


def head_text(desk: Desk, column: Column) -> str:
    """Amounts say their currency in the head, once."""
    face = column.field.face
    if not column.rest and face.type.attribute_suffix(face, "currency"):
        currency = face.options.get("currency") or desk.context.currency
        return _("%(label)s, %(unit)s", label=column.label, unit=symbol(currency))
    return column.label


def phone_places(desk: Desk, entity: Entity, columns: list[Column]) -> list[str]:
    """On a phone a row has two lines: name and figure above, second, state and time below; the rest is left out."""
    titles = [number for number, column in enumerate(columns) if column.path == (entity.title,)]
    name = titles[0] if titles else 0
    free = {"second", "state", "figure", "when"}
    places = []
    for number, column in enumerate(columns):
        place = "name" if number == name else next((each for each in _fits(desk, column) if each in free), "")
        free.discard(place)
        places.append(place)
    return places


def _fits(desk: Desk, column: Column) -> tuple[str, ...]:
    """Where a value may stand, by what it is."""
    if is_number(column):
        return ("figure",) if is_figure(column) else ()
    face = column.field.face
    if face.type.pipelines(face):
        return ("state",)
    kind = face.type.expression_type(face, desk.model)
    if kind.name == "choice":
        return ("state",)
    if kind.name in ("date", "instant"):
        return ("when",)
    return ("second",) if face.type.targets(face) or len(column.path) > 1 else ()
