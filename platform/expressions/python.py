"""The Python back end: a checked tree becomes a chain of closures over values and environment."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sartor.platform.expressions.computing import VALUES, attempt
from sartor.platform.expressions.conditions import CONDITIONS, Closure
from sartor.platform.expressions.env import Env
from sartor.platform.expressions.scope import PathSteps, Values
from sartor.platform.expressions.term import Term

_OPERATIONS: dict[str, Callable[[Term, list[Closure]], Closure]] = {**CONDITIONS, **VALUES}


def compiled(term: Term) -> Closure:
    """A callable (values, env) -> value of the term."""
    return _OPERATIONS[term.op](term, [compiled(arg) for arg in term.args])


def over_rows(term: Term, rows: Sequence[Values], env: Env) -> Any:
    """The value of an aggregating term over rows: aggregates first, what is around them after."""
    if term.function and term.function.aggregate:
        arguments = [compiled(arg) for arg in term.args]
        columns = [[argument(row, env) for row in rows] for argument in arguments] or [[True] * len(rows)]
        return attempt(term.called.evaluate, *columns)
    if not term.args:
        return compiled(term)(NO_VALUES, env)
    given = tuple(Term("const", arg.type, value=over_rows(arg, rows, env)) for arg in term.args)
    whole = Term(term.op, term.type, given, term.value, term.node, term.function, term.owner, term.maps)
    return compiled(whole)(NO_VALUES, env)


class _NoValues:
    def get(self, path: PathSteps) -> object:
        return None


NO_VALUES = _NoValues()
