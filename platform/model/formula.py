"""What the model knows of a compiled expression: its text and what it reads. The language itself lives above."""

from __future__ import annotations

from typing import Any, Protocol


class Formula(Protocol):
    """A checked expression; see `sartor.platform.expressions.Expression`."""

    @property
    def text(self) -> str: ...

    @property
    def type(self) -> Any: ...

    @property
    def paths(self) -> frozenset[tuple[str, ...]]: ...

    @property
    def volatile(self) -> bool: ...
