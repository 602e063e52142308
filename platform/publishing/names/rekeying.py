"""Renames of choices and stages: every definition that names the old key names the new one, and nothing else changes.

Several keys are renamed at once, so that two may exchange theirs. The values in records follow in the publish.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from sartor.platform.definitions.compile.scope import STAYS
from sartor.platform.definitions.documents import Document, Documents
from sartor.platform.errors import InvalidDefinition, InvalidExpression
from sartor.platform.expressions import parse, print_expression
from sartor.platform.expressions.checker import Checker
from sartor.platform.expressions.merging import either, replaced
from sartor.platform.expressions.nodes import Call, Compare, In, Items, Literal, Node, Path, rebuilt, walk
from sartor.platform.publishing.uses.references import Noting, Reference

Keys = Mapping[str, str]
"""New keys by old ones."""
Parts = Mapping[str, Document]
"""Choices or stages by key."""


def parts_of_set(documents: Documents, owner: str) -> Any:
    """The choices or stages by key that a definition says; None where it says none. owner: `options/source`,
    `pipeline/deal`, or a field that says its own, `entity/deal#kind`."""
    key, _hash, name = owner.partition("#")
    document: Any = documents.get(key, {})
    if name:
        return document.get("fields", {}).get(name, {}).get("options", {}).get("choices")
    return document.get("choices" if key.startswith("options/") else "stages")


def rekeyed(documents: Documents, draft: Noting, owner: str, keys: Keys) -> dict[str, Document]:
    """The documents that other keys of some choices or stages change. draft: of these documents."""
    return Rekeying(documents, draft, owner, keys).changed()


@dataclass
class Rekeying:
    """One such change."""

    documents: Documents
    draft: Noting
    owner: str
    keys: Keys
    copies: dict[str, Any] = field(default_factory=dict)
    read_by: set[str] = field(default_factory=set)
    """Word tables that are asked with keys of this set."""

    def changed(self) -> dict[str, Document]:
        for reference in self.draft.found:
            if reference.wish is not None:
                change = partial(self._expression, reference)
                self._edit(
                    reference, (lambda text, change=change: replaced(text, change)) if reference.merged else change
                )
        self._set_itself()
        for table, words in self._word_tables():
            self._rename_entries(words, table in self.read_by)
        return {key: copy for key, copy in self.copies.items() if copy != self.documents[key]}

    def _now(self, key: str) -> str:
        return self.keys.get(key, key)

    # ---- where keys stand by themselves

    def _set_itself(self) -> None:
        copy = self._copy(self.owner.partition("#")[0])
        parts = parts_of_set({self.owner.partition("#")[0]: copy}, self.owner)
        entries = [(self._now(name), self._formerly(name, part)) for name, part in parts.items()]
        parts.clear()
        parts.update(entries)
        if self.owner.startswith("pipeline/"):
            if "first" in copy:
                copy["first"] = self._now(copy["first"])
            for move in copy.get("transitions", {}).values():
                move.update({end: [self._now(name) for name in move[end]] for end in ("from", "to")})

    def _formerly(self, name: str, part: Document) -> Document:
        return {**part, "formerly": [*part.get("formerly", ()), name]} if self._now(name) != name else part

    def _word_tables(self) -> Iterator[tuple[str, tuple[str, str]]]:
        for key, document in self.documents.items():
            if key.startswith("options/") and "maps" in document:
                yield from ((table, (key, table)) for table in document["maps"])

    def _rename_entries(self, place: tuple[str, str], by_word: bool) -> None:
        """A table of words leads to keys of its own set; its words may be keys of another one."""
        key, table = place
        if key != self.owner and not by_word:
            return
        words = self._copy(key)["maps"][table]
        leads = self._now if key == self.owner else str
        entries = [(self._now(word) if by_word else word, leads(meant)) for word, meant in words.items()]
        words.clear()
        words.update(entries)

    # ---- where they stand in expressions

    def _expression(self, reference: Reference, text: str) -> str:
        wish = reference.wish
        assert wish is not None
        if not any(key in text for key in self.keys) and not self._asks_a_table(text):
            return text
        checker = Checker(self.draft.scope, wish.entity, wish.roots, wish.aggregates)
        node = parse(text)
        with suppress(InvalidExpression, InvalidDefinition):  # what is wrong is told where it stands, not mended here
            for part in either(node) if reference.merged else (node,):
                term = checker.visit(part)
                if wish.expect is not None:
                    checker.coerced(term, wish.expect)
        self._note_tables(node, checker)
        return self._written(text, node, {*self._keys_in(node, checker), *self._beside(node, checker)})

    def _asks_a_table(self, text: str) -> bool:
        return any(table in text for table, _place in self._word_tables())

    def _keys_in(self, node: Node, checker: Checker) -> Iterator[int]:
        yield from (id(each) for each in walk(node) if self.owner in checker.sets.get(id(each), ()))

    def _beside(self, node: Node, checker: Checker) -> Iterator[int]:
        """Texts that are compared with the stage of a stay."""
        for each in walk(node):
            if isinstance(each, Compare):
                pairs = [(each.left, each.right), (each.right, each.left)]
            elif isinstance(each, In):
                items = each.choices.items if isinstance(each.choices, Items) else (each.choices,)
                pairs = [(each.value, item) for item in items]
            else:
                continue
            yield from (id(said) for about, said in pairs if self._speaks_of(about, checker))

    def _speaks_of(self, node: Node, checker: Checker) -> bool:
        if not isinstance(node, Path) or not self.owner.startswith("pipeline/"):
            return False
        stays = f"{self.documents[self.owner]['entity']}{STAYS}"
        return (checker.owners.get(id(node), ()) or (None,))[-1] == (stays, "stage")

    def _note_tables(self, node: Node, checker: Checker) -> None:
        tables = {table for table, _place in self._word_tables()}
        for each in walk(node):
            if isinstance(each, Call) and each.name in tables and len(each.arguments) == 1:
                with suppress(InvalidExpression, InvalidDefinition):
                    if self.owner in checker.visit(each.arguments[0]).type.sets:
                        self.read_by.add(each.name)

    def _written(self, text: str, node: Node, meant: set[int]) -> str:
        """The text with new keys, otherwise letter for letter; in canonical form where it is quoted unusually."""
        found = [
            each for each in walk(node) if id(each) in meant and isinstance(each, Literal) and each.value in self.keys
        ]
        result = text
        for each in sorted(found, key=lambda each: -each.position):
            before, now = (print_expression(Literal(value)) for value in (each.value, self._now(str(each.value))))
            if text[each.position : each.position + len(before)] != before:
                return print_expression(rebuilt(node, lambda one: self._literal(one, meant)))
            result = result[: each.position] + now + result[each.position + len(before) :]
        return result

    def _literal(self, node: Node, meant: set[int]) -> Node:
        is_key = id(node) in meant and isinstance(node, Literal) and isinstance(node.value, str)
        return Literal(self._now(str(node.value)), position=node.position) if is_key else node  # type: ignore[attr-defined]

    # ---- copies

    def _edit(self, reference: Reference, change: Any) -> None:
        parts = [part.replace("~1", "/").replace("~0", "~") for part in reference.pointer.split("/")[1:]]
        value = _inside(self.copies.get(reference.key, self.documents[reference.key]), parts)
        if isinstance(value, str) and (now := change(value)) != value:
            here = _inside(self._copy(reference.key), parts[:-1])
            here[int(parts[-1]) if isinstance(here, list) else parts[-1]] = now

    def _copy(self, key: str) -> Any:
        if key not in self.copies:
            self.copies[key] = deepcopy(dict(self.documents[key]))
        return self.copies[key]


def _inside(value: Any, parts: list[str]) -> Any:
    for part in parts:
        value = value[int(part)] if isinstance(value, list) else value.get(part, {})
    return value
