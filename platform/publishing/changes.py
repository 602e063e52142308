"""Change sets: an admin's unpublished edits, document by document, on top of what is published.

Each edit remembers the published content that its author saw. When somebody else has published another content of
the same document since, that is a conflict: nothing is published until one of the two was chosen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from sartor.platform.definitions.documents import (
    Document,
    Documents,
    canonical,
    split,
    strict_json,
    without_engine_keys,
)
from sartor.platform.errors import NotFound
from sartor.platform.publishing.models import ModelCache
from sartor.platform.publishing.renaming import Rename, renamed
from sartor.platform.publishing.store import Manifest
from sartor.platform.storage.system.changes import sys_change, sys_change_set
from sartor.platform.text import gettext as _
from sartor.platform.text import near
from sartor.platform.work import Work

MAIN = "main"


@dataclass(frozen=True, slots=True)
class Edit:
    """One edited document. document: None deletes it. base_hash: the content that was edited; None for a new one."""

    key: str
    document: Document | None
    base_hash: str | None
    by: int | None
    at: Any


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """base: the revision that the first edit was made on."""

    name: str
    base: int
    edits: Mapping[str, Edit]

    def applied(self, documents: Documents) -> dict[str, Document]:
        """The documents with the edits in them."""
        result = dict(documents)
        for key, edit in self.edits.items():
            if edit.document is None:
                result.pop(key, None)
            else:
                result[key] = edit.document
        return result

    def conflicts(self, published: Manifest) -> list[str]:
        """Edited documents whose published content is not the one that was edited."""
        return sorted(key for key, edit in self.edits.items() if published.get(key) != edit.base_hash)


class ChangeSets:
    """Reads and edits change sets. A change set exists from its first edit until it is published or discarded."""

    def __init__(self, models: ModelCache) -> None:
        self.models = models
        self.database = models.database

    def get(self, name: str = MAIN) -> ChangeSet:
        """A change set; an empty one on the current revision where there are no edits."""
        with self.database.read() as connection:
            found = read(connection, name)
        return found or ChangeSet(name, self.models.stamp().revision, {})

    def names(self) -> list[str]:
        with self.database.read() as connection:
            return list(connection.execute(sa.select(sys_change_set.c.name).order_by(sys_change_set.c.name)).scalars())

    def documents(self, name: str = MAIN) -> dict[str, Document]:
        """The published documents with the edits of a change set."""
        return self.get(name).applied(self.models.current().documents)

    def put(self, key: str, document: Document, *, by: int | None = None, name: str = MAIN) -> None:
        """Write one document. What the engine keeps in it (`stored_as`) is not taken from outside."""
        split(key)
        self.put_all({key: document}, by=by, name=name)

    def put_all(self, documents: Mapping[str, Document | None], *, by: int | None = None, name: str = MAIN) -> None:
        """Write (or, with None, delete) several documents at once."""
        published = self.models.current()
        manifest = self.models.store.manifest_of(published.documents)

        def write(work: Work) -> None:
            known = _opened(work, name, published.revision, by)
            for key, document in documents.items():
                base = known.edits[key].base_hash if key in known.edits else manifest.get(key)
                _write(work, name, Edit(key, without_engine_keys(document), base, by, work.now))

        self.database.run(write)

    def document(self, key: str, name: str = MAIN) -> Document:
        """A definition as it stands in a change set, else as it is published.

        :raises NotFound: with the near match, for one that is not there.
        """
        documents = self.documents(name)
        if key not in documents:
            guess = near(key[:120], documents)
            hint = " " + _("Did you mean %(guess)s?", guess=guess) if guess else ""
            raise NotFound(_("There is no definition %(key)s.", key=key[:120]) + hint)
        return documents[key]

    def delete(self, key: str, *, by: int | None = None, name: str = MAIN) -> None:
        """Leave a document out of the next revision.

        :raises NotFound: for one that is not there.
        """
        self.document(key, name)
        self.put_all({key: None}, by=by, name=name)

    def rename(self, rename: Rename, *, by: int | None = None, name: str = MAIN) -> list[str]:
        """Give a definition or a field another name, everywhere; the documents that this changes.

        :raises NotFound: when there is no such thing. :raises Conflict: when the new name is taken.
        """
        changed = renamed(self.documents(name), rename, self.models.compiler.kinds)
        self.put_all(changed, by=by, name=name)
        return sorted(changed)

    def settle(self, key: str, *, name: str = MAIN) -> None:
        """Keep one's own edit of a document in spite of what was published since."""
        manifest = self.models.store.manifest_of(self.models.current().documents)
        chosen = sa.update(sys_change).where(sys_change.c.set == name, sys_change.c.document == key)
        self.database.run(lambda work: work.connection.execute(chosen.values(base_hash=manifest.get(key))))

    def discard(self, keys: Iterable[str] | None = None, *, name: str = MAIN) -> None:
        """Forget edits: those of some documents, or the whole change set."""
        self.database.run(lambda work: forget(work, name, keys))


def read(connection: sa.Connection, name: str) -> ChangeSet | None:
    head = connection.execute(sa.select(sys_change_set).where(sys_change_set.c.name == name)).one_or_none()
    if head is None:
        return None
    rows = connection.execute(sa.select(sys_change).where(sys_change.c.set == name).order_by(sys_change.c.document))
    edits = {row.document: Edit(row.document, _parsed(row.body), row.base_hash, row.by, row.at) for row in rows}
    return ChangeSet(name, head.base, edits)


def forget(work: Work, name: str, keys: Iterable[str] | None = None) -> None:
    """Remove edits; with the last one the change set goes."""
    chosen = sa.delete(sys_change).where(sys_change.c.set == name)
    if keys is not None:
        chosen = chosen.where(sys_change.c.document.in_(list(keys)))
    work.connection.execute(chosen)
    left = sa.select(sys_change.c.document).where(sys_change.c.set == name).exists()
    work.connection.execute(sa.delete(sys_change_set).where(sys_change_set.c.name == name, ~left))


def _parsed(body: str | None) -> Document | None:
    return None if body is None else strict_json(body)


def _opened(work: Work, name: str, revision: int, by: int | None) -> ChangeSet:
    found = read(work.connection, name)
    if found is None:
        head = {"name": name, "base": revision, "by": by, "created_at": work.now, "updated_at": work.now}
        work.connection.execute(sa.insert(sys_change_set), head)
        return ChangeSet(name, revision, {})
    touched = sa.update(sys_change_set).where(sys_change_set.c.name == name)
    work.connection.execute(touched.values(updated_at=work.now))
    return found


def _write(work: Work, name: str, edit: Edit) -> None:
    here = (sys_change.c.set == name) & (sys_change.c.document == edit.key)
    work.connection.execute(sa.delete(sys_change).where(here))
    body = None if edit.document is None else canonical(edit.document)
    row = {"set": name, "document": edit.key, "body": body, "base_hash": edit.base_hash, "by": edit.by, "at": edit.at}
    work.connection.execute(sa.insert(sys_change), row)
