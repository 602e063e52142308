"""How values are said: numbers, money, percents, days, moments, spans, in the reader's language.

Lists show numbers in full; cards and figures short (`¥2.38M`, `¥238万`). Rounding is half up, as everywhere.
The language is the reader's unless given. Days are `date`, moments aware `datetime`; the zone is always said.
"""

from __future__ import annotations

from datetime import date, datetime, tzinfo
from decimal import ROUND_HALF_UP, Context, Decimal

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal, get_currency_precision, get_currency_symbol

from sartor.platform.text import gettext as _
from sartor.platform.text import language as readers_language
from sartor.platform.text import ngettext

Number = int | Decimal
NBSP = "\u00a0"
LOCALES = {"en": Locale("en"), "zh": Locale("zh", "CN", "Hans")}
SYMBOLS = {"CNY": "¥", "JPY": "JP¥"}
ENGLISH_STEPS = ((Decimal(10**9), "B"), (Decimal(10**6), "M"), (Decimal(10**3), "K"))
CHINESE_STEPS = ((Decimal(10**8), "亿"), (Decimal(10**4), "万"))
SHORT_FROM = 100_000
"""Smaller numbers that stand alone are written in full."""
THREE_DIGITS = Context(prec=3, rounding=ROUND_HALF_UP)


def locale(language: str | None = None) -> Locale:
    return LOCALES.get(language or readers_language(), LOCALES["en"])


