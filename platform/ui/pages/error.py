"""Something went wrong: what, why, and what to do; a conflict shows both sides."""

from __future__ import annotations

from dataclasses import dataclass

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
    """partials/fault.html, also the answer to a fragment's request.

    status: the number, small. number: of the incident, to be copied. details: further lines.
    """

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
    """templates/error.html; in the shell for people who are signed in, outside for others."""

    fault: Fault
    shell: Shell | None = None
    bar: TitleBar | None = None
    outside: Outside | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictPage:
    """templates/conflict.html: somebody else saved first. who: heads their column. fields: the rest of the form."""

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
