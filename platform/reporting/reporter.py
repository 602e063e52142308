"""The reporter: answers reports and dashboards of one published design, for whoever asks.

For pages and the API. `Reporter(serving, lists)`: serving is what serves a revision (model, reader, names);
`lists(entity, filter)` makes the address of a list of records (no view's own filter may be added to it), or None;
`cohorts(report, measure, keys, filters)` that of a page which asks `reporter.cohort` and sends on to such a list;
`places(key, filters)` that of a dashboard or view, for cards whose numbers lead there instead.

    reporter.run(context, "won_by_month", filters={"period": "this_year", "owner": "team"})   -> ReportAnswer
    reporter.dashboard(context, "sales_home", {"period": "2026-Q2"})                          -> DashboardAnswer
    reporter.cohort(context, "funnel", "stage_entered", ["qualify"], {…})                     -> Cohort
    reporter.metric(context, "win_rate", group="owner", filters={…})                          -> ReportAnswer

Texts come in the language of `text.use_language`. `reporting.display` turns cards into the parts of the dashboard
page: `drawn(card)`, which is `figure(card)` for a single number and `panel(card)` for anything else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, Protocol

from sartor.platform.access.context import Context
from sartor.platform.access.grants import designed
from sartor.platform.charts.number import Number
from sartor.platform.charts.panels import picture
from sartor.platform.charts.table import Table
from sartor.platform.definitions.compile.scope import ModelScope
from sartor.platform.errors import SartorError
from sartor.platform.expressions import BOOLEAN, Expression, check
from sartor.platform.model import Card, Measure, Model, Report
from sartor.platform.model.model import find
from sartor.platform.query.reader import Reader
from sartor.platform.reporting.answers import CardAnswer, DashboardAnswer, ReportAnswer
from sartor.platform.reporting.cohorts import Cohort, cohort, keys_of
from sartor.platform.reporting.comparing import comparison
from sartor.platform.reporting.filters import Filters, not_narrowed
from sartor.platform.reporting.grouping import grouping
from sartor.platform.reporting.job import Cohorts, Job, Lists, Places, no_cohorts, no_lists, no_places
from sartor.platform.reporting.narrowing import Narrowing
from sartor.platform.reporting.numbers import leaves, tree_of
from sartor.platform.reporting.questions import Asked
from sartor.platform.reporting.run import Run
from sartor.platform.reporting.saying import apart, sentence
from sartor.platform.reporting.sparks import spark
from sartor.platform.reporting.wording import with_amounts
from sartor.platform.text import pick

Given = Filters | Mapping[str, str | None] | None


class Serves(Protocol):
    """What serves a published design."""

    @property
    def model(self) -> Model: ...

    @property
    def reader(self) -> Reader: ...


class Reporter:
    """One for each design and app; keeps the conditions that it has compiled."""

    def __init__(
        self, serving: Serves, lists: Lists = no_lists, cohorts: Cohorts = no_cohorts, places: Places = no_places
    ) -> None:
        self.model = serving.model
        self.reader = serving.reader
        self.lists = lists
        self.cohorts = cohorts
        self.places = places
        scope = ModelScope(self.model)
        self._checked = lru_cache(maxsize=1000)(lambda source, text: check(text, scope, source, expect=BOOLEAN))

    def checked(self, source: str, text: str) -> Expression:
        return self._checked(source, text)

    # ---- reports

    def run(
        self,
        context: Context,
        report: str | Report,
        *,
        filters: Given = None,
        asked: Asked | None = None,
        opens: str | None = None,
    ) -> ReportAnswer:
        """Answer a report, by name or as it is.

        asked: shares the answers of questions between reports of one context. opens: where its numbers lead to instead.
        :raises NotFound: for a name that means nothing. :raises Invalid: for filters that cannot be.
        """
        found = find(self.model.reports, report, "report") if isinstance(report, str) else report
        return self._answer(self._run(context, found, Filters.of(filters), asked, opens), context)

    def _run(
        self, context: Context, report: Report, filters: Filters, asked: Asked | None, opens: str | None = None
    ) -> Run:
        narrowing = Narrowing(self.model, report, filters, context, self.checked)
        asked = asked or Asked(self.reader, context)
        lists, cohorts = self.lists, self.cohorts
        if opens and (address := self.places(opens, filters)):
            lists, cohorts = (lambda *_records: address), (lambda *_stays: address)
        return Run(Job(self.model, report, filters, context, asked, narrowing, lists, cohorts))

    def _answer(self, run: Run, context: Context) -> ReportAnswer:
        report = run.report
        base = ReportAnswer(
            name=report.name,
            label=pick(report.label),
            chart=report.chart.key,
            as_of=context.now(),
            period=run.period.label() if run.period else None,
            about=pick(report.description),
            definitions=tuple(column.definition for column in run.columns if column.definition),
            closed=tuple(run.closed),
        )
        if not run.columns:
            return base
        table = with_amounts(run.table())
        figure = picture(report.chart, table, report.options) if table.rows else None
        return replace(
            base,
            table=table,
            figure=figure,
            comparison=comparison(table, report.options.get("good", "up")),
            notes=(*(apart(table) if figure else ()), *run.notes),
            says=sentence(table),
            unmoved=run.unmoved,
            unmoved_says=not_narrowed(self.model, run.unmoved),
            period=None if "period" in run.unmoved else base.period,
        )

    def cohort(self, context: Context, report: str, measure: str, keys: Sequence[str], filters: Given = None) -> Cohort:
        """The records behind a number of stays: keys of its group as texts, an empty one for a blank.

        :raises NotFound: for a report or measure that is not there, or closed. :raises Invalid: for too many records.
        """
        found = find(self.model.reports, report, "report")
        run = self._run(context, found, Filters.of(filters), None)
        return cohort(run, measure, keys_of(run, keys) if run.columns else ())

    def entities(self, report: Report) -> set[str]:
        """Whose records the numbers of a report are made of."""
        names = [each.metric for each in report.measures if each.metric]
        counted = {designed(leaf.source) for name in names for leaf in leaves(tree_of(self.model, name))}
        return counted | ({report.entity} if report.entity else set())

    def metric(self, context: Context, name: str, *, group: str | None = None, filters: Given = None) -> ReportAnswer:
        """A metric alone, or by one dimension (`owner`, `stage`, `period:month`).

        :raises NotFound: for a metric that is not there. :raises Invalid: for a field that is unknown to the reader.
        """
        report = self._alone(name)
        if group:
            entities = sorted({designed(leaf.source) for leaf in leaves(tree_of(self.model, name))})
            dimensions = (grouping(context.access, entities, group),)
            report = replace(report, chart=Table(), dimensions=dimensions)
        return self.run(context, report, filters=filters)

    def _alone(self, name: str) -> Report:
        """A metric as a report of one number."""
        label = find(self.model.metrics, name, "metric").label
        measures = (Measure(name, metric=name),)
        return Report(name, label, chart=Number(), entity=None, dimensions=(), measures=measures, limit=1000)

    # ---- dashboards

    def numbers(self, context: Context, name: str) -> tuple[CardAnswer, ...]:
        """The single numbers of a dashboard, without how they came about: few questions, for other pages."""
        asked = Asked(self.reader, context)
        board = find(self.model.dashboards, name, "dashboard")
        chosen = [card for card in board.cards if self.is_number(card)]
        return tuple(self.card(context, card, Filters.of(None), asked, False) for card in chosen)

    def is_number(self, card: Card) -> bool:
        """Whether a card is one number, before it is asked for."""
        kind, name = (card.target or "text/").split("/", 1)
        return kind == "metric" or (kind == "report" and self.model.reports[name].chart.dimensions[1] == 0)

    def dashboard(self, context: Context, name: str, filters: Given = None, *, sparks: bool = True) -> DashboardAnswer:
        """Every card of a dashboard; cards that ask the same question share its answer.

        sparks: whether single numbers tell how they came about (two questions more for each).
        A card that fails says why; the others stand. :raises NotFound: for a name that means nothing.
        """
        board = find(self.model.dashboards, name, "dashboard")
        chosen, asked = Filters.of(filters), Asked(self.reader, context)
        cards = tuple(self.card(context, card, chosen, asked, sparks) for card in board.cards)
        return DashboardAnswer(
            name=name,
            label=pick(board.label),
            as_of=context.now(),
            filters=board.filters,
            cards=cards,
            questions=len(asked.kept),
        )

    def card(
        self, context: Context, card: Card, filters: Filters, asked: Asked | None = None, sparks: bool = True
    ) -> CardAnswer:
        """One card. :raises NotFound: for a target that is not there."""
        kind, name = (card.target or "text/").split("/", 1)
        place: dict[str, Any] = {each: getattr(card, each) for each in ("name", "x", "y", "width", "height", "opens")}
        if kind == "text":
            return CardAnswer(label=pick(card.label), text=pick(card.text), **place)
        if kind == "view":
            label = pick(card.label) or pick(find(self.model.views, name, "view").label)
            return CardAnswer(label=label, view=name, **place)
        report = self._alone(name) if kind == "metric" else find(self.model.reports, name, "report")
        label = pick(card.label) or pick(report.label)
        try:
            run = self._run(context, report, filters, asked, card.opens)
            answer = self._answer(run, context)
            answer = replace(answer, spark=spark(run)) if sparks and run.columns else answer
        except SartorError as error:
            chart = report.chart.key
            answer = ReportAnswer(name=name, label=label, chart=chart, as_of=context.now(), error=error.message)
        return CardAnswer(label=label, report=answer, **place)
