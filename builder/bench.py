"""The workbench: what every page of one request works with. Who designs, in which change set, language and look."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask import current_app, g, request

from sartor.platform.access.context import Context
from sartor.platform.definitions.documents import Document, Documents, of_kind, split, without_engine_keys
from sartor.platform.errors import NotFound
from sartor.platform.packaging.files.shelf import Shelf
from sartor.platform.packaging.gallery import labels
from sartor.platform.publishing.change_sets.changes import MAIN, ChangeSet, is_set_name
from sartor.platform.text import gettext as _
from sartor.platform.text import pick
from sartor.platform.ui.pages.shell import Look
from sartor.platform.workspace import Workspace


@dataclass
class Bench:
    """set: the name of the change set in use."""

    workspace: Workspace
    context: Context
    set: str
    look: Look
    csrf: str

    @cached_property
    def published(self) -> Documents:
        """The definitions as they are published."""
        return self.workspace.serving(self.revision).design.documents

    @cached_property
    def edited(self) -> ChangeSet:
        """The edits of the change set."""
        return self.workspace.publisher.sets.get(self.set)

    @cached_property
    def documents(self) -> dict[str, Document]:
        """The definitions as they would be published."""
        return self.edited.applied(self.published)

    def set_called(self, name: str, title: str | None = None) -> str:
        """What people call a change set. title: what somebody called it, if that was read already."""
        said = self.workspace.publisher.sets.titles().get(name) if title is None else title
        return said or (_("Main change set") if name == MAIN else name)

    @property
    def revision(self) -> int:
        return int(g.asker.stamp.revision)

    def of_kind(self, kind: str) -> list[tuple[str, Document]]:
        """Name and document of each definition of a kind, with the edits."""
        return list(of_kind(self.documents, kind))

    def called(self, key: str) -> str:
        """What a definition is called in the change set: its label, or its name where it has none."""
        return pick(self.documents.get(key, {}).get("label")) or key.partition("/")[2]

    @cached_property
    def _blueprints(self) -> Mapping[str, Any]:
        return labels(self.published)

    def blueprint_called(self, name: str) -> str:
        """The label of a blueprint that is installed, ships or was here once; its name where it is none of these."""
        return pick(self._blueprints.get(name)) or pick(self._shelf.label(name)) or name

    @property
    def _shelf(self) -> Shelf:
        return Shelf(self.workspace.database, self.workspace.store)

    def mark(self, key: str) -> str:
        """What a list says of a definition: `new`, `edited` or nothing."""
        if key not in self.edited.edits:
            return ""
        return "edited" if self._published_as(key) in self.published else "new"

    def _published_as(self, key: str) -> str:
        """The name under which a definition is published, where it is called otherwise in the change set."""
        kind, had = key.partition("/")[0], self.documents.get(key, {}).get("formerly", ())
        former = (f"{kind}/{name}" for name in reversed(had) if f"{kind}/{name}" not in self.documents)
        return key if key in self.published else next((each for each in former if each in self.published), key)

    def before(self, key: str) -> Document | None:
        """A definition without the edits, as a designer compares with it; None for a new one."""
        found = self.published.get(self._published_as(key))
        return None if found is None else without_engine_keys(found)

    def document(self, kind: str, name: str) -> Document:
        """A definition with the edits. :raises NotFound: with the near match."""
        return self.workspace.publisher.sets.document(f"{kind}/{name}", self.set)

    def known(self, key: str) -> str:
        """The key of a definition of the change set. :raises NotFound: with the near match, for any other one."""
        self.document(*split(key))
        return key


def bench() -> Bench:
    """The bench of this request.

    :raises NotFound: for an address whose first part is no name of a change set.
    """
    found: Bench | None = getattr(g, "bench", None)
    if found is None:
        found = g.bench = _set_up(known_set(g.change_set))
    return found


def known_set(name: str) -> str:
    """:raises NotFound: for what is no name of a change set."""
    if not is_set_name(name):
        raise NotFound(_("A change set has a name of lower-case letters, digits and _, such as main."))
    return name


def _set_up(name: str) -> Bench:
    context, session = g.asker.context, g.asker.session
    look = Look.chosen(request.cookies, context.language)
    return Bench(current_app.extensions["sartor"], context, name, look, session.csrf if session else "")
