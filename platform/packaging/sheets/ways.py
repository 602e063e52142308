"""Which type of field a column is for, and which of its values that type would refuse.

Every proposal is tried: each value that was looked at goes through the field as an import would send it. What the field
refuses is told; a type that refuses more than a few is not proposed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import marshmallow as ma

from sartor.platform.access.context import Context
from sartor.platform.definitions.extensions import Extensions
from sartor.platform.errors import Invalid, InvalidDefinition
from sartor.platform.fields.base import Reading
from sartor.platform.fields.currencies import SIGNS
from sartor.platform.fields.wording import cell_text
from sartor.platform.model import Field
from sartor.platform.packaging.sheets.choosing import choices
from sartor.platform.packaging.sheets.linking import KEYED
from sartor.platform.packaging.sheets.looking import FEW, Seen
from sartor.platform.packaging.sheets.proposal import CHOICE, Misfit, Reason
from sartor.platform.packaging.sheets.proposal import MONEY as AMOUNT
from sartor.platform.records.files.guess import BLANK_WORDS, FITS, MOST_OPTIONS, Guess, guess
from sartor.platform.records.files.mapping import meanings, spelled
from sartor.platform.records.files.numbers import PLAIN, STYLES, parse_number
from sartor.platform.records.files.table import Percent
from sartor.platform.records.importing.columns import Bound, Refusal
from sartor.platform.text import fold, listed
from sartor.platform.text import gettext as _

MONEY = re.compile(
    r"\b(?:price|amount|value|revenue|cost|fee|total|salary|budget|turnover|charge|charges|sales|payment"
    r"|freight|balance)\b|金额|价格|单价|费用|成本|收入|营收|预算|工资|售价|余额|总额|运费"
)
NO_MONEY = re.compile(r"\b(?:id|count|number|quantity|qty|rate|score|percent|lifetime)\b|率|数量|人数|编号")
SIGN = re.compile("|".join(map(re.escape, sorted((each for each in SIGNS if len(each) == 1), key=len, reverse=True))))
DAY = re.compile(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}")
YEAR = re.compile(r"\b(?:year|years|yr|founded|established|vintage)\b|年$|年份|年度|届")
FIRST_YEAR, LAST_YEAR = 1500, 2200
PLACES = meanings("city") | meanings("province") | meanings("country") | meanings("address")
LONGEST_CHOICE = 40
SOME, MANY = 6, 20
"""Filled cells from which on a few values are a choice: for most columns, for all."""
LEAST_SCALE, MOST_SCALE = 2, 6
KEPT = 200
"""Misfits that are told one by one, and can be left blank; the rest is counted."""
DECIMAL = "decimal"
OFFERED = (
    "text", "long_text", "integer", "decimal", "money", "percent", "date", "datetime", "yes_no", "choice", "email",
    "phone", "url", "tags", "lookup",
)  # fmt: skip
"""Types that a person may choose instead."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way to read a column: type, options, how days and numbers are written, what some texts mean.

    why: the code of the reason for it.
    """

    type: str
    options: Mapping[str, Any] = field(default_factory=dict)
    why: str = "share"
    dates: str = ""
    numbers: str = ""
    means: Mapping[str, str] = field(default_factory=dict)
    misfits: tuple[Misfit, ...] = ()
    misfit_rows: int = 0
    reasons: tuple[Reason, ...] = ()


class Ways:
    """Tries types on columns, as whoever proposes would import them. currency: of amounts that say none."""

    def __init__(self, extensions: Extensions, context: Context) -> None:
        self.extensions = extensions
        self.context = context

    def proposed(self, seen: Seen) -> Way:
        """The first way that fits; a text fits everything."""
        found = guess(seen.firsts, seen.name)
        means = _blanks(found, seen)
        for alike in self._ways(found, seen):
            tried = self._best([replace(way, means=means) for way in alike], seen)
            if _fits(tried, seen):
                return replace(tried, reasons=self._reasons(tried, seen, found))
        plain = Way("long_text") if _is_long(seen) else Way("text", why="text")
        way = self.tried(replace(plain, means=means), seen)
        return replace(way, reasons=self._reasons(way, seen, found))

    def as_type(self, seen: Seen, key: str) -> Way:
        """The column as a type that a person chose.

        :raises Invalid: for choices from too many values.
        """
        found = guess(seen.firsts, seen.name)
        means = _blanks(found, seen)
        ways = [way for alike in self._ways(found, seen) for way in alike if way.type == key]
        tried = self._best([replace(way, means=means) for way in ways or [self._plain(seen, key, found)]], seen)
        return replace(tried, reasons=(Reason("chosen"),))

    def _best(self, ways: Sequence[Way], seen: Seen) -> Way:
        """The one that refuses least; of equal ones the first."""
        return min((self.tried(way, seen) for way in ways), key=lambda way: way.misfit_rows)

    def tried(self, way: Way, seen: Seen) -> Way:
        """The way with the values that the field refuses."""
        refused = self._refused(way, seen)
        told = tuple(Misfit(text, count) for text, count in refused.most_common(KEPT))
        return replace(way, misfits=told, misfit_rows=sum(refused.values()))

    # ---- ways to read a column, the narrowest first

    def _ways(self, found: Guess, seen: Seen) -> Iterator[list[Way]]:
        """One type after the other, each with all the ways in which it could be written."""
        if found.kind in ("integer", "decimal"):
            yield from self._numbers(found, seen)
        elif found.kind in ("date", "datetime"):
            formats = ("", *found.formats) if _starts_with_year(found) else found.formats
            yield [Way(found.kind, dates=each) for each in formats]
            yield [Way("datetime", dates=each) for each in formats]
        elif found.kind == "percent":
            yield [Way("percent", numbers=_style(found))]
        elif found.kind not in ("text", "long_text", "choice"):
            yield [Way(found.kind)]
        if found.kind in ("text", "choice") and _is_a_choice(seen):
            yield [Way(CHOICE, self._choices(seen), why="few")]

    def _numbers(self, found: Guess, seen: Seen) -> Iterator[list[Way]]:
        style = _style(found)
        if _speaks_of_money(seen):
            yield [Way(AMOUNT, _fixed(self._currency(seen)), why="currency", numbers=style)]
        if found.kind == "integer":
            why = _names_something(seen)
            yield [Way(found.kind, {"grouping": False} if why else {}, why=why or "share", numbers=style)]
        yield [Way(DECIMAL, {"scale": _scale(seen, style)}, numbers=style)]

    def _plain(self, seen: Seen, key: str, found: Guess) -> Way:
        """A type that the values do not suggest, with the options that it cannot do without."""
        makes = {
            CHOICE: lambda: self._choices(seen),
            AMOUNT: lambda: _fixed(self._currency(seen)),
            DECIMAL: lambda: {"scale": _scale(seen, _style(found))},
        }
        return Way(key, makes[key]() if key in makes else {}, numbers=_style(found))

    def _choices(self, seen: Seen) -> dict[str, Any]:
        texts = seen.texts()
        if len(texts) > FEW or not texts:
            raise Invalid(_("%(name)s holds too many different values to choose from.", name=seen.name))
        return {"choices": choices(text for text, _count in sorted(texts.items(), key=lambda one: (-one[1], one[0])))}

    def _currency(self, seen: Seen) -> str | None:
        """The one that the values name, else the workspace's; None where they name several."""
        signs = {SIGNS[sign[0]] for text in seen.texts() if (sign := SIGN.search(text))}
        return (signs.pop() if len(signs) == 1 else None) if signs else self.context.currency

    # ---- trying

    def _refused(self, way: Way, seen: Seen) -> Counter[str]:
        item = self._field(way)
        marks = {each.name: each.decimal for each in STYLES}
        reading = Reading(language=self.context.language, zone=self.context.zone)
        if way.numbers:
            reading = replace(reading, decimal_mark=marks[way.numbers])
        means = {fold(text): meant for text, meant in way.means.items()}
        bound = Bound(seen.name, 0, item, None, reading, way.dates or None, means)
        refused: Counter[str] = Counter()
        for (_type, cell), count in seen.values.items():
            if not _taken(bound, cell):
                refused[cell_text(cell) or ""] += count
        return refused

    def _field(self, way: Way) -> Field:
        kind = self.extensions.fields[way.type]
        item = Field("value", "sheet", kind, "value", "value", way.options)
        return replace(item, details=kind.prepare(item, self.context.model))

    # ---- reasons

    def _nearly(self, seen: Seen) -> Iterator[Reason]:
        """That most of the values are days, though too few of them to be proposed as such."""
        if sum(DAY.match(cell_text(each) or "") is not None for each in seen.firsts) * 2 < len(seen.firsts):
            return
        refused = self.tried(Way("date", means=_blanks(guess(seen.firsts, seen.name), seen)), seen)
        if seen.filled and refused.misfit_rows * 2 < seen.filled:
            share = (seen.filled - refused.misfit_rows) * 100 // seen.filled
            values = listed(each.value for each in refused.misfits[:3])
            yield Reason("nearly", {"share": share, "type": "date", "examples": values})

    def _reasons(self, way: Way, seen: Seen, found: Guess) -> tuple[Reason, ...]:
        filled = seen.filled
        if not filled:
            return (Reason("blank"),)
        told = [_main_reason(way, seen)]
        if way.why in ("year", "number_of"):
            told.append(Reason(way.why))
        if way.why == "currency":
            told.append(Reason("currency", {"currency": way.options.get("currency", "")}))
        if len(found.formats) > 1 and way.dates:
            told.append(Reason("day_or_month", {"chosen": way.dates, "other": found.formats[1]}))
        if way.why == "text":
            told += [*self._nearly(seen), *_partly_percent(seen), *_repeated(seen)]
        if way.means:
            told.append(Reason("blank_words", {"words": listed(sorted(way.means))}))
        return tuple(told)


