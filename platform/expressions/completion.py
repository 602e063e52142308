"""What may be written next at a place in an unfinished expression."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass

from lark.exceptions import UnexpectedInput

from sartor.platform.errors import InvalidDefinition
from sartor.platform.expressions.functions import FUNCTIONS
from sartor.platform.expressions.parser import expected
from sartor.platform.expressions.printer import literal
from sartor.platform.expressions.scope import Scope
from sartor.platform.expressions.types import Label, Type, record
from sartor.platform.text import in_all_languages

MOST = 500
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
_PATH = r"(?P<path>[^\W\d]\w*(?:\.[^\W\d]\w*)*)"
_LIST = r"[\[【]\s*(?:'[^']*'\s*[,，]\s*)*"
_BEGUN = r"(?P<begun>'[^']*|\w*)\Z"
_VALUE = re.compile(
    rf"{_PATH}\s*(?:(?:=|==|!=|<>|≠|＝)\s*|\b(?:not\s+)?in\s*{_LIST}){_BEGUN}"
    rf"|\b(?:contains|any_of|all_of)\s*[(（]\s*{_PATH.replace('path', 'of')}\s*[,，]\s*(?:{_LIST})?"
    rf"{_BEGUN.replace('begun', 'started')}",
    re.IGNORECASE,
)
"""Where the value of a field is being written: `stage = `, `stage in ['won', `, `contains(tags, '`."""
_ALL = re.compile(rf"\s*{_BEGUN}")


@dataclass(frozen=True)
class Completion:
    """text: what to write instead of the word begun at `start`. kind: field, value, function or operator.

    label: what people call a value. owner: for a field, the entity that it is a field of; empty for an attribute.
    """

    text: str
    kind: str
    start: int
    label: Label = ""
    owner: str = ""


def completions(
    text: str,
    position: int,
    scope: Scope,
    entity: str,
    *,
    expect: Type | None = None,
    roots: Mapping[str, str] | None = None,
) -> list[Completion]:
    """Values of a choice, fields, functions and operators that fit at a position, in this order.

    expect: what the whole has to be.
    """
    before = text[:position]
    given = _values(before, scope, {"": entity, **(roots or {})}) or _whole(before, expect)
    if given and given[0].start < position and before[given[0].start] == "'":
        return given[:MOST]
    found = _WORD.search(before)
    begun = found[0] if found else ""
    start = len(before) - len(begun)
    try:
        accepted = expected(before[:start])
    except UnexpectedInput:
        return []
    options: list[Completion] = given
    if "NAME" in accepted:
        options += _names(begun, start, scope, {"": entity, **(roots or {})})
    words = [word for name in sorted(accepted) for word in OPERATORS.get(name, ())]
    options += [Completion(word, "operator", start) for word in words if word.startswith(begun.lower())]
    return options[:MOST]


def _values(before: str, scope: Scope, roots: Mapping[str, str]) -> list[Completion]:
    """The choices of the field that a value is written for."""
    found = _VALUE.search(before)
    if not found:
        return []
    path, begun = (found["path"], found["begun"]) if found["path"] else (found["of"], found["started"])
    return _choices(_type_of(path.split("."), scope, roots), begun, before)


def _whole(before: str, expect: Type | None) -> list[Completion]:
    """The choices, where one of them is all that is written."""
    found = _ALL.match(before)
    return _choices(expect, found["begun"], before) if found and expect and expect.choices else []


def _choices(kind: Type | None, begun: str, before: str) -> list[Completion]:
    choices = (kind.item or kind).choices if kind else None
    wanted = begun.removeprefix("'").casefold()
    return [
        Completion(literal(key), "value", len(before) - len(begun), label)
        for key, label in (choices or {}).items()
        if wanted in key.casefold() or any(wanted in word.casefold() for word in in_all_languages(label))
    ]


def _names(begun: str, start: int, scope: Scope, roots: Mapping[str, str]) -> list[Completion]:
    *steps, last = begun.split(".")
    inside = start + sum(len(step) + 1 for step in steps)
    owner, names = _below(steps, scope, roots)
    fields = [Completion(name, "field", inside, owner=owner) for name in names if name.startswith(last)]
    if steps:
        return fields
    calls = [name for name in (*FUNCTIONS, *scope.function_maps()) if name.startswith(last.lower())]
    return fields + [Completion(name + "(", "function", start) for name in sorted(calls)]


def _below(steps: list[str], scope: Scope, roots: Mapping[str, str]) -> tuple[str, Iterable[str]]:
    """What a dot after these steps reaches, and the entity that it belongs to."""
    if not steps:
        return roots[""], sorted([*scope.names(roots[""]), *(name for name in roots if name)])
    kind = _type_of(steps, scope, roots)
    if kind is None:
        return "", ()
    entity = kind.entity if kind.name == "record" and kind.entity else ""
    return entity, sorted([*kind.attributes, *(scope.names(entity) if entity else ())])


def _type_of(steps: list[str], scope: Scope, roots: Mapping[str, str]) -> Type | None:
    """The type at the end of a path, None where there is no such path."""
    is_root = steps[0] in roots and bool(steps[0])
    kind: Type | None = record(roots[steps[0]] if is_root else roots[""])
    for step in steps[1:] if is_root else steps:
        kind = kind and (kind.attributes.get(step) or (_field(scope, kind.entity, step) if kind.entity else None))
    return kind


def _field(scope: Scope, entity: str, name: str) -> Type | None:
    """Its type; None, too, where its own design is wrong or leads nowhere: nothing can be offered behind it."""
    with suppress(InvalidDefinition):
        return scope.field(entity, name)
    return None
