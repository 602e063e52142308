"""Checking one document against the schema of its kind: every fault, with its place and what was meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from jsonschema import Draft202012Validator, ValidationError

from sartor.platform.definitions.documents import Document, split
from sartor.platform.definitions.explaining import explained
from sartor.platform.definitions.fitting import fits
from sartor.platform.definitions.kinds import KINDS, Kinds
from sartor.platform.definitions.naming import entity_name_problem, field_name_problem
from sartor.platform.errors import Problem
from sartor.platform.text import gettext as _
from sartor.platform.text import near

DOTTED_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}(\.[a-z][a-z0-9_]{0,39})*\Z")
PLAIN_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}\Z")
CHOICE_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_+-]{0,39}\Z")
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
    """jsonschema's error as problems: of several forms that would do, what keeps it from the nearest."""
    if error.validator in ("anyOf", "oneOf") and error.context:
        yield from _explain(min(error.context, key=_distance), key)
        return
    place = pointer(error.absolute_path)
    for extra, said, guess in explained(error):
        yield Problem(place + extra, str(error.validator), said, guess, key)


def _distance(error: ValidationError) -> tuple[int, bool, bool]:
    """How far a form that would do is from what was written: what has its type differs from it in less."""
    return -len(error.absolute_path), error.validator != "const", error.validator == "type"


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
