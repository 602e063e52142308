"""Putting a blueprint into a set of definitions, and taking it out again.

What a blueprint brings is copied and remembers where it came from: a definition, and each entry that was added to
somebody else's (a field, a tab, a grant), carries `origin`. Nothing is overlaid when the workspace runs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

from sartor.platform.definitions.documents import Document
from sartor.platform.errors import InvalidDefinition, Problem
from sartor.platform.text import gettext as _

ENTRIES = frozenset({
    "fields", "keys", "checks", "effects", "feeds", "stages", "transitions", "columns", "sections", "tabs", "head",
    "cards", "items", "grants", "dimensions", "measures", "choices", "entities", "to_enter", "to_leave", "blocks",
    "parts", "parties", "actions", "buttons", "colours", "filter_fields",
})  # fmt: skip
"""Maps whose entries have an origin of their own."""


def with_origin(document: Document, origin: str) -> dict[str, Any]:
    """The definition as the workspace keeps it."""
    return {**deepcopy(dict(document)), "origin": origin}


def extended(target: Document, addition: Document, origin: str, key: str) -> dict[str, Any]:
    """`target` with everything that `addition` brings.

    :raises InvalidDefinition: naming every property that is there already with another value.
    """
    problems: list[Problem] = []
    made = deepcopy(dict(target))
    _add(made, addition, origin, key, "", problems)
    if problems:
        raise InvalidDefinition(_("%(origin)s adds what is there already.", origin=origin), problems)
    return made


def completed(target: Document, addition: Document, origin: str) -> dict[str, Any]:
    """`target` with what `addition` has besides; where both say something, `target` is right."""
    made = deepcopy(dict(target))
    _add(made, addition, origin, "", "", [])
    return made


def otherwise(target: Document, addition: Document, origin: str) -> list[str]:
    """Pointers of what `addition` says otherwise than `target`."""
    problems: list[Problem] = []
    _add(deepcopy(dict(target)), addition, origin, "", "", problems)
    return [each.field for each in problems]


def overwritten(target: Document, addition: Document) -> dict[str, Any]:
    """`target` with what `addition` says where both say something."""
    made = deepcopy(dict(target))
    for name in made.keys() & addition.keys():
        both = isinstance(made[name], Mapping) and isinstance(addition[name], Mapping)
        made[name] = overwritten(made[name], addition[name]) if both else deepcopy(addition[name])
    return made


def _add(
    target: dict[str, Any], addition: Mapping[str, Any], origin: str, key: str, place: str, problems: list[Problem]
) -> None:
    entries = place.rpartition("/")[2] in ENTRIES
    for name, value in addition.items():
        here = f"{place}/{name}"
        if name not in target:
            target[name] = _stamped(value, origin) if entries else _stamp_inside(value, origin, name)
        elif isinstance(value, Mapping) and isinstance(target[name], dict):
            if entries and target[name].get("origin") == origin:
                target[name] = _stamped(value, origin)
            else:
                _add(target[name], value, origin, key, here, problems)
        elif target[name] != value:
            said = _("%(name)s is there already; an extension adds, it never changes.", name=name)
            problems.append(Problem(here, "collision", said, file=key))


def _stamped(value: Any, origin: str) -> Any:
    return {**deepcopy(dict(value)), "origin": origin} if isinstance(value, Mapping) else deepcopy(value)


def _stamp_inside(value: Any, origin: str, name: str) -> Any:
    """A whole new map (the first `tabs` of a form): its entries are the blueprint's."""
    if name in ENTRIES and isinstance(value, Mapping):
        return {key: _stamped(each, origin) for key, each in value.items()}
    return deepcopy(value)


def without_origin(document: Document, origin: str) -> dict[str, Any]:
    """The definition without the entries of a blueprint."""
    return {
        name: without_origin(value, origin) if isinstance(value, Mapping) else deepcopy(value)
        for name, value in document.items()
        if not (isinstance(value, Mapping) and value.get("origin") == origin)
    }


def only_origin(document: Document, origin: str) -> dict[str, Any] | None:
    """What a blueprint added to somebody else's definition, as it stands in the blueprint; None if nothing."""
    found = _entries_of(document, origin)
    return unstamped(found) if found else None


def _entries_of(document: Document, origin: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in document.items():
        if not isinstance(value, Mapping):
            continue
        if value.get("origin") == origin:
            found[name] = value
        elif inner := _entries_of(value, origin):
            found[name] = inner
    return found


def unstamped(document: Document) -> dict[str, Any]:
    """The definition as a blueprint ships it: without any origin."""
    return {
        name: unstamped(value) if isinstance(value, Mapping) else deepcopy(value)
        for name, value in document.items()
        # A field may be called `origin`; the mark of a blueprint is a text.
        if not (name == "origin" and isinstance(value, str))
    }


def entries_of_others(document: Document, origin: str | None) -> Iterator[str]:
    """Origins other than `origin` that some entry of the definition carries."""
    for value in document.values():
        if isinstance(value, Mapping):
            if value.get("origin") not in (None, origin):
                yield value["origin"]
            yield from entries_of_others(value, origin)


def extended_by_others(document: Document, present: Document, origin: str) -> dict[str, Any]:
    """A definition of `origin` with what others have put into it, where it has nothing of that name itself."""
    made = deepcopy(dict(document))
    for other in sorted(set(entries_of_others(present, origin))):
        _put_besides(made, _entries_of(present, other))
    return made


def _put_besides(target: dict[str, Any], addition: Document, entries: bool = False) -> None:
    """entries: the names are those of entries, of which one that is gone takes along what was put into it."""
    for name, value in addition.items():
        if isinstance(value.get("origin"), str):
            target.setdefault(name, deepcopy(value))
        elif name in target or not entries:
            inner = target.get(name, {})
            _put_besides(inner, value, name in ENTRIES)
            if inner:
                target[name] = inner
