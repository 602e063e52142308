"""What names mean and where their values are: the protocols by which other rooms feed the language.

A path is a tuple of names: `("account", "region")`, `("amount", "currency")`, `("stage", "outcome")`,
`("old", "amount")` where a root `old` was given to `check`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import sqlalchemy as sa

from sartor.platform.expressions.types import Type

PathSteps = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WordTable:
    """A function that an option set brings. words: {given: result}; sets: the definitions that say the results."""

    words: Mapping[str, str]
    sets: tuple[str, ...] = ()


class Scope(Protocol):
    """What the names of a model mean; knows types and no values."""

    def field(self, entity: str, name: str) -> Type | None:
        """The type of a field, None where there is no such field."""

    def names(self, entity: str) -> Iterable[str]:
        """Names of the fields of an entity, for suggestions."""

    def labels(self, entity: str) -> Mapping[str, str]:
        """Names of the fields by what people call them, in each language and folded: what is typed for a name."""

    def called(self, entity: str) -> str:
        """What an entity is called before people, in the reader's language."""

    def function_maps(self) -> Mapping[str, WordTable]:
        """Functions read from option sets by name, such as `region_of`."""


class Values(Protocol):
    """The values of one record, by path.

    Python forms: str, int, Decimal, bool, date, datetime (UTC), timedelta; the key of a choice, the integer id of a
    record, a sequence of these for a list; None where blank.
    """

    def get(self, path: PathSteps) -> object: ...


class Members(Protocol):
    """The members of a list-typed path of one row (choices, tags, links)."""

    def exists(self, condition: Callable[[sa.ColumnElement], sa.ColumnElement] | None) -> sa.ColumnElement:
        """True when some member fits; the member given is the folded text of a text, the key of a choice, the id of
        a record. None: when there is any member."""

    def count(self) -> sa.ColumnElement:
        """How many members there are, 0 where there are none."""


class Columns(Protocol):
    """Where the values of a path are in a statement; the query room implements it, with the joins."""

    def column(self, path: PathSteps) -> sa.ColumnElement:
        """The stored column, as stored: scaled integers for decimals on SQLite, naive UTC for instants."""

    def folded(self, path: PathSteps) -> sa.ColumnElement | None:
        """The folded shadow of a text; None where none is stored (then the database folds, roughly)."""

    def members(self, path: PathSteps) -> Members:
        """The members of a list-typed path."""

    def attribute_keys(self, path: PathSteps) -> Mapping[object, Sequence[str]] | None:
        """For an attribute of a choice: value -> keys that have it, so that `stage.outcome = 'open'` can be
        compiled to `stage in (…)`; None where the attribute is a column of its own."""


class NoNames:
    """A scope without a single field: for expressions over constants and the environment."""

    def field(self, entity: str, name: str) -> Type | None:
        return None

    def names(self, entity: str) -> Iterable[str]:
        return ()

    def labels(self, entity: str) -> Mapping[str, str]:
        return {}

    def called(self, entity: str) -> str:
        return entity

    def function_maps(self) -> Mapping[str, WordTable]:
        return {}
