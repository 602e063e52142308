"""What people look at: views, forms and apps, as compiled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sartor.platform.model.formula import Formula
from sartor.platform.text import Label


@dataclass(frozen=True, slots=True)
class Item:
    """One column of a view, or one field on a form. `path` may lead through lookups; `width` in twelfths."""

    path: tuple[str, ...]
    label: Label | None = None
    width: int | None = None
    total: str | None = None
    lines: LineTable | None = None


@dataclass(frozen=True, slots=True)
class LineTable:
    """How a form shows lines; without columns as the lines' own form does, without an order as they were added."""

    columns: tuple[Item, ...] = ()
    sort: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tint:
    """A colour of the palette for the records of a view for which a condition holds."""

    name: str
    label: Label
    when: Formula
    colour: str


@dataclass(frozen=True, slots=True)
class RecordAction:
    """What is done with a record from its row or its page: fields set to values. when: where it is offered."""

    name: str
    label: Label
    values: Mapping[str, Formula]
    when: Formula | None = None
    icon: str = "bolt"
    confirm: Label | None = None


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """A way of looking at the records of an entity. `type` is the view type object."""

    name: str
    entity: str
    type: Any
    label: Label
    columns: tuple[Item, ...]
    filter: Formula | None
    sort: tuple[str, ...]
    group: str | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    details: Any = None
    is_default: bool = False
    order: float = 0
    level: str = "L1"
    colours: tuple[Tint, ...] = ()
    actions: tuple[RecordAction, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    name: str
    label: Label
    items: tuple[Item, ...]
    columns: int = 2
    collapsed: bool = False
    visible_if: Formula | None = None


@dataclass(frozen=True, slots=True)
class Tab:
    """`kind`: fields, related, timeline, history or stages. `related` lists records of `entity` behind `lookup`."""

    name: str
    label: Label
    kind: str
    sections: tuple[Section, ...] = ()
    entity: str | None = None
    lookup: str | None = None
    columns: tuple[Item, ...] = ()
    sort: tuple[str, ...] = ()
    visible_if: Formula | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """`purpose`: main (page, create and edit), phone (the same on a phone) or quick (few fields, in a dialog)."""

    name: str
    entity: str
    label: Label
    purpose: str
    head: tuple[tuple[str, ...], ...]
    sections: tuple[Section, ...]
    tabs: tuple[Tab, ...] = ()
    level: str = "L1"
    buttons: tuple[RecordAction, ...] = ()


@dataclass(frozen=True, slots=True)
class MenuItem:
    """`target` is a definition: `view/deal.board`, `dashboard/sales_home`, `entity/deal`."""

    name: str
    label: Label
    target: str
    icon: str | None = None
    group: Label | None = None
    level: str = "L1"


@dataclass(frozen=True, slots=True, eq=False)
class App:
    name: str
    label: Label
    icon: str
    home: str | None
    items: tuple[MenuItem, ...]
    roles: tuple[str, ...] = ()
    colour: str | None = None
    order: float = 0
    level: str = "L1"
