"""What the computed amounts of lines come to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from sartor.platform.model import SEVERAL, Field
from sartor.runtime.pages.desk import Desk
from sartor.runtime.pages.lists.totals import money_text


def line_sums(desk: Desk, fields: Iterable[Field], rows: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """The sum of each computed column of amounts, by its name; blank where no line has one. rows: as JSON."""
    rows = list(rows)
    found = {}
    for field in fields:
        if field.type.computed and field.face.type.attribute_suffix(field.face, "currency"):
            amounts = _by_currency(row.get(field.name) for row in rows)
            found[field.name] = money_text(desk, amounts, cents=True) if amounts else ""
    return found


def _by_currency(said: Iterable[Any]) -> list[tuple[str | None, Decimal | None]]:
    sums: dict[str | None, Decimal | None] = {}
    for each in said:
        if each and each["currency"] == SEVERAL:
            sums[SEVERAL] = None
        elif each:
            sums[each["currency"]] = (sums.get(each["currency"]) or Decimal(0)) + Decimal(each["amount"])
    return list(sums.items())
