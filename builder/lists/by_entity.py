"""Lists of definitions by the entity that they are about: heads with rows below, those about none at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any, ClassVar

from flask import url_for

from sartor.builder.bench import Bench
from sartor.builder.frame import Frame
from sartor.builder.lists.paging import Part, fits, part_of
from sartor.platform.definitions.documents import Document
from sartor.platform.text import pick
from sartor.platform.ui.pages.parts import Link

Named = tuple[str, Document]
GONE = "plug-off"
"""The icon of what was made by a plugin that is not there any more."""


@dataclass(frozen=True, slots=True)
class Head:
    """A column. classes: of its cells."""

    text: str
    classes: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One definition. cells: what stands behind its name, in the order of the heads; pill: said beside it; mark: new,
    edited or nothing."""

    link: Link
    cells: tuple[str, ...]
    mark: str
    pill: str = ""


Run = tuple[Link, tuple[Row, ...]]


@dataclass(frozen=True, slots=True)
class ListPage:
    """kind: of the definitions, what a button of the bar makes; make_url: what the address of a new one begins with.

    none: what is said where there are none.
    """

    template: ClassVar[str] = "build/by_entity.html"

    frame: Frame
    kind: str
    title: str
    new: str
    none: str
    heads: tuple[Head, ...]
    found: Part[Run]
    make_url: str


def by_entity(here: Bench, kind: str, rows: Callable[[list[Named]], Iterable[Row]], other: str = "") -> Part[Run]:
    """The definitions of a kind that are searched for, under the entity of each, a part of them at a time.

    other: the head of those that name none.
    """
    sought = (pair for pair in here.of_kind(kind) if fits(*_texts(here, *pair)))
    found = sorted(sought, key=lambda pair: _order(here, entity_of(pair[1])))
    runs = [(entity, list(run)) for entity, run in groupby(found, key=lambda pair: entity_of(pair[1]))]
    part = part_of(runs, lambda run: len(run[1]))
    return Part(tuple((_head(here, entity, other), tuple(rows(run))) for entity, run in part.items), part.pages)


def _texts(here: Bench, name: str, document: Document) -> tuple[str, ...]:
    return name, pick(document.get("label")), _label(here, entity_of(document))


def entity_of(document: Document) -> str:
    return str(document.get("entity") or "")


def _order(here: Bench, entity: str) -> tuple[bool, str, str]:
    return (not entity, _label(here, entity).lower(), entity)


def _label(here: Bench, entity: str) -> str:
    return pick(_entity(here, entity).get("label")) or entity


def _entity(here: Bench, entity: str) -> Any:
    return here.documents.get(f"entity/{entity}", {})


def _head(here: Bench, entity: str, other: str) -> Link:
    if not entity:
        return Link(other, "", "target-arrow")
    return Link(
        _label(here, entity), url_for("builder.entity", name=entity), str(_entity(here, entity).get("icon", "table"))
    )
