"""Checking one document against the schema of its kind: every fault, with its place and what was meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from jsonschema import Draft202012Validator, ValidationError

from sartor.platform.definitions.documents import Document, split
from sartor.platform.definitions.fitting import fits
from sartor.platform.definitions.kinds import KINDS, Kinds
from sartor.platform.definitions.naming import entity_name_problem, field_name_problem
from sartor.platform.errors import Problem
from sartor.platform.text import did_you_mean, near
from sartor.platform.text import gettext as _

DOTTED_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}(\.[a-z][a-z0-9_]{0,39})*\Z")
PLAIN_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}\Z")
DEEPEST = 40


def pointer(path: Iterable[Any]) -> str:
    """A JSON pointer (RFC 6901)."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)


def validate(kinds: Kinds, key: str, document: Document) -> list[Problem]:
    """Everything that is wrong with one document by itself."""
    kind, name = split(key)
    if kind not in KINDS:
        return [Problem("", "kind", _("There is no kind %(kind)s.", kind=kind), near(kind, KINDS), key)]
    if not isinstance(document, Mapping):
        return [Problem("", "type", _("A definition is a JSON object."), file=key)]
    if _depth(document) > DEEPEST:
        return [Problem("", "depth", _("Nested deeper than %(n)s levels.", n=DEEPEST), file=key)]
    return [*_name_problems(kind, name, document, key), *faults(kinds.validator(kind), document, key)]


def faults(validator: Draft202012Validator, value: Any, file: str | None = None) -> list[Problem]:
    """Everything in which a value differs from a schema, each with a JSON pointer and a sentence, once."""
    if fits(value, validator.schema):
        return []
    found = (problem for error in validator.iter_errors(value) for problem in _explain(error, file))
    return list(dict.fromkeys(found))


def _name_problems(kind: str, name: str, document: Document, key: str) -> Iterator[Problem]:
    plain = kind in ("entity", "options")
    if not (PLAIN_NAME if plain else DOTTED_NAME).match(name):
        yield Problem("", "name", _("%(name)s is not a name: lower-case letters, digits and _.", name=name), file=key)
    if kind != "entity":
        return
    if reason := entity_name_problem(name):
        yield Problem("", "name", reason, file=key)
    fields = document.get("fields")
    for field in fields if isinstance(fields, Mapping) else ():
        if reason := field_name_problem(str(field)):
            yield Problem(f"/fields/{field}", "name", reason, file=key)


def _explain(error: ValidationError, key: str | None) -> Iterator[Problem]:
    """jsonschema's error as a sentence for the person who wrote the document."""
    place = pointer(error.absolute_path)
    explain = _EXPLANATIONS.get(error.validator)
    if error.validator in ("anyOf", "oneOf") and error.context:
        yield from _explain(min(error.context, key=_distance), key)
    elif explain:
        yield from (
            Problem(place + extra, str(error.validator), said, guess, key) for extra, said, guess in explain(error)
        )
    else:
        yield Problem(place, str(error.validator), _shorten(error.message), file=key)


def _distance(error: ValidationError) -> tuple[int, bool, bool]:
    """How far a form that would do is from what was written: what has its type differs from it in less."""
    return -len(error.absolute_path), error.validator != "const", error.validator == "type"


Explained = Iterator[tuple[str, str, str | None]]


def _unknown(error: ValidationError) -> Explained:
    known = error.schema.get("properties", {})
    for name in sorted(set(error.instance) - set(known)):
        guess = near(str(name), known)
        said = _("There is no property %(name)s here.", name=name)
        yield f"/{name}", said + did_you_mean(guess), guess


def _missing(error: ValidationError) -> Explained:
    for name in error.validator_value:
        if name not in error.instance:
            yield "", _("%(name)s is missing.", name=_called(error.schema, name)), None


def _called(schema: Mapping[str, Any], name: str) -> str:
    """A property as its panel calls it in the reader's language; by its key where it has no title."""
    title = schema.get("properties", {}).get(name, {}).get("title")
    return _(title) if title else name


def _not_listed(error: ValidationError) -> Explained:
    allowed = [str(each) for each in error.validator_value]
    guess = near(str(error.instance), allowed)
    said = _("%(value)s is not one of %(allowed)s.", value=_shorten(repr(error.instance)), allowed=", ".join(allowed))
    yield "", said + did_you_mean(guess), guess


def _wrong_type(error: ValidationError) -> Explained:
    wanted = error.validator_value if isinstance(error.validator_value, str) else " or ".join(error.validator_value)
    yield "", _("%(value)s is not of type %(wanted)s.", value=_shorten(repr(error.instance)), wanted=wanted), None


def _wrong_form(error: ValidationError) -> Explained:
    description = error.schema.get("description", error.validator_value)
    yield (
        "",
        _("%(value)s has the wrong form. %(wanted)s", value=_shorten(repr(error.instance)), wanted=description),
        None,
    )


_EXPLANATIONS = {
    "additionalProperties": _unknown,
    "required": _missing,
    "enum": _not_listed,
    "type": _wrong_type,
    "pattern": _wrong_form,
}


def _shorten(text: str) -> str:
    return text if len(text) <= 120 else text[:117] + "…"


def _depth(value: Any) -> int:
    """How deep a document is nested, without recursion: a hostile one may be very deep."""
    deepest, todo = 0, [(value, 1)]
    while todo:
        item, level = todo.pop()
        deepest = max(deepest, level)
        if level > DEEPEST:
            return level
        inner = item.values() if isinstance(item, Mapping) else item if isinstance(item, list) else ()
        todo += [(each, level + 1) for each in inner]
    return deepest
