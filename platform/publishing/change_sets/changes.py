"""Change sets: an admin's unpublished edits, document by document, on top of what is published.

Each edit remembers the published content that its author saw. When somebody else has published another content of
the same document since, the two are merged property by property; what both changed waits until somebody has decided.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa

from sartor.platform.definitions.documents import Document, Documents, split, without_engine_keys
from sartor.platform.definitions.validate import DOTTED_NAME
from sartor.platform.errors import NotFound
from sartor.platform.publishing.change_sets import edits as rows
from sartor.platform.publishing.change_sets.catching_up import caught_up
from sartor.platform.publishing.change_sets.edits import ChangeSet, Edit
from sartor.platform.publishing.models import Design, ModelCache
from sartor.platform.publishing.names.renaming import Rename, renamed
from sartor.platform.publishing.store import Manifest
from sartor.platform.storage.system.changes import sys_change, sys_change_set
from sartor.platform.text import did_you_mean, near
from sartor.platform.text import gettext as _
from sartor.platform.work import Work

MAIN = "main"
LONGEST_NAME = 80
Judge = Callable[[Documents], None]


def is_set_name(name: str) -> bool:
    """Whether a change set may be called so; the words of the refusal are its page's or its route's."""
    return bool(DOTTED_NAME.match(name)) and len(name) <= LONGEST_NAME


@dataclass(frozen=True, slots=True)
class Head:
    """A change set in a list of them. edits: how many documents it changes."""

    name: str
    title: str | None
    edits: int
    by: int | None
    updated_at: datetime


class ChangeSets:
    """Reads and edits change sets. A change set exists from its first edit, or from when it was named, until it is
    published or discarded."""

    def __init__(self, models: ModelCache) -> None:
        self.models = models
        self.database = models.database

    def get(self, name: str = MAIN) -> ChangeSet:
        """A change set on top of what is published now; an empty one where there are no edits."""
        return self._on(self.models.current(), name)

    def _on(self, published: Design, name: str) -> ChangeSet:
        with self.database.read() as connection:
            found = rows.read(connection, name)
            return caught_up(found, self.models, published, connection) if found else _empty(name, published)

    def names(self) -> list[str]:
        with self.database.read() as connection:
            return list(connection.execute(sa.select(sys_change_set.c.name).order_by(sys_change_set.c.name)).scalars())

    def titles(self) -> dict[str, str]:
        """What people call the change sets, by name; empty where nobody has said it."""
        column = sys_change_set.c
        with self.database.read() as connection:
            return {name: title or "" for name, title in connection.execute(sa.select(column.name, column.title))}

    def heads(self) -> list[Head]:
        """All change sets, the one edited last first."""
        count = sa.select(sa.func.count()).where(sys_change.c.set == sys_change_set.c.name).scalar_subquery()
        column = sys_change_set.c
        chosen = sa.select(column.name, column.title, count, column.by, column.updated_at)
        with self.database.read() as connection:
            found = connection.execute(chosen.order_by(column.updated_at.desc(), column.name))
            return [Head(*row) for row in found]

    def documents(self, name: str = MAIN) -> dict[str, Document]:
        """The published documents with the edits of a change set."""
        published = self.models.current()
        return self._on(published, name).applied(published.documents)

    def put(
        self, key: str, document: Document, *, by: int | None = None, name: str = MAIN,
        judge: Judge = lambda found: None,
    ) -> None:  # fmt: skip
        """Write one document. What the engine keeps in it (`stored_as`) is not taken from outside."""
        split(key)
        self.put_all({key: document}, by=by, name=name, judge=judge)

    def put_all(
        self, documents: Mapping[str, Document | None], *, by: int | None = None, name: str = MAIN,
        judge: Judge = lambda found: None,
    ) -> None:  # fmt: skip
        """Write (or, with None, delete) several documents at once. What says no more than is published is no edit.

        judge: is shown the documents in whose place these are put, and may refuse it; nobody else writes meanwhile.
        """
        published = self.models.current()
        manifest = self.models.store.manifest_of(published.documents)

        def write(work: Work) -> None:
            here = self._opened(work, name, published, by)
            judge(here.applied(published.documents))
            known = here.edits
            written: list[Edit] = []
            idle: list[Edit] = []
            for key, document in sorted(documents.items()):
                base = known[key].base_hash if key in known else manifest.get(key)
                edit = Edit(key, without_engine_keys(document), base, by, work.now)
                (idle if _says_nothing(edit, published.documents.get(key), manifest) else written).append(edit)
            rows.write(work, name, *written)
            if idle:
                rows.forget(work, name, [each.key for each in idle])

        self.database.run(write)

    def document(self, key: str, name: str = MAIN) -> Document:
        """A definition as it stands in a change set, else as it is published.

        :raises NotFound: with the near match, for one that is not there.
        """
        documents = self.documents(name)
        if key not in documents:
            hint = did_you_mean(near(key[:120], documents))
            raise NotFound(_("There is no definition %(key)s.", key=key[:120]) + hint)
        return documents[key]

    def delete(
        self, key: str, *, by: int | None = None, name: str = MAIN, judge: Judge = lambda found: None
    ) -> None:  # fmt: skip
        """Leave a document out of the next revision. judge: see `put_all`.

        :raises NotFound: for one that is not there.
        """
        self.document(key, name)
        self.put_all({key: None}, by=by, name=name, judge=judge)

    def rename(self, rename: Rename, *, by: int | None = None, name: str = MAIN) -> list[str]:
        """Give a definition or a field another name, everywhere; the documents that this changes.

        :raises NotFound: when there is no such thing. :raises Conflict: when the new name is taken.
        """
        changed = renamed(self.documents(name), rename, self.models.compiler.kinds)
        self.put_all(changed, by=by, name=name)
        return sorted(changed)

    def discard(self, keys: Iterable[str] | None = None, *, name: str = MAIN) -> None:
        """Forget edits: those of some documents, or the whole change set."""
        self.database.run(lambda work: rows.forget(work, name, keys))

    def call(self, name: str, title: str, *, by: int | None = None) -> None:
        """Say what people call a change set; one without edits begins to exist by it."""
        published = self.models.current()
        titled = sa.update(sys_change_set).where(sys_change_set.c.name == name).values(title=title or None)

        def write(work: Work) -> None:
            rows.opened(work, name, published.revision, by)
            work.connection.execute(titled)

        self.database.run(write)

    def catch_up(self, name: str = MAIN) -> ChangeSet:
        """Write down what a change set is on top of what is published now."""
        published = self.models.current()

        def write(work: Work) -> ChangeSet:
            found = rows.held(work, name)
            return self._caught_up(work, found, published) if found else _empty(name, published)

        return self.database.run(write)

    def rewrite(self, change: Callable[[ChangeSet, datetime], Mapping[str, Edit | None]], *, name: str = MAIN) -> None:
        """Put other edits in the place of those that a change set has, in one transaction; None forgets one.

        change: gets the change set on top of what is published now, and the moment.
        """
        published = self.models.current()

        def write(work: Work) -> None:
            edits = change(self._opened(work, name, published, None), work.now)
            for edit in edits.values():
                if edit is not None:
                    self._write(work, name, edit)
            rows.forget(work, name, [key for key, edit in edits.items() if edit is None])

        self.database.run(write)

    # ---- rows

    def _opened(self, work: Work, name: str, published: Design, by: int | None) -> ChangeSet:
        return self._caught_up(work, rows.opened(work, name, published.revision, by), published)

    def _caught_up(self, work: Work, found: ChangeSet, published: Design) -> ChangeSet:
        made = caught_up(found, self.models, published, work.connection)
        if made != found:
            if gone := found.edits.keys() - made.edits.keys():
                work.connection.execute(
                    sa.delete(sys_change).where(sys_change.c.set == found.name, sys_change.c.document.in_(gone))
                )
            for edit in made.edits.values():
                self._write(work, found.name, edit)
            moved = sa.update(sys_change_set).where(sys_change_set.c.name == found.name)
            work.connection.execute(moved.values(base=made.base))
        return made

    def _write(self, work: Work, name: str, edit: Edit) -> None:
        if edit.base is not None:
            self.models.store.save(work.connection, {edit.key: edit.base})
        rows.write(work, name, replace(edit, base=None))


def _says_nothing(edit: Edit, published: Document | None, manifest: Manifest) -> bool:
    return edit.base_hash == manifest.get(edit.key) and edit.document == without_engine_keys(published)


def _empty(name: str, published: Design) -> ChangeSet:
    return ChangeSet(name, published.revision, {})


__all__ = ["MAIN", "ChangeSet", "ChangeSets", "Edit", "Head"]