def _partly_percent(seen: Seen) -> Iterator[Reason]:
    """That some values have a percent sign and some have none: beside 10 %, nobody knows whether 0.2 is 20 %."""
    read = {text: parse_number(text, PLAIN) for text in seen.texts()}
    signed = sum(seen.texts()[text] for text, value in read.items() if isinstance(value, Percent))
    bare = [text for text, value in read.items() if value is not None and not isinstance(value, Percent)]
    many = signed + sum(seen.texts()[text] for text in bare)
    if signed and bare and many >= FITS * seen.filled:
        yield Reason("partly_percent", {"count": signed, "values": seen.filled, "examples": listed(bare[:3])})


def _repeated(seen: Seen) -> Iterator[Reason]:
    """What keeps a column from telling rows apart, where little does."""
    often = [(count, text) for text, count in seen.texts().items() if count > 1]
    extra = sum(count - 1 for count, _text in often)
    if seen.whole and often and len(seen.texts()) >= MANY and extra * 20 <= seen.filled:
        count, text = max(often, key=lambda each: each[0])
        yield Reason("repeated", {"count": extra, "value": text[:40], "times": count})


def _blanks(found: Guess, seen: Seen) -> dict[str, str]:
    """Texts such as `N/A`, wherever in the column they stand; `无` may well be the answer to a question."""
    kept = () if found.kind in ("yes_no", "choice") else seen.texts()
    words = {*found.blank_words, *(text for text in kept if fold(text) in BLANK_WORDS)}
    return dict.fromkeys(sorted(words), "")


