"""Renames: every reference in every definition says the new name, and nothing else changes.

The old name stays in `formerly`, which is how a publish knows that the thing is the same one; its physical name
stays, so no table is touched.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from copy import deepcopy
from typing import Any

from sartor.platform.definitions.documents import Document, Documents
from sartor.platform.definitions.kinds import Kinds
from sartor.platform.errors import Conflict, NotFound
from sartor.platform.publishing.lineage import Lineage
from sartor.platform.publishing.references import noted
from sartor.platform.publishing.rewriting import Rename, Rewriting
from sartor.platform.text import gettext as _
from sartor.platform.text import near


def renamed(documents: Documents, rename: Rename, kinds: Kinds) -> dict[str, Document | None]:
    """The documents that a rename changes; None for the one that is gone under its old name.

    :raises NotFound: when there is no such thing. :raises Conflict: when the new name is taken.
    """
    _require(documents, rename)
    draft = noted(documents, kinds)
    editing = Rewriting(documents, rename, draft)
    for reference in draft.found:
        editing.rewrite(reference)
    changed: dict[str, Document | None] = dict(editing.finished())
    owner = changed.pop(rename.key, None) or deepcopy(dict(documents[rename.key]))
    if rename.field:
        changed[rename.key] = _with_field_renamed(owner, rename)
    else:
        changed[rename.key] = None
        changed[f"{rename.kind}/{rename.new}"] = _formerly(owner, rename.old) if rename.kind == "entity" else owner
    return changed


def in_new_names(documents: Documents, lineage: Lineage, kinds: Kinds) -> Documents:
    """Documents with the renames of a lineage in them; where names were swapped, as far as that goes."""
    result = dict(documents)
    for before, now in sorted(lineage.renamed(), key=lambda pair: "#" in pair[0]):
        key, _hash, field = before.partition("#")
        new = now.partition("#")[2] if field else now.partition("/")[2]
        with suppress(Conflict, NotFound):
            changed = renamed(result, Rename(key, new, field or None), kinds)
            result = {name: each for name, each in {**result, **changed}.items() if each is not None}
    return result


def _require(documents: Documents, rename: Rename) -> None:
    names: Mapping[str, Any] = documents
    if rename.key in documents and rename.field:
        names = documents[rename.key].get("fields", {})
    wanted = rename.field if rename.field and rename.key in documents else rename.key
    if wanted not in names:
        guess = near(wanted, names)
        hint = " " + _("Did you mean %(guess)s?", guess=guess) if guess else ""
        raise NotFound(_("There is no %(name)s.", name=wanted) + hint)
    taken = rename.new in names if rename.field else f"{rename.kind}/{rename.new}" in documents
    if taken:
        raise Conflict(_("The name %(name)s is taken.", name=rename.new))


def _with_field_renamed(document: Document, rename: Rename) -> Document:
    fields = {
        (rename.new if name == rename.field else name): (_formerly(part, name) if name == rename.field else part)
        for name, part in document["fields"].items()
    }
    return {**document, "fields": fields}


def _formerly(part: Document, old: str) -> Document:
    return {**part, "formerly": [*(name for name in part.get("formerly", ()) if name != old), old]}
