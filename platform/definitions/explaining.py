"""What a schema refuses, in sentences for the person who wrote the document: no word of the schema language in them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from jsonschema import ValidationError

from sartor.platform.text import did_you_mean, near, ngettext
from sartor.platform.text import gettext as _

Explained = tuple[str, str, str | None]
"""What follows in the pointer, the sentence, and what was probably meant."""

TYPES: Mapping[str, Callable[[], str]] = {
    "string": lambda: _("a text"),
    "integer": lambda: _("a whole number"),
    "number": lambda: _("a number"),
    "boolean": lambda: _("true or false"),
    "array": lambda: _("a list"),
    "object": lambda: _("an object with names and values"),
    "null": lambda: _("nothing"),
}


def explained(error: ValidationError) -> Iterator[Explained]:
    """jsonschema's error, which may be several."""
    yield from _EXPLANATIONS.get(error.validator, _misfit)(error)


def shown(value: Any) -> str:
    """A value as it stands in the document, cut where it is long."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 120 else text[:117] + "…"


def _unknown(error: ValidationError) -> Iterator[Explained]:
    known = error.schema.get("properties", {})
    for name in sorted(set(error.instance) - set(known)):
        guess = near(str(name), known)
        said = _("There is no property %(name)s here.", name=name)
        yield f"/{name}", said + did_you_mean(guess), guess


def _missing(error: ValidationError) -> Iterator[Explained]:
    for name in error.validator_value:
        if name in error.instance:
            continue
        inner = error.schema.get("properties", {}).get(name, {})
        needed = inner.get("required") or (name,)  # of the settings of a type those are told that it cannot do without
        for each in needed:
            yield "", _("%(name)s is missing.", name=_called(inner if each != name else error.schema, each)), None


def _called(schema: Mapping[str, Any], name: str) -> str:
    """A property as its panel calls it in the reader's language; by its key where it has no title."""
    title = schema.get("properties", {}).get(name, {}).get("title")
    return _(title) if title else name


def _not_listed(error: ValidationError) -> Iterator[Explained]:
    allowed = [str(each) for each in error.validator_value]
    guess = near(str(error.instance), allowed)
    if "x-types" in error.schema:
        said = no_such_type(error.instance)
    else:
        said = _("%(value)s is not one of %(allowed)s.", value=shown(error.instance), allowed=", ".join(allowed))
    yield "", said + did_you_mean(guess), guess


def no_such_type(name: Any) -> str:
    return _("There is no type %(value)s. If a plugin brought it, install that again.", value=shown(name))


def _another(error: ValidationError) -> Iterator[Explained]:
    wanted = shown(error.validator_value)
    yield "", _("%(value)s is not %(wanted)s.", value=shown(error.instance), wanted=wanted), None


def _wrong_type(error: ValidationError) -> Iterator[Explained]:
    names = [error.validator_value] if isinstance(error.validator_value, str) else error.validator_value
    wanted = _(" or ").join(TYPES[each]() for each in names)
    yield "", _("%(value)s is not %(wanted)s.", value=shown(error.instance), wanted=wanted), None


def _wrong_form(error: ValidationError) -> Iterator[Explained]:
    description = error.schema.get("description")
    wanted = _(description) if description else ""
    yield "", _("%(value)s has the wrong form. %(wanted)s", value=shown(error.instance), wanted=wanted).strip(), None


def _too_short(error: ValidationError) -> Iterator[Explained]:
    least = error.validator_value
    many = ngettext("This text needs at least %(n)s character.", "This text needs at least %(n)s characters.", least)
    yield "", many, None


def _too_long(error: ValidationError) -> Iterator[Explained]:
    most, value = error.validator_value, shown(error.instance)
    yield "", _("%(value)s is longer than %(n)s characters.", value=value, n=most), None


def _too_few(error: ValidationError) -> Iterator[Explained]:
    least = error.validator_value
    yield "", ngettext("At least %(n)s entry is needed here.", "At least %(n)s entries are needed here.", least), None


def _too_many(error: ValidationError) -> Iterator[Explained]:
    yield "", ngettext("At most %(n)s entry fits here.", "At most %(n)s entries fit here.", error.validator_value), None


def _too_small(error: ValidationError) -> Iterator[Explained]:
    yield "", _("%(value)s is less than %(least)s.", value=shown(error.instance), least=error.validator_value), None


def _too_great(error: ValidationError) -> Iterator[Explained]:
    yield "", _("%(value)s is more than %(most)s.", value=shown(error.instance), most=error.validator_value), None


def _twice(error: ValidationError) -> Iterator[Explained]:
    seen: list[Any] = []
    for each in error.instance:
        if each in seen:
            yield "", _("%(value)s stands here twice.", value=shown(each)), None
        seen.append(each)


def _misfit(error: ValidationError) -> Iterator[Explained]:
    """What only a schema of a plugin asks for."""
    yield "", _("%(value)s does not fit here.", value=shown(error.instance)), None


_EXPLANATIONS: Mapping[object, Callable[[ValidationError], Iterator[Explained]]] = {
    "additionalProperties": _unknown,
    "required": _missing,
    "enum": _not_listed,
    "const": _another,
    "type": _wrong_type,
    "pattern": _wrong_form,
    "minLength": _too_short,
    "maxLength": _too_long,
    "minItems": _too_few,
    "minProperties": _too_few,
    "maxItems": _too_many,
    "maxProperties": _too_many,
    "minimum": _too_small,
    "maximum": _too_great,
    "uniqueItems": _twice,
}