def _main_reason(way: Way, seen: Seen) -> Reason:
    filled = seen.filled
    if way.why == "few":
        return Reason("few", {"count": len(way.options["choices"]), "values": filled})
    if way.why == "text" and not way.misfit_rows:
        return Reason("text", {"values": filled, "count": len(seen.values)})
    share = (filled - way.misfit_rows) * 100 // filled
    return Reason("share", {"type": way.type, "share": share, "values": filled})


def _taken(bound: Bound, cell: Any) -> bool:
    """Whether the field takes a cell, all the way to a value that can be stored."""
    value = bound.value(cell)
    if isinstance(value, Refusal):
        return False
    try:
        if value is not None:
            bound.field.type.schema_field(bound.field).deserialize(value)
    except (ma.ValidationError, InvalidDefinition, ValueError):
        return False
    return True


def _fits(way: Way, seen: Seen) -> bool:
    return bool(seen.filled) and way.misfit_rows <= (1 - FITS) * seen.filled


def _fixed(currency: str | None) -> dict[str, Any]:
    return {"currency": currency} if currency else {}


def _style(found: Guess) -> str:
    style = found.formats[0] if found.kind in ("integer", "decimal", "percent") and found.formats else ""
    return "" if style == PLAIN.name else style


def _starts_with_year(found: Guess) -> bool:
    """Such days, and those that a workbook knows as days, are read without being told how."""
    return not found.formats or (found.formats[0].startswith("Y") and found.formats[0] != "YYYYMMDD")


def _is_a_choice(seen: Seen) -> bool:
    """Few short values that come again and again; in a small table a few places are no list to choose from."""
    texts = seen.texts()
    if not texts or len(texts) > MOST_OPTIONS or max(map(len, texts)) > LONGEST_CHOICE or 2 * len(texts) > seen.filled:
        return False
    return seen.filled >= MANY or (seen.filled >= SOME and not meanings(spelled(seen.name)) & PLACES)


def _scale(seen: Seen, style: str) -> int:
    """Digits after the point, as many as any value has."""
    way = next(each for each in STYLES if each.name == (style or PLAIN.name))
    numbers = (parse_number(text, way) for text in seen.texts())
    places = [-int(number.normalize().as_tuple().exponent) for number in numbers if number]
    return min(MOST_SCALE, max([LEAST_SCALE, *places]))


def _speaks_of_money(seen: Seen) -> bool:
    name = spelled(seen.name)
    signed = any(SIGN.search(text) for text in list(seen.texts())[:200])
    return signed or (MONEY.search(name) is not None and NO_MONEY.search(name) is None)


def _names_something(seen: Seen) -> str:
    """Why whole numbers are no amounts of something: they are years, or name what they stand beside; else empty."""
    name = spelled(seen.name)
    numbers = [int(value) for text in seen.texts() if (value := parse_number(text, PLAIN)) is not None]
    if YEAR.search(name) and numbers and all(FIRST_YEAR <= each <= LAST_YEAR for each in numbers):
        return "year"
    return "number_of" if KEYED.search(name) else ""


def _is_long(seen: Seen) -> bool:
    texts = seen.texts()
    return any(len(text) > 255 or "\n" in text for text in texts)
