"""Bringing a blueprint file into a workspace where some of its names are taken: keep what is there, replace it, add
what it lacks, or keep both. The choices are kept, so the same file a second time asks nothing and changes nothing.

A blueprint that is there already is upgraded by its file: see `upgrading.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field, replace
from typing import Any

from sartor.platform.access.context import Context
from sartor.platform.definitions.documents import Document, Documents
from sartor.platform.definitions.kinds import Kinds
from sartor.platform.errors import Conflict, Problem
from sartor.platform.packaging.comparing import shipped_blueprint
from sartor.platform.packaging.files.shape import Blueprint, Parts
from sartor.platform.packaging.files.shelf import Shelf
from sartor.platform.packaging.installing.along import Lacking, taken_along
from sartor.platform.packaging.installing.choices import (
    ALONG,
    CHOICES,
    COPIED,
    KEEP,
    MERGE,
    REPLACE,
    ChoiceBook,
    Choices,
)
from sartor.platform.packaging.installing.compose import add_blueprint
from sartor.platform.packaging.installing.drafting import Draft, Drafts
from sartor.platform.packaging.installing.free_names import all_documents, free_names, under_free_names
from sartor.platform.packaging.installing.install import with_required
from sartor.platform.packaging.installing.merge import extended_by_others, otherwise, overwritten, without_origin
from sartor.platform.packaging.installing.replaced import Part, with_what_is_used
from sartor.platform.packaging.selection import additions, bare
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
    """A blueprint as it comes in: under free names, without what is kept. replaced: what it takes the place of.

    said: what takes the place of values in definitions of others, by these, as the additions of the blueprint say it.
    names: of the copies, by what they are copies of; along: of those that are copies of what the file does not have.
    """

    blueprint: Blueprint
    replaced: tuple[str, ...] = ()
    said: Mapping[str, Document] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    along: tuple[str, ...] = ()


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
        self.alike: tuple[str, ...] = ()
        """What the last draft keeps unasked, see `Standing`."""
        self.stays: list[Part] = []
        """Fields, choices and stages of what the last draft replaces that stay, since others use them."""

    @property
    def is_there(self) -> bool:
        """Whether a blueprint of that name is installed, so that this is another version of it."""
        return f"blueprint/{self.blueprint.name}" in self.drafts.present(self.into)

    def settled(self, choices: Choices | None = None) -> Settled:
        """:raises Collides: naming the definitions for which there is no choice."""
        here = settled(self.blueprint, self._others(), self._meant(choices or {}), self.workspace.kinds)
        return self._as_it_came_along(here) if here.along else here

    def _as_it_came_along(self, here: Settled) -> Settled:
        """What came along an earlier time is as it came then: what it was a copy of may be otherwise by now."""
        came = shipped_blueprint(self.workspace, self.blueprint.name) if self.is_there else None
        kept = {key: came.own.documents[key] for key in here.along if key in came.own.documents} if came else {}
        own = here.blueprint.own
        return replace(here, blueprint=replace(here.blueprint, own=replace(own, documents={**own.documents, **kept})))

    def lacking(self, choices: Choices | None = None) -> list[str]:
        """Definitions of here of which copies have to come along with those that were chosen, for these to work."""
        meant, others, kinds = dict(self._meant(choices or {})), self._others(), self.workspace.kinds
        standing, found = self.standing().documents, set[str]()
        there = {**others, **all_documents(self.blueprint)}
        looking = Lacking(there, kinds)
        while True:
            here = settled(self.blueprint, others, {**meant, **dict.fromkeys(found, ALONG)}, kinds)
            former = {free: key for key, free in here.names.items()}
            if not former:
                return []
            design = _brought_in(standing, here)
            more = looking.beside(design, former, {*here.names, *all_documents(self.blueprint)}) & others.keys()
            if not more:
                return sorted(found)
            found |= more

    def chosen(self, choices: Choices | None = None) -> dict[str, str]:
        """What was said, now or an earlier time, of each definition whose name is taken."""
        meant = self._meant(choices or {})
        others = self._others()
        asked = [*taken_by(self.blueprint, others), *self.otherwise()]
        found = {key: meant.get(key, meant.get("*", "")) for key in asked}
        along = {key: choice for key, choice in meant.items() if choice == ALONG and key in others}
        return {**along, **{key: choice for key, choice in found.items() if choice}}

    def otherwise(self) -> dict[str, list[str]]:
        """Places of definitions of others of which the file says something else than is there."""
        return otherwise_in(self.blueprint, self._others())

    def _others(self) -> Documents:
        """What is there, or comes with what is required, and is not the blueprint's own."""
        name, there = self.blueprint.name, self.standing().documents
        return {key: without_origin(each, name) for key, each in there.items() if each.get("origin") != name}

    def standing(self) -> Standing:
        return standing(self.blueprint, self.drafts.present(self.into))

    def _meant(self, choices: Choices) -> Choices:
        """With those that were kept; who says something of all means all. What comes with what is required, as the
        file has it, is one thing and not two."""
        alike = dict.fromkeys(self.standing().alike, KEEP)
        return choices if "*" in choices else {**alike, **self.book.read(), **choices}

    def remember(self, choices: Choices | None) -> None:
        """Keep the choices, once the file is in: nobody is asked twice."""
        meant = {**dict.fromkeys(self.alike, KEEP), **self._meant(choices or {})}
        if meant:
            self.book.write(meant)

    def draft(self, choices: Choices | None = None, level: str | None = None, rest: Choice | None = None) -> Draft:
        """The design with the file in it. level: of what is new, all of it (L3) unless said otherwise. rest: see
        `Upgrades.decided`.

        :raises Collides: for names that are taken. :raises Undecided: for another version of what was changed here.
        :raises InvalidDefinition: when it does not fit to what is there.
        """
        if self.is_there:
            return self._upgrades().decided(self.look(choices), rest).draft
        here = self.settled(choices)
        there = self.standing()
        self.alike = there.alike
        documents = _brought_in(there.documents, here)
        documents, self.stays = with_what_is_used(there.documents, documents, here.replaced, self.workspace.kinds)
        for each in (*there.more, here.blueprint):
            itself = f"blueprint/{each.name}"
            documents[itself] = {**documents[itself], "level": level or "L3", "shipped": each.digest}
        title = _("Bring %(name)s in", name=pick(self.blueprint.manifest["label"]))
        name, shipped = f"import.{self.blueprint.name}", (*there.more, here.blueprint)
        return Draft(name, title, documents, shipped, sampled=(here.blueprint,))

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


