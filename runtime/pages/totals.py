"""Totals below a list: over all records that match, not only over those that are loaded. Currencies stay apart."""

from __future__ import annotations

from decimal import Decimal

from sartor.platform.errors import OverBudget, SartorError
from sartor.platform.query.columns import Column
from sartor.platform.query.question import Group, Sum
from sartor.platform.text import gettext as _
from sartor.platform.ui import format as formats
from sartor.platform.ui.pages.list import Total
from sartor.runtime.pages.desk import Desk
from sartor.runtime.pages.seeing import Seeing, conditions


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
    face = column.field.face
    grouped = face.type.attribute_suffix(face, "currency") is not None
    groups = (Group((*column.path, "currency")),) if grouped else ()
    measure = desk.names.measure(seeing.entity.name, f"{column.total}({column.name})")
    asked = Sum(seeing.entity.name, (measure,), groups, conditions(desk, seeing))
    rows = [row for row in desk.reader.sum(desk.context, asked) if row[-1] is not None]
    if grouped:
        return money_text(desk, [(row[0], Decimal(row[1])) for row in rows])
    return shown(desk, column, rows[0][-1]) if rows else "–"


def money_text(desk: Desk, amounts: list[tuple[str | None, Decimal]], *, cents: bool = False) -> str:
    """Amounts by currency; the workspace's own goes without its sign, as in the rows above. cents: even if zero."""
    own = desk.context.currency
    said = [
        formats.money(amount, currency or own, sign=len(amounts) > 1 or (currency or own) != own, cents=cents)
        for currency, amount in sorted(amounts, key=lambda pair: pair[0] != own)
    ]
    return " + ".join(said) or "–"


def shown(desk: Desk, column: Column, said: object) -> str:
    face = column.field.face
    try:
        value = face.type.from_operand(face, Decimal(str(said)))
        return str(face.type.show(face, value, desk.language))
    except (SartorError, ValueError, ArithmeticError):
        return str(said)
