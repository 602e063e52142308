"""The sign-in page, and the page of a forgotten or expired password."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from sartor.platform.ui.pages.form import Form
from sartor.platform.ui.pages.parts import Link, Note
from sartor.platform.ui.pages.shell import Outside


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInPage:
    """Help_text: whom to ask for an account."""

    template: ClassVar[str] = "signin.html"

    outside: Outside
    title: str
    form: Form
    help_text: str = ""
    links: tuple[Link, ...] = ()
    note: Note | None = None