def rounded(value: Number, places: int) -> Decimal:
    """Half up to so many decimals; never `-0`."""
    result = Decimal(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return result if result else abs(result)


def number(
    value: Number | None, places: int | None = None, language: str | None = None, *, grouped: bool = True
) -> str:
    """With thousands separators, unless not grouped. places: that many decimals; None: those that the value has."""
    if value is None:
        return ""
    if places is None:
        exponent = Decimal(value).normalize().as_tuple().exponent
        places = max(0, -exponent) if isinstance(exponent, int) else 0
    pattern = ("#,##0" if grouped else "0") + ("." + "0" * places if places else "")
    return format_decimal(rounded(value, places), pattern, locale=locale(language), decimal_quantization=False)


def symbol(currency: str, language: str | None = None) -> str:
    """The sign of a currency; `¥` is the yuan, `JP¥` the yen."""
    return SYMBOLS.get(currency) or get_currency_symbol(currency, locale=locale(language))


def has_cents(value: Number | None, currency: str) -> bool:
    """Whether an amount is not whole in its currency."""
    amount = rounded(value or 0, get_currency_precision(currency))
    return amount != amount.to_integral_value()


def money(
    value: Number | None, currency: str, *, sign: bool = True, cents: bool = False, language: str | None = None
) -> str:
    """In full: `¥2,380,000`, `¥1,234.50`. Decimals follow the currency and are left out when all are zero.

    cents: keep them all the same, in a column where another amount has some.
    """
    if value is None:
        return ""
    places = get_currency_precision(currency)
    amount = rounded(value, places)
    text = number(abs(amount), places if cents or has_cents(value, currency) else 0, language)
    return ("-" if amount < 0 else "") + (symbol(currency, language) if sign else "") + text


def compact(value: Number | None, language: str | None = None) -> str:
    """Short: `2.38M`, `980K`; `238万`, `1.24亿`; small numbers as they are."""
    if value is None:
        return ""
    amount, minus = abs(Decimal(value)), "-" if value < 0 else ""
    chinese = locale(language).language == "zh"
    for step, unit in CHINESE_STEPS if chinese else ENGLISH_STEPS:
        shown = _chinese(amount / step, unit) if chinese else _english(amount / step, unit)
        if shown:
            return minus + shown
    return minus + number(rounded(amount, 2), None, language)


def _english(share: Decimal, unit: str) -> str | None:
    """Three digits; zeros kept from a million up so that columns of figures look alike. 999,500 counts as 1.00M.

    Up to 9,999 the number itself is as short.
    """
    if share < Decimal("0.9995" if unit != "K" else "10"):
        return None
    short = THREE_DIGITS.plus(share)
    text = f"{short:f}"
    if unit == "K":
        text = text.rstrip("0").rstrip(".") if "." in text else text
    elif "." in text or len(text) < 3:
        digits = len(text.replace(".", ""))
        text = (text if "." in text else text + ".") + "0" * (3 - digits)
    return text + unit


def _chinese(share: Decimal, unit: str) -> str | None:
    if share < 1:
        return None
    places = 0 if share >= 1000 else 1 if share >= 100 or unit == "万" else 2
    text = number(rounded(share, places), None, "zh")
    return text + unit


def money_compact(value: Number | None, currency: str, language: str | None = None) -> str:
    """For cards and figures: `¥2.38M`, `¥238万`."""
    if value is None:
        return ""
    return ("-" if value < 0 else "") + symbol(currency, language) + compact(abs(Decimal(value)), language)


def money_brief(value: Number, currency: str, language: str | None = None) -> str:
    """For cards of records: in full as long as that is short (`¥28,762.72`), then as `money_compact`."""
    if abs(Decimal(value)) < SHORT_FROM:
        return money(value, currency, language=language)
    return money_compact(value, currency, language)


def percent(value: Number | None, places: int | None = None, language: str | None = None) -> str:
    """Of a fraction: `Decimal("0.065")` is `6.5 %`; at most two decimals unless said otherwise."""
    if value is None:
        return ""
    share = Decimal(value) * 100
    text = number(rounded(share, 2), None, language) if places is None else number(share, places, language)
    return text + NBSP + "%"


def day(value: date | None, today: date | None = None, language: str | None = None) -> str:
    """Short: `26 Sep`, `9月26日`; with the year where it is not this one (or today is not given)."""
    if value is None:
        return ""
    same = today is not None and value.year == today.year
    if locale(language).language == "zh":
        return format_date(value, "M月d日" if same else "y年M月d日", locale=locale(language))
    return format_date(value, "d MMM" if same else "d MMM y", locale=locale(language))


def day_long(value: date, today: date | None = None, language: str | None = None) -> str:
    """With the weekday, as a heading: `Monday, 14 September`, `9月14日 星期一`."""
    same = today is not None and value.year == today.year
    if locale(language).language == "zh":
        return format_date(value, "M月d日 EEEE" if same else "y年M月d日 EEEE", locale=locale(language))
    return format_date(value, "EEEE, d MMMM" if same else "EEEE, d MMMM y", locale=locale(language))


def day_near(value: date | None, today: date, language: str | None = None) -> str:
    """Today, Yesterday and Tomorrow by name, other days short."""
    names = {0: _("Today"), -1: _("Yesterday"), 1: _("Tomorrow")}
    return "" if value is None else names.get((value - today).days) or day(value, today, language)


def ago(value: date, today: date) -> str:
    """The distance in words: `3 days ago`, `in 10 days`; weeks and months when it is far."""
    days = (value - today).days
    if abs(days) <= 1:
        return {0: _("today"), -1: _("yesterday"), 1: _("tomorrow")}[days]
    far, n = days < 0, abs(days)
    if n < 21:
        past, ahead = ngettext("%(n)s day ago", "%(n)s days ago", n), ngettext("in %(n)s day", "in %(n)s days", n)
    elif n < 60:
        n //= 7
        past, ahead = ngettext("%(n)s week ago", "%(n)s weeks ago", n), ngettext("in %(n)s week", "in %(n)s weeks", n)
    elif n < 730:
        n //= 30
        past = ngettext("%(n)s month ago", "%(n)s months ago", n)
        ahead = ngettext("in %(n)s month", "in %(n)s months", n)
    else:
        n //= 365
        past, ahead = ngettext("%(n)s year ago", "%(n)s years ago", n), ngettext("in %(n)s year", "in %(n)s years", n)
    return past if far else ahead


def moment(value: datetime | None, zone: tzinfo, now: datetime, language: str | None = None) -> str:
    """Short: `14:20` today, `Yesterday 14:20`, `4 Sep 14:20`, with the year where it is not this one."""
    if value is None:
        return ""
    local, today = value.astimezone(zone), now.astimezone(zone).date()
    time = local.strftime("%H:%M")
    return time if local.date() == today else f"{day_near(local.date(), today, language)} {time}"


def moment_full(value: datetime | None, zone: tzinfo, language: str | None = None) -> str:
    """Everything, for titles: `4 Sep 2026 14:20:05`, `2026年9月4日 14:20:05`."""
    if value is None:
        return ""
    pattern = "y年M月d日 HH:mm:ss" if locale(language).language == "zh" else "d MMM y HH:mm:ss"
    return format_datetime(value.astimezone(zone), pattern, locale=locale(language))


def span(seconds: int) -> str:
    """A length of time in its largest unit: `40 s`, `5 min`, `3 h`, `19 d`."""
    for size, say in ((86400, _("%(n)s d")), (3600, _("%(n)s h")), (60, _("%(n)s min"))):
        if seconds >= size:
            return say % {"n": number(seconds // size)}
    return _("%(n)s s") % {"n": seconds}


def letters(name: str) -> str:
    """What stands in a person's circle: the surname in Chinese, initials otherwise."""
    words = name.split()
    if not words:
        return "?"
    if ord(words[0][0]) > 0x2E80:
        return words[0][0]
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()
