"""The first page ever: the holder of the one-time link becomes the first admin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from sartor.platform.ui.pages.form import Form
from sartor.platform.ui.pages.parts import Note
from sartor.platform.ui.pages.shell import Outside


@dataclass(frozen=True, slots=True, kw_only=True)
class SetupPage:
    """Installed: what the workspace already holds, one line each."""

    template: ClassVar[str] = "setup.html"

    outside: Outside
    title: str
    text: str
    form: Form
    installed: tuple[str, ...] = ()
    note: Note | None = None
