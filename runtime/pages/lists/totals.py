"""Totals below a list: over all records that match, not only over those that are loaded. Currencies stay apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from sartor.platform.errors import OverBudget, SartorError
from sartor.platform.fields.currencies import said_of_several
from sartor.platform.model import SEVERAL, Entity
from sartor.platform.model.formula import Formula
from sartor.platform.query.columns import Column
from sartor.platform.query.question import Group, Sum
from sartor.platform.text import gettext as _
from sartor.platform.ui import format as formats
from sartor.platform.ui.pages.list import Total
from sartor.runtime.pages.desk import Desk
from sartor.runtime.pages.lists.seeing import Seeing, conditions


def words() -> dict[str, str]:
    return {"sum": _("Sum"), "avg": "Ø", "min": _("Least"), "max": _("Most")}


def totals(desk: Desk, seeing: Seeing, columns: list[Column]) -> tuple[Total, ...]:
    """One for each column that asks for it; none where the answer would take too long."""
    found = []
    for place, column in enumerate(columns):
        if column.total and len(column.path) == 1:
            try:
                text = total_text(desk, seeing, column)
            except OverBudget:
                continue
            found.append(Total(words().get(column.total, column.total), text, place))
    return tuple(found)


def total_text(desk: Desk, seeing: Seeing, column: Column) -> str:
    return total_of(desk, seeing.entity, column, conditions(desk, seeing))


def total_of(desk: Desk, entity: Entity, column: Column, where: tuple[Formula, ...]) -> str:
    """Of a column, over all records of an entity for which some conditions hold."""
    face = column.field.face
    grouped = face.type.attribute_suffix(face, "currency") is not None
    groups = (Group((*column.path, "currency")),) if grouped else ()
    measure = desk.names.measure(entity.name, f"{column.total}({column.name})")
    asked = Sum(entity.name, (measure,), groups, where)
    rows = desk.reader.sum(desk.context, asked)
    if grouped:
        return money_text(desk, by_currency(rows))
    rows = [row for row in rows if row[-1] is not None]
    return shown(desk, column, rows[0][-1]) if rows else "–"


Amount = tuple[str | None, Decimal | None]
"""A currency and how much of it; None under `SEVERAL`, for records whose own amount came to no sum."""


def by_currency(rows: Iterable[Sequence[Any]]) -> list[Amount]:
    """Of rows of currency and sum."""
    known = [row for row in rows if row[1] is not None or row[0] == SEVERAL]
    return [(row[0], None if row[1] is None else Decimal(row[1])) for row in known]


def money_text(desk: Desk, amounts: list[Amount], *, cents: bool = False) -> str:
    """Amounts by currency; the workspace's own goes without its sign, as in the rows above. cents: even if zero."""
    own = desk.context.currency
    said = [
        said_of_several(desk.language)
        if amount is None
        else formats.money(amount, currency or own, sign=len(amounts) > 1 or (currency or own) != own, cents=cents)
        for currency, amount in sorted(amounts, key=lambda pair: (pair[1] is None, pair[0] != own, pair[0] or ""))
    ]
    return " + ".join(said) or "–"


def shown(desk: Desk, column: Column, said: object) -> str:
    face = column.field.face
    try:
        value = face.type.from_operand(face, Decimal(str(said)))
    except (SartorError, ValueError, ArithmeticError):  # the last of some days is no number
        value = face.type.told(face, said)
    try:
        return str(face.type.show(face, value, desk.language))
    except (SartorError, ValueError, ArithmeticError, AttributeError, TypeError):
        return str(said)
