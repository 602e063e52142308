"""The frame of every page of the builder: navigation, title bar, and what is not yet published."""

from __future__ import annotations

from dataclasses import dataclass

from flask import g, url_for

from sartor.builder import navigation
from sartor.builder.bench import Bench, bench
from sartor.platform.model.ids import encode_id
from sartor.platform.publishing.change_sets.changes import MAIN
from sartor.platform.text import gettext as _
from sartor.platform.text import pick
from sartor.platform.ui.format import letters
from sartor.platform.ui.pages.parts import Action, Face, Link
from sartor.platform.ui.pages.shell import Look, NavGroup, User


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The change set in use. title: what people call it, empty for the one that is always there. edits: definitions
    edited in it; base: the published revision under it.

    sets: links to the first page in every change set; new_url: begins another one with a `title`.
    review_url: where it is looked through and published.
    """

    name: str
    title: str
    edits: int
    base: int
    sets: tuple[Link, ...]
    new_url: str
    review_url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """trail: links before the title (`Entities /`). actions: buttons of the title bar, before the one that reviews."""

    title: str
    workspace: str
    csrf: str
    look: Look
    user: User
    groups: tuple[NavGroup, ...]
    phone: tuple[Link, ...]
    draft: Draft
    back: Link
    preferences_url: str
    preview_url: str
    trail: tuple[Link, ...] = ()
    actions: tuple[Action, ...] = ()


def frame(title: str, current: str, *, trail: tuple[Link, ...] = (), actions: tuple[Action, ...] = ()) -> Frame:
    """The frame of a page. current: the endpoint in the navigation that the page belongs to."""
    here = bench()
    count = len(here.edited.edits)
    return Frame(
        title=title,
        workspace=here.workspace.name.at(g.asker.stamp),
        csrf=here.csrf,
        look=here.look,
        user=_user(here),
        groups=navigation.groups(current, {"changes": str(count)} if count else {}),
        phone=navigation.on_phone(current),
        draft=_draft(here, count),
        back=Link(_("Back to work"), url_for("pages.home"), "arrow-back-up"),
        preferences_url=url_for("pages.set_preferences"),
        preview_url=preview_address("/app"),
        trail=trail,
        actions=actions,
    )


def preview_address(page: str) -> str:
    """A page of the apps as the change set in use would make it."""
    here = bench()
    return f"/preview/{here.set}/-/{here.look.language}{page}"


def _draft(here: Bench, count: int) -> Draft:
    titles = {MAIN: "", here.set: "", **here.workspace.publisher.sets.titles()}
    links = (_set(name, here.set_called(name, title), name == here.set) for name, title in sorted(titles.items()))
    return Draft(
        name=here.set,
        title=titles[here.set] or (here.set if here.set != MAIN else ""),
        edits=count,
        base=here.revision,
        sets=tuple(links),
        new_url=url_for("builder.new_set"),
        review_url=navigation.address("plan"),
    )


def _set(name: str, title: str, current: bool) -> Link:
    return Link(title, url_for("builder.overview", change_set=name), "versions", current)


def _user(here: Bench) -> User:
    actor, rights = here.context.actor, here.context.access.rights
    roles = [pick(role.label) for role in rights.roles]
    role = roles[0] if roles else _("Administrator") if rights.complete else ""
    profile = url_for("pages.profile")
    face = Face(letters(actor.name), actor.name, me=True, url=profile)
    return User(encode_id(actor.id or 0), face, role, profile, url_for("pages.sign_out"))
