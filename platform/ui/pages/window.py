"""A page of records that are asked for at once and arranged by the type of the view: a calendar, say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sartor.platform.ui.pages.list import FilterBar
from sartor.platform.ui.pages.parts import Action, Link, Note, Switch
from sartor.platform.ui.pages.shell import Shell, TitleBar


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowPage:
    """Drawn by the template that the type of the view names. arranged: what the type has made of the records."""

    shell: Shell
    bar: TitleBar
    label: str
    view: Link
    views: tuple[Link, ...]
    switch: Switch | None
    filter: FilterBar
    arranged: Any
    save_view: Action | None = None
    notes: tuple[Note, ...] = ()
