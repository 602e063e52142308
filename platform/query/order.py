"""Order: which column a field is sorted by, and the condition for what comes after a row.

Blanks are last in both directions. The rows after a row are asked for in two steps, those with a value in the first
sort column and those without, because an index can start in the middle of either, but not of both at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from sartor.platform.errors import Invalid, Problem
from sartor.platform.fields.base import ColumnKind
from sartor.platform.model import Field
from sartor.platform.query.question import Term
from sartor.platform.query.sources import Source, is_stored
from sartor.platform.storage.columns import sa_type, to_db, wire
from sartor.platform.storage.ranking import MOST, ranked
from sartor.platform.text import gettext as _


@dataclass(frozen=True, slots=True)
class SortColumn:
    """One column of the order, and how its values travel in a cursor."""

    element: sa.ColumnElement[Any]
    kind: ColumnKind
    scale: int
    descending: bool

    def ordered(self, element: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
        return (element.desc() if self.descending else element.asc()).nulls_last()

    def beyond(self, value: sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
        return self.element < value if self.descending else self.element > value

    def bind(self, name: str, dialect: str) -> sa.BindParameter[Any]:
        return sa.bindparam(name, type_=sa_type(self.kind, self.scale, dialect))

    def to_db(self, value: Any, dialect: str) -> Any:
        """A wire value as the driver wants it."""
        if self.kind is ColumnKind.DECIMAL and value is not None:
            value = Decimal(value)
        return to_db(self.kind, self.scale, dialect)(value)

    def wire(self, dialect: str) -> Any:
        return wire(self.kind, self.scale, dialect)


def sort_column(source: Source, term: Term) -> SortColumn:
    """The column for one sort term.

    :raises Invalid: for a field without an order.
    """
    field = source.entity.fields.get(term.name)
    if field is None or not field.face.type.sortable:
        said = _("%(entity)s cannot be sorted by %(name)s.", entity=source.entity.name, name=term.name)
        raise Invalid(said, [Problem("sort", "sort", said)])
    specs = field.type.columns(field)
    spec = next((each for suffix in ("__sort", "__fold") for each in specs if each.suffix == suffix), specs[0])
    if not is_stored(field):
        element, spec = source.columns().column((term.name,)), specs[0]
    else:
        element = source.stored(field, spec.suffix)
    ranks = ranks_of(field)
    return SortColumn(ranked(element, ranks) if ranks else element, spec.kind, spec.scale, term.descending)


def ranks_of(field: Field) -> tuple[str, ...]:
    """Keys of choices or stages in the order in which lists show them; none where a field is sorted by its values."""
    keys = field.face.type.ranks(field.face)
    return keys if len(keys) <= MOST else ()


def order_by(columns: Sequence[SortColumn], id_column: sa.ColumnElement[Any]) -> list[sa.ColumnElement[Any]]:
    """The full order; the id breaks ties, in the direction of the last column so that one index serves both."""
    last = id_column.desc() if columns and columns[-1].descending else id_column.asc()
    return [*(each.ordered(each.element) for each in columns), last]


def after(
    columns: Sequence[SortColumn], id_column: sa.ColumnElement[Any], blanks: Sequence[bool], dialect: str
) -> sa.ColumnElement[bool]:
    """The rows after a row whose sort values are parameters `after_0`, …, and whose id is `after_id`.

    blanks: which of the values are blank. Rows with a blank first column are left out unless the row is one of them.
    """
    binds = [each.bind(f"after_{number}", dialect) for number, each in enumerate(columns)]
    after_id = sa.bindparam("after_id", type_=sa.BigInteger())
    descending = bool(columns) and columns[-1].descending
    condition: sa.ColumnElement[bool] = id_column < after_id if descending else id_column > after_id
    for number in reversed(range(len(columns))):
        column, bind = columns[number], binds[number]
        if blanks[number]:
            condition = sa.and_(column.element.is_(None), condition)
            continue
        beyond = column.beyond(bind)
        if number:
            beyond = sa.or_(beyond, column.element.is_(None))
            condition = sa.or_(beyond, sa.and_(column.element == bind, condition))
        else:
            # The first comparison alone bounds the range that an index has to read.
            reach = column.element <= bind if column.descending else column.element >= bind
            condition = sa.and_(reach, sa.or_(beyond, condition))
    return condition
