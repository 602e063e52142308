"""Answers as the parts of the dashboard page: a number becomes a figure, the others become panels.

The page gives what only it knows: what stands in the card of a view.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from sartor.platform.charts.base import ChartTable, Heading, Point
from sartor.platform.reporting.answers import CardAnswer, Comparison, ReportAnswer
from sartor.platform.text import gettext as _
from sartor.platform.ui.format import SHORT_FROM, has_cents, money
from sartor.platform.ui.pages.dashboard import Figure, Panel, Plot
from sartor.platform.ui.pages.parts import Cell, Delta, Empty, Head, Table

HIGH = Decimal(25)


def is_figure(card: CardAnswer) -> bool:
    """Whether a card is one number."""
    answer = card.report
    return bool(answer and answer.table and answer.figure is None and not answer.table.dimensions and _single(answer))


def _single(answer: ReportAnswer) -> bool:
    return answer.table is not None and len(answer.table.measures) == 1


def figure(card: CardAnswer) -> Figure:
    """The number of a card, with its comparison; `is_figure` says which cards have one."""
    assert card.report is not None
    assert card.report.table is not None
    shown = card.report.table.rows[0][0]
    label = f"{card.label} · {card.report.period}" if card.report.period else card.label
    found = card.report.spark
    top = max((each for each in (*found.now, *found.before) if each), default=Decimal(0)) if found else Decimal(0)
    return Figure(
        label=label,
        text=said(shown),
        exact=shown.text,
        href=shown.href,
        delta=nothing_yet() if shown.value is None and not shown.currency else delta(card.report.comparison),
        spark=line(found.now, found.places, top) if found and top else None,
        spark_was=line(found.before, found.places, top) if found and top else None,
        unmoved=card.report.unmoved_says,
    )


def said(point: Point) -> str:
    """A number as it stands alone: in full as long as that is short."""
    if isinstance(point.value, Decimal) and abs(point.value) < SHORT_FROM:
        return point.text
    return point.short or point.text


def line(values: Sequence[Decimal | None], places: int, top: Decimal) -> str | None:
    """Values as points in a box of 100 × 26, the greatest on top; blanks are left out."""
    step = Decimal(100) / max(1, places - 1)
    points = [
        (number * step, HIGH - max(each, Decimal(0)) / top * (HIGH - 1))
        for number, each in enumerate(values)
        if each is not None
    ]
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points) if len(points) > 1 else None


def nothing_yet() -> Delta:
    """Beside a dash: it is not zero, there is nothing that it could be made of."""
    return Delta("", "flat", None, _("nothing to count yet"))


def delta(comparison: Comparison | None) -> Delta | None:
    if comparison is None or not comparison.text:
        return None
    before = _("from %(value)s in %(period)s", value=said(comparison.before), period=comparison.against)
    return Delta(comparison.text, comparison.rise, comparison.good, before)


def drawn(card: CardAnswer) -> Figure | Panel:
    """The card of a report: one number, or a panel."""
    return figure(card) if is_figure(card) else panel(card)


def panel(card: CardAnswer) -> Panel:
    """The card of a report that is more than one number."""
    answer = card.report
    assert answer is not None
    plot = answer.figure is not None
    return Panel(
        name=card.name,
        title=card.label,
        span=card.width,
        beside=answer.period,
        plot=Plot(figure=answer.figure, says=answer.says, table=table(answer.table))
        if answer.figure is not None and answer.table
        else None,
        table=table(answer.table) if answer.table and answer.table.rows and not plot else None,
        about=tuple(_about(answer)),
        unmoved=answer.unmoved_says,
        foot=" ".join([*answer.notes, *_closed_texts(answer)]) or None,
        empty=empty(answer),
        error=answer.error,
        retry=answer.error is not None,
    )


def _about(answer: ReportAnswer) -> list[str]:
    """What the numbers mean."""
    several = len(answer.definitions) > 1
    meanings = [_said_of(each.label, each.text) if several else each.text for each in answer.definitions]
    return [part for part in (answer.about, *meanings) if part]


def _said_of(label: str, meaning: str) -> str:
    return _("%(label)s: %(meaning)s", label=label, meaning=meaning)


def _closed_texts(answer: ReportAnswer) -> list[str]:
    """Columns that are left out beside others that are shown."""
    return [_said_of(each.label, each.reason) for each in answer.closed] if answer.table else []


def empty(answer: ReportAnswer) -> Empty | None:
    """Why a card has nothing to show: nothing happened, or it is closed to the reader and who could open it."""
    if answer.error:
        return None
    if answer.table is None:
        reasons = dict.fromkeys(each.reason for each in answer.closed)
        return Empty(title=_("Not open to you"), text=" ".join(reasons), icon="lock")
    if not answer.table.rows:
        return Empty(title=_("Nothing in this period") if answer.period else _("Nothing to show"), icon="chart-bar")
    return None


def table(found: ChartTable) -> Table:
    """The numbers as a plain table, with the sum of what was left out and the totals."""
    rows = [row for row, _is_sum in found.lines]
    every = found.all_rows
    cents = tuple(_has_cents(heading, [row[place] for row in every]) for place, heading in enumerate(found.headings))
    return Table(
        label=found.title,
        heads=tuple(Head(each.label, number=each.measure) for each in found.headings),
        rows=tuple(_cells(row, found.headings, cents) for row in rows),
        foot=_cells(found.totals, found.headings, cents) if found.totals else (),
        sums=frozenset(number for number, (_row, is_sum) in enumerate(found.lines) if is_sum),
    )


def _has_cents(heading: Heading, points: Sequence[Point]) -> bool:
    """Whether an amount of a column is not whole: then all of them are written with their decimals."""
    own = heading.currency or ""
    amounts = [(point.value, point.currency or own) for point in points if isinstance(point.value, Decimal)]
    return heading.format == "money" and any(has_cents(each, coin) for each, coin in amounts)


def _text(point: Point, heading: Heading, cents: bool) -> str:
    if cents and isinstance(point.value, Decimal):
        return money(point.value, point.currency or heading.currency or "", cents=True)
    return point.text


def _cells(row: tuple[Point, ...], headings: tuple[Heading, ...], cents: tuple[bool, ...]) -> tuple[Cell, ...]:
    return tuple(
        Cell(
            kind="number" if heading.measure else "text",
            text=_text(point, heading, evenly),
            short=point.short,
            href=point.href,
            number=heading.measure,
        )
        for point, heading, evenly in zip(row, headings, cents, strict=True)
    )
