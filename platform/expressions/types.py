"""Types of expressions: what a value is, so far as the language cares.

Field types of the engine are richer; each maps to one of these. Percent and money are `decimal`; user, department and
lookup are `record`; a stage is a `choice` whose `attributes` (outcome, probability, …) are reached by a dot.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

Label = str | Mapping[str, str]

NAMES = (
    "text", "integer", "decimal", "boolean", "date", "instant", "duration", "choice", "record", "list", "range", "null",
)  # fmt: skip
PLACES = 12  # decimals kept by a division, and at most by a product
WHOLE_DIGITS = 26  # 38 digits in all


@dataclass(frozen=True, eq=True)
class Type:
    """name: one of `NAMES`. scale: decimals of a decimal. entity: what a record is. item: what a list holds.

    choices: key -> label of a choice (None: any key). attributes: what a dot after the field reaches. sets: the
    definitions that say the choices (`options/source`, `pipeline/deal`, `entity/deal#kind`), for renames. folds: the
    form in which texts of a field are compared, where that is not the usual one (the digits of a telephone number).
    """

    name: str
    scale: int | None = None
    entity: str | None = None
    item: Type | None = None
    choices: Mapping[str, Label] | None = field(default=None, compare=False)
    attributes: Mapping[str, Type] = field(default_factory=dict, compare=False)
    sets: tuple[str, ...] = field(default=(), compare=False)
    folds: Callable[[str], str] | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        if self.name not in NAMES:
            raise ValueError(f"{self.name!r} is no type of the expression language: {', '.join(NAMES)}")

    @property
    def number(self) -> bool:
        return self.name in ("integer", "decimal")

    @property
    def member(self) -> Type:
        """What a list holds; null for an empty one."""
        return self.item or NULL

    @property
    def places(self) -> int:
        """Decimals of a number; an integer has none."""
        return (self.scale if self.scale is not None else PLACES) if self.name == "decimal" else 0

    def __str__(self) -> str:
        if self.name == "list" and self.item:
            return f"list of {self.item}"
        return f"record of {self.entity}" if self.name == "record" and self.entity else self.name


TEXT = Type("text")
INTEGER = Type("integer")
BOOLEAN = Type("boolean")
DATE = Type("date")
INSTANT = Type("instant")
DURATION = Type("duration")
RANGE = Type("range", item=DATE)
NULL = Type("null")
MONEY = Type("decimal", scale=3, attributes={"currency": TEXT})


def decimal(scale: int | None = None) -> Type:
    return Type("decimal", scale=PLACES if scale is None else scale)


def record(entity: str) -> Type:
    return Type("record", entity=entity)


def choice(
    choices: Mapping[str, Label] | None = None,
    attributes: Mapping[str, Type] | None = None,
    sets: tuple[str, ...] = (),
) -> Type:
    return Type("choice", choices=choices, attributes=attributes or {}, sets=sets)


def list_of(item: Type) -> Type:
    return Type("list", item=item)


def plain(kind: Type) -> Type:
    """The type of a computed value: without what only a stored field has."""
    return replace(kind, attributes={}, folds=None) if kind.attributes or kind.folds else kind


def common(left: Type, right: Type) -> Type | None:
    """The type that can hold the values of both; None where there is none."""
    if left.name == "null":
        return plain(right)
    if right.name == "null":
        return plain(left)
    if left.number and right.number:
        if left.name == right.name == "integer":
            return INTEGER
        return decimal(max(left.places, right.places))
    if left.name != right.name:
        return None
    if left.name == "record":
        return plain(left) if left.entity == right.entity else None
    if left.name == "choice" and left.choices is not None and right.choices is not None:
        return choice({**left.choices, **right.choices}, sets=tuple(dict.fromkeys((*left.sets, *right.sets))))
    if left.name == "list" and left.item and right.item:
        item = common(left.item, right.item)
        return list_of(item) if item else None
    return plain(left)
