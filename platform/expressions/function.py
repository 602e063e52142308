"""What a function of the language declares about itself; the groups in `functions/` are tables of these."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sartor.platform.expressions.types import Type


@dataclass(frozen=True)
class Param:
    """kind: a name of a type, or `number`, `day` (date or instant, as its local date), `folded` (text as compared),
    `any`. many: one or more, last only. literal: must be written out, since the result type or cost depends on it."""

    name: str
    kind: str
    optional: bool = False
    many: bool = False
    literal: bool = False


@dataclass(frozen=True)
class Function:
    """returns: a type, or a callable from the checked arguments to one.

    python: from values to a value; None where it cannot be computed. With `nulls` it is also asked about blanks,
    otherwise a blank argument gives a blank; with `env` the environment comes first.
    sql: from (builder, arguments) to a column element on PostgreSQL; with `native` on SQLite too, which otherwise
    calls `python`. repeats: how often the SQL repeats its arguments (each, where a tuple). wide: an integer result may
    pass 64 bits. build: makes the checked term where typing is special. aggregate: over rows; `python` then takes
    the list of values.
    """

    name: str
    params: tuple[Param, ...]
    returns: Type | Callable[..., Type]
    help: Mapping[str, str]
    example: tuple[str, str]
    python: Callable[..., Any] | None = None
    sql: Callable[..., Any] | None = None
    group: str = ""
    aliases: tuple[str, ...] = ()
    native: bool = False
    nulls: bool = False
    env: bool = False
    volatile: bool = False
    aggregate: bool = False
    repeats: int | tuple[int, ...] = 1
    wide: bool = False
    build: Callable[..., Any] | None = field(default=None)

    def evaluate(self, *given: Any) -> Any:
        """Its value in Python."""
        if self.python is None:
            raise TypeError(f"{self.name} is made of other operations")
        return self.python(*given)

    def compile(self, builder: Any, *given: Any) -> Any:
        """Its SQL."""
        if self.sql is None:
            raise TypeError(f"{self.name} is made of other operations")
        return self.sql(builder, *given)

    @property
    def signature(self) -> str:
        """As people read it: `round(x, [digits])`."""
        names = [f"{param.name}, …" if param.many else param.name for param in self.params]
        shown = [f"[{name}]" if param.optional else name for name, param in zip(names, self.params, strict=True)]
        return f"{self.name}({', '.join(shown)})"
