"""The change sets of the workspace: who edits what, a new one, another title, and throwing one away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from sartor.builder.bench import Bench, bench, known_set
from sartor.builder.frame import Frame, frame
from sartor.builder.people import face_of, moment_of
from sartor.builder.rendering import html
from sartor.builder.routes import route
from sartor.platform.access.roles import ADMINISTER
from sartor.platform.packaging.sheets import names
from sartor.platform.publishing.change_sets.changes import MAIN, Head
from sartor.platform.publishing.kept_settings import APPROVAL, kept, set_for_all
from sartor.platform.text import gettext as _
from sartor.platform.text import ngettext
from sartor.platform.ui.pages.parts import Action, Face, Link, Note

LONGEST = 120


@dataclass(frozen=True, slots=True)
class Row:
    """One change set. edits: in words; title: what it is called; name: as the command line knows it."""

    name: str
    title: str
    edits: str
    by: Face
    when: str
    current: bool
    open: Link
    review: Link
    rename_url: str
    discard: Action


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeSetsPage:
    """rule: whether every change set needs a second person's approval; rule_url: where that is set, for whoever may."""

    template: ClassVar[str] = "build/change_sets.html"

    frame: Frame
    rows: tuple[Row, ...]
    new_url: str
    rule: bool
    rule_url: str | None
    notes: tuple[Note, ...] = ()


@route("/sets")
def change_sets() -> Response:
    return html(_page(bench()))


@route("/sets/new", methods=["POST"])
def new_set() -> AnyResponse:
    """A change set with a title; its name is made of it."""
    here, title = bench(), _title()
    if not title:
        return html(_page(here, Note(_("Say what it is about, such as “Spring clean-up”."), "bad")), 422)
    name = _free_name(here, title)
    here.workspace.publisher.sets.call(name, title, by=here.context.actor.id)
    return redirect(url_for("builder.overview", change_set=name), 303)


@route("/sets/<name>/title", methods=["POST"])
def rename_set(name: str) -> AnyResponse:
    here = bench()
    here.workspace.publisher.sets.call(known_set(name), _title(), by=here.context.actor.id)
    return redirect(url_for("builder.change_sets"), 303)


@route("/sets/<name>/discard", methods=["POST"])
def discard_set(name: str) -> AnyResponse:
    here = bench()
    here.workspace.publisher.sets.discard(name=known_set(name))
    there = MAIN if name == here.set else here.set
    return redirect(url_for("builder.change_sets", change_set=there), 303)


@route("/sets/approval", methods=["POST"])
def ask_approval_of_all() -> AnyResponse:
    """Whether every change set needs a second person's approval; for administrators."""
    here, value = bench(), "needed" in request.form
    here.context.access.require_ability(ADMINISTER)
    database, by = here.workspace.database, here.context.actor.id
    number = database.new_id()
    database.run(lambda work: set_for_all(work, number, APPROVAL, value, by))
    return redirect(url_for("builder.change_sets"), 303)


def _rule(here: Bench) -> bool:
    with here.workspace.database.read() as connection:
        return bool(kept(connection, APPROVAL, False))


def _title() -> str:
    return " ".join(request.form.get("title", "").split())[:LONGEST].replace("\x00", "")


def _free_name(here: Bench, title: str) -> str:
    """A name made of a title, pinyin of Chinese; a number where it is taken, or nothing of it can stand in one."""
    base = names.slug(title)[:30].strip("_") or "set"
    taken = {MAIN, *here.workspace.publisher.sets.names()}
    number = 1
    while (name := base if number == 1 else f"{base}_{number}") in taken:
        number += 1
    return name


def _page(here: Bench, *notes: Note) -> ChangeSetsPage:
    return ChangeSetsPage(
        frame=frame(_("Change sets"), "changes"),
        rows=tuple(_rows(here)),
        new_url=url_for("builder.new_set"),
        rule=_rule(here),
        rule_url=url_for("builder.ask_approval_of_all") if here.context.access.ability(ADMINISTER) else None,
        notes=notes,
    )


def _rows(here: Bench) -> Iterator[Row]:
    for head in here.workspace.publisher.sets.heads():
        yield _row(here, head)


def _row(here: Bench, head: Head) -> Row:
    title = here.set_called(head.name, head.title or "")
    gone = ngettext(
        "The edit in %(name)s is thrown away.", "The %(n)s edits in %(name)s are thrown away.", head.edits, name=title
    )
    return Row(
        name=head.name,
        title=title,
        edits=ngettext("%(n)s definition edited", "%(n)s definitions edited", head.edits),
        by=face_of(here, head.by),
        when=moment_of(here, head.updated_at),
        current=head.name == here.set,
        open=Link(title, url_for("builder.overview", change_set=head.name), "versions"),
        review=Link(_("Changes"), url_for("builder.changes", change_set=head.name), "checklist"),
        rename_url=url_for("builder.rename_set", name=head.name),
        discard=Action(
            text=_("Discard"), url=url_for("builder.discard_set", name=head.name), icon="trash", look="quiet",
            method="post", confirm=gone,
        ),
    )  # fmt: skip
