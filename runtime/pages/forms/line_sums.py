"""What columns of lines come to: the total that each asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from sartor.platform.errors import SartorError
from sartor.platform.model import SEVERAL
from sartor.platform.text import gettext as _
from sartor.runtime.pages.desk import Desk
from sartor.runtime.pages.forms.line_columns import LineColumn
from sartor.runtime.pages.lists.totals import money_text, words

SUM = "sum"


def mean(values: list[Any]) -> Any:
    return sum(values) / Decimal(len(values))


WAYS: Mapping[str, Callable[[list[Any]], Any]] = {SUM: sum, "avg": mean, "min": min, "max": max}


def line_sums(desk: Desk, columns: Iterable[LineColumn], rows: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """The total of each column that asks for one, by its name; blank where no line has a value. rows: as JSON."""
    rows = list(rows)
    return {
        each.name: _led(each.total, _text(desk, each, [row.get(each.name) for row in rows]))
        for each in columns
        if each.total
    }


def sums_lead(columns: Iterable[LineColumn]) -> str:
    """What stands before the totals: that they are sums, if any of them is."""
    return _("Sum") if any(each.total == SUM for each in columns) else ""


def _led(way: str, text: str) -> str:
    """Whatever is no sum says what it is."""
    return text if way == SUM or not text else f"{words()[way]} {text}"


def _text(desk: Desk, column: LineColumn, said: list[Any]) -> str:
    given = [each for each in said if each is not None]
    if not given or column.total is None:
        return ""
    face = column.field.face
    if face.type.attribute_suffix(face, "currency"):
        return money_text(desk, _by_currency(given, WAYS[column.total]), cents=True)
    values = [face.type.operand(face, face.type.told(face, each)) for each in given]
    return _shown(desk, column, WAYS[column.total](values))


def _by_currency(
    said: Iterable[Mapping[str, Any]], way: Callable[[list[Any]], Any]
) -> list[tuple[str | None, Decimal | None]]:
    amounts: dict[str | None, list[Decimal] | None] = {}
    for each in said:
        if each["currency"] == SEVERAL:
            amounts[SEVERAL] = None
        else:
            known = amounts.setdefault(each["currency"], [])
            assert known is not None
            known.append(Decimal(each["amount"]))
    return [(currency, None if each is None else way(each)) for currency, each in amounts.items()]


def _shown(desk: Desk, column: LineColumn, total: Any) -> str:
    face = column.field.face
    try:
        return str(face.type.show(face, face.type.from_operand(face, total), desk.language))
    except (SartorError, ValueError, ArithmeticError):  # an average of whole numbers is none
        return f"{total:.2f}" if isinstance(total, Decimal) else str(total)
