"""Taking a definition or a field out by putting another one in its place, wherever it stands."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from sartor.platform.definitions.documents import Document, Documents
from sartor.platform.definitions.kinds import Kinds
from sartor.platform.errors import Conflict, NotFound
from sartor.platform.publishing.names.rewriting import Rename, Rewriting
from sartor.platform.publishing.uses.references import noted
from sartor.platform.text import did_you_mean, near
from sartor.platform.text import gettext as _


def replaced(documents: Documents, kinds: Kinds, rename: Rename) -> dict[str, Document | None]:
    """The documents that change when something goes and another (`rename.new`) is named instead.

    :raises NotFound: where either is missing. :raises Conflict: for entities, whose fields are others.
    """
    _require(documents, rename)
    draft = noted(documents, kinds)
    editing = Rewriting(documents, rename, draft)
    for reference in draft.found:
        if reference.key != rename.key or rename.field:
            editing.rewrite(reference)
    changed: dict[str, Document | None] = dict(editing.finished())
    if rename.field is None:
        return {**changed, rename.key: None}
    owner: Any = deepcopy(dict(changed.get(rename.key) or documents[rename.key]))
    owner["fields"].pop(rename.field, None)
    return {**changed, rename.key: owner}


def _require(documents: Documents, rename: Rename) -> None:
    if rename.key not in documents:
        raise NotFound(_("There is no %(name)s.", name=rename.key))
    if rename.field is None and rename.kind == "entity":
        raise Conflict(_("Another entity has other fields, so none can take the place of this one; take it out."))
    names = documents[rename.key]["fields"] if rename.field else documents
    for wanted in (rename.old, rename.new) if rename.field else (rename.key, f"{rename.kind}/{rename.new}"):
        if wanted not in names:
            hint = did_you_mean(near(wanted, names))
            raise NotFound(_("There is no %(name)s.", name=wanted) + hint)
    if rename.old == rename.new:
        raise Conflict(_("It cannot take its own place."))
