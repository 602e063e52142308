"""What surrounds a page: navigation, who is signed in, language, theme, and the addresses every page may need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sartor.platform.ui.pages.parts import Action, Choice, Face, Link, Note

THEMES = ("light", "dark", "auto")
DENSITIES = ("compact", "normal", "roomy")


@dataclass(frozen=True, slots=True)
class NavGroup:
    """Links under one head; no head for the first ones (home, to-dos, dashboards)."""

    head: str | None
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class User:
    """id: under which the browser keeps what is this person's alone."""

    id: str
    face: Face
    role: str
    profile_url: str
    sign_out_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How the reader wants it. theme: light, dark or auto; density: compact, normal or roomy; rise_red: 红涨绿跌."""

    language: str = "en"
    theme: str = "auto"
    density: str = "normal"
    rise_red: bool = False

    @classmethod
    def chosen(cls, cookies: Mapping[str, str], language: str) -> Look:
        """As the reader chose it: kept in cookies, so that it holds before sign-in and costs no query."""
        theme, density = cookies.get("theme", "auto"), cookies.get("density", "normal")
        return cls(
            language=language,
            theme=theme if theme in THEMES else "auto",
            density=density if density in DENSITIES else "normal",
            rise_red=language == "zh",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """The strip that says that a page shows what is not published. roles, languages: the other ways to look at it.

    left: fields, in words, that are blank because only publishing works them out or converts them.
    """

    title: str
    back: Link
    left: str
    roles: tuple[Choice, ...]
    languages: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shell:
    """The frame of every page inside.

    apps: links to the other apps, in the menu of the workspace's name.
    phone: at most five links of the phone's tab bar; the last one, `#menu`, opens the navigation.
    search_url: answers `?q=` with the fragment `partials/hits.html`.
    preferences_url: takes a POST of `language`, `theme` or `density` and answers 204 or a redirect back.
    messages: said once, after a redirect.
    """

    title: str
    workspace: str
    csrf: str
    groups: tuple[NavGroup, ...]
    phone: tuple[Link, ...]
    user: User
    look: Look
    search_url: str
    preferences_url: str
    home_url: str = "/app"
    apps: tuple[Link, ...] = ()
    foot: tuple[Link, ...] = ()
    messages: tuple[Note, ...] = ()
    ahead: Ahead | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """The frame of the pages before sign-in: language and theme can be changed there too.

    languages: choices whose `url` is the language's code, posted as `language` to preferences_url.
    """

    title: str
    workspace: str
    csrf: str
    look: Look
    languages: tuple[Choice, ...]
    preferences_url: str
    foot: str = ""
    messages: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleBar:
    """The bar on top: a back arrow and trail, or a title with a line beside it; actions on the right."""

    title: str
    beside: str | None = None
    back: Link | None = None
    trail: tuple[Link, ...] = ()
    actions: tuple[Action, ...] = ()
    more: tuple[Action, ...] = ()
