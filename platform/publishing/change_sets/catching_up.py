"""Edits of a change set, brought up to what has been published since they were made.

Renames are followed, changes that do not touch each other go together, and what clashes waits for a decision, with
one's own value in its place. Nothing is written here; whoever edits next writes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from sartor.platform.definitions.documents import Document, Documents, digest, without_engine_keys
from sartor.platform.publishing.change_sets.edits import ChangeSet, Edit
from sartor.platform.publishing.change_sets.merging import merge
from sartor.platform.publishing.diff import ABSENT
from sartor.platform.publishing.models import Design, ModelCache
from sartor.platform.publishing.names.lineage import Lineage, lineage
from sartor.platform.publishing.names.new_names import Aside, in_new_names

Bases = Mapping[str, Document | None]


def caught_up(found: ChangeSet, models: ModelCache, published: Design, connection: sa.Connection) -> ChangeSet:
    """The same change set on top of what is published now; the very same where nothing has to be done.

    Whoever looked at what is published just before another publish finds it on top of that already, and leaves it so.
    """
    manifest = models.store.manifest_of(published.documents)
    if found.base > published.revision or (found.base == published.revision and not found.conflicts(manifest)):
        return found
    bases = _bases(found, models, connection)
    names = _renamed(found, models, published, bases, connection)
    edits, bases = names if names else (found.edits, bases)
    merged = {key: _caught_up(edit, bases.get(key), published.documents, manifest) for key, edit in edits.items()}
    kept = {key: edit for key, edit in merged.items() if edit is not None}
    return replace(found, base=published.revision, edits=kept)


def _bases(found: ChangeSet, models: ModelCache, connection: sa.Connection) -> Bases:
    """What each edit began with, by document."""
    hashes = {edit.base_hash for edit in found.edits.values() if edit.base_hash}
    contents = models.store.contents(connection, hashes)
    return {key: contents.get(edit.base_hash or "") for key, edit in found.edits.items()}


def _caught_up(
    edit: Edit, base: Document | None, published: Documents, manifest: Mapping[str, str]
) -> Edit | None:  # fmt: skip
    """None where everything that the edit says is published now."""
    here = manifest.get(edit.key)
    if edit.base_hash == here:
        return edit
    theirs = _bare(published.get(edit.key))
    made = merge(_bare(base), _bare(edit.document), theirs)
    if not made.clashes and made.document == theirs:
        return None
    document = None if made.document is ABSENT else made.document
    if not made.clashes:
        return replace(edit, document=document, base_hash=here)
    known = None if made.base is ABSENT else made.base
    hashed = digest(known) if known is not None else None
    return replace(edit, document=document, base_hash=hashed, base=known, clashes=tuple(made.clashes))


def _bare(document: Document | None) -> Any:
    return ABSENT if document is None else without_engine_keys(document)


# ---- names that somebody else has changed since


def _renamed(
    found: ChangeSet, models: ModelCache, published: Design, bases: Bases, connection: sa.Connection
) -> tuple[dict[str, Edit], Bases] | None:
    """Edits, and what they began with, in the names of now; None where no name has changed."""
    began = dict(models.store.documents(connection, found.base))
    pairs = lineage(published.documents, began)
    if not any(True for _pair in pairs.renamed()):
        return None
    began |= {key: base for key, base in bases.items() if base is not None}
    kinds, aside = models.compiler.kinds, Aside()
    draft = found.applied(began)
    now = in_new_names(draft, _in_my_names(pairs, lineage(draft, began)), kinds, aside)
    then = in_new_names(began, pairs, kinds, aside)
    edits = {new: edit for key, edit in found.edits.items() for new, edit in [_of_now(key, edit, pairs, aside, now)]}
    return edits, {key: then.get(key) for key in edits}


def _in_my_names(theirs: Lineage, mine: Lineage) -> Lineage:
    """What they renamed in definitions to which I have given other names, under these names as well."""
    called = {old: now for now, old in mine.entities.items() if now != old}
    others = {old: now for now, old in mine.others.items()}
    fields = {
        (called[theirs.entities[entity]], name): old
        for (entity, name), old in theirs.fields.items()
        if theirs.entities[entity] in called
    }
    keys = {
        (others[began], name): old
        for (owner, name), old in theirs.keys.items()
        if (began := theirs.others.get(owner, owner)) in others
    }
    return replace(theirs, fields={**theirs.fields, **fields}, keys={**theirs.keys, **keys})


def _of_now(key: str, edit: Edit, pairs: Lineage, aside: Aside, now: Documents) -> tuple[str, Edit]:
    new = aside.get(key) or next((new for old, new in pairs.renamed() if old == key), key)
    if edit.document is None:
        return new, replace(edit, key=new)
    document = now.get(new)
    return (new, replace(edit, key=new, document=document)) if document is not None else (key, edit)
