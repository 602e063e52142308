"""Computed fields must not depend on themselves, directly or through lookups, lines and roll-ups."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sartor.platform.definitions.compile.scope import ModelScope
from sartor.platform.model import Entity, Field

Node = tuple[str, str]


def dependencies(entities: Mapping[str, Entity], scope: ModelScope) -> dict[Node, set[Node]]:
    """For each computed field, the fields that its value is made from."""
    edges = {}
    for entity in entities.values():
        for field in entity.fields.values():
            needed = set(_needs(field, scope))
            if needed:
                edges[entity.name, field.name] = needed
    return edges


def _needs(field: Field, scope: ModelScope) -> Iterable[Node]:
    for entity, path in field.type.inputs(field):
        yield from steps_of(scope, entity, path)


def steps_of(scope: ModelScope, entity: str, path: tuple[str, ...]) -> Iterable[Node]:
    """Every field that a path goes through."""
    here: str | None = entity
    for step in path:
        if here is None:
            return
        kind = scope.sound(here, step)
        if kind is None:
            return
        yield here, step
        here = kind.entity


def find_cycle(edges: Mapping[Node, set[Node]]) -> list[Node] | None:
    """One cycle, as the fields along it with the first repeated at the end; None where there is none."""
    done: set[Node] = set()
    for start in sorted(edges):
        trail: list[Node] = []
        on_trail: set[Node] = set()
        todo: list[tuple[Node, bool]] = [(start, False)]
        while todo:
            node, leaving = todo.pop()
            if leaving:
                trail.pop()
                on_trail.discard(node)
                done.add(node)
            elif node in on_trail:
                return [*trail[trail.index(node) :], node]
            elif node not in done:
                trail.append(node)
                on_trail.add(node)
                todo.append((node, True))
                todo += [(each, False) for each in sorted(edges.get(node, ()))]
    return None


def told(cycle: list[Node]) -> str:
    return " → ".join(f"{entity}.{field}" for entity, field in cycle)
