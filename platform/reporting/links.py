"""Where a number leads: to the list of exactly the records that it counts, as a filter in the expression language."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from sartor.platform.access.context import Context
from sartor.platform.definitions.compile.scope import STAYS
from sartor.platform.expressions import Node, parse, print_expression
from sartor.platform.expressions.nodes import Chain
from sartor.platform.model import Entity, Model
from sartor.platform.reporting.axes import Axis, TimeAxis
from sartor.platform.reporting.columns import Column
from sartor.platform.reporting.filters import Filters, conditions_on
from sartor.platform.reporting.job import Job
from sartor.platform.reporting.numbers import Leaf, main_leaf
from sartor.platform.reporting.periods import Period
from sartor.platform.reporting.questions import Key


def address(job: Job, axes: Sequence[Axis], column: Column, key: Key, period: Period | None) -> str | None:
    """The list behind a cell; None for lines, which have no list. Stays lead to the cohort of their records."""
    leaf = main_leaf(column.tree)
    if leaf.source.endswith(STAYS):
        return job.cohorts(job.report.name, column.name, tuple(key), job.filters)
    if job.model.entity(leaf.source).line_of:
        return None
    narrowed = job.narrowing.of(leaf, period)
    texts = [each.text for each in narrowed.where]
    days = narrowed.period
    for axis, value in zip(axes, key, strict=True):
        about = leaf.on is not None and axis.path_in(leaf) == tuple(leaf.on.split("."))
        text = _said(axis, leaf, value, days if about else None)
        if text is None:
            return None
        texts.append(text)
        days = None if about and value is not None else days
    if days and leaf.on:
        texts.append(days.condition(leaf.on))
    return job.lists(leaf.source, joined(tuple(texts)))


def stays(column: Column) -> bool:
    """Whether a number leads to the records of stays."""
    return main_leaf(column.tree).source.endswith(STAYS)


def _said(axis: Axis, leaf: Leaf, value: str | None, days: Period | None) -> str | None:
    if isinstance(axis, TimeAxis):
        return axis.condition(leaf, value, days)
    return axis.condition(leaf, value)


def narrowed(
    model: Model, entity: Entity | None, own: str, filters: Filters, context: Context
) -> tuple[str | None, list[str]]:
    """The filter of a list under those of a dashboard, None where it stays; and which do not narrow it.

    own: of the list itself. A list has no date of a period.
    """
    found = conditions_on(model, entity, filters, context) if entity else []
    unmoved = ["period"] if filters.period and filters.period != "all" else []
    texts = [text for _name, text in found if text is not None]
    whole = joined([each for each in (own, *texts) if each]) if texts else None
    return whole, [*unmoved, *(name for name, text in found if text is None)]


def joined(texts: Sequence[str]) -> str:
    """One filter of several conditions, each of which may be an `or`; what is said twice is said once."""
    nodes = list(dict.fromkeys(each for text in texts for each in _conjuncts(text)))
    if len(nodes) < 2:
        return print_expression(nodes[0]) if nodes else ""
    return print_expression(Chain(("and",) * (len(nodes) - 1), tuple(nodes)))


@lru_cache(maxsize=4096)
def _conjuncts(text: str) -> tuple[Node, ...]:
    return tuple(_split(parse(text)))


def _split(node: Node) -> list[Node]:
    if isinstance(node, Chain) and set(node.operators) == {"and"}:
        return [each for item in node.items for each in _split(item)]
    return [node]
