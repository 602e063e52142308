"""A condition that no row can say, as people read it: fields by their labels, *today*, *me*, and whether the record is
made or changed, which expressions ask of `old.id`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from sartor.platform.expressions import Node, print_expression
from sartor.platform.expressions.nodes import Between, Blank, Call, Chain, Compare, In, Items, Literal, Minus, Not, Path
from sartor.platform.query.subjects import Subject
from sartor.platform.text import gettext as _
from sartor.platform.text import ngettext

OLD_ID = ("old", "id")
SIGNS = {"!=": "≠", "<>": "≠", "<=": "≤", ">=": "≥"}


class Names(Protocol):
    """What paths mean in some place."""

    def subject(self, path: tuple[str, ...]) -> Subject | None: ...


def tidy(names: Names, node: Node, language: str) -> str:
    """The condition in the reader's language, as far as there are words."""
    say = _SAID.get(type(node))
    return say(names, node, language) if say else print_expression(node)


def _path(names: Names, node: Any, language: str) -> str:
    about = names.subject(node.steps)
    return about.label if about else print_expression(node)


def _blank(names: Names, node: Any, language: str) -> str:
    if isinstance(node.value, Path) and node.value.steps == OLD_ID:
        return _("it is changed, not created") if node.negated else _("it is created, not changed")
    what = tidy(names, node.value, language)
    return _("%(what)s is not blank", what=what) if node.negated else _("%(what)s is blank", what=what)


def _compare(names: Names, node: Any, language: str) -> str:
    if isinstance(node.left, Path) and isinstance(node.right, Path) and node.right.steps == ("old", *node.left.steps):
        what = tidy(names, node.left, language)
        if node.operator == "=":
            return _("%(what)s stays the same", what=what)
        if node.operator in ("!=", "<>"):
            return _("%(what)s changes", what=what)
    left, right = (_value(names, each, other, language) for each, other in _both(node.left, node.right))
    return f"{left} {SIGNS.get(node.operator, node.operator)} {right}"


def _both(left: Node, right: Node) -> tuple[tuple[Node, Node], tuple[Node, Node]]:
    return (left, right), (right, left)


def _value(names: Names, node: Node, beside: Node, language: str) -> str:
    """A value; one that is compared with a choice by what people call it."""
    about = names.subject(beside.steps) if isinstance(beside, Path) and isinstance(node, Literal) else None
    known: Mapping[object, str] = dict(about.asks(language).options) if about else {}
    return known.get(getattr(node, "value", None)) or tidy(names, node, language)


def _in(names: Names, node: Any, language: str) -> str:
    what = tidy(names, node.value, language)
    if isinstance(node.choices, Items):
        values = ", ".join(_value(names, each, node.value, language) for each in node.choices.items)
    else:
        values = tidy(names, node.choices, language)
    if node.negated:
        return _("%(what)s is none of %(values)s", what=what, values=values)
    return _("%(what)s is one of %(values)s", what=what, values=values)


def _between(names: Names, node: Any, language: str) -> str:
    what, low, high = (tidy(names, each, language) for each in (node.value, node.low, node.high))
    if node.negated:
        return _("%(what)s is not from %(low)s to %(high)s", what=what, low=low, high=high)
    return _("%(what)s is from %(low)s to %(high)s", what=what, low=low, high=high)


def _not(names: Names, node: Any, language: str) -> str:
    return _("not (%(conditions)s)", conditions=tidy(names, node.operand, language))


def _chain(names: Names, node: Any, language: str) -> str:
    words = {"and": _("and"), "or": _("or")}
    parts = [_inside(names, node.items[0], language)]
    for operator, item in zip(node.operators, node.items[1:], strict=True):
        parts += [words.get(operator, operator), _inside(names, item, language)]
    return " ".join(parts)


def _inside(names: Names, node: Node, language: str) -> str:
    said = tidy(names, node, language)
    return f"({said})" if isinstance(node, Chain) else said


def _call(names: Names, node: Any, language: str) -> str:
    words = {"today": _("today"), "now": _("now"), "me": _("me"), "reports": _("my reports")}
    if not node.arguments and node.name in words:
        return words[node.name]
    if node.name == "date" and len(node.arguments) == 1:
        return tidy(names, node.arguments[0], language)  # of a moment people say the day by itself
    if node.name in ("hours", "minutes") and isinstance(node.arguments[0], Literal):
        count = node.arguments[0].value
        form = 1 if count == 1 else 2  # of a part of an hour there is no plural to ask for
        if node.name == "hours":
            return ngettext("%(n)s hour", "%(n)s hours", form, n=count)
        return ngettext("%(n)s minute", "%(n)s minutes", form, n=count)
    return f"{node.name}({', '.join(tidy(names, each, language) for each in node.arguments)})"


def _minus(names: Names, node: Any, language: str) -> str:
    return f"-{_inside(names, node.operand, language)}"


_SAID: Mapping[type[Node], Callable[[Names, Any, str], str]] = {
    Path: _path,
    Blank: _blank,
    Compare: _compare,
    In: _in,
    Between: _between,
    Not: _not,
    Chain: _chain,
    Call: _call,
    Minus: _minus,
}
