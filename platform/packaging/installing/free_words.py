"""Names in the records and scenarios of a blueprint, of which some get other ones."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from io import StringIO
from typing import Any

from sartor.platform.definitions.documents import canonical
from sartor.platform.definitions.json_text import strict_json
from sartor.platform.errors import InvalidExpression
from sartor.platform.expressions import parse, print_expression
from sartor.platform.expressions.nodes import Compare, In, Items, Literal, Node, Path, rebuilt, walk
from sartor.platform.model import Model
from sartor.platform.packaging.files.shape import SCENARIOS
from sartor.platform.packaging.scenarios.format import VALIDATOR

ROLES = ("user", "roles")
"""Entity and column of the table of people that names roles."""
REFERENCE = {"entity", "id"}
"""What the value of a reference says in a scenario."""


@dataclass(frozen=True, slots=True)
class Words:
    """names: new keys by former ones. model: of the design with everything under its former name. chosen: new names of
    pipelines by former ones, for each field whose choices are called like pipelines.
    """

    names: Mapping[str, str]
    model: Model
    chosen: Mapping[tuple[str, str], Mapping[str, str]]

    def called(self, kind: str, name: str) -> str:
        return self.names.get(f"{kind}/{name}", f"{kind}/{name}").partition("/")[2]

    def carried(self, path: str, text: str) -> str:
        """A file that goes along; a scenario that is not written as it should is left for whoever plays it to tell."""
        if not path.startswith(f"{SCENARIOS}/"):
            return text
        body = strict_json(text)
        return canonical(_Retelling(self).scenario(body)) if VALIDATOR.is_valid(body) else text

    # ---- records

    def tables(self, tables: Mapping[str, str]) -> dict[str, str]:
        """Tables of records, `deal` or `deal.stages`, under the new names of their entities."""
        made = {}
        for name, text in tables.items():
            entity, dot, rest = name.partition(".")
            made[self.called("entity", entity) + dot + rest] = text if dot else self._table(entity, text)
        return made

    def _table(self, entity: str, text: str) -> str:
        """The same bytes where no cell names anything that is called otherwise."""
        rows = list(csv.reader(StringIO(text, newline="")))
        said = [self._column(entity, head) for head in rows[0]] if rows else []
        made = [*rows[:1], *([_cell(said, n, cell) for n, cell in enumerate(row)] for row in rows[1:])]
        if made == rows:
            return text
        stream = StringIO(newline="")
        csv.writer(stream, lineterminator="\n").writerows(made)
        return stream.getvalue()

    def _column(self, entity: str, head: str) -> Callable[[str], str] | None:
        """What becomes of the cells of a column that hold names."""
        if (entity, head) == ROLES:
            return lambda cell: ";".join(self.called("role", each.strip()) for each in cell.split(";"))
        if words := self.chosen.get((entity, head)):
            return lambda cell: words.get(cell, cell)
        found = self.model.entities[entity].fields.get(head) if entity in self.model.entities else None
        return self._pointers if found is not None and found.type.targets(found) else None

    def _pointers(self, cell: str) -> str:
        """`account:acc001`, of which there may be several; a key alone names no entity."""
        parted = (each.partition(":") for each in cell.split(";"))
        return ";".join(
            self.called("entity", head.strip()) + ":" + key if colon else head for head, colon, key in parted
        )


def _cell(said: list[Callable[[str], str] | None], number: int, cell: str) -> str:
    change = said[number] if number < len(said) else None
    return change(cell) if change and cell else cell


@dataclass(slots=True)
class _Retelling:
    """One scenario under new names. entities: of what it has given a name, as that was called."""

    words: Words
    entities: dict[str, str] = field(default_factory=dict)

    def scenario(self, body: Mapping[str, Any]) -> dict[str, Any]:
        made = dict(body)
        if "people" in body:
            made["people"] = {name: self._person(name, each) for name, each in body["people"].items()}
        for part in ("given", "when"):
            if part in body:
                made[part] = [self._step(each) for each in body[part]]
        return self._checked(made)

    def _person(self, name: str, person: Mapping[str, Any]) -> dict[str, Any]:
        self.entities[name] = "user"
        roles = {"roles": [self.words.called("role", each) for each in person["roles"]]} if "roles" in person else {}
        return {**person, **roles}

    def _step(self, step: Mapping[str, Any]) -> dict[str, Any]:
        made, entity = dict(step), self.entities.get(step.get("update", ""), "")
        if "create" in step:
            entity = self.entities[step.get("name", "")] = step["create"]
            made["create"] = self.words.called("entity", entity)
        if "values" in step:
            made["values"] = self._values(entity, step["values"])
        return self._checked(made)

    def _checked(self, holder: dict[str, Any]) -> dict[str, Any]:
        return {**holder, "then": [self._check(each) for each in holder["then"]]} if "then" in holder else holder

    def _check(self, check: Mapping[str, Any]) -> dict[str, Any]:
        made = dict(check)
        for part, kind in (("in", "entity"), ("metric", "metric")):
            if part in check:
                made[part] = self.words.called(kind, check[part])
        if "where" in check:
            made["where"] = self._condition(check.get("in", ""), check["where"])
        if "has" in check:
            made["has"] = self._values(self.entities.get(check.get("of", ""), ""), check["has"])
        if "filters" in check:
            made["filters"] = self._values("", check["filters"])
        return made

    def _condition(self, entity: str, text: str) -> str:
        """A condition with the new names of pipelines where a field of the entity is compared with one."""
        chosen = {name: words for (owner, name), words in self.words.chosen.items() if owner == entity}
        with suppress(InvalidExpression):
            node = parse(text) if chosen else None
            meant = {id(said): now for said, now in _compared(node, chosen)} if node else {}
            if node and meant:
                return print_expression(rebuilt(node, lambda one: meant.get(id(one), one)))
        return text

    def _values(self, entity: str, values: Mapping[str, Any]) -> dict[str, Any]:
        return {
            name: self.words.chosen.get((entity, name), {}).get(value, value)
            if isinstance(value, str)
            else self._value(value)
            for name, value in values.items()
        }

    def _value(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self._value(each) for each in value]
        if not isinstance(value, Mapping):
            return value
        if value.keys() == REFERENCE and isinstance(value["entity"], str):
            return {**value, "entity": self.words.called("entity", value["entity"])}
        return {name: self._value(each) for name, each in value.items()}


def _compared(node: Node, chosen: Mapping[str, Mapping[str, str]]) -> Iterator[tuple[Node, Literal]]:
    """Texts that are compared with fields which name pipelines, each with what it is to say."""
    for each in walk(node):
        if isinstance(each, Compare):
            pairs = [(each.left, each.right), (each.right, each.left)]
        elif isinstance(each, In):
            pairs = [(each.value, one) for one in (each.choices.items if isinstance(each.choices, Items) else ())]
        else:
            continue
        for about, said in pairs:
            words = chosen.get(".".join(about.steps), {}) if isinstance(about, Path) else {}
            if isinstance(said, Literal) and said.value in words:
                yield said, Literal(words[str(said.value)], position=said.position)
