"""References follow a rename: fields of paths and keys of options are rewritten, the meaning stays."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from sartor.platform.expressions.checker import Checker
from sartor.platform.expressions.functions.aggregates import asks_rows
from sartor.platform.expressions.nodes import Literal, Node, Path, rebuilt
from sartor.platform.expressions.parser import parse
from sartor.platform.expressions.printer import print_expression
from sartor.platform.expressions.scope import Scope

FieldName = Callable[[str, str], str]
OptionKey = Callable[[str, str, str], str]


def same_key(entity: str, field: str, key: str) -> str:
    return key


def rename(
    text: str,
    renames: FieldName,
    scope: Scope,
    entity: str,
    *,
    roots: Mapping[str, str] | None = None,
    options: OptionKey = same_key,
) -> str:
    """The expression with new names. `renames(entity, field)` gives the new name of a field, `options(entity, field,
    key)` the new key of one of its options. The scope is the one in which the text is right, that is, the old one.
    roots: as for `check`.
    """
    node = parse(text)
    checker = Checker(scope, entity, roots or {}, asks_rows(node))
    checker.visit(node)

    def renamed(each: Node) -> Node:
        if isinstance(each, Path) and id(each) in checker.owners:
            return replace(each, steps=_steps(each, checker.owners[id(each)], renames))
        if isinstance(each, Literal) and id(each) in checker.keys and isinstance(each.value, str):
            return replace(each, value=options(*checker.keys[id(each)], each.value))
        return each

    return print_expression(rebuilt(node, renamed))


def _steps(path: Path, owners: tuple[tuple[str, str] | None, ...], renames: FieldName) -> tuple[str, ...]:
    pairs = zip(path.steps, owners, strict=True)
    return tuple(renames(*owner) if owner else step for step, owner in pairs)
