"""Which records count: the conditions of a leaf, of its report, and of the filters, as far as they fit the entity."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sartor.platform.access.context import Context
from sartor.platform.access.grants import designed
from sartor.platform.definitions.compile.scope import STAYS
from sartor.platform.expressions import Expression, Node, parse, print_expression
from sartor.platform.expressions.nodes import Path, rebuilt
from sartor.platform.model import Model, Report
from sartor.platform.model.formula import Formula
from sartor.platform.reporting.filters import Filters, conditions_on
from sartor.platform.reporting.numbers import Leaf
from sartor.platform.reporting.periods import Period

Checked = Callable[[str, str], Expression]
"""(source, text) -> the condition, compiled once."""


@dataclass(frozen=True, slots=True)
class Narrowed:
    """where: every condition but that of the period. period: the days that count; None where none are asked for, or
    where the leaf has no date. missed: filters that the entity has no field for."""

    where: tuple[Formula, ...]
    period: Period | None
    missed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Narrowing:
    """The conditions of one run of a report."""

    model: Model
    report: Report
    filters: Filters
    context: Context
    checked: Checked

    def of(self, leaf: Leaf, period: Period | None) -> Narrowed:
        missed = [] if leaf.on or period is None else ["period"]
        where = list(leaf.where)
        for name, text in self._of_filters(leaf):
            if text is None:
                missed.append(name)
            else:
                where.append(self._on(leaf.source, text))
        where += [self._on(leaf.source, text) for text in self._of_report(leaf)]
        return Narrowed(tuple(dict.fromkeys(where)), period if leaf.on else None, tuple(missed))

    def conditions(self, leaf: Leaf, narrowed: Narrowed) -> tuple[Formula, ...]:
        """Everything, the period included."""
        if narrowed.period is None or leaf.on is None:
            return narrowed.where
        return (*narrowed.where, self.checked(leaf.source, narrowed.period.condition(leaf.on)))

    def _of_filters(self, leaf: Leaf) -> list[tuple[str, str | None]]:
        return conditions_on(self.model, self.model.entity(designed(leaf.source)), self.filters, self.context)

    def _of_report(self, leaf: Leaf) -> list[str]:
        entity, found = designed(leaf.source), []
        if self.report.filter is not None and self.report.entity == entity:
            found.append(self.report.filter.text)
        if self.report.pipeline and self.model.pipelines[self.report.pipeline].entity == entity:
            pipeline = self.model.pipelines[self.report.pipeline]
            chosen_by = getattr(self.model.field(entity, pipeline.field).details, "by", None)
            found += [f"{chosen_by} = '{pipeline.name}'"] if chosen_by else []
        return found

    def _on(self, source: str, text: str) -> Expression:
        """A condition on records, also where their stays are counted."""
        return self.checked(source, through_record(text) if source.endswith(STAYS) else text)


def through_record(text: str) -> str:
    """A condition on a record as one on its stays."""

    def behind(node: Node) -> Node:
        return Path(("record", *node.steps)) if isinstance(node, Path) else node

    return print_expression(rebuilt(parse(text), behind))
