"""Implicit conversions, few and explicit: a written text becomes the key of a choice or the id of a record, an instant
its local date, an integer a decimal. Everything else is refused with the function that would convert it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from sartor.platform.errors import InvalidExpression
from sartor.platform.expressions.checking import Checking
from sartor.platform.expressions.ids import decoded
from sartor.platform.expressions.nodes import Call, Literal
from sartor.platform.expressions.numbers import places
from sartor.platform.expressions.printer import print_expression
from sartor.platform.expressions.scope import WordTable
from sartor.platform.expressions.term import Term
from sartor.platform.expressions.type_words import type_words
from sartor.platform.expressions.types import (
    BOOLEAN,
    DATE,
    INSTANT,
    INTEGER,
    NULL,
    TEXT,
    Type,
    choice,
    decimal,
    list_of,
)
from sartor.platform.text import between, fold, listed, near, pick
from sartor.platform.text import gettext as _

KEEPS_FOLD = ("upper", "lower", "trim")
Form = str | Callable[[str], str]
"""`full` (folded by the language), `simple` (lower case only), or a field type's own way to compare its texts."""


def type_of(value: object) -> Type:
    """The type of a written value."""
    if value is None:
        return NULL
    if isinstance(value, bool):
        return BOOLEAN
    if isinstance(value, int):
        return INTEGER
    if isinstance(value, Decimal):
        return decimal(max(0, places(value)))
    if isinstance(value, datetime):
        return INSTANT
    return DATE if isinstance(value, date) else TEXT


def written_text(term: Term) -> bool:
    return term.op == "const" and term.type.name == "text" and term.value is not None


def key(checker: Checking, term: Term, kind: Type, owner: tuple[str, str] | None) -> Term:
    """The written text as a key of the choice; unknown keys are refused with the near one."""
    if kind.choices is not None and term.value not in kind.choices:
        labels = {pick(label): name for name, label in kind.choices.items()}
        close = labels.get(term.value) or near(term.value, [*kind.choices, *labels])
        close = labels.get(close, close) if close else None
        message = _(
            "“%(value)s” is not one of the options: %(options)s.", value=term.value, options=_options(kind.choices)
        )
        if close:
            message += between() + _("Did you mean “%(near)s”?", near=close)
        raise checker.fault(term.node, message, close)
    if owner:
        checker.keys[id(term.node)] = owner
    checker.sets[id(term.node)] = kind.sets
    return Term("const", choice(kind.choices, sets=kind.sets), value=term.value, node=term.node, owner=owner)


def _options(choices: Mapping[str, object]) -> str:
    shown = list(choices)[:8]
    return listed(shown) + (" …" if len(choices) > len(shown) else "")


def like(checker: Checking, term: Term, other: Term) -> Term:
    """A written text beside a choice or a record, as what it stands for there."""
    if not written_text(term):
        return term
    if other.type.name == "choice":
        return key(checker, term, other.type, other.owner)
    if other.type.name == "record":
        number = decoded(term.value)
        if number is None:
            hint = _("“%(value)s” is no id of a record; compare a field of it, such as its name.", value=term.value)
            raise checker.fault(term.node, hint)
        return Term("const", other.type, value=number, node=term.node)
    return term


def owner_of(found: Sequence[Term]) -> tuple[str, str] | None:
    """The field whose options several values are."""
    return next((term.owner for term in found if term.owner), None)


def literals_like(checker: Checking, found: Sequence[Term]) -> list[Term]:
    """Written texts among choices or records become keys or ids."""
    model = next((term for term in found if term.type.name in ("choice", "record")), None)
    return [like(checker, term, model) for term in found] if model else list(found)


def widened(term: Term, kind: Type) -> Term:
    """The same value, as the common type of several."""
    if term.op == "const" and term.value is None:
        return Term("const", kind, value=None, node=term.node)
    return term


def coerced(checker: Checking, term: Term, wanted: Type) -> Term:
    """The term as a wanted type (of the field a formula fills), or a refusal."""
    if term.type.name == "null" or (term.op == "const" and term.value is None):
        return Term("const", wanted, value=None, node=term.node)
    if term.op in ("case", "coalesce") and wanted.name in ("choice", "record"):
        return _branches(checker, term, wanted)
    if written_text(term) and wanted.name in ("choice", "record"):
        return like(checker, term, Term("const", wanted))
    if wanted.name == "list" and term.op == "list":
        args = tuple(coerced(checker, arg, wanted.member) for arg in term.args)
        return Term("list", wanted, args, node=term.node)
    if wanted.number and term.type.number:
        return _number(checker, term, wanted)
    if wanted.name == term.type.name and wanted.name != "list" and wanted.entity in (None, term.type.entity):
        return term
    if wanted.name == term.type.name == "list" and wanted.member.name == term.type.member.name:
        return term
    raise _misfit(checker, term, wanted)


def _misfit(checker: Checking, term: Term, wanted: Type) -> InvalidExpression:
    """What was found, what is expected, and the function that would make it so."""
    text, pattern = print_expression(term.node), HINTS.get((term.type.name, wanted.name))
    told = {"type": type_words(term.type, checker.scope), "wanted": type_words(wanted, checker.scope)}
    message = _("“%(text)s” is %(type)s; %(wanted)s is expected.", text=text, **told)
    if not pattern:
        return checker.fault(term.node, message)
    hint = pattern % text
    return checker.fault(term.node, message + between() + _("Write %(hint)s.", hint=hint), hint)


