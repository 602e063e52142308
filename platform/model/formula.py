"""What the model knows of a compiled expression: its text and what it reads. The language itself lives above."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol


class Formula(Protocol):
    """A checked expression; see `sartor.platform.expressions.Expression`.

    term, program: how the language compiles and evaluates it; nobody else looks into them.
    """

    @property
    def text(self) -> str: ...

    @property
    def type(self) -> Any: ...

    @property
    def paths(self) -> frozenset[tuple[str, ...]]: ...

    @property
    def functions(self) -> frozenset[str]: ...

    @property
    def volatile(self) -> bool: ...

    @property
    def term(self) -> Any: ...

    @property
    def program(self) -> Callable[..., object]: ...
