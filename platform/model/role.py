"""Roles: what may be done to which records, and how far each field is open. Allow lists only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

from sartor.platform.model.formula import Formula
from sartor.platform.text import Label


class Operation(StrEnum):
    CREATE = "create"
    READ = "read"
    UPDATE = "update"
    DELETE = "delete"
    EXPORT = "export"
    IMPORT = "import"


class FieldLevel(IntEnum):
    HIDDEN = 0
    READ = 1
    WRITE = 2


SCOPES = ("own", "reports", "department", "department_below", "all")


@dataclass(frozen=True, slots=True)
class Grant:
    """What a role may do with one entity.

    scope: one of SCOPES, or `expression` with `condition`.
    scopes: exceptions to it by operation (read everything, update one's own).
    fields: levels by field name; `*` is every field not named. What is not listed is hidden.
    discloses: roll-ups over this entity may be read although single records may not.
    """

    entity: str
    operations: frozenset[Operation]
    scope: str
    fields: Mapping[str, FieldLevel]
    condition: Formula | None = None
    scopes: Mapping[Operation, str] = field(default_factory=dict)
    discloses: bool = False

    def level(self, name: str) -> FieldLevel:
        return self.fields.get(name, self.fields.get("*", FieldLevel.HIDDEN))


@dataclass(frozen=True, slots=True, eq=False)
class Role:
    """`abilities`: design, administer, migrate, merge … rights that belong to no entity."""

    name: str
    label: Label
    grants: Mapping[str, Grant]
    abilities: frozenset[str] = frozenset()
    includes: tuple[str, ...] = ()
    level: str = "L1"
