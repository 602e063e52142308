"""Currencies: their codes, the signs that people write, and amounts as they come from the database."""

from __future__ import annotations

from typing import Any

from babel.numbers import get_currency_symbol, list_currencies

from sartor.platform.fields.digits import LOCALES, MONEY_SCALE, currency_digits
from sartor.platform.fields.refusal import Refused
from sartor.platform.fields.wording import brief
from sartor.platform.model.values import SEVERAL
from sartor.platform.text import gettext as _
from sartor.platform.text import near, pick

CURRENCIES = sorted(set(list_currencies("en")) - {SEVERAL})
"""What people may choose; `SEVERAL` is a code of the standard, too, but nobody's money."""
SIGNS = {
    "¥": "CNY", "\uffe5": "CNY", "元": "CNY", "RMB": "CNY", "人民币": "CNY", "JP¥": "JPY", "$": "USD", "US$": "USD",
    "HK$": "HKD", "€": "EUR", "£": "GBP",
}  # fmt: skip
WITHOUT = "CNY"  # an amount without a currency is shown with two decimals
SYMBOLS = {"CNY": "¥", "JPY": "JP¥"}


def symbol(currency: str, language: str) -> str:
    """The sign of a currency; `¥` is the yuan, `JP¥` the yen."""
    return SYMBOLS.get(currency) or get_currency_symbol(currency, locale=LOCALES.get(language, LOCALES["en"]))


def known_currency(code: Any) -> str | None:
    """An ISO 4217 code; a sign people write for it (`¥`, `元`) will do."""
    if code is None or code == "":
        return None
    said = code.strip().upper() if isinstance(code, str) else ""
    found = SIGNS.get(said, said)
    if found not in CURRENCIES:
        guess = near(found, CURRENCIES)
        hint = _("Did you mean %(near)s?", near=guess) if guess else _("Use a code such as CNY.")
        raise Refused(_("%(value)s is not a currency. %(hint)s", value=brief(code), hint=hint), "unknown", guess)
    return found


TOLD_SEVERAL = {"amount": None, "currency": SEVERAL}
"""JSON of what amounts of several currencies come to."""

SAID_SEVERAL = {"en": "several currencies", "zh": "多币种"}


def said_of_several(language: str) -> str:
    """What people read where an amount would stand."""
    return pick(SAID_SEVERAL, language)


CUT = {currency: MONEY_SCALE - currency_digits(currency) for currency in (*CURRENCIES, SEVERAL)}


def wire_money(amount: str | None, currency: str | None) -> dict[str, Any] | None:
    """JSON of an amount that comes with all three decimals, by cutting those that its currency lacks."""
    if amount is None:
        return dict(TOLD_SEVERAL) if currency == SEVERAL else None
    cut = CUT.get(currency or "", 0)
    if cut:
        amount = amount[: -cut - 1] if cut == MONEY_SCALE else amount[:-cut]
    return {"amount": amount, "currency": currency}
