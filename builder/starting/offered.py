"""What can be done first, step by step: where it is done, and how it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import url_for

from sartor.builder.bench import Bench
from sartor.builder.starting import standing
from sartor.platform.access.roles import ADMINISTER
from sartor.platform.definitions.system import system_documents
from sartor.platform.packaging.installing.install import installed
from sartor.platform.text import gettext as _
from sartor.platform.text import listed, pick
from sartor.platform.ui.pages.parts import Link


@dataclass(frozen=True, slots=True)
class Step:
    """links: where it is done; the first is the usual one. about: how it stands, empty where nothing of it is done.
    state: done, skipped or open."""

    key: str
    title: str
    text: str
    icon: str
    links: tuple[Link, ...]
    about: str = ""
    state: str = "open"


def offered(here: Bench) -> Iterator[Step]:
    """Every step for this person, in the order of the guide."""
    yield _blueprints(here)
    yield _language()
    if here.context.access.ability(ADMINISTER):
        yield _invite(here)
    yield _import(here)
    yield _field(here)
    yield _publish(here)
    yield _look()


def _blueprints(here: Bench) -> Step:
    text = _("A blueprint is a working CRM in a minute: customers and sales. Level 1 is data, level 2 adds "
             "process, level 3 numbers to decide by; you may switch a level on later.")  # fmt: skip
    links = (Link(_("Choose blueprints"), url_for("builder.blueprints")), *_levels(here))
    about = listed(pick(each.label) for each in installed(here.published))
    return Step("blueprints", _("Pick what you begin with"), text, "box-multiple", links, about)


def _levels(here: Bench) -> Iterator[Link]:
    """The page of each installed blueprint, where its level is switched."""
    for each in installed(here.published):
        text = _("%(name)s: level %(level)s", name=pick(each.label), level=each.level[1:])
        yield Link(text, url_for("builder.blueprint", name=each.name))


def _language() -> Step:
    text = _("Every label is in English and Chinese, and everyone chooses their own.")
    links = (Link(_("My language and look"), url_for("pages.profile")),)
    return Step("language", _("Choose the language"), text, "language", links)


def _invite(here: Bench) -> Step:
    text = _("Each gets a link to choose a password with; roles say who may do what.")
    links = (Link(_("Invite somebody"), url_for("pages.invite_people")),)
    return Step("invite", _("Invite people"), text, "user-plus", links, standing.of_people(here))


def _import(here: Bench) -> Step:
    lists = tuple(_lists(here))
    text = _("Drop XLSX or CSV files: an application is made of them, types, choices and links proposed with reasons.")
    if lists:
        text = _("Drop XLSX or CSV files: an application is made of them, types, choices and links proposed with "
                 "reasons. Or bring the rows into a list that is there.")  # fmt: skip
    links = (Link(_("From spreadsheets"), url_for("builder.from_files")), *lists)
    return Step("import", _("Import your spreadsheet"), text, "file-spreadsheet", links, standing.of_imports(here))


def _lists(here: Bench) -> Iterator[Link]:
    for app, entity in standing.fillable(here):
        url = url_for("pages.choose_file", app=app, entity=entity.name)
        yield Link(_("Into %(list)s", list=pick(entity.plural)), url)


def _field(here: Bench) -> Step:
    text = _("Add a field of your own to an entity; nothing is seen by anybody until it is published.")
    links = (Link(_("Add a field"), _first_entity(here)), Link(_("All entities"), url_for("builder.entities")))
    return Step("field", _("Change one field"), text, "forms", links, standing.of_fields(here))


def _first_entity(here: Bench) -> str:
    """The designer of the entity that most lies behind, with a hint what to do there."""
    used, ours = dict[str, int](), system_documents()
    for _name, view in here.of_kind("view"):
        used[str(view.get("entity"))] = used.get(str(view.get("entity")), 0) + 1
    known = [name for name, _document in here.of_kind("entity") if f"entity/{name}" not in ours]
    if not known:
        return url_for("builder.entities")
    return url_for("builder.entity", name=max(known, key=lambda name: (used.get(name, 0), name)), first="yes")


def _publish(here: Bench) -> Step:
    text = _("The plan says what will happen, in order. Everything that was published can be rolled back.")
    links = (Link(_("Review and publish"), url_for("builder.plan")), Link(_("Revisions"), url_for("builder.revisions")))
    return Step("publish", _("Look at the plan and publish"), text, "checklist", links, standing.of_publishing(here))


def _look() -> Step:
    links = (Link(_("To the pages of work"), url_for("pages.home")),)
    text = _("The same pages that they work on.")
    return Step("look", _("Look at it as your colleagues do"), text, "arrow-right", links)
