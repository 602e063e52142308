"""What a view type is: one way of looking at the records of an entity.

A view type does not read records. It says which questions a page of it asks (`shapes`), so that publishing can make
the indexes that answer them, and which template draws the answers.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from sartor.platform.errors import Problem
from sartor.platform.model import Model, View
from sartor.platform.registry import Plugin


@dataclass(frozen=True, slots=True)
class Shape:
    """A question as an index sees it: fields compared for equality, then the order (`-amount`, `name`).

    What the view's own filter compares comes on top of `equal` by itself.
    """

    entity: str
    equal: tuple[str, ...]
    sort: tuple[str, ...]


class ViewType(Plugin):
    """Subclass in a module of this package. `template` draws the page.

    canvas: how a designer shows it: `rows` below columns, or `lanes` by the field that its first shape compares.
    marks: what it draws beside columns: `colours`, `actions`, `group`.
    """

    template: ClassVar[str]
    canvas: ClassVar[str] = "rows"
    marks: ClassVar[Sequence[str]] = ()

    @classmethod
    def about(cls) -> dict[str, Any]:
        """What a designer shows of it."""
        return super().about() | {"canvas": cls.canvas}

    @abstractmethod
    def shapes(self, view: View, model: Model) -> Sequence[Shape]:
        """The questions that one page of this view asks."""

    def check(self, view: View, model: Model) -> Sequence[Problem]:
        """What is wrong with the view's options beyond their schema; `field` is relative to the definition."""
        return ()
