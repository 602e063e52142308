"""What a view type is: one way of looking at the records of an entity.

A view type does not read records. It says which questions a page of it asks (`shapes`), so that publishing can make
the indexes that answer them, and which template draws the answers.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from sartor.platform.errors import Problem
from sartor.platform.model import Model, View
from sartor.platform.registry import Plugin
from sartor.platform.ui.pages.parts import Cell, Tinted

CANVASES = ("rows", "lanes")
"""How designers can draw a view by themselves."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A question as an index sees it: fields compared for equality, then the order (`-amount`, `name`).

    What the view's own filter compares comes on top of `equal` by itself.
    """

    entity: str
    equal: tuple[str, ...]
    sort: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sight:
    """Who looks at a view, and from where.

    place: the parameters of the address that the type names in `places`. url: the address of this view with other
    parameters, its filter kept. new: the address of a new record's form with values typed in already; None where the
    reader may not make one. may_write: whether the reader types into a field here. rows: the address of a list of those
    records of the filter for which a further condition holds. counts: how many records are in a part of the window, by
    its key, where it holds more than it has room for, and whether counting stopped there.
    """

    place: Mapping[str, str]
    today: date
    zone: ZoneInfo
    url: Callable[..., str]
    new: Callable[[Mapping[str, str]], str] | None
    may_write: Callable[[str], bool]
    rows: Callable[[str], str] | None = None
    counts: Mapping[str, tuple[int, bool]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a window, such as a day. where: its conditions, in place of those of the window. most: how many records
    it has room for."""

    where: tuple[str, ...]
    most: int


@dataclass(frozen=True, slots=True)
class Window:
    """What a page asks for at once, where it does not go on page after page.

    where: conditions beside the filter, as texts. fields: beside the columns. sort: instead of the view's order. parts:
    what is asked for by key where the window holds more than one page does; `Sight.counts` then tells of each. across:
    conditions of records that are in several parts: they are asked for once, so that those of a part can be a range of
    an index.
    """

    where: tuple[str, ...]
    fields: tuple[str, ...]
    sort: tuple[str, ...]
    parts: Mapping[str, Part] = field(default_factory=dict)
    across: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Seen:
    """One record in a window. said: the JSON of the window's fields; drawn: the same as cells, by name. cells: those of
    the columns. api: where its values are written (PATCH, `If-Match`); None where the reader may not change it."""

    id: str
    title: str
    href: str
    peek_url: str
    version: str
    said: Mapping[str, Any]
    drawn: Mapping[str, Cell]
    cells: tuple[Cell, ...]
    api: str | None = None
    tint: Tinted | None = None


class ViewType(Plugin):
    """Subclass in a module of this package. `template` draws the page.

    canvas: how a designer shows it: `rows` below columns, `lanes` by the field that its first shape compares, or the
    template that draws what `arranged` has made; styles: the style sheets of that template, as `asset` names them.
    marks: what it draws beside columns: `colours`, `actions`, `group`. places: parameters of the address that say which
    part of the records is looked at; links on the page keep them.
    """

    template: ClassVar[str]
    canvas: ClassVar[str] = "rows"
    styles: ClassVar[Sequence[str]] = ()
    marks: ClassVar[Sequence[str]] = ()
    places: ClassVar[Sequence[str]] = ()

    @classmethod
    def about(cls) -> dict[str, Any]:
        """What a designer shows of it."""
        return super().about() | {"canvas": cls.canvas}

    @abstractmethod
    def shapes(self, view: View, model: Model) -> Sequence[Shape]:
        """The questions that one page of this view asks."""

    def window(self, view: View, model: Model, sight: Sight) -> Window | None:
        """What is asked for in place of pages of rows; None for pages of rows."""
        return None

    def arranged(self, view: View, model: Model, sight: Sight, seen: Sequence[Seen]) -> Any:
        """What the template gets as `page.arranged`, of the records in the window."""
        return None

    def check(self, view: View, model: Model) -> Sequence[Problem]:
        """What is wrong with the view's options beyond their schema; `field` is relative to the definition."""
        return ()