@dataclass(frozen=True, slots=True)
class Standing:
    """What a blueprint comes to stand beside. more: what it requires and is not there yet. alike: definitions that come
    with that just as the blueprint has them."""

    documents: Documents
    more: tuple[Blueprint, ...]
    alike: tuple[str, ...]


def standing(blueprint: Blueprint, present: Documents) -> Standing:
    more = [each for each in with_required([blueprint], present) if each.name != blueprint.name]
    documents = dict(present)
    for each in more:
        add_blueprint(documents, each)
    own = blueprint.own.documents
    alike = [key for key in own if key in documents and key not in present and bare(documents[key]) == own[key]]
    return Standing(documents, tuple(more), tuple(alike))


def _brought_in(there: Documents, here: Settled) -> dict[str, Any]:
    """The design with a new blueprint. there: what it comes to stand beside."""
    documents: dict[str, Any] = {key: each for key, each in there.items() if key not in here.replaced}
    for key, addition in here.said.items():
        documents[key] = overwritten(documents[key], addition)
    add_blueprint(documents, here.blueprint)
    for key in here.replaced:
        documents[key] = extended_by_others(documents[key], there[key], here.blueprint.name)
    return documents


def taken_by(blueprint: Blueprint, documents: Documents) -> list[str]:
    """Definitions of a blueprint whose names are taken."""
    coming = [parts for other, parts in blueprint.bridges.items() if f"blueprint/{other}" in documents]
    return [key for parts in (blueprint.own, *coming) for key in parts.documents if key in documents]


def otherwise_in(blueprint: Blueprint, documents: Documents) -> dict[str, list[str]]:
    """Places of definitions of others that a blueprint adds to with other values than are there."""
    extends = {key: each for key, each in blueprint.own.extends.items() if key in documents}
    found = {key: otherwise(documents[key], each, blueprint.name) for key, each in extends.items()}
    return {key: places for key, places in found.items() if places}


def settled(blueprint: Blueprint, documents: Documents, choices: Choices, kinds: Kinds) -> Settled:
    """The blueprint as it comes in beside these definitions."""
    along = [key for key, choice in choices.items() if choice == ALONG and key not in blueprint.own.documents]
    blueprint = taken_along(blueprint, documents, along)
    taken, others = taken_by(blueprint, documents), otherwise_in(blueprint, documents)
    meant = {key: choices.get(key, choices.get("*", "")) for key in (*taken, *others)}
    _require_choices(meant)
    if not meant:
        return Settled(blueprint)
    names = free_names(blueprint, documents, [key for key in taken if meant[key] in COPIED])
    called = under_free_names(blueprint, documents, names, kinds)
    said = {key: called.own.extends[key] for key in others if meant[key] == REPLACE}
    own = _coming(_lacking(called.own, documents, others.keys() - said.keys()), documents, meant)
    bridges = {other: _coming(parts, documents, meant) for other, parts in called.bridges.items()}
    replaced = tuple(key for key in taken if meant[key] == REPLACE)
    came = tuple(names[key] for key in along if key in names)
    return Settled(replace(called, own=own, bridges=bridges), replaced, said, names, came)


def _lacking(parts: Parts, documents: Documents, kept: Set[str]) -> Parts:
    """Of what is added to definitions of others where something is kept, only what these lack."""
    lacking = {key: additions(documents[key], each) if key in kept else each for key, each in parts.extends.items()}
    return replace(parts, extends={key: each for key, each in lacking.items() if each})


def _coming(parts: Parts, documents: Documents, meant: Choices) -> Parts:
    """Without what is kept; of what is merged, what is lacking."""
    own = {key: each for key, each in parts.documents.items() if meant.get(key, REPLACE) == REPLACE}
    merged = [key for key in parts.documents if meant.get(key) == MERGE]
    added = {key: additions(documents[key], parts.documents[key]) for key in merged}
    return Parts(own, {**parts.extends, **{key: each for key, each in added.items() if each}}, parts.files)


def _require_choices(meant: Choices) -> None:
    open_ = sorted(key for key, choice in meant.items() if choice not in CHOICES)
    if open_:
        said = _("These names are taken: %(names)s. Choose for each what is to stay.", names=listed(open_))
        told = (Problem("", "collision", _("%(key)s is there already.", key=key), file=key) for key in open_)
        raise Collides(said, list(told))
