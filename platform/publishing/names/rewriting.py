"""Writing a new name wherever the old one stands: in texts, in paths, in expressions, and as the key of a map."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import copy, deepcopy
from dataclasses import dataclass
from functools import partial
from typing import Any

from sartor.platform.definitions.documents import Document, Documents
from sartor.platform.errors import Conflict
from sartor.platform.expressions import parse, print_expression
from sartor.platform.expressions.checker import Checker
from sartor.platform.expressions.merging import either, replaced
from sartor.platform.expressions.nodes import Node, Path, walk
from sartor.platform.expressions.term import Term
from sartor.platform.publishing.uses.references import Noting, Owner, Reference
from sartor.platform.text import gettext as _


@dataclass(frozen=True, slots=True)
class Rename:
    """key: the definition, `entity/deal`. field: one of its fields, entry: one of its choices or stages, where that is
    what gets the new name."""

    key: str
    new: str
    field: str | None = None
    entry: str | None = None

    @property
    def kind(self) -> str:
        return self.key.partition("/")[0]

    @property
    def old(self) -> str:
        return self.entry or self.field or self.key.partition("/")[2]

    @property
    def set(self) -> str:
        """What says the choices or stages, where one of them is meant: `options/source`, `entity/deal#kind`."""
        return f"{self.key}#{self.field}" if self.field else self.key

    @property
    def owner(self) -> Owner | None:
        return (self.key.partition("/")[2], self.field) if self.field else None


class Rewriting:
    """Copies of the documents that are touched. Keys of maps are renamed last, or places would move."""

    def __init__(self, documents: Documents, rename: Rename, draft: Noting) -> None:
        self.documents = documents
        self.rename = rename
        self.draft = draft
        self.copies: dict[str, Any] = {}
        self.keys: dict[tuple[str, tuple[str, ...]], str] = {}
        self.expressions = {(each.key, each.pointer) for each in draft.found if each.wish}
        self.reached = {(place.key, place.pointer, target) for place, target in draft.reaches}

    def beside(self, rename: Rename) -> Rewriting:
        """Another rename in the same copies, at the same time."""
        other = copy(self)
        other.rename = rename
        return other

    def rewrite(self, reference: Reference) -> None:
        if reference.wish is not None:
            change = partial(self._expression, reference)
            self._edit(reference, (lambda text: replaced(text, change)) if reference.merged else change)
        elif self.rename.owner in reference.owners and self.rename.owner is not None:
            steps = [self.rename.new if owner == self.rename.owner else None for owner in reference.owners]
            self._name(reference, lambda text: _with_steps(text, steps))
        elif self.rename.field is None and self.rename.key in reference.targets:
            self._name(reference, self._definition)

    def finished(self) -> dict[str, Document]:
        for (key, parts), new in sorted(self.keys.items(), key=lambda each: -len(each[0][1])):
            parent = _inside(self._copy(key), parts[:-1])
            if new in parent:  # it stands there already, so the other entry only goes
                parent.pop(parts[-1])
                continue
            entries = [(new if name == parts[-1] else name, value) for name, value in parent.items()]
            parent.clear()
            parent.update(entries)
        return {key: copy for key, copy in self.copies.items() if copy != self.documents[key]}

    # ---- kinds of places

    def _expression(self, reference: Reference, text: str) -> str:
        wish = reference.wish
        if self.rename.owner is None or wish is None:
            return text
        reached = (reference.key, reference.pointer, f"{self.rename.key}#{self.rename.field}") in self.reached
        if self.rename.old not in text and not reached:
            return text
        return renamed_in(text, Checker(self.draft.scope, wish.entity, wish.roots, wish.aggregates), self.rename)

    def _definition(self, text: str) -> str:
        return f"{self.rename.kind}/{self.rename.new}" if text == self.rename.key else self.rename.new

    def _name(self, reference: Reference, change: Callable[[str], str]) -> None:
        """A name is the text at the place, the `path` of the part there, or the key under which the part stands."""
        parts = _parts(reference.pointer)
        value = _inside(self.documents[reference.key], parts)
        if isinstance(value, Mapping) and "path" in value:
            self._edit(Reference(reference.key, f"{reference.pointer}/path"), change)
        elif self._stands_there(reference, value):
            self._edit(reference, change)
        elif change(parts[-1]) != parts[-1]:
            self._key(reference, parts, change)

    def _stands_there(self, reference: Reference, value: Any) -> bool:
        """Whether the text at a place is the name; an expression under the name of a field is not."""
        if not isinstance(value, str) or (reference.key, reference.pointer) in self.expressions:
            return False
        if reference.targets:
            return value in (self.rename.old, self.rename.key)
        steps = value.removeprefix("-").split(".")
        return [owner[1] for owner in reference.owners if owner] == steps[: sum(map(bool, reference.owners))]

    def _key(self, reference: Reference, parts: tuple[str, ...], change: Callable[[str], str]) -> None:
        """A key that is the name itself is renamed; one that is a path keeps its key and says the path."""
        if parts[-1] == self.rename.old:
            self.keys[reference.key, parts] = self.rename.new
            return
        part = _inside(self._copy(reference.key), parts)
        if isinstance(part, dict):
            part["path"] = change(parts[-1])

    def _edit(self, reference: Reference, change: Callable[[str], str]) -> None:
        parts = _parts(reference.pointer)
        value = _inside(self.documents[reference.key], parts)
        if not isinstance(value, str) or change(value) == value:
            return
        parent = _inside(self._copy(reference.key), parts[:-1])
        parent[int(parts[-1]) if isinstance(parent, list) else parts[-1]] = change(value)

    def _copy(self, key: str) -> Any:
        if key not in self.copies:
            self.copies[key] = deepcopy(dict(self.documents[key]))
        return self.copies[key]


def renamed_in(text: str, checker: Checker, rename: Rename) -> str:
    """An expression in which a field has its new name, and is otherwise letter for letter what it was if possible.

    :raises Conflict: when a function in it finds the field by its name.
    """
    node = parse(text)
    terms = [checker.visit(part) for part in either(node)]  # the parts of a chain of ?? need not be of one type
    _require_written(text, node, checker, rename, terms)
    result, whole = text, True
    for path in sorted((each for each in walk(node) if isinstance(each, Path)), key=lambda each: -each.position):
        owners = checker.owners.get(id(path), ())
        steps = [rename.new if owner == rename.owner else None for owner in owners]
        before = ".".join(path.steps)
        end = path.position + len(before)
        if not any(steps):
            continue
        whole = whole and result[path.position : end] == before
        result = result[: path.position] + _with_steps(before, steps) + result[end:]
    return result if whole else _printed(text, checker, rename)


def _require_written(text: str, node: Node, checker: Checker, rename: Rename, terms: Sequence[Term]) -> None:
    """`base(amount)` reads the rate beside the amount, which stands nowhere in it and so cannot be rewritten.

    terms: they hold the paths that were not written, by whose identity the checker knows owners.
    """
    written = {id(each) for each in walk(node)}
    unwritten = (owners for path, owners in checker.owners.items() if terms and path not in written)
    if any(owners[-1] == rename.owner for owners in unwritten):
        raise Conflict(
            _(
                "“%(text)s” finds %(name)s by its name, so it has to be called so. What people read is its label.",
                name=rename.old,
                text=text,
            )
        )


def _printed(text: str, checker: Checker, rename: Rename) -> str:
    """In canonical form, for an expression whose paths are not written without blanks."""
    return renamed_in(print_expression(parse(text)), checker, rename)


def _with_steps(text: str, steps: list[str | None]) -> str:
    sign = "-" if text.startswith("-") else ""
    parts = text.removeprefix("-").split(".")
    return sign + ".".join((steps[n] or part) if n < len(steps) else part for n, part in enumerate(parts))


def _parts(pointer: str) -> tuple[str, ...]:
    return tuple(pointer.split("/")[1:])


def _inside(value: Any, parts: tuple[str, ...]) -> Any:
    for part in parts:
        value = value[int(part)] if isinstance(value, list) else value.get(part, {})
    return value
