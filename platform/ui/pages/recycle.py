"""The recycle bin: what was deleted, by whom, until when it can be restored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from sartor.platform.ui.pages.parts import Action, Cell, Empty, Head, Note, Switch
from sartor.platform.ui.pages.shell import Shell, TitleBar


@dataclass(frozen=True, slots=True)
class Deleted:
    """One deleted record. restore: posts; reason in it says why it cannot be."""

    title: str
    cells: tuple[Cell, ...]
    restore: Action | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecyclePage:
    """Next_url: the next page."""

    template: ClassVar[str] = "recycle.html"

    shell: Shell
    bar: TitleBar
    heads: tuple[Head, ...]
    rows: tuple[Deleted, ...]
    switch: Switch | None = None
    next_url: str | None = None
    empty: Empty | None = None
    notes: tuple[Note, ...] = ()
