"""An amount in a currency. Decimals follow the currency: none for JPY, two for CNY, three for KWD.

Where the field fixes no currency, an amount may come without one. The writer then gives it the record's, by
`in_currency` or, for a computed one, `rounded_in`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from sartor.platform.expressions.types import MONEY, Type
from sartor.platform.fields.base import Column, ColumnKind, FieldType, Reading
from sartor.platform.fields.currencies import (
    CURRENCIES,
    SIGNS,
    TOLD_SEVERAL,
    WITHOUT,
    known_currency,
    said_of_several,
    symbol,
    wire_money,
)
from sartor.platform.fields.digits import (
    MONEY_SCALE,
    currency_digits,
    from_json,
    from_text,
    plain,
    scaled,
    shown,
    within,
    written,
)
from sartor.platform.fields.integer import COMPARING
from sartor.platform.fields.refusal import Parsed, Refused
from sartor.platform.fields.wording import brief, cell_text
from sartor.platform.model import SEVERAL, Field, Model, Money, Several
from sartor.platform.text import gettext as _

_SIGN = re.compile("|".join([*map(re.escape, sorted(SIGNS, key=len, reverse=True)), "[A-Za-z]{3}"]), re.IGNORECASE)


def checked(amount: Decimal, currency: str) -> Money:
    """The amount in a currency; refused where it has decimals that the currency lacks."""
    if scaled(amount, currency_digits(currency)) != amount:
        text = _(
            "%(value)s has too many decimals; %(currency)s has %(most)s.",
            value=plain(amount),
            currency=currency,
            most=currency_digits(currency),
        )
        raise Refused(text, "digits")
    return Money(amount, currency)


class MoneyType(FieldType):
    key = "money"
    label = {"en": "Money", "zh": "金额"}
    icon = "coin"
    group = "number"
    widget = "money"
    operators = COMPARING
    aggregates = ("sum", "avg", "min", "max")
    align = "end"
    tells_blanks = True
    example = {"amount": "1234.50", "currency": "CNY"}
    options_schema = {
        "type": "object",
        "properties": {
            "currency": {
                "type": "string",
                "title": "Currency",
                "description": "The one currency of all amounts; without it each record has its own.",
                "enum": CURRENCIES,
            },
            "minimum": {"type": "number", "title": "Smallest", "description": "Least amount allowed."},
            "maximum": {"type": "number", "title": "Largest", "description": "Greatest amount allowed."},
        },
        "additionalProperties": False,
    }

    def columns(self, field: Field) -> tuple[Column, ...]:
        return (Column("", ColumnKind.DECIMAL, scale=MONEY_SCALE), Column("__cur", ColumnKind.TEXT))

    def expression_type(self, field: Field, model: Model) -> Type:
        return MONEY

    def attribute_suffix(self, field: Field, name: str) -> str | None:
        return "__cur" if name == "currency" else None

    def operand(self, field: Field, value: Money | Several | None) -> Decimal | None:
        return value.amount if value else None

    def attribute(self, field: Field, value: Money | Several | None, name: str) -> str | None:
        return SEVERAL if isinstance(value, Several) else value.currency if value else None

    def from_operand(self, field: Field, operand: Decimal | int | None) -> Money | None:
        return None if operand is None else Money(Decimal(operand), field.options.get("currency"))

    def schema_field(self, field: Field) -> Parsed:
        return Parsed(lambda value: self.parse(field, value))

    def parse(self, field: Field, value: Any) -> Money | None:
        if not isinstance(value, dict):
            value = {"amount": value}
        if unknown := sorted(str(key) for key in set(value) - {"amount", "currency"}):
            raise Refused(_("An amount has no part %(value)s.", value=brief(unknown[0])), "unknown")
        if value.get("amount") is None:
            return None
        amount = within(from_json(value["amount"]), MONEY_SCALE, field.options)
        currency = self._currency(field, known_currency(value.get("currency")))
        return checked(amount, currency) if currency else Money(amount, None)

    def in_currency(self, field: Field, value: Money, currency: str) -> Money:
        """The same amount in this currency, for what people sent.

        :raises ValueError: when it has decimals that the currency lacks.
        """
        return checked(value.amount, currency)

    def rounded_in(self, field: Field, value: Money, currency: str) -> Money:
        """The same amount in this currency, for what was computed: rounded to what the currency has."""
        return Money(scaled(value.amount, currency_digits(currency)), currency)

    def _currency(self, field: Field, said: str | None) -> str | None:
        fixed = field.options.get("currency")
        if said and fixed and said != fixed:
            raise Refused(
                _("The amount is in %(value)s; this field takes %(fixed)s.", value=said, fixed=fixed), "unknown"
            )
        return said or fixed

    def json_schema(self, field: Field) -> dict[str, Any]:
        return {
            "type": "object",
            "properties": {
                "amount": {"type": "string", "pattern": r"^-?\d+(\.\d+)?$"},
                "currency": {"type": ["string", "null"], "description": "ISO 4217 code."},
            },
            "required": ["amount", "currency"],
            "additionalProperties": False,
        }

    def computed_schema(self, field: Field) -> dict[str, Any]:
        found = self.json_schema(field)
        amount, currency = found["properties"]["amount"], found["properties"]["currency"]
        said = f"Null where amounts of several currencies are not added up; the currency is {SEVERAL} then."
        amounts = {**amount, "type": ["string", "null"], "description": said}
        return {**found, "properties": {"amount": amounts, "currency": currency}}

    def told(self, field: Field, said: Any) -> Any:
        """Only what was read can say that it is of several currencies; nobody enters that."""
        return Several() if said == TOLD_SEVERAL else super().told(field, said)

    def dump(self, field: Field, value: Money | Several | None) -> dict[str, Any] | None:
        if not value:
            return None if value is None else dict(TOLD_SEVERAL)
        amount = scaled(value.amount, currency_digits(value.currency))
        return {"amount": format(amount, "f"), "currency": value.currency}

    def dump_wire(self, field: Field) -> Callable[..., Any]:
        return wire_money

    def store(self, field: Field, value: Money | Several | None) -> tuple[Any, ...]:
        """What was computed is rounded to what its currency has; what people send was checked before."""
        if not value:
            return None, None if value is None else SEVERAL
        return scaled(value.amount, currency_digits(value.currency)), value.currency

    def load(self, field: Field, *columns: Any) -> Money | Several | None:
        """A computed amount comes without a currency: it is the field's, if the field has one."""
        if columns[0] is None:
            return Several() if columns[1:] == (SEVERAL,) else None
        return Money(Decimal(columns[0]), columns[1] if len(columns) > 1 else field.options.get("currency"))

    def read_text(self, field: Field, cell: Any, reading: Reading) -> dict[str, Any] | None:
        text = cell_text(cell)
        if text is None:
            return None
        if isinstance(cell, bool) or not re.search(r"\d", text):
            raise self._no_amount(text)
        sign = _SIGN.search(text)
        amount = _SIGN.sub("", text, count=1).strip() if sign else text
        number = from_text(amount, "." if reading.exact else reading.decimal_mark)
        if number is None:
            raise self._no_amount(text)
        return {"amount": plain(number), "currency": known_currency(sign[0] if sign else None)}

    def _no_amount(self, text: str) -> Refused:
        return Refused(_("%(value)s is not an amount; write it like 1234.50.", value=brief(text)), "type")

    def write_text(self, field: Field, value: Money | Several | None, purpose: str, language: str) -> Any:
        if not value:
            return None if value is None or purpose != "spreadsheet" else said_of_several(language)
        if purpose == "spreadsheet" and field.options.get("currency"):
            return scaled(value.amount, currency_digits(value.currency))
        amount = scaled(value.amount, currency_digits(value.currency))
        return f"{format(amount, 'f')} {value.currency or ''}".strip()

    def core_text(self, field: Field, value: Money | Several | None) -> str | None:
        return format(scaled(value.amount, currency_digits(value.currency)), "f") if value else None

    def read_form(self, field: Field, get: Callable[[str], Sequence[str]], reading: Reading) -> Any:
        amount = self.read_text(field, (get("amount") or [""])[-1], reading)
        currency = (get("currency") or [""])[-1].strip()
        return {**amount, "currency": currency or amount["currency"]} if amount else None

    def write_form(self, field: Field, value: Money | Several | None, reading: Reading) -> dict[str, str]:
        if not value:
            return {"amount": "", "currency": field.options.get("currency", "")}
        amount = scaled(value.amount, currency_digits(value.currency))
        return {"amount": written(amount, reading.decimal_mark), "currency": value.currency or ""}

    def show(self, field: Field, value: Money | Several | None, language: str) -> str:
        if not value:
            return "" if value is None else said_of_several(language)
        amount = scaled(value.amount, currency_digits(value.currency))
        places = 0 if amount == amount.to_integral_value() else currency_digits(value.currency or WITHOUT)
        sign = symbol(value.currency, language) if value.currency else ""
        return ("-" if amount < 0 else "") + sign + shown(abs(amount), places, language)

    def widget_options(self, field: Field, language: str) -> dict[str, Any]:
        fixed = field.options.get("currency")
        return {"fixed": fixed, "symbol": symbol(fixed, language)} if fixed else {}

    def literal(self, field: Field, value: Any) -> str:
        return plain(from_json(value.get("amount") if isinstance(value, dict) else value))
