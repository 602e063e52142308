"""A report that is being designed, answered on what is published, with the designer's own rights.

Nothing here refuses: a part that does not hold yet (a field that is not published, a formula half typed) is left out,
with a word about it, and the rest is shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

from sartor.builder.bench import Bench
from sartor.builder.canvas.drafted_numbers import DraftedNumbers, drafted_numbers
from sartor.builder.palettes.record_lists import lists_of
from sartor.platform.access.context import Context
from sartor.platform.definitions.documents import Document
from sartor.platform.errors import Problem, SartorError
from sartor.platform.model import Entity, Model
from sartor.platform.query.conditions import Condition, conditions_of
from sartor.platform.query.reader import Reader
from sartor.platform.query.wording import sentence
from sartor.platform.reporting.answers import CardAnswer, ReportAnswer
from sartor.platform.reporting.display import drawn
from sartor.platform.reporting.reporter import Reporter
from sartor.platform.text import gettext as _
from sartor.platform.text import pick
from sartor.platform.ui.pages.dashboard import Figure, Panel

MAPS = ("dimensions", "measures")
NEEDED = ("label", "chart", "entity", "measures")
ROUNDS = 6
"""What is left out may show what else is wrong; so often is it asked again."""
NAME = "report"


@dataclass(frozen=True, slots=True)
class Seat:
    """Who looks, on what is published."""

    context: Context
    model: Model
    reader: Reader

    @property
    def language(self) -> str:
        return self.context.language


@dataclass(frozen=True, slots=True)
class Said:
    """One condition of the filter: as text, what it is about, and as `lead value tail`."""

    text: str
    path: str
    lead: str
    value: str
    tail: str


@dataclass(frozen=True, slots=True)
class LiveReport:
    """shown: the picture with its numbers, None where there is nothing to show. notes: what was left out, and why."""

    shown: Figure | Panel | None = None
    filter: tuple[Said, ...] = ()
    notes: tuple[str, ...] = ()


def live_report(here: Bench, name: str, report: Document) -> LiveReport:
    """What the canvas shows of a definition as it is now, kept or not."""
    key = f"report/{name}"
    holding = Holding(here, key, report)
    numbers = holding.numbers()
    seat = Seat(here.context, numbers.model, numbers.reader)
    said = tuple(_said(seat, report))
    if name not in numbers.model.reports:
        return LiveReport(filter=said, notes=tuple(dict.fromkeys(holding.notes)))
    reporter = Reporter(numbers, lists_of(numbers.model, here.context))
    try:
        answer = reporter.run(here.context, name)
    except SartorError as refused:
        return LiveReport(filter=said, notes=(*holding.notes, refused.message))
    return LiveReport(drawn(_card(answer)), said, tuple(dict.fromkeys(holding.notes)))


def _card(answer: ReportAnswer) -> CardAnswer:
    return CardAnswer(name=NAME, label=answer.label, x=0, y=0, width=12, height=6, report=answer)


class Holding:
    """As much of a report as holds on what is published."""

    def __init__(self, here: Bench, key: str, report: Document) -> None:
        self.here = here
        self.key = key
        self.report: dict[str, Any] = deepcopy({**report, "label": report.get("label") or NAME})
        self.notes: list[str] = []

    def numbers(self) -> DraftedNumbers:
        for _round in range(ROUNDS):
            found = drafted_numbers(self.here, {self.key: self.report})
            faults = found.faults.get(self.key, ())
            if not faults or not self._leave_out(faults):
                break
        return found

    def _leave_out(self, faults: Sequence[Problem]) -> bool:
        """Take out what is wrong; whether anything could be."""
        before = deepcopy(self.report)
        for fault in faults:
            self._take_out(fault)
        return self.report != before

    def _take_out(self, fault: Problem) -> None:
        first, *rest = [*fault.field.split("/")[1:], ""]
        if fault.code == "chart" and first in MAPS:
            self._as_table(fault)
        elif first in MAPS and rest[0] in self.report[first]:
            self._note(_called(self.report[first][rest[0]], rest[0]), fault)
            del self.report[first][rest[0]]
        elif first in self.report and first not in NEEDED:
            self._note(_parts().get(first, first), fault)
            del self.report[first]
        else:
            self.notes.append(fault.message)

    def _as_table(self, fault: Problem) -> None:
        """The numbers at least, where the chart cannot draw so many or so few."""
        self.notes.append(fault.message)
        self.report = {key: each for key, each in self.report.items() if key != "options"} | {"chart": "table"}

    def _note(self, part: str, fault: Problem) -> None:
        self.notes.append(_("Shown without “%(part)s”: %(why)s", part=part, why=fault.message))


def _called(part: Any, key: str) -> str:
    return pick(part.get("label")) or key if isinstance(part, Mapping) else key


def _parts() -> dict[str, str]:
    return {
        "filter": _("Filter"), "sort": _("Order"), "period": _("Period"), "on": _("Date of the period"),
        "pipeline": _("Pipeline"), "options": _("Options"),
    }  # fmt: skip


# ---- the filter


def _said(seat: Seat, report: Document) -> Iterator[Said]:
    entity = seat.model.entities.get(str(report.get("entity")))
    for each in conditions_of(report.get("filter")):
        yield _told(seat, entity, each)


def _told(seat: Seat, entity: Entity | None, each: Condition) -> Said:
    said = Said(each.text, ".".join(each.path), "", each.text, "")
    if entity is None:
        return said
    try:
        words = sentence(seat, entity, each)
    except SartorError:
        return said
    return replace(said, lead=words.lead, value=words.value, tail=words.tail)
