"""Upgrading a blueprint: as it came, as it is here, and the new version, merged property by property before anything
happens. What both sides changed is decided on the page; each decision is kept as soon as it is made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from flask import Response, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from sartor.builder.bench import Bench, bench
from sartor.builder.frame import frame
from sartor.builder.lists.definitions import calling
from sartor.builder.pages.blueprints import found
from sartor.builder.rendering import html
from sartor.builder.review.choosing import rest
from sartor.builder.review.merged import Merge, MergedPage, Urls, asked_of, decide, done, drafted, forget
from sartor.builder.review.telling import Group, groups
from sartor.builder.routes import route
from sartor.platform.packaging.versions.upgrades import Look, Upgrades
from sartor.platform.publishing.words.telling import told
from sartor.platform.text import gettext as _
from sartor.platform.text import pick
from sartor.platform.ui.pages.parts import Link, Note

ACTS = ("decide_upgrade", "ask_again", "decide_the_rest")


@dataclass(frozen=True, slots=True, kw_only=True)
class UpgradePage(MergedPage):
    """begins, ends: the two versions. known: whether it is known how the former one came."""

    template: ClassVar[str] = "build/blueprint_upgrade.html"

    begins: str
    ends: str
    known: bool


@route("/blueprints/<name>/upgrade")
def upgrade(name: str) -> Response:
    return html(_page(bench(), name, request.args.get("to", "")))


@route("/blueprints/<name>/upgrade/decide", methods=["POST"])
def decide_upgrade(name: str) -> AnyResponse:
    return _done(name, lambda here, look: decide(here.book, lambda rulings: here.look(look.blueprint, rulings)))


@route("/blueprints/<name>/upgrade/again", methods=["POST"])
def ask_again(name: str) -> AnyResponse:
    return _done(name, lambda here, _look: forget(here.book))


@route("/blueprints/<name>/upgrade/rest", methods=["POST"])
def decide_the_rest(name: str) -> AnyResponse:
    return _done(name, lambda here, look: here.decided(look, rest()))


def _done(name: str, act: Callable[[Upgrades, Look], object]) -> AnyResponse:
    here, to = bench(), request.form.get("to", "")
    upgrades = _upgrades(here, name)
    look = upgrades.look(upgrades.offered(to))
    back = url_for("builder.upgrade", name=name, to=to or None)
    return done(lambda: act(upgrades, look), back, lambda note: _page(here, name, to, note))


def _upgrades(here: Bench, name: str) -> Upgrades:
    """Reference records are only for whoever may bring records."""
    return Upgrades(here.workspace, name, asker=here.context)


def _page(here: Bench, name: str, to: str, *notes: Note) -> UpgradePage:
    upgrades = _upgrades(here, name)
    look = upgrades.look(upgrades.offered(to))
    title, documents = pick(found(here, name).label), look.draft.documents
    button = _("Upgrade"), f"/api/v1/blueprints/{name}/upgrade", url_for("builder.blueprint", name=name)
    trail = (
        Link(_("Blueprints"), url_for("builder.blueprints")),
        Link(title, url_for("builder.blueprint", name=name)),
    )
    merge = Merge(tuple(look.upgrade.open), look.draft.shipped, documents)
    draft = drafted(here, lambda: upgrades.drafts.plan(look.draft), merge, *button, to=to)
    changes = told(here.workspace.kinds, here.workspace.serving().model, here.published, documents)
    return UpgradePage(
        frame=frame(_("Upgrade %(name)s", name=title), "blueprints", trail=trail),
        begins=look.begins,
        ends=str(look.blueprint.manifest["version"]),
        to=to,
        known=look.known,
        urls=Urls(*(url_for(f"builder.{each}", name=name) for each in ACTS)),
        asked=tuple(asked_of(*each) for each in upgrades.questions(look)),
        groups=tuple(_without_itself(groups(calling(here, documents), changes), name)),
        records=look.changes,
        closed=look.records is None and upgrades.touches_records(look.blueprint),
        draft=draft,
        notes=(*notes, *(Note(each) for each in look.stays)),
    )


def _without_itself(told_groups: Iterator[Group], name: str) -> Iterator[Group]:
    return (each for each in told_groups if each.key != f"blueprint/{name}")
