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


SAID_BY_NAME = frozenset({"on_enter", "on_leave", "set", "values", "mail", "maps"})
"""Maps from names of fields, or from words, to texts: whatever the names are, nothing in them is a mark."""


def with_origin(document: Document, origin: str) -> dict[str, Any]:
    """The definition as the workspace keeps it."""
    return {**deepcopy(dict(document)), "origin": origin}


def extended(target: Document, addition: Document, origin: str, key: str) -> dict[str, Any]:
    """`target` with everything that `addition` brings.

    :raises InvalidDefinition: naming every property that is there already with another value.
    """
    problems: list[Problem] = []
    made = deepcopy(dict(target))
    _add(made, addition, origin, (key, ""), problems)
    if problems:
        raise InvalidDefinition(_("%(origin)s adds what is there already.", origin=origin), problems)
    return made


def completed(target: Document, addition: Document, origin: str) -> dict[str, Any]:
    """`target` with what `addition` has besides; where both say something, `target` is right."""
    made = deepcopy(dict(target))
    _add(made, addition, origin, ("", ""), [])
    return made


def otherwise(target: Document, addition: Document, origin: str) -> list[str]:
    """Pointers of what `addition` says otherwise than `target`."""
    problems: list[Problem] = []
    _add(deepcopy(dict(target)), addition, origin, ("", ""), problems)
    return [each.field for each in problems]


def overwritten(target: Document, addition: Document) -> dict[str, Any]:
    """`target` with what `addition` says where both say something."""
    made = deepcopy(dict(target))
    for name in made.keys() & addition.keys():
        both = isinstance(made[name], Mapping) and isinstance(addition[name], Mapping)
        made[name] = overwritten(made[name], addition[name]) if both else deepcopy(addition[name])
    return made


def _add(
    target: dict[str, Any], addition: Mapping[str, Any], origin: str, at: tuple[str, str], problems: list[Problem],
    *, by_name: bool = False,
) -> None:  # fmt: skip
    """at: the definition, and the place in it. by_name: see `unstamped`."""
    key, place = at
    for name, value in addition.items():
        here = f"{place}/{name}"
        if name not in target:
            target[name] = _stamped(value, origin) if by_name else _stamp_inside(value, origin, name)
        elif isinstance(value, Mapping) and isinstance(target[name], dict):
            if by_name and _mark(target[name]) == origin:
                target[name] = _stamped(value, origin)
            else:
                _add(target[name], value, origin, (key, here), problems, by_name=_is_by_name(name, by_name))
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


def without_origin(document: Document, origin: str, *, by_name: bool = False) -> dict[str, Any]:
    """The definition without the entries of a blueprint. by_name: see `unstamped`."""
    return {
        name: without_origin(value, origin, by_name=_is_by_name(name, by_name))
        if isinstance(value, Mapping)
        else deepcopy(value)
        for name, value in document.items()
        if not (by_name and _mark(value) == origin)
    }


def only_origin(document: Document, origin: str) -> dict[str, Any] | None:
    """What a blueprint added to somebody else's definition, as it stands in the blueprint; None if nothing."""
    found = _entries_of(document, origin)
    return unstamped(found) if found else None


def _entries_of(document: Document, origin: str, *, by_name: bool = False) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in document.items():
        if not isinstance(value, Mapping):
            continue
        if by_name and _mark(value) == origin:
            found[name] = value
        elif inner := _entries_of(value, origin, by_name=_is_by_name(name, by_name)):
            found[name] = inner
    return found


def _mark(part: Any) -> str | None:
    """The blueprint that an entry came with."""
    mark = part.get("origin") if isinstance(part, Mapping) else None
    return mark if isinstance(mark, str) else None


def _is_by_name(name: str, by_name: bool) -> bool:
    """Whether what stands in a map stands there under names of its own. by_name: whether the map itself does."""
    return not by_name and name in ENTRIES


def unstamped(document: Document, *, by_name: bool = False) -> dict[str, Any]:
    """The definition as a blueprint ships it: without any origin.

    by_name: what stands in it stands there under names of its own; a field may be called `origin`.
    """
    return {
        name: _unstamped(name, value, by_name)
        for name, value in document.items()
        if by_name or not (name == "origin" and isinstance(value, str))
    }


def _unstamped(name: str, value: Any, by_name: bool) -> Any:
    if not isinstance(value, Mapping) or (name in SAID_BY_NAME and not by_name):
        return deepcopy(value)
    return unstamped(value, by_name=_is_by_name(name, by_name))


def entries_of_others(document: Document, origin: str | None, *, by_name: bool = False) -> Iterator[str]:
    """Origins other than `origin` that some entry of the definition carries."""
    for name, value in document.items():
        if isinstance(value, Mapping):
            if by_name and (mark := _mark(value)) not in (None, origin):
                yield str(mark)
            yield from entries_of_others(value, origin, by_name=_is_by_name(name, by_name))


def extended_by_others(document: Document, present: Document, origin: str) -> dict[str, Any]:
    """A definition of `origin` with what others have put into it, where it has nothing of that name itself."""
    made = deepcopy(dict(document))
    for other in sorted(set(entries_of_others(present, origin))):
        _put_besides(made, _entries_of(present, other))
    return made


def _put_besides(target: dict[str, Any], addition: Document, by_name: bool = False) -> None:
    """An entry that is gone takes along what was put into it. by_name: see `unstamped`."""
    for name, value in addition.items():
        if by_name and _mark(value):
            target.setdefault(name, deepcopy(value))
        elif name in target or not by_name:
            inner = target.get(name, {})
            _put_besides(inner, value, _is_by_name(name, by_name))
            if inner:
                target[name] = inner
