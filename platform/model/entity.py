"""Entities and fields, as compiled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sartor.platform.model.formula import Formula
from sartor.platform.text import Label

ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Check:
    """A rule: `test` must be true on the state after a write, else `message` is said at `fields`.

    when: `always`, `create` or `update`.
    """

    name: str
    test: Formula
    message: Label
    fields: tuple[str, ...] = ()
    when: str = "always"


@dataclass(frozen=True, slots=True)
class UniqueKey:
    """Live records may not agree in all `fields`; with `condition`, only those for which it is true count."""

    name: str
    fields: tuple[str, ...]
    condition: Formula | None = None
    message: Label | None = None


@dataclass(frozen=True, slots=True)
class OnlyOne:
    """Effect: at most one record among those that agree in `per` has `field` true; setting one un-sets the other.

    first: the first record of a group gets it without asking.
    """

    name: str
    field: str
    per: tuple[str, ...]
    first: bool = True


@dataclass(frozen=True, slots=True)
class CopyUp:
    """Effect: while `when` is true of a record, its `value` stands in `target` of the record behind `lookup`."""

    name: str
    lookup: str
    target: str
    value: Formula
    when: Formula | None = None


@dataclass(frozen=True, slots=True)
class SetOn:
    """Effect: when a record is written and `when` is true of the state after, its fields get these values."""

    name: str
    values: Mapping[str, Formula]
    when: Formula | None = None
    on: str = "always"


@dataclass(frozen=True, slots=True)
class Feed:
    """What an entity gives to the timeline of another: its records behind `lookup`, at the time `at`.

    mail: what fields of a new record begin with where it logs a mail.
    """

    name: str
    entity: str
    lookup: str
    at: str
    label: Label
    icon: str = "point"
    text: str | None = None
    activity: bool = True
    mail: Mapping[str, Formula] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Children:
    """An entity that exists only as lines of another one: written through the parent, seen with it."""

    parent: str
    lookup: str
    field: str


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """One field of one entity. `type` is the field type object (see `sartor.platform.fields`)."""

    name: str
    entity: str
    type: Any
    label: Label
    stored_as: str
    options: Mapping[str, Any] = field(default_factory=dict)
    order: Decimal = ONE
    help: Label | None = None
    required: bool = False
    read_only: bool = False
    system: bool = False
    sensitive: bool = False
    history: bool = True
    searchable: bool = False
    quality: int = 0
    default: Formula | None = None
    copy: Formula | None = None
    formula: Formula | None = None
    visible_if: Formula | None = None
    required_if: Formula | None = None
    read_only_if: Formula | None = None
    checks: tuple[Check, ...] = ()
    level: str = "L1"
    formerly: Sequence[str] = ()
    inert: bool = False
    """Above the level of its blueprint: a column, and nothing that anybody meets."""
    details: Any = None
    """What the type itself worked out when it was compiled (a roll-up's plan, a choice's options, …)."""

    def __repr__(self) -> str:
        return f"<Field {self.entity}.{self.name}: {self.type.key}>"

    @property
    def face(self) -> Field:
        """The field that decides how the value is read, compared, shown and summed: itself, unless it is computed."""
        return getattr(self.details, "result", None) or self


@dataclass(frozen=True, slots=True, eq=False)
class Entity:
    """One entity. `fields` holds the system fields too; `table` is the physical name, kept through renames."""

    name: str
    label: Label
    plural: Label
    table: str
    title: str
    fields: Mapping[str, Field]
    icon: str = "table"
    description: Label | None = None
    owned: bool = False
    system: bool = False
    line_of: Children | None = None
    currency_field: str | None = None
    keys: tuple[UniqueKey, ...] = ()
    checks: tuple[Check, ...] = ()
    effects: tuple[OnlyOne | CopyUp | SetOn, ...] = ()
    feeds: tuple[Feed, ...] = ()
    timeline: bool = True
    level: str = "L1"
    inert: bool = False

    def __repr__(self) -> str:
        return f"<Entity {self.name}>"

    @property
    def title_field(self) -> Field:
        return self.fields[self.title]
