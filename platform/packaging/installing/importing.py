"""Bringing a blueprint file into a workspace where some of its names are taken: keep what is there, replace it, add
what it lacks, or keep both. The choices are kept, so the same file a second time asks nothing and changes nothing.

A blueprint that is there already is upgraded by its file: see `upgrading.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from sartor.platform.access.context import Context
from sartor.platform.definitions.documents import Documents
from sartor.platform.definitions.kinds import Kinds
from sartor.platform.errors import Conflict, Problem
from sartor.platform.packaging.files.shape import Blueprint, Parts
from sartor.platform.packaging.files.shelf import Shelf
from sartor.platform.packaging.installing.choices import BOTH, CHOICES, MERGE, REPLACE, ChoiceBook, Choices
from sartor.platform.packaging.installing.compose import add_blueprint
from sartor.platform.packaging.installing.drafting import Draft, Drafts
from sartor.platform.packaging.installing.free_names import free_names, under_free_names
from sartor.platform.packaging.installing.install import with_required
from sartor.platform.packaging.installing.merge import extended_by_others, without_origin
from sartor.platform.packaging.installing.replaced import Field, with_what_is_used
from sartor.platform.packaging.selection import additions
from sartor.platform.packaging.versions.upgrades import Look, Upgrades
from sartor.platform.publishing.change_sets.deciding import Choice
from sartor.platform.publishing.plan import Plan
from sartor.platform.text import gettext as _
from sartor.platform.text import listed, pick
from sartor.platform.workspace import Workspace


class Collides(Conflict):
    """Names that the file brings are taken; `problems` names them. The same file with choices will do."""

    code = "collision"


@dataclass(frozen=True, slots=True)
class Settled:
    """A blueprint as it comes in: under free names, without what is kept. replaced: what it takes the place of."""

    blueprint: Blueprint
    replaced: tuple[str, ...] = ()


class Importing:
    """One file on its way into a workspace. into: the change set that it is to go into; none: one of its own.
    asker: who is asked; none: the system.
    """

    def __init__(
        self, workspace: Workspace, blueprint: Blueprint, into: str | None = None, *, asker: Context | None = None
    ) -> None:
        self.asker = asker
        self.workspace = workspace
        self.blueprint = blueprint
        self.into = into
        self.drafts = Drafts(workspace)
        self.book = ChoiceBook(workspace.database, blueprint.name)
        self.stays: list[Field] = []
        """Fields of what the last draft replaces that stay, since others use them."""

    @property
    def is_there(self) -> bool:
        """Whether a blueprint of that name is installed, so that this is another version of it."""
        return f"blueprint/{self.blueprint.name}" in self.drafts.present(self.into)

    def settled(self, choices: Choices | None = None) -> Settled:
        """:raises Collides: naming the definitions for which there is no choice."""
        return settled(self.blueprint, self._others(), self._meant(choices or {}), self.workspace.kinds)

    def chosen(self, choices: Choices | None = None) -> dict[str, str]:
        """What was said, now or an earlier time, of each definition whose name is taken."""
        meant = self._meant(choices or {})
        found = {key: meant.get(key, meant.get("*", "")) for key in taken_by(self.blueprint, self._others())}
        return {key: choice for key, choice in found.items() if choice}

    def _others(self) -> Documents:
        """What is there and is not the blueprint's own."""
        name, present = self.blueprint.name, self.drafts.present(self.into)
        return {key: without_origin(each, name) for key, each in present.items() if each.get("origin") != name}

    def _meant(self, choices: Choices) -> Choices:
        """With those that were kept; who says something of all means all."""
        return choices if "*" in choices else {**self.book.read(), **choices}

    def remember(self, choices: Choices | None) -> None:
        """Keep the choices, once the file is in: nobody is asked twice."""
        if choices:
            self.book.write(self._meant(choices))

    def draft(self, choices: Choices | None = None, level: str | None = None, rest: Choice | None = None) -> Draft:
        """The design with the file in it. level: of what is new, all of it (L3) unless said otherwise. rest: see
        `Upgrades.decided`.

        :raises Collides: for names that are taken. :raises Undecided: for another version of what was changed here.
        :raises InvalidDefinition: when it does not fit to what is there.
        """
        if self.is_there:
            return self._upgrades().decided(self.look(choices), rest).draft
        here = self.settled(choices)
        present = self.drafts.present(self.into)
        documents, more = _brought_in(present, here)
        documents, self.stays = with_what_is_used(present, documents, here.replaced, self.workspace.kinds)
        for each in (*more, here.blueprint):
            itself = f"blueprint/{each.name}"
            documents[itself] = {**documents[itself], "level": level or "L3", "shipped": each.digest}
        title = _("Bring %(name)s in", name=pick(self.blueprint.manifest["label"]))
        return Draft(f"import.{self.blueprint.name}", title, documents, (*more, here.blueprint))

    def look(self, choices: Choices | None = None) -> Look:
        """The upgrade of what is there by the file."""
        return self._upgrades().look(self.settled(choices).blueprint)

    def _upgrades(self) -> Upgrades:
        return Upgrades(self.workspace, self.blueprint.name, self.into, asker=self.asker)

    def offer(self, choices: Choices | None = None) -> str:
        """Keep the file, so that the upgrade can be looked at and decided; its digest."""
        return Shelf(self.workspace.database, self.workspace.store).keep(self.settled(choices).blueprint)


