"""A computed field's columns, worked out in SQL as a write would store them: rounded, with currency and shadows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from sartor.platform.expressions import to_value
from sartor.platform.expressions.sql.constants import whole, without_empty
from sartor.platform.expressions.sql.fitting import Fixed, folded, ordered, to_units
from sartor.platform.fields.base import Column, ColumnKind
from sartor.platform.fields.currencies import CUT
from sartor.platform.fields.digits import MONEY_SCALE, currency_digits
from sartor.platform.model import Field
from sartor.platform.query.sources import Source

Element = sa.ColumnElement[Any]
USUAL = 2


def has_columns_in_sql(field: Field) -> bool:
    """Whether `worked_out` knows a formula's columns; not for types that take a value apart in ways of their own (an
    address)."""
    return _is_amount(field) or len([each for each in field.type.columns(field) if not each.shadow]) == 1


def worked_out(source: Source, field: Field, binds: Fixed) -> Mapping[str, Element]:
    """The columns of a stored formula by name, for the rows of a source. binds: what a write would take."""
    specs = [each for each in field.type.columns(field) if not each.shadow]
    made: dict[str, Element] = {}
    if _is_amount(field):
        made[field.stored_as + specs[1].suffix] = _currency(source, field, binds.env.currency)
    places = places_in(field, *made.values())
    value = _value(source, field, specs[0], binds, places)
    made = {name: sa.case((value.is_not(None), each)) for name, each in made.items()}
    return {field.stored_as: value, **made, **shadows(field, value, source.statement.dialect)}


def _value(source: Source, field: Field, spec: Column, binds: Fixed, places: Element | None) -> Element:
    formula, columns = field.formula, source.columns(as_system=True)
    assert formula is not None
    if spec.kind is ColumnKind.DECIMAL:
        return to_units(formula, columns, binds, spec.scale, places)
    value = to_value(formula, columns, binds, binds.dialect)
    return _line(value, spec, field) if formula.type.name == "text" else value


def _line(text: Element, spec: Column, field: Field) -> Element:
    """Without blanks at both ends, and blank where it is longer than the field takes."""
    longest = getattr(field.face.type, "longest", None)
    trimmed = without_empty(sa.func.trim(text, type_=sa.Text()))
    if spec.kind is not ColumnKind.TEXT or longest is None:
        return text
    return sa.case((sa.func.length(trimmed) <= whole(longest(field.face)), trimmed))


def _is_amount(field: Field) -> bool:
    return hasattr(field.face.type, "rounded_in")


def _currency(source: Source, field: Field, usual: str) -> Element:
    """What an amount is in that does not say so, as a write has it."""
    fixed = field.face.options.get("currency")
    name = source.entity.currency_field
    if fixed or not name:
        return sa.literal(fixed or usual, sa.Text())
    return sa.func.coalesce(source.stored(source.entity.fields[name]), sa.literal(usual, sa.Text()), type_=sa.Text())


def places_in(field: Field, currency: Element | None = None) -> Element | None:
    """How many decimals a computed amount has, by the currency that it is in; None for what is no amount."""
    if currency is None or not _is_amount(field):
        return None
    unlike = {code: MONEY_SCALE - cut for code, cut in CUT.items() if MONEY_SCALE - cut != USUAL}
    known: list[tuple[Any, Element]] = [
        (currency.in_([code for code in unlike if unlike[code] == each]), whole(each))
        for each in sorted({*unlike.values()})
    ]
    none: tuple[Any, Element] = (currency.is_(None), whole(currency_digits(None)))
    return sa.case(none, *known, else_=whole(USUAL))


def shadows(field: Field, value: Element, dialect: str) -> Mapping[str, Element]:
    """What stands beside a text to be compared and ordered by."""
    ways = {"__fold": folded, "__sort": ordered}
    names = [each.suffix for each in field.type.columns(field) if each.shadow]
    return {field.stored_as + name: ways[name](value, dialect) for name in names}