HINTS = {
    ("instant", "date"): "date(%s)",
    ("decimal", "integer"): "round(%s, 0)",
    ("choice", "text"): "label(%s)",
    ("record", "text"): "%s.name",
    ("integer", "text"): "text(%s)",
    ("decimal", "text"): "text(%s)",
    ("date", "text"): "text(%s)",
    ("instant", "text"): "text(%s)",
    ("text", "integer"): "number(%s)",
    ("text", "decimal"): "number(%s)",
}


def _number(checker: Checking, term: Term, wanted: Type) -> Term:
    if wanted.name == "integer" and term.type.name == "decimal":
        if term.type.places == 0:
            return fitted(term, INTEGER)
        text = f"round({print_expression(term.node)}, 0)"
        raise checker.fault(
            term.node, _("A decimal was found where an integer is expected. Write %(hint)s.", hint=text), text
        )
    if wanted.name == "decimal" and (term.type.name != "decimal" or term.type.places > wanted.places):
        return fitted(term, decimal(wanted.places))
    return term


def fitted(term: Term, kind: Type) -> Term:
    """Rounded half-up to the decimals of a type."""
    node = Call("round", (term.node, Literal(kind.places)), position=term.node.position)
    return Term("fit", kind, (term,), node=node)


def _branches(checker: Checking, term: Term, wanted: Type) -> Term:
    args = list(term.args)
    for index in results_at(term):
        args[index] = coerced(checker, args[index], wanted)
    return Term(term.op, wanted, tuple(args), term.value, term.node)


def results_at(term: Term) -> list[int]:
    """Which operands are the values that `if`, `case` or `??` chooses from; none of anything else."""
    if term.op == "coalesce":
        return list(range(len(term.args)))
    return [*range(1, len(term.args) - 1, 2), len(term.args) - 1] if term.op == "case" else []


def as_date(term: Term) -> Term:
    if term.type.name != "instant":
        return term
    return Term("local_date", DATE, (term,), node=Call("date", (term.node,), position=term.node.position))


def argument(checker: Checking, term: Term, kind: str) -> Term:
    """A value as a parameter of a kind."""
    if term.type.name == "null":
        return term
    if kind == "any":
        return term
    if kind in ("date", "day") and term.type.name in ("date", "instant"):
        return as_date(term)
    if kind == "number" and term.type.number:
        return term
    if kind == "folded" and term.type.name == "text":
        return folded(term)[0]
    names = {"day": "date", "number": "decimal", "folded": "text"}
    if kind == "list" and term.type.name == "list":
        return term
    return coerced(checker, term, list_of(TEXT) if kind == "list" else Type(names.get(kind, kind)))


def as_text(checker: Checking, term: Term) -> Term:
    """An operand of `&`: numbers, days and instants are spelled out."""
    if term.type.name in ("integer", "decimal", "date", "instant"):
        return Term("as_text", TEXT, (term,), node=Call("text", (term.node,), position=term.node.position))
    return coerced(checker, term, TEXT)


def form_of(term: Term) -> Form | None:
    """In which form a text is compared, so that none is folded in the database; None: in any, it is known by then."""
    if term.constant:
        return "full" if term.env else None
    if term.op == "coalesce":
        return form_of_all(term.args)
    if term.op == "case":
        return form_of_all((*term.args[1::2], term.args[-1]))
    if term.function and term.function.name in KEEPS_FOLD:
        return form_of(term.args[0])
    return (term.type.folds or "full") if term.op in ("field", "attribute", "mapped", "label") else "simple"


def form_of_all(found: Iterable[Term]) -> Form | None:
    """The one form in which texts can be compared with one another."""
    forms = {form for form in map(form_of, found) if form is not None}
    return forms.pop() if len(forms) == 1 else "simple" if forms else None


def folded(*found: Term) -> list[Term]:
    """Texts in the form in which they are compared with one another."""
    form = form_of_all(found) or "full"
    return [Term("fold", term.type, (term,), value=form, node=term.node) for term in found]


def comparable_member(checker: Checking, value: Term, members: Term, node) -> tuple[Term, Term]:
    """A value and a list, made fit for `in`."""
    item = members.type.member
    value = like(checker, value, Term("const", item, owner=members.owner))
    if value.type.name != item.name or (item.name == "record" and item.entity != value.type.entity):
        told = {"value": type_words(value.type, checker.scope), "list": type_words(members.type, checker.scope)}
        raise checker.fault(node, _("There is never %(value)s in %(list)s.", **told))
    if item.name != "text":
        return value, members
    one, many = folded(value, members)
    return one, many


def mapped(checker: Checking, node: Call, table: WordTable) -> Term:
    """A call of a function that an option set brings: a table from texts or keys to keys."""
    if len(node.arguments) != 1:
        raise checker.fault(node, _("Write %(name)s(value).", name=node.name))
    value = checker.visit(node.arguments[0])
    words = table.words
    result = choice({name: name for name in words.values()}, sets=table.sets)
    if value.type.name == "choice":
        return Term("mapped", result, (value,), node=node, maps=dict(words), value=node.name)
    given = argument(checker, value, "folded")
    form = {fold(name): result for name, result in words.items()}
    return Term("mapped", result, (given,), node=node, maps=form, value=node.name)