def import_plan(
    workspace: Workspace, blueprint: Blueprint, choices: Choices | None = None, level: str | None = None
) -> Plan:
    """What bringing in a blueprint file would do; the same errors as for its draft."""
    return Drafts(workspace).plan(Importing(workspace, blueprint).draft(choices, level))


def _brought_in(present: Documents, here: Settled) -> tuple[dict[str, Any], list[Blueprint]]:
    """The design with a new blueprint, and what it requires besides."""
    documents: dict[str, Any] = dict(present)
    more = [each for each in with_required([here.blueprint], present) if each.name != here.blueprint.name]
    for each in more:
        add_blueprint(documents, each)
    for key in here.replaced:
        del documents[key]
    add_blueprint(documents, here.blueprint)
    for key in here.replaced:
        documents[key] = extended_by_others(documents[key], present[key], here.blueprint.name)
    return documents, more


def taken_by(blueprint: Blueprint, documents: Documents) -> list[str]:
    """Definitions of a blueprint whose names are taken."""
    return [key for key in blueprint.own.documents if key in documents]


def settled(blueprint: Blueprint, documents: Documents, choices: Choices, kinds: Kinds) -> Settled:
    """The blueprint as it comes in beside these definitions."""
    taken = taken_by(blueprint, documents)
    meant = {key: choices.get(key, choices.get("*", "")) for key in taken}
    _require_choices(meant)
    if not taken:
        return Settled(blueprint)
    names = free_names(blueprint, documents, [key for key in taken if meant[key] == BOTH])
    called = under_free_names(blueprint, documents, names, kinds)
    parts = called.own
    replaced = tuple(key for key in taken if meant[key] == REPLACE)
    added = {key: additions(documents[key], parts.documents[key]) for key in taken if meant[key] == MERGE}
    own = {key: each for key, each in parts.documents.items() if key not in documents or key in replaced}
    extends = {**parts.extends, **{key: each for key, each in added.items() if each}}
    return Settled(replace(called, own=Parts(own, extends, parts.files)), replaced)


def _require_choices(meant: Choices) -> None:
    open_ = sorted(key for key, choice in meant.items() if choice not in CHOICES)
    if open_:
        said = _("These names are taken: %(names)s. Choose for each what is to stay.", names=listed(open_))
        told = (Problem("", "collision", _("%(key)s is there already.", key=key), file=key) for key in open_)
        raise Collides(said, list(told))
