"""Tables of lines: columns with their heads, a row for each line, and what stands below them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sartor.platform.fields.currencies import TOLD_SEVERAL, said_of_several
from sartor.platform.model import Entity, Item, Lines, Model
from sartor.platform.query.columns import end_of, label_of
from sartor.platform.templating.held import Held, Manner
from sartor.platform.text import gettext as _
from sartor.platform.text import pick
from sartor.platform.ui import format as formats
from sartor.platform.ui.pages.sheet import Column, Table


def table(model: Model, lines: Lines, rows: Sequence[Held], manner: Manner) -> Table:
    """In the manner given; totals are exact, an amount in each currency by itself."""
    entity = model.entity(lines.entity)
    columns = [_column(model, entity, item, manner) for item in lines.columns]
    made = [tuple(row.shown(item.path) for item in lines.columns) for row in rows]
    foot = tuple(_total(model, entity, item, rows, manner) for item in lines.columns) if rows else ()
    if lines.numbered:
        columns.insert(0, Column(_("No."), number=True, width=1))
        made = [(str(number), *row) for number, row in enumerate(made, 1)]
        foot = ("", *foot) if foot else ()
    empty = pick(lines.empty, manner.language) if lines.empty and not rows else ""
    return Table(tuple(columns), tuple(made), _named(foot, columns) if any(foot) else (), empty)


def _column(model: Model, entity: Entity, item: Item, manner: Manner) -> Column:
    field, rest = end_of(model, entity, item.path)
    label = pick(item.label, manner.language) or label_of(model, entity, item.path)
    return Column(label, not rest and field.face.type.align == "end", item.width)


def _named(foot: tuple[str, ...], columns: Sequence[Column]) -> tuple[str, ...]:
    """The first cell without a total says what the others are."""
    place = next((n for n, said in enumerate(foot) if not said and not columns[n].number), None)
    return foot if place is None else (*foot[:place], _("Total"), *foot[place + 1 :])


def _total(model: Model, entity: Entity, item: Item, rows: Sequence[Held], manner: Manner) -> str:
    if item.total is None:
        return ""
    values = [row.get(item.path) for row in rows]
    given = [each for each in values if each is not None]
    if item.total == "count":
        return formats.number(len(given), 0, manner.language)
    if not given:
        return ""
    field, _rest = end_of(model, entity, item.path)
    face = field.face
    work_out = TOTALS[item.total]
    if face.type.attribute_suffix(face, "currency") is not None:
        return _of_money(item, rows, work_out, manner)
    return str(face.type.show(face, face.type.from_operand(face, work_out(given)), manner.language))


def _of_money(item: Item, rows: Sequence[Held], work_out: Callable[[Any], Any], manner: Manner) -> str:
    by_currency: dict[str, list[Decimal]] = defaultdict(list)
    for row in rows:
        said = row.row.get(".".join(item.path))
        if said == TOLD_SEVERAL:
            return said_of_several(manner.language)
        if said:
            by_currency[said["currency"] or manner.currency].append(Decimal(said["amount"]))
    made = (
        formats.money(work_out(amounts), currency, cents=True, language=manner.language)
        for currency, amounts in sorted(by_currency.items())
    )
    return " + ".join(made)


def _average(values: Sequence[Any]) -> Decimal:
    return (sum(values, Decimal(0)) / len(values)).quantize(Decimal("1e-6"), ROUND_HALF_UP)


TOTALS: dict[str, Callable[[Any], Any]] = {
    "sum": lambda values: sum(values, Decimal(0)),
    "avg": _average,
    "min": min,
    "max": max,
}
