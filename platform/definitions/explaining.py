"""What a schema refuses, in sentences for the person who wrote the document: no word of the schema language in them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from jsonschema import ValidationError

from sartor.platform.text import between, did_you_mean, fold, in_every_language, joint, near, ngettext, pick
from sartor.platform.text import gettext as _

Explained = tuple[str, str, str | None]
"""What follows in the pointer, the sentence, and what was probably meant."""

TYPES: Mapping[str, Callable[[], str]] = {
    "string": lambda: _("a text"),
    "integer": lambda: _("a whole number"),
    "number": lambda: _("a number"),
    "boolean": lambda: _("yes or no (true or false)"),
    "array": lambda: _("a list"),
    "object": lambda: _("a set of named entries"),
    "null": lambda: _("nothing"),
}
LISTED = 12
"""So many of what would do are told."""


def explained(error: ValidationError) -> Iterator[Explained]:
    """jsonschema's error, which may be several."""
    yield from _EXPLANATIONS.get(error.validator, _misfit)(error)


def shown(value: Any) -> str:
    """A value as people say it; one that is long is cut, of one with parts only the sort is told."""
    if isinstance(value, str):
        return _("“%(text)s”", text=value if len(value) <= 60 else value[:60] + "…")
    if isinstance(value, Mapping):
        return TYPES["object"]()
    if isinstance(value, list | tuple):
        return TYPES["array"]()
    return TYPES["null"]() if value is None else json.dumps(value, default=str)


def _unknown(error: ValidationError) -> Iterator[Explained]:
    known = error.schema.get("properties", {})
    words = {name: _word(part) for name, part in known.items()}
    titles = {name: in_every_language(part["title"]) for name, part in known.items() if _word(part)}
    for name in sorted(set(error.instance) - set(known), key=str):
        guess = _meant(str(name), words, titles)
        said = _("%(name)s is not known here.", name=shown(str(name)))
        if guess is None and words:
            said += between() + _("Known here: %(names)s.", names=_some(_keyed(words)))
        yield f"/{name}", said + did_you_mean(guess and next(_keyed({guess: words[guess]}))), guess


def _word(part: Any) -> str:
    """What a panel calls a property in the reader's language; empty where it has no title."""
    title = part.get("title") if isinstance(part, Mapping) else None
    return _(title) if title else ""


def _meant(written: str, keys: Iterable[str], titles: Mapping[str, Iterable[str]]) -> str | None:
    """The key that was probably meant by a key, or by what it is called in any language."""
    by_title = {title: key for key, each in titles.items() for title in each}
    return near(written, keys) or by_title.get(near(written, by_title) or "")


def _keyed(words: Mapping[str, str]) -> Iterator[str]:
    """Keys, each with what it is called where that is another word."""
    for key, word in words.items():
        yield _("%(key)s (%(word)s)", key=key, word=word) if word and fold(word) != fold(key) else key


def _some(names: Iterable[str]) -> str:
    """The first of them, and how many more there are."""
    found = list(names)
    told = joint().join(found[:LISTED])
    more = len(found) - LISTED
    return told if more <= 0 else _("%(names)s and %(n)s more", names=told, n=more)


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
    return _word(schema.get("properties", {}).get(name, {})) or name


def _not_listed(error: ValidationError) -> Iterator[Explained]:
    texts, types = error.schema.get("x-texts", {}), error.schema.get("x-types")
    words = {str(each): _(texts[each]) if each in texts else "" for each in error.validator_value}
    words |= {key: pick(each["label"]) for key, each in (types or {}).items()}
    titles = {str(each): in_every_language(texts[each]) for each in error.validator_value if each in texts}
    titles |= {key: each["label"].values() for key, each in (types or {}).items()}
    guess = _meant(str(error.instance), words, titles)
    if types is not None:
        said = _("There is no type %(value)s.", value=shown(error.instance)) if guess else no_such_type(error.instance)
    else:
        said = _("%(value)s is none of these: %(allowed)s.", value=shown(error.instance), allowed=_some(_keyed(words)))
    yield "", said + did_you_mean(guess and next(_keyed({guess: words[guess]}))), guess


def no_such_type(name: Any) -> str:
    return _("There is no type %(value)s. If a plugin brought it, install that again.", value=shown(name))


def _another(error: ValidationError) -> Iterator[Explained]:
    yield "", _needed(shown(error.validator_value), error.instance), None


def _wrong_type(error: ValidationError) -> Iterator[Explained]:
    names = [error.validator_value] if isinstance(error.validator_value, str) else error.validator_value
    yield "", _needed(_(" or ").join(TYPES[each]() for each in names), error.instance), None


def _needed(wanted: str, found: Any) -> str:
    return _("%(wanted)s is needed here, not %(value)s.", wanted=wanted[:1].upper() + wanted[1:], value=shown(found))


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
    least, known = error.validator_value, error.schema.get("properties", {})
    if least == 1 and known:
        names = _some(_word(part) or name for name, part in known.items())
        yield "", _("One of these is needed: %(names)s.", names=names), None
        return
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
