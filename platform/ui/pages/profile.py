"""The reader's own page: language, look, password, API tokens, sessions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from sartor.platform.ui.pages.form import Form
from sartor.platform.ui.pages.parts import Action, Pair
from sartor.platform.ui.pages.shell import Shell, TitleBar


@dataclass(frozen=True, slots=True)
class Token:
    """An API token. used: when last, in words."""

    name: str
    made: str
    used: str
    revoke: Action


@dataclass(frozen=True, slots=True)
class Session:
    """A signed-in browser. this: the one in use."""

    text: str
    when: str
    this: bool
    end: Action | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfilePage:
    """New_token: shown once, right after it was made. workspace: its name, for whoever may administer."""

    template: ClassVar[str] = "profile.html"

    shell: Shell
    bar: TitleBar
    about: tuple[Pair, ...]
    look: Form
    password: Form
    tokens: tuple[Token, ...]
    token_form: Form
    new_token: str | None = None
    workspace: Form | None = None
    sessions: tuple[Session, ...] = ()
