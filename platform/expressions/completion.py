"""What may be written next at a place in an unfinished expression."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lark.exceptions import UnexpectedInput

from sartor.platform.expressions.functions import FUNCTIONS
from sartor.platform.expressions.parser import expected
from sartor.platform.expressions.scope import Scope
from sartor.platform.expressions.types import Type, record

MOST = 50
OPERATORS = {
    "COMPARE": ("=", "!=", "<", "<=", ">", ">="),
    "IN": ("in",),
    "NOT": ("not",),
    "IS": ("is blank", "is not blank"),
    "BETWEEN": ("between",),
    "AND": ("and",),
    "OR": ("or",),
    "BLANK": ("blank",),
}

_WORD = re.compile(r"[^\W\d][\w.]*\Z|\Z")


@dataclass(frozen=True)
class Completion:
    """text: what to write instead of the word begun at `start`. kind: field, function or operator."""

    text: str
    kind: str
    start: int


def completions(
    text: str, position: int, scope: Scope, entity: str, *, roots: Mapping[str, str] | None = None
) -> list[Completion]:
    """Fields, functions and operators that fit at a position, at most 50; fields first."""
    before = text[:position]
    found = _WORD.search(before)
    begun = found[0] if found else ""
    start = len(before) - len(begun)
    try:
        accepted = expected(before[:start])
    except UnexpectedInput:
        return []
    options: list[Completion] = []
    if "NAME" in accepted:
        options += _names(begun, start, scope, {"": entity, **(roots or {})})
    words = [word for name in sorted(accepted) for word in OPERATORS.get(name, ())]
    options += [Completion(word, "operator", start) for word in words if word.startswith(begun.lower())]
    return options[:MOST]


def _names(begun: str, start: int, scope: Scope, roots: Mapping[str, str]) -> list[Completion]:
    *steps, last = begun.split(".")
    inside = start + sum(len(step) + 1 for step in steps)
    fields = [Completion(name, "field", inside) for name in _below(steps, scope, roots) if name.startswith(last)]
    if steps:
        return fields
    calls = [name for name in (*FUNCTIONS, *scope.function_maps()) if name.startswith(last.lower())]
    return fields + [Completion(name + "(", "function", start) for name in sorted(calls)]


def _below(steps: list[str], scope: Scope, roots: Mapping[str, str]) -> Iterable[str]:
    """What a dot after these steps reaches."""
    if not steps:
        return sorted([*scope.names(roots[""]), *(name for name in roots if name)])
    kind: Type | None = record(roots[steps[0]] if steps[0] in roots else roots[""])
    for step in steps[1:] if steps[0] in roots else steps:
        kind = kind and (kind.attributes.get(step) or (scope.field(kind.entity, step) if kind.entity else None))
    if kind is None:
        return ()
    return sorted([*kind.attributes, *(scope.names(kind.entity) if kind.name == "record" and kind.entity else ())])
