"""Values of the record in SQL, and what texts are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from sartor.platform.expressions.numbers import BIGGEST_INTEGER
from sartor.platform.expressions.sql.builder import Builder, Sql
from sartor.platform.expressions.sql.calls import sqlite_call
from sartor.platform.expressions.sql.logic import value
from sartor.platform.expressions.sql.moments import local_time
from sartor.platform.expressions.sql.numeric import Scaled, exact, uncollated
from sartor.platform.expressions.term import Term
from sartor.platform.expressions.types import Type
from sartor.platform.text import LANGUAGES, fold, pick

WHOLE_DIGITS = 15  # of a stored number before the point


def stored_value(b: Builder, element: sa.ColumnElement, kind: Type) -> Sql:
    """A raw column as a value, or the result of another expression in its place."""
    element = uncollated(element)
    if b.sqlite and kind.number and isinstance(element.type, sa.String):
        return Sql(element, kind)
    if isinstance(element.type, Scaled):
        return Sql(element, kind, scale=element.type.scale, limit=BIGGEST_INTEGER)
    raw = sa.type_coerce(element, b.raw_type(kind))
    if not kind.number:
        return Sql(raw, kind)
    limit = min(10 ** (WHOLE_DIGITS + kind.places), BIGGEST_INTEGER)
    if kind.name == "integer" or b.sqlite:
        return Sql(raw, kind, scale=kind.places, limit=limit)
    return Sql(raw, kind, limit=10**WHOLE_DIGITS)


def _field(b: Builder, term: Term) -> Sql:
    return stored_value(b, b.columns.column(term.value), term.type)


def _attribute(b: Builder, term: Term) -> Sql:
    """A column of its own, or found by the key of the choice."""
    keys = b.columns.attribute_keys(term.value)
    if keys is None:
        return _field(b, term)
    key = b.compile(term.args[0]).element
    return _by_key(b, term, key, {name: found for found, names in keys.items() for name in names})


def _by_key(b: Builder, term: Term, key: sa.ColumnElement, table: dict[str, object]) -> Sql:
    """A table from keys to values as CASE."""
    table = {name: found for name, found in table.items() if found is not None}
    if not table:
        return b.literal(None, term.type)
    results = {name: _typed(b, found, term.type) for name, found in table.items()}
    cases = {name: each.element for name, each in results.items()}
    first = next(iter(results.values()))
    limit = max(each.limit for each in results.values())
    return Sql(sa.case(cases, value=key, else_=sa.null()), term.type, first.scale, limit)


def _typed(b: Builder, found: object, kind: Type) -> Sql:
    literal = b.literal(found, kind)
    return exact(b, literal) if kind.name == "decimal" else literal


def _mapped(b: Builder, term: Term) -> Sql:
    return _by_key(b, term, value(b, term.args[0]).element, dict(term.maps))


def _label(b: Builder, term: Term) -> Sql:
    return _labelled(b, term, str)


def _labelled(b: Builder, term: Term, form: Callable[[str], str]) -> Sql:
    """The words of each language; which one is asked for is known when the statement runs."""
    key = value(b, term.args[0]).element
    words = {
        code: sa.case(
            {name: sa.literal(form(pick(label, code)), sa.Text()) for name, label in term.maps.items()},
            value=key,
            else_=key,
        )
        for code in LANGUAGES
    }
    return Sql(sa.case(words, value=b.bind("env_language", sa.Text()), else_=words["en"]), term.type)


def _size(b: Builder, term: Term) -> Sql:
    return Sql(b.columns.members(term.args[0].value).count(), term.type, scale=0, limit=10**9)


def _fold(b: Builder, term: Term) -> Sql:
    """A text in the form in which it is compared."""
    (text,) = term.args
    if text.constant:
        return b.constant(Term("fold", text.type, (text,), value=term.value, node=text.node))
    if term.value == "simple":
        found = b.compile(text)
        return replace(found, element=_lowered(b, found.element))
    return _full(b, text, term.value)


def _lowered(b: Builder, element: sa.ColumnElement) -> sa.ColumnElement:
    return sa.func.lower(element if b.sqlite else sa.collate(element, "C"), type_=sa.Text())


def _full(b: Builder, text: Term, form: Any) -> Sql:
    """Folded from stored folded forms, through what keeps them. form: which one they are."""
    if text.constant:
        return b.constant(Term("fold", text.type, (text,), value=form, node=text.node))
    if text.op == "mapped":
        return _by_key(b, text, value(b, text.args[0]).element, {key: fold(to) for key, to in text.maps.items()})
    if text.op in ("case", "coalesce"):
        return b.compile(Term(text.op, text.type, tuple(_folded_results(text, form)), node=text.node))
    if text.op == "label":
        return _labelled(b, text, fold)
    if text.function:
        inner = _full(b, text.args[0], form)
        trimmed = sa.func.nullif(inner.element, sa.literal_column("''"), type_=sa.Text())
        return replace(inner, element=trimmed) if text.function.name == "trim" else inner
    return _stored_fold(b, text)


def _folded_results(text: Term, form: Any) -> Iterator[Term]:
    """The arguments of a case or coalesce with every result folded; conditions stay."""
    for index, arg in enumerate(text.args):
        when = text.op == "case" and index % 2 == 0 and index < len(text.args) - 1
        yield arg if when else Term("fold", text.type, (arg,), value=form, node=arg.node)


def _stored_fold(b: Builder, text: Term) -> Sql:
    keys = b.columns.attribute_keys(text.value) if text.op == "attribute" else None
    if keys is not None:
        key = b.compile(text.args[0]).element
        return _by_key(b, text, key, {name: fold(str(found)) for found, names in keys.items() for name in names})
    element = b.columns.folded(text.value)
    if element is not None:
        return Sql(sa.type_coerce(element, sa.Text()), text.type)
    found = b.compile(text)
    if b.sqlite:
        return replace(found, element=sqlite_call("fold", [found], sa.Text()))
    return replace(found, element=_lowered(b, sa.func.normalize(found.element, sa.literal_column("NFKC"))))


def _join(b: Builder, term: Term) -> Sql:
    parts = [each for arg in term.args if not (each := value(b, arg)).blank]
    empty: sa.ColumnElement = sa.literal_column("''")
    texts = [each.element if each.constant is not None else sa.func.coalesce(each.element, empty) for each in parts]
    joined = texts[0]
    for text in texts[1:]:
        joined = joined.op("||", return_type=sa.Text(), is_comparison=False)(text)
    return Sql(sa.func.nullif(joined, empty, type_=sa.Text()), term.type)


def _as_text(b: Builder, term: Term) -> Sql:
    found = value(b, term.args[0])
    kind = found.type.name
    if b.sqlite and kind == "instant":
        zone = b.bind("env_zone", sa.Text())
        return Sql(sqlite_call("text", [found], sa.Text(), zone, kinds="t"), term.type)
    if b.sqlite:
        return Sql(sqlite_call("text", [found], sa.Text()), term.type)
    if kind == "integer" or kind == "decimal":
        return Sql(sa.cast(sa.func.trim_scale(exact(b, found).element), sa.Text()), term.type)
    if kind == "date":
        return Sql(
            sa.func.to_char(sa.cast(found.element, sa.DateTime()), sa.literal_column("'YYYY-MM-DD'"), type_=sa.Text()),
            term.type,
        )
    clock = local_time(b, found.element)
    return Sql(sa.func.to_char(clock, sa.literal_column("'YYYY-MM-DD HH24:MI'"), type_=sa.Text()), term.type)


OPERATIONS = {
    "field": _field,
    "attribute": _attribute,
    "mapped": _mapped,
    "label": _label,
    "size": _size,
    "fold": _fold,
    "join": _join,
    "as_text": _as_text,
}
