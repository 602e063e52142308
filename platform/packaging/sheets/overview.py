"""A dashboard to begin with: what the table that tells most holds, in numbers, over time, and by what it points to.

Reports and a dashboard as anybody would design them; each is called below its entity, so none is there already.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sartor.platform.definitions.documents import Document
from sartor.platform.packaging.sheets.boards import stage_of, way
from sartor.platform.packaging.sheets.names import LONGEST, Label, low
from sartor.platform.packaging.sheets.progress import LOST, OPEN, WON
from sartor.platform.packaging.sheets.proposal import DAYS, MONEY, NUMBERS, Column, Proposal, Sheet
from sartor.platform.records.files.mapping import spelled

FIGURES, PANELS = 4, 6
"""Cards of each sort, at most."""
TOP = 10
"""Groups of a picture, of those that may be many."""
MONTHS = 240
SLICES = 8
"""More choices than this are bars instead of a pie."""
SUMMED = re.compile(r"\b(?:quantity|qty|units|hours|amount|total|volume)\b|数量|件数|工时|金额|合计|总")
EACH_ONE = re.compile(r"\b(?:price|rate|unit cost|per|average|avg)\b|单价|价格|售价|平均|均价|率")
"""Amounts of one thing: added up they say nothing."""
BEST_AMOUNT = re.compile(r"\b(?:amount|total|value|revenue)\b|金额|总|合计|营收|收入")
BARE = frozenset({"total", "amount", "value", "sum", "revenue", "price", "合计", "总计", "总额", "金额"})
"""Headings of amounts that do not say what of."""
BEST_DAY = re.compile(
    r"\b(?:close|closed|order|ordered|invoice|sold|paid|payment|date)\b|成交|订单|下单|开票|付款|日期"
)
NO_DAY = re.compile(r"\b(?:birth|birthday|hire|hired|updated|modified|expiry)\b|生日|出生|入职|更新|修改")
"""Days of which a count by month says nothing of the business."""
HOME = {"en": "Overview", "zh": "总览"}
SUM_BY = {"en": "{what} by {part}", "zh": "按{part}统计{what}"}
BY_MONTH = {"en": "{what} by month", "zh": "每月{what}"}
STILL_OPEN = {"en": "{what}, still open", "zh": "进行中的{what}"}
WIN_RATE = {"en": "Win rate", "zh": "赢单率"}
OF = {"en": "{what} {amount}", "zh": "{what}{amount}"}
COUNT = {"en": "Count", "zh": "数量"}


@dataclass(frozen=True, slots=True)
class Facts:
    """What a table has to tell. amount: what is added up; day: what it is put together by."""

    sheet: Sheet
    amount: Column | None
    day: Column | None
    stage: Column | None

    @property
    def weight(self) -> tuple[int, int]:
        told = 3 * (self.stage is not None) + 2 * (self.amount is not None) + 2 * (self.day is not None)
        return told, self.sheet.rows


@dataclass(frozen=True, slots=True)
class Card:
    """A report on the dashboard. key: names the card, and the report below its entity."""

    key: str
    report: Document

    @property
    def name(self) -> str:
        return f"{self.report['entity']}.{self.key}"

    @property
    def is_number(self) -> bool:
        return self.report["chart"] == "number"


def facts(sheet: Sheet) -> Facts:
    return Facts(sheet, _amount(sheet), _day(sheet), stage_of(sheet))


def _day(sheet: Sheet) -> Column | None:
    """Of several days that are as good, the last one: a thing is closed after it was begun."""
    days = [each for each in sheet.taken if each.type in DAYS and not NO_DAY.search(_named(each))]
    good = [each for each in days if BEST_DAY.search(_named(each))] or days
    return good[-1] if good else None


def _amount(sheet: Sheet) -> Column | None:
    sums = [each for each in sheet.taken if _is_summed(each)]
    return max(sums, key=lambda each: (each.type == MONEY, bool(BEST_AMOUNT.search(_named(each)))), default=None)


def _is_summed(column: Column) -> bool:
    name = _named(column)
    if column.unique or EACH_ONE.search(name):
        return False
    return column.type == MONEY or (column.type in NUMBERS and SUMMED.search(name) is not None)


def _named(column: Column) -> str:
    return " ".join([spelled(column.column), *column.label.values()]).lower()


def main(proposal: Proposal) -> Sheet | None:
    """The table that has most to tell."""
    return max(proposal.taken, key=lambda each: facts(each).weight, default=None)


def worth_telling(proposal: Proposal) -> str:
    """The table that a dashboard is proposed for, by its id; empty where there would be no picture on it."""
    sheet = main(proposal)
    drawn = sheet is not None and any(not each.is_number for each in all_cards(proposal, sheet))
    return sheet.id if sheet is not None and drawn else ""


def about(proposal: Proposal) -> Sheet | None:
    """The table that the dashboard is about; None where there is to be none."""
    return next((each for each in proposal.taken if each.id == proposal.about), None)


# ---- definitions


def dashboard_name(proposal: Proposal) -> str:
    return f"{proposal.name}.home"


def overview_documents(proposal: Proposal) -> Iterator[tuple[str, Document]]:
    """The reports and the dashboard."""
    sheet = about(proposal)
    if sheet is None:
        return
    cards = all_cards(proposal, sheet)
    for card in cards:
        yield f"report/{card.name}", card.report
    made: dict[str, Any] = {"label": HOME, "cards": _placed(cards)}
    if facts(sheet).day:
        made["filters"] = ["period"]
    yield f"dashboard/{dashboard_name(proposal)}", made


def all_cards(proposal: Proposal, sheet: Sheet) -> list[Card]:
    found = facts(sheet)
    numbers = [*_numbers(found), *_counts_beside(proposal, sheet)][:FIGURES]
    return [*numbers, *list(_panels(proposal, found))[:PANELS]]


def _numbers(found: Facts) -> Iterator[Card]:
    sheet = found.sheet
    yield Card("count", _report(found, sheet.plural, "number", _counted()))
    if found.amount:
        yield Card("sum", _report(found, _what(found), "number", _summed(found.amount)))
    outcomes = {each.outcome for each in way(found.stage).values()} if found.stage else set()
    if found.stage and OPEN in outcomes and len(outcomes) > 1:
        still = {"filter": f"{found.stage.field}.outcome = 'open'"}
        yield Card("open", _report(found, _joined(STILL_OPEN, what=sheet.plural), "number", _counted()) | still)
    if found.stage and {WON, LOST} <= outcomes:
        decided = {"filter": f"{found.stage.field}.outcome in ['won', 'lost']"}
        formula = f"avg(if({found.stage.field}.outcome = 'won', 1, 0))"
        rate = {"label": WIN_RATE, "formula": formula, "format": "percent"}
        yield Card("win_rate", _report(found, WIN_RATE, "number", rate) | decided)


def _counts_beside(proposal: Proposal, sheet: Sheet) -> Iterator[Card]:
    """How many there are of what the table points to, where its own numbers leave room."""
    for other in _targets(proposal, sheet):
        report = {"label": other.plural, "chart": "number", "entity": other.entity, "measures": {"count": _counted()}}
        yield Card(f"all_{other.entity}"[:LONGEST], report)


def _targets(proposal: Proposal, sheet: Sheet) -> list[Sheet]:
    found = (proposal.target(each) for each in sheet.taken if each.points)
    named = {each[0].id: each[0] for each in found if each and each[0] in proposal.taken and each[0].id != sheet.id}
    return list(named.values())


def _panels(proposal: Proposal, found: Facts) -> Iterator[Card]:
    sheet = found.sheet
    if found.stage:
        yield _by(found, found.stage, "bar", _counted(), sheet.plural)
    if found.day:
        yield _by_month(found, found.day)
    what = _what(found)
    for column in _grouping(proposal, sheet):
        many = {"sort": ["-main"], "limit": TOP, "options": {"horizontal": True}}
        yield _with(_by(found, column, "bar", _main(found), what), many)
    for column in sheet.taken:
        if "choices" in column.options and column is not found.stage:
            few = len(column.options["choices"]) <= SLICES
            lying = {"sort": ["-main"], "limit": TOP, "options": {"horizontal": True}}
            card = _by(found, column, "pie" if few else "bar", _counted(), sheet.plural)
            yield card if few else _with(card, lying)


def _grouping(proposal: Proposal, sheet: Sheet) -> list[Column]:
    """Lookups, one for each table, or entity that is there, which is pointed to."""
    seen: dict[str, Column] = {}
    for column in sheet.taken:
        found = proposal.target(column) if column.points else None
        if found and found[0].id != sheet.id and found[0] in proposal.taken:
            seen.setdefault(found[0].id, column)
        elif column.points and not found:
            seen.setdefault(column.target, column)
    return list(seen.values())


def _by(found: Facts, column: Column, chart: str, measure: Document, what: Label) -> Card:
    label = _joined(SUM_BY, what=what, part=_lowered(column.label))
    report = _report(found, label, chart, measure) | {"dimensions": {column.field: {"order": 10}}}
    return Card(f"by_{column.field}"[:LONGEST], report)


def _by_month(found: Facts, day: Column) -> Card:
    report = _report(found, _joined(BY_MONTH, what=_what(found)), "line", _main(found))
    dimensions = {day.field: {"order": 10, "bucket": "month"}}
    dated = {"filter": f"{day.field} is not blank", "limit": MONTHS, "dimensions": dimensions}
    return Card("over_time", report | dated)


def _with(card: Card, more: Document) -> Card:
    return Card(card.key, {**card.report, **more})


def _report(found: Facts, label: Label, chart: str, measure: Mapping[str, Any]) -> dict[str, Any]:
    on = {"on": found.day.field} if found.day else {}
    return {"label": label, "chart": chart, "entity": found.sheet.entity, "measures": {"main": measure}, **on}


def _what(found: Facts) -> Label:
    """What is added up, else what is counted; a mere `Total` says of what."""
    if found.amount is None:
        return found.sheet.plural
    label = found.amount.label
    if spelled(found.amount.column) not in BARE:
        return label
    return _joined(OF, what=found.sheet.label, amount=_lowered(label))


def _main(found: Facts) -> Document:
    return _summed(found.amount) if found.amount else _counted()


def _counted() -> Document:
    return {"label": COUNT, "formula": "count()", "format": "number"}


def _summed(column: Column) -> Document:
    said = "money" if column.type == MONEY else "number"
    return {"label": column.label, "formula": f"sum({column.field})", "format": said}


def _joined(template: Mapping[str, str], **parts: Label) -> Label:
    """In every language that any part has; a part that lacks it says what it has."""
    made: Label = {}
    for language in (each for each in template if any(each in part for part in parts.values())):
        texts = {name: part.get(language) or next(iter(part.values())) for name, part in parts.items()}
        made[language] = template[language].format(**texts)
    return made


def _lowered(label: Label) -> Label:
    return {language: low(text, language) for language, text in label.items()}


def _placed(cards: list[Card]) -> dict[str, Document]:
    """Numbers in a row, pictures below them in pairs."""
    numbers, panels = [each for each in cards if each.is_number], [each for each in cards if not each.is_number]
    made: dict[str, Document] = {}
    for place, card in enumerate(numbers):
        width = 12 // len(numbers)
        made[card.key] = _card(card, place, (place * width, 0, width, 2))
    for place, card in enumerate(panels):
        alone = place == len(panels) - 1 and place % 2 == 0
        at = (0 if place % 2 == 0 else 6, 2 + place // 2 * 5, 12 if alone else 6, 5)
        made[card.key] = _card(card, len(numbers) + place, at)
    return made


def _card(card: Card, place: int, at: tuple[int, int, int, int]) -> Document:
    x, y, width, height = at
    order = (place + 1) * 10
    return {"target": f"report/{card.name}", "order": order, "x": x, "y": y, "width": width, "height": height}
