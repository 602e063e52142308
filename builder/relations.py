"""How the entities of a change set point to one another: cards and lines, as the diagram of relations draws them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask import url_for

from sartor.builder.bench import Bench
from sartor.builder.canvas.drafted import drafted
from sartor.platform.model import Entity, Field, Model
from sartor.platform.text import pick

MANY_TO_ONE, ONE_TO_MANY, MANY_TO_MANY = ("n", "1"), ("1", "n"), ("n", "n")


@dataclass(frozen=True, slots=True)
class RelationCard:
    """An entity. label: with its name where another one is called the same; short: without. mark: new, edited or
    nothing. apps: whose menus lead to it. system: the engine's own, as users are."""

    name: str
    label: str
    short: str
    icon: str
    fields: int
    url: str
    mark: str
    apps: tuple[str, ...]
    system: bool


@dataclass(frozen=True, slots=True)
class Relation:
    """A field that points to records. ends: how many records there are on each side. is_new: it is not published."""

    source: str
    field: str
    target: str
    label: str
    icon: str
    ends: tuple[str, str]
    is_new: bool


@dataclass(frozen=True, slots=True)
class Relations:
    cards: tuple[RelationCard, ...]
    lines: tuple[Relation, ...]


def relations(here: Bench) -> Relations:
    """Everything in the order of its label."""
    model = drafted(here)
    menus = _menus(model)
    often = Counter(pick(each.label) for each in model.entities.values())
    cards = [_card(here, each, menus, often) for each in model.entities.values()]
    lines = [line for each in model.entities.values() for line in _lines(here, model, each)]
    return Relations(
        tuple(sorted(cards, key=lambda each: (each.label.lower(), each.name))),
        tuple(sorted(lines, key=lambda each: (each.source, each.field, each.target))),
    )


def _card(here: Bench, entity: Entity, menus: Mapping[str, tuple[str, ...]], often: Mapping[str, int]) -> RelationCard:
    label = pick(entity.label)
    return RelationCard(
        name=entity.name,
        label=f"{label} ({entity.name})" if often[label] > 1 else label,
        short=label,
        icon=entity.icon,
        fields=sum(not field.system for field in entity.fields.values()),
        url=url_for("builder.entity", name=entity.name),
        mark=here.mark(f"entity/{entity.name}"),
        apps=menus.get(entity.name, ()),
        system=entity.system,
    )


def _menus(model: Model) -> dict[str, tuple[str, ...]]:
    """The apps in whose menus the views of an entity stand, by entity."""
    found: dict[str, list[str]] = {}
    for app in sorted(model.apps.values(), key=lambda each: each.name):
        named = {
            model.views[key].entity for kind, key in map(_split, app.items) if kind == "view" and key in model.views
        }
        for entity in sorted(named):
            found.setdefault(entity, []).append(app.name)
    return {entity: tuple(apps) for entity, apps in found.items()}


def _split(item: object) -> tuple[str, str]:
    kind, _slash, name = str(getattr(item, "target", "")).partition("/")
    return kind, name


def _lines(here: Bench, model: Model, entity: Entity) -> Iterator[Relation]:
    """The fields of an entity that point somewhere; the way back from a line to its record is told by the lines."""
    back = entity.line_of.lookup if entity.line_of else None
    known = (here.before(f"entity/{entity.name}") or {}).get("fields", {})
    for field in entity.fields.values():
        if field.system or field.name == back:
            continue
        for target in _targets(field):
            if target in model.entities:
                yield Relation(
                    source=entity.name,
                    field=field.name,
                    target=target,
                    label=pick(field.label),
                    icon=field.type.icon,
                    ends=_ends(field),
                    is_new=known.keys().isdisjoint((field.name, *field.formerly)),
                )


def _targets(field: Field) -> tuple[str, ...]:
    lines = field.type.owns(field)
    return (lines[0],) if lines else tuple(field.type.targets(field))


def _ends(field: Field) -> tuple[str, str]:
    if field.type.owns(field):
        return ONE_TO_MANY
    return MANY_TO_MANY if field.type.members(field) else MANY_TO_ONE
