"""Long work: how far it is, what it did, what it refused, how to stop or undo it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from sartor.platform.ui.pages.import_ import WizardStep
from sartor.platform.ui.pages.parts import Action, Link, Note, Table
from sartor.platform.ui.pages.shell import Shell, TitleBar


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Asked for again every `every` milliseconds while `running`.

    done, total: of the bar (total 0: not known yet). beside: "2,082 of 3,214 · about 40 s left".
    counts: (label, number, tone).
    """

    template: ClassVar[str] = "fragments/progress.html"

    title: str
    url: str
    done: int
    total: int
    beside: str = ""
    running: bool = True
    every: int = 1500
    steps: tuple[WizardStep, ...] = ()
    note: Note | None = None
    counts: tuple[tuple[str, str, str], ...] = ()
    refused: Table | None = None
    refused_count: str | None = None
    refused_file: Link | None = None
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True)
class JobPage:
    template: ClassVar[str] = "job.html"

    shell: Shell
    bar: TitleBar
    progress: Progress


@dataclass(frozen=True, slots=True)
class JobsPage:
    """Jobs of the reader, newest first."""

    template: ClassVar[str] = "jobs.html"

    shell: Shell
    bar: TitleBar
    table: Table
    empty: str = ""
