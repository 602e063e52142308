"""Names of fields: what each step of a path is, and whose field it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sartor.platform.errors import InvalidExpression
from sartor.platform.expressions.checking import Checking
from sartor.platform.expressions.nodes import Path
from sartor.platform.expressions.term import Term
from sartor.platform.expressions.type_words import type_words
from sartor.platform.expressions.types import Type, record
from sartor.platform.text import between, fold, near
from sartor.platform.text import gettext as _

Owner = tuple[str, str] | None


def named(checker: Checking, node: Path) -> Term:
    """The field at the end of a path."""
    if checker.aggregates and not checker.inside_aggregate:
        path = ".".join(node.steps)
        raise checker.fault(node, _("“%(path)s” has to be inside sum(), count() or the like here.", path=path))
    root = checker.roots.get(node.steps[0])
    parent, kind = record(root or checker.entity), record(root or checker.entity)
    owners: list[Owner] = [None] if root else []
    owner: Owner = None
    for index in range(len(owners), len(node.steps)):
        parent, owner = kind, owner if not kind.entity else (kind.entity, node.steps[index])
        kind = _step(checker, kind, node, index)
        owners.append(owner if parent.entity else None)
    checker.owners[id(node)] = tuple(owners)
    if parent.name == "choice":
        whole = Term("field", parent, value=node.steps[:-1], node=node)
        return Term("attribute", kind, (whole,), value=node.steps, node=node, owner=owner)
    return Term("field", kind, value=node.steps, node=node, owner=owner)


def _step(checker: Checking, kind: Type, node: Path, index: int) -> Type:
    """The type that a name has after what stands before it."""
    step = node.steps[index]
    if step in kind.attributes:
        return kind.attributes[step]
    found = checker.scope.field(kind.entity, step) if kind.name == "record" and kind.entity else None
    if found is None:
        raise _unknown(checker, kind, node, index)
    return found


def _unknown(checker: Checking, kind: Type, node: Path, index: int) -> InvalidExpression:
    step = node.steps[index]
    at = Path((step,), position=node.position + sum(len(name) + 1 for name in node.steps[:index]))
    if kind.name == "list":
        return checker.fault(at, _("“%(step)s” of many records: count or sum them in a roll-up field.", step=step))
    names: Iterable[str] = kind.attributes
    labels: Mapping[str, str] = {}
    message = _("There is no “%(step)s” in %(type)s.", type=type_words(kind, checker.scope), step=step)
    if kind.name == "record" and kind.entity:
        names = [*checker.scope.names(kind.entity), *(checker.roots if index == 0 else ())]
        labels = checker.scope.labels(kind.entity)
        message = _("%(entity)s has no field “%(step)s”.", entity=checker.scope.called(kind.entity), step=step)
    close = labels.get(fold(step)) or near(step.lower(), names)
    if close:
        message += between() + _("Did you mean “%(near)s”?", near=close)
    return checker.fault(at, message, close)
