"""Amounts that no rate is known for: `base()` of them is blank, so a sum leaves them out, and that has to be said."""

from __future__ import annotations

from collections.abc import Iterator

from sartor.platform.definitions.compile.scope import ModelScope
from sartor.platform.errors import InvalidExpression
from sartor.platform.expressions import aggregate, parse, print_expression
from sartor.platform.expressions.nodes import Call, Path, walk
from sartor.platform.model import Model
from sartor.platform.reporting.numbers import Leaf


def unrated(model: Model, leaf: Leaf, currency: str) -> Iterator[Leaf]:
    """Counts of the amounts that a leaf leaves out, one for each field that it converts into `currency`."""
    for node in walk(parse(leaf.measure.text)):
        if isinstance(node, Call) and node.name == "base" and isinstance(node.arguments[0], Path):
            amount = print_expression(node.arguments[0])
            # A case, so that no rate is looked up for amounts that need none.
            lost = f"{amount} is not blank and base({amount}) is blank"
            text = f"count(if({amount}.currency != '{currency}', {lost}, false))"
            try:
                yield Leaf(leaf.source, aggregate(text, ModelScope(model), leaf.source), leaf.where, leaf.on)
            except InvalidExpression:  # an amount whose currency has no name of its own
                continue
