"""What a measure is made of: leaves, each an aggregate over one entity, and ratios and differences of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial, reduce
from typing import Any

from sartor.platform.definitions.compile.scope import stays_of
from sartor.platform.errors import Invalid, Problem
from sartor.platform.expressions import numbers as exact
from sartor.platform.expressions.term import Term
from sartor.platform.model import Metric, Model
from sartor.platform.model.formula import Formula
from sartor.platform.reporting.amounts import added, bare, divided, joined
from sartor.platform.text import gettext as _

ADDITIVE = frozenset({"sum", "count"})
EXTREMES = {"min": min, "max": max}


@dataclass(frozen=True, slots=True)
class Leaf:
    """An aggregate over the records of an entity, or over their stays (`deal@stages`). on: the date of a period."""

    source: str
    measure: Formula
    where: tuple[Formula, ...] = ()
    on: str | None = None

    @property
    def additive(self) -> bool:
        """Whether the parts add up to the whole, and nothing counts as zero."""
        return _adds_up(self.measure.term)

    @property
    def extreme(self) -> Any:
        """`min` or `max`, which can be had from the parts as well; None for anything else."""
        function = self.measure.term.function
        return EXTREMES.get(function.name) if function else None


@dataclass(frozen=True, slots=True)
class Ratio:
    """Blank where what is below is zero or blank."""

    above: Tree
    below: Tree


@dataclass(frozen=True, slots=True)
class Less:
    first: Tree
    second: Tree


Tree = Leaf | Ratio | Less


def _adds_up(term: Term) -> bool:
    if term.function is not None and term.function.aggregate:
        return term.function.name in ADDITIVE
    return term.op in ("add", "subtract", "negate") and all(map(_adds_up, term.args))


def tree_of(model: Model, name: str, above: tuple[str, ...] = ()) -> Tree:
    """A metric by name, with those that it is made of.

    :raises Invalid: for metrics that are made of one another.
    """
    if name in above:
        said = _("These metrics are made of one another: %(names)s.", names=" → ".join([*above, name]))
        raise Invalid(said, [Problem("metric", "cycle", said)])
    metric, above = model.metrics[name], (*above, name)
    if metric.numerator and metric.denominator:
        found: Tree = Ratio(tree_of(model, metric.numerator, above), tree_of(model, metric.denominator, above))
    else:
        found = leaf_of(metric)
    return Less(found, tree_of(model, metric.minus, above)) if metric.minus else found


def leaf_of(metric: Metric) -> Leaf:
    assert metric.entity is not None
    assert metric.measure is not None
    source = stays_of(metric.entity) if metric.source == "stages" else metric.entity
    where = (metric.filter,) if metric.filter is not None else ()
    return Leaf(source, metric.measure, where, metric.on)


def leaves(tree: Tree) -> Iterator[Leaf]:
    if isinstance(tree, Leaf):
        yield tree
    else:
        for part in parts(tree):
            yield from leaves(part)


def parts(tree: Ratio | Less) -> tuple[Tree, Tree]:
    return (tree.above, tree.below) if isinstance(tree, Ratio) else (tree.first, tree.second)


def main_leaf(tree: Tree) -> Leaf:
    """The leaf whose records a number leads to: of a ratio all that it is a share of."""
    if isinstance(tree, Leaf):
        return tree
    return main_leaf(tree.below if isinstance(tree, Ratio) else tree.first)


def value_of(tree: Tree, found: Mapping[Leaf, Any]) -> Any:
    """The number of one group as it is; blank for amounts of several currencies."""
    return bare(amount_of(tree, found))


def amount_of(tree: Tree, found: Mapping[Leaf, Any]) -> Any:
    """The number of one group from those of its leaves: `Money` with its currency, `Several` where they are several."""
    if isinstance(tree, Leaf):
        value = found.get(tree)
        return Decimal(0) if value is None and tree.additive else value
    first, second = (amount_of(part, found) for part in parts(tree))
    if first is None or second is None:
        return None
    return divided(first, second) if isinstance(tree, Ratio) else joined(first, second, exact.subtract)


def grows(tree: Tree) -> bool:
    """Whether the number of a whole is the sum of those of its parts."""
    if isinstance(tree, Leaf):
        return tree.additive
    return isinstance(tree, Less) and all(map(grows, parts(tree)))


def put_together(several: Sequence[Mapping[Leaf, Any]], asked: Iterable[Leaf]) -> dict[Leaf, Any]:
    """The leaves of several groups taken as one; those that cannot be had from the parts are left out."""
    made: dict[Leaf, Any] = {}
    for leaf in asked:
        values = [each[leaf] for each in several if each.get(leaf) is not None]
        if leaf.additive:
            made[leaf] = reduce(added, values, Decimal(0))
        elif leaf.extreme and values:
            made[leaf] = reduce(partial(joined, work_out=leaf.extreme), values)
        elif len(several) == 1 and values:
            made[leaf] = values[0]
    return made
