"""Names of bind parameters whose values come from the environment.

The name says what the value is, so that a compiled statement can be kept and its values computed at each run by whoever
runs it: `env_today`, `env_me`, or `env_x_<part>_<expression>` with the expression's text quoted into it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

PREFIX = "env_"
PARTS = ("value", "fold", "lower", "start", "end", "from", "to", "first", "last", "list", "folds")

_SIMPLE = re.compile(r"([a-z_]+)\(\)\Z")
_QUOTED = re.compile(r"_([0-9a-f]+)_")


@dataclass
class EnvBinds:
    """Collects the names used while expressions are compiled; give one for a whole statement."""

    names: set[str] = field(default_factory=set)

    def add(self, name: str) -> str:
        self.names.add(name)
        return name

    def bind(self, name: str, kind: sa.types.TypeEngine[Any]) -> sa.ColumnElement[Any]:
        """What stands for the value in a statement."""
        return sa.bindparam(self.add(name), type_=kind)

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self.names))


def name_of(part: str, text: str) -> str:
    """The bind name of a part of an expression's value."""
    simple = _SIMPLE.match(text)
    if part == "value" and simple:
        return PREFIX + simple[1]
    quoted = "".join(char if char.isascii() and char.isalnum() else f"_{ord(char):x}_" for char in text)
    return f"{PREFIX}x_{part}_{quoted}"


def read_name(name: str) -> tuple[str, str] | None:
    """The part and the expression's text; None for the names of plain settings such as env_zone."""
    if not name.startswith(PREFIX + "x_"):
        return None
    part, _line, quoted = name[len(PREFIX) + 2 :].partition("_")
    return part, _QUOTED.sub(lambda found: chr(int(found[1], 16)), quoted)
