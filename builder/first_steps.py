"""The first steps in a new workspace: what can be done, what is done already, what somebody left out. Nothing is
forced; what a person said about it is kept with his preferences."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import url_for

from sartor.builder.bench import Bench
from sartor.platform.access.preferences import Preferences
from sartor.platform.access.roles import ADMINISTER
from sartor.platform.definitions.documents import of_kind
from sartor.platform.definitions.system import system_documents
from sartor.platform.packaging.installing.install import installed
from sartor.platform.text import gettext as _
from sartor.platform.text import pick
from sartor.platform.ui.pages.parts import Link

KEPT = "first_steps"
OVER = "over"
"""Said of all steps together: the guide is not offered any more."""


@dataclass(frozen=True, slots=True)
class Step:
    """state: done, skipped or open. links: where it is done; the first is the usual one. about: how it stands."""

    key: str
    title: str
    text: str
    icon: str
    state: str
    links: tuple[Link, ...]
    about: str = ""


def steps(here: Bench) -> tuple[Step, ...]:
    """All steps, as they stand."""
    said = remembered(here)
    return tuple(_made(here, said, *each) for each in _offered(here))


def remembered(here: Bench) -> dict[str, Any]:
    """What the person said: by step `done` or `skipped`."""
    found = Preferences(here.workspace.database).of(here.context.actor.id or 0).get(KEPT)
    return dict(found) if isinstance(found, dict) else {}


def remember(here: Bench, key: str, state: str | None) -> None:
    """Say something of a step; None takes it back."""
    said = {name: each for name, each in remembered(here).items() if name != key}
    kept = {**said, key: state} if state else said
    if here.context.actor.id:
        Preferences(here.workspace.database).put(here.context.actor.id, {KEPT: kept})


def is_over(here: Bench) -> bool:
    """Whether nobody has to be told of the guide any more."""
    return OVER in remembered(here) or all(each.state != "open" for each in steps(here))


Offered = tuple[str, str, str, str, tuple[Link, ...], Callable[[Bench], str]]


def _made(here: Bench, said: dict[str, Any], *offered: Any) -> Step:
    key, title, text, icon, links, told = offered
    about = told(here)
    state = "done" if about else str(said.get(key, "open"))
    return Step(key, title, text, icon, state if state in ("done", "skipped") else "open", links, about)


def _offered(here: Bench) -> list[Offered]:
    made: list[Offered] = [
        (
            "blueprints",
            _("Pick what you begin with"),
            _("A blueprint is a working CRM in a minute: customers and sales. Level 1 is data, level 2 adds "
              "process, level 3 numbers to decide by; you may switch a level on later."),
            "box-multiple",
            (Link(_("Choose blueprints"), url_for("builder.blueprints")), *_levels(here)),
            _blueprints,
        ),
        (
            "language",
            _("Choose the language"),
            _("Every label is in English and Chinese, and each person chooses for himself."),
            "language",
            (Link(_("My language and look"), url_for("pages.profile")),),
            lambda _here: "",
        ),
        (
            "import",
            _("Import your spreadsheet"),
            _("Drop XLSX or CSV files: types, choices and links between them are proposed with reasons."),
            "file-spreadsheet",
            (Link(_("From spreadsheets"), url_for("builder.from_files")),),
            _imports,
        ),
        (
            "field",
            _("Change one field"),
            _("Add a field of your own to an entity; nothing is seen by anybody until it is published."),
            "forms",
            (Link(_("Add a field"), _first_entity(here)), Link(_("All entities"), url_for("builder.entities"))),
            _edits,
        ),
        (
            "publish",
            _("Look at the plan and publish"),
            _("The plan says what will happen, in order. Everything that was published can be rolled back."),
            "checklist",
            (
                Link(_("Review and publish"), url_for("builder.plan")),
                Link(_("Revisions"), url_for("builder.revisions")),
            ),
            _published,
        ),
        (
            "look",
            _("Look at it as your colleagues do"),
            _("The same pages that they work on."),
            "arrow-right",
            (Link(_("To the pages of work"), url_for("pages.home")),),
            lambda _here: "",
        ),
    ]  # fmt: skip
    if here.context.access.ability(ADMINISTER):
        links = (Link(_("Invite somebody"), url_for("pages.invite_people")),)
        text = _("Each gets a link to choose a password with; roles say who may do what.")
        made.insert(2, ("invite", _("Invite people"), text, "user-plus", links, _people))
    return made


# ---- how it stands


def _levels(here: Bench) -> tuple[Link, ...]:
    """The page of each installed blueprint, where its level is switched."""
    return tuple(
        Link(_("%(name)s: level %(level)s", name=pick(each.label), level=each.level[1:]),
             url_for("builder.blueprint", name=each.name))
        for each in installed(here.published)
    )  # fmt: skip


def _blueprints(here: Bench) -> str:
    return ", ".join(pick(each.label) for each in installed(here.published))


def _people(here: Bench) -> str:
    others = [each for each in here.context.directory.people.values() if each.id != here.context.actor.id]
    return _("%(n)s people besides you", n=len(others)) if others else ""


def _imports(here: Bench) -> str:
    ours = system_documents()
    own = [pick(each.get("label")) for name, each in of_kind(here.published, "app")
           if not each.get("origin") and f"app/{name}" not in ours]  # fmt: skip
    return ", ".join(own)


def _edits(here: Bench) -> str:
    edited = [key for key in here.edited.edits if key.startswith("entity/")]
    return _("edited, not published yet") if edited else ""


def _published(here: Bench) -> str:
    latest = here.workspace.publisher.revisions(1)
    mine = [each for each in latest if each.by is not None]
    return _("revision %(n)s is published", n=mine[0].number) if mine else ""


def _first_entity(here: Bench) -> str:
    """The designer of the entity that most lies behind, with a hint what to do there."""
    used: dict[str, int] = {}
    for _name, view in here.of_kind("view"):
        used[str(view.get("entity"))] = used.get(str(view.get("entity")), 0) + 1
    known = [name for name, _document in here.of_kind("entity") if f"entity/{name}" not in system_documents()]
    if not known:
        return url_for("builder.entities")
    return url_for("builder.entity", name=max(known, key=lambda name: (used.get(name, 0), name)), first="yes")
