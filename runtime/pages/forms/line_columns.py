"""The columns of a table of lines: those that the form chose, else those of the lines' own form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sartor.platform.model import Field, LineTable
from sartor.platform.query.columns import Column
from sartor.platform.query.question import Term
from sartor.platform.text import pick
from sartor.runtime.pages.desk import Desk

MOST = 8
"""How many columns a table has that nobody chose."""


@dataclass(frozen=True, slots=True)
class LineColumn:
    """label: its head. total: what stands below it, if anything."""

    field: Field
    label: str
    total: str | None = None

    @property
    def name(self) -> str:
        return self.field.name

    @property
    def as_column(self) -> Column:
        return Column((self.name,), self.field, self.label)


def line_columns(desk: Desk, field: Field, table: LineTable | None) -> list[LineColumn]:
    """Those that the reader may see."""
    name, lookup = field.type.owns(field)
    readable = {each.name: each for each in desk.access.readable(name) if each.name != lookup}
    if table is not None and table.columns:
        shown = [(readable[item.path[0]], item) for item in table.columns if item.path[0] in readable]
        return [LineColumn(each, pick(item.label or each.label), item.total) for each, item in shown]
    return [LineColumn(each, pick(each.label), _by_itself(each)) for each in _of_their_form(desk, name, readable)]


def _by_itself(field: Field) -> str | None:
    """Amounts that are worked out are summed up without being asked to."""
    is_amount = field.face.type.attribute_suffix(field.face, "currency") is not None
    return "sum" if field.type.computed and is_amount else None


def _of_their_form(desk: Desk, name: str, readable: dict[str, Field]) -> list[Field]:
    """What stands on the form of the lines, else what can be typed and what is computed."""
    designed = {each.name: each for each in readable.values() if not each.system}
    form = desk.model.form_of(name, "quick") or desk.model.form_of(name)
    if form:
        names = [item.path[0] for section in form.sections for item in section.items if len(item.path) == 1]
        chosen = [designed[each] for each in names if each in designed]
    else:
        chosen = [each for each in designed.values() if not each.read_only]
    return [each for each in chosen if each.type.owns(each) is None][:MOST]


def line_order(desk: Desk, field: Field, table: LineTable | None) -> tuple[Term, ...]:
    """The order of the lines; that in which they were made where nothing else is said, or open to the reader."""
    name, _lookup = field.type.owns(field)
    readable = {each.name for each in desk.access.readable(name)}
    return (*_terms(table, readable), Term("id"))


def _terms(table: LineTable | None, readable: set[str]) -> Iterator[Term]:
    terms = [Term.parse(each) for each in table.sort] if table else []
    return (each for each in terms if each.name in readable)
