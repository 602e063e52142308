"""Scopes: sets of records that an operation reaches, as SQL and as a judgement on one record in Python.

A scope says the same thing twice: `predicate` restricts a query, `admits` judges a record that is being written.
Its `shape` names the SQL it makes: two people with scopes of one shape share one compiled statement and differ only
in the `values` of its parameters.

Whose a record is: its `owner` and `department` where the entity has such fields; else whoever made it, and no
department's. Of the entity `user`, one's own record is oneself.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import sqlalchemy as sa

from sartor.platform.model import Entity
from sartor.platform.model.formula import Formula
from sartor.platform.model.model import targets
from sartor.platform.storage.statement import in_list, list_value

Predicate = sa.ColumnElement[bool]
Evaluate = Callable[[Formula], bool]


class Columns(Protocol):
    """What a query offers to a scope: the columns of one entity, under the alias it has there.

    owner, department: as `place_of` names them; department is None where there is none.
    """

    @property
    def dialect(self) -> str: ...

    @property
    def owner(self) -> sa.ColumnElement[Any]: ...

    @property
    def department(self) -> sa.ColumnElement[Any] | None: ...

    def expression(self, formula: Formula) -> Predicate:
        """The condition as SQL, compiled as the system: it may pass through records that the reader cannot see."""

    def parent(self, lookup: str) -> Columns:
        """The columns of the record behind a lookup, joined."""


@dataclass(frozen=True, slots=True)
class Place:
    """The fields that say whose a record is."""

    owner: str
    department: str | None


def place_of(entity: Entity) -> Place:
    if entity.name == "user":
        return Place("id", _points_to(entity, "department", "department"))
    return Place(_points_to(entity, "owner", "user") or "created_by", _points_to(entity, "department", "department"))


def _points_to(entity: Entity, name: str, target: str) -> str | None:
    field = entity.fields.get(name)
    return name if field is not None and targets(field) == (target,) else None


class Scope(ABC):
    """A set of records of one entity."""

    @property
    @abstractmethod
    def shape(self) -> str:
        """A name for the SQL of this scope, equal for everyone who needs the same SQL."""

    @abstractmethod
    def predicate(self, columns: Columns) -> Predicate | None:
        """The condition that a query adds; None where everything is in."""

    @abstractmethod
    def admits(self, owner: int | None, department: int | None, evaluate: Evaluate) -> bool:
        """Whether a record with this owner and department is in; `evaluate` answers conditions on it."""

    def values(self, dialect: str) -> dict[str, Any]:
        """The parameters of `predicate`."""
        return {}


@dataclass(frozen=True, slots=True)
class Everything(Scope):
    @property
    def shape(self) -> str:
        return "all"

    def predicate(self, columns: Columns) -> Predicate | None:
        return None

    def admits(self, owner: int | None, department: int | None, evaluate: Evaluate) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Nobody(Scope):
    @property
    def shape(self) -> str:
        return "none"

    def predicate(self, columns: Columns) -> Predicate | None:
        return sa.false()

    def admits(self, owner: int | None, department: int | None, evaluate: Evaluate) -> bool:
        return False


@dataclass(frozen=True, slots=True)
class Among(Scope):
    """Records that belong to one of some. name: the scope's word, which names the parameter too."""

    name: str
    ids: tuple[int, ...]

    @property
    def shape(self) -> str:
        return self.name

    def values(self, dialect: str) -> dict[str, Any]:
        return {f"scope_{self.name}": list_value(self.ids, dialect)}


@dataclass(frozen=True, slots=True)
class Owners(Among):
    """Records that belong to one of some people."""

    def predicate(self, columns: Columns) -> Predicate | None:
        return in_list(columns.owner, f"scope_{self.name}", columns.dialect)

    def admits(self, owner: int | None, department: int | None, evaluate: Evaluate) -> bool:
        return owner in self.ids


@dataclass(frozen=True, slots=True)
class Owner(Scope):
    """Records of one person: a plain comparison, which every index serves."""

    id: int

    @property
    def shape(self) -> str:
        return "own"

    def predicate(self, columns: Columns) -> Predicate | None:
        return columns.owner == sa.bindparam("scope_own", type_=sa.BigInteger())

    def admits(self, owner: int | None, department: int | None, evaluate: Evaluate) -> bool:
        return owner == self.id

    def values(self, dialect: str) -> dict[str, Any]:
        return {"scope_own": self.id}


@dataclass(frozen=True, slots=True)
class Departments(Among):
    """Records that belong to one of some departments; none where the entity has no department."""

    def predicate(self, columns: Columns) -> Predicate | None:
        if columns.department is None:
            return sa.false()
        return in_list(columns.department, f"scope_{self.name}", columns.dialect)

    def admits(self, owner: int | None, department: int | None, evaluate: Evaluate) -> bool:
        return department in self.ids


@dataclass(frozen=True, slots=True)
class Condition(Scope):
    """Records for which an expression is true."""

    formula: Formula

    @property
    def shape(self) -> str:
        return f"if({self.formula.text})"

    def predicate(self, columns: Columns) -> Predicate | None:
        return columns.expression(self.formula)

    def admits(self, owner: int | None, department: int | None, evaluate: Evaluate) -> bool:
        return evaluate(self.formula)


@dataclass(frozen=True, slots=True)
class Through(Scope):
    """Lines: in as far as the record that they belong to is. `admits` is asked with the facts of that record."""

    lookup: str
    scope: Scope

    @property
    def shape(self) -> str:
        return f"{self.lookup}.{self.scope.shape}"

    def predicate(self, columns: Columns) -> Predicate | None:
        if isinstance(self.scope, Everything):
            return None
        return self.scope.predicate(columns.parent(self.lookup))

    def admits(self, owner: int | None, department: int | None, evaluate: Evaluate) -> bool:
        return self.scope.admits(owner, department, evaluate)

    def values(self, dialect: str) -> dict[str, Any]:
        return self.scope.values(dialect)


EVERYTHING = Everything()
NOBODY = Nobody()
