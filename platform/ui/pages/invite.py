"""Inviting somebody: the form, and the link that was just made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from sartor.platform.ui.pages.form import Form
from sartor.platform.ui.pages.shell import Shell, TitleBar


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """link: shown once. until: when it ends. known: the person was there before and gets another password."""

    email: str
    link: str
    until: str
    known: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitePage:
    template: ClassVar[str] = "invite.html"

    shell: Shell
    bar: TitleBar
    form: Form
    made: Invitation | None = None
