"""Edits as they are kept: the rows of a change set."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from sartor.platform.definitions.documents import Document, Documents, canonical, digest
from sartor.platform.definitions.json_text import strict_json
from sartor.platform.publishing.change_sets.merging import Clash
from sartor.platform.publishing.store import Manifest
from sartor.platform.storage import notices
from sartor.platform.storage.inserting import inserting
from sartor.platform.storage.system.changes import sys_change, sys_change_set, sys_due, sys_remark
from sartor.platform.work import Work

AT_ONCE = 400


@dataclass(frozen=True, slots=True)
class Edit:
    """One edited document. document: None deletes it. base_hash: the content that was edited; None for a new one.

    clashes: what somebody else published otherwise since, and nobody has decided yet. base: the content that
    `base_hash` names, where it is not a published one.
    """

    key: str
    document: Document | None
    base_hash: str | None
    by: int | None
    at: Any
    clashes: tuple[Clash, ...] = field(default=(), compare=False)
    base: Document | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """base: the revision that the edits were made on. title: what people call it."""

    name: str
    base: int
    edits: Mapping[str, Edit]
    title: str | None = None

    def applied(self, documents: Documents) -> dict[str, Document]:
        """The documents with the edits in them."""
        result = dict(documents)
        for key, edit in self.edits.items():
            if edit.document is None:
                result.pop(key, None)
            else:
                result[key] = edit.document
        return result

    @property
    def mark(self) -> str:
        """The same as long as the change set says the same on the same revision."""
        said = {key: [edit.base_hash, edit.document] for key, edit in self.edits.items()}
        return digest({"base": self.base, "edits": said})

    @property
    def content(self) -> str:
        """The same as long as the edits are the same, whatever else was published: what somebody approves."""
        return digest({key: [edit.base_hash, edit.document] for key, edit in self.edits.items()})

    def conflicts(self, published: Manifest) -> list[str]:
        """Edited documents whose published content is not the one that was edited."""
        return sorted(key for key, edit in self.edits.items() if published.get(key) != edit.base_hash)


def read(connection: sa.Connection, name: str) -> ChangeSet | None:
    """A change set as it is kept; None for one that does not exist."""
    head = connection.execute(sa.select(sys_change_set).where(sys_change_set.c.name == name)).one_or_none()
    if head is None:
        return None
    rows = connection.execute(sa.select(sys_change).where(sys_change.c.set == name).order_by(sys_change.c.document))
    edits = {row.document: Edit(row.document, _parsed(row.body), row.base_hash, row.by, row.at) for row in rows}
    return ChangeSet(name, head.base, edits, head.title)


def held(work: Work, name: str) -> ChangeSet | None:
    """The same, to be written to: whoever else would write to it waits until this is done."""
    _hold(work, name)
    return read(work.connection, name)


def _hold(work: Work, name: str) -> None:
    work.connection.execute(sa.select(sys_change_set.c.name).where(sys_change_set.c.name == name).with_for_update())


def opened(work: Work, name: str, revision: int, by: int | None) -> ChangeSet:
    """A change set to be written to; a new one where there is none."""
    head = {
        "name": name, "base": revision, "by": by, "created_at": work.now, "updated_at": work.now,
        "title": notices.read(work.connection, _called(name)),
    }  # fmt: skip
    begun = inserting(work.connection, sys_change_set).values(head)
    work.connection.execute(begun.on_conflict_do_update(index_elements=["name"], set_={"updated_at": work.now}))
    found = read(work.connection, name)
    assert found is not None
    return found


def write(work: Work, name: str, *edits: Edit) -> None:
    """Keep some edits in the place of those before."""
    for start in range(0, len(edits), AT_ONCE):
        some = edits[start : start + AT_ONCE]
        here = (sys_change.c.set == name) & sys_change.c.document.in_([each.key for each in some])
        work.connection.execute(sa.delete(sys_change).where(here))
        work.connection.execute(sa.insert(sys_change), [_row(name, each) for each in some])


def _row(name: str, edit: Edit) -> dict[str, Any]:
    body = None if edit.document is None else canonical(edit.document)
    return {
        "set": name, "document": edit.key, "body": body, "base_hash": edit.base_hash, "by": edit.by, "at": edit.at
    }  # fmt: skip


def published(work: Work, edited: ChangeSet) -> None:
    """The change set goes. What people called it is kept for a tab that is still open there and opens it again."""
    if edited.title:
        notices.write(work, _called(edited.name), edited.title)
    forget(work, edited.name)


def _called(name: str) -> str:
    return f"called:{name}"


def forget(work: Work, name: str, keys: Iterable[str] | None = None) -> None:
    """Remove edits. With all of them the change set goes, and whatever was said about it; with the last one of some
    only where it has no title and nothing was said."""
    _hold(work, name)
    chosen = sa.delete(sys_change).where(sys_change.c.set == name)
    gone = sa.delete(sys_change_set).where(sys_change_set.c.name == name)
    if keys is not None:
        work.connection.execute(chosen.where(sys_change.c.document.in_(list(keys))))
        left = sa.select(sys_change.c.document).where(sys_change.c.set == name).exists()
        said = sa.select(sys_remark.c.id).where(sys_remark.c.set == name).exists()
        work.connection.execute(gone.where(~left, ~said, sys_change_set.c.title.is_(None)))
        return
    for each in (chosen, gone, sa.delete(sys_remark).where(sys_remark.c.set == name)):
        work.connection.execute(each)
    work.connection.execute(sa.delete(sys_due).where(sys_due.c.set == name))


def _parsed(body: str | None) -> Document | None:
    return None if body is None else strict_json(body)
