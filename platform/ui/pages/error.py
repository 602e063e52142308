"""Something went wrong: what, why, and what to do; a conflict shows both sides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from sartor.platform.ui.pages.parts import Action
from sartor.platform.ui.pages.shell import Outside, Shell, TitleBar


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that two people changed. The choice is sent as `keep[FIELD]` = `theirs` or `mine`."""

    field: str
    label: str
    theirs: str
    mine: str
    keep: str = "theirs"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What happened, said to a person; also the answer to a fragment's request.

    status: the number, small. number: of the incident, to be copied. details: further lines.
    """

    template: ClassVar[str] = "fragments/fault.html"

    title: str
    text: str
    status: int
    icon: str = "alert-circle"
    tone: str = "bad"
    number: str | None = None
    details: tuple[str, ...] = ()
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """In the shell for people who are signed in, outside for others."""

    template: ClassVar[str] = "error.html"

    fault: Fault
    shell: Shell | None = None
    bar: TitleBar | None = None
    outside: Outside | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictPage:
    """Somebody else saved first. who: heads their column. fields: the rest of the form."""

    template: ClassVar[str] = "conflict.html"

    shell: Shell
    bar: TitleBar
    title: str
    text: str
    who: str
    differences: tuple[Difference, ...]
    url: str
    csrf: str
    fields: tuple[tuple[str, str], ...]
    discard: Action
