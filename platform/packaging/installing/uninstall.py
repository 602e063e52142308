"""Taking a blueprint out, as a draft of the design: its pages and rules go; its data are retired or kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sartor.platform.definitions.documents import Document, Documents
from sartor.platform.definitions.kinds import Kinds
from sartor.platform.errors import Conflict
from sartor.platform.packaging.installing.drafting import Draft, Drafts
from sartor.platform.packaging.installing.install import installed, require_installed
from sartor.platform.packaging.installing.merge import ENTRIES, SAID_BY_NAME, without_origin
from sartor.platform.publishing.plan import Plan
from sartor.platform.publishing.uses.references import noted
from sartor.platform.text import gettext as _
from sartor.platform.text import listed, pick
from sartor.platform.workspace import Workspace

RETIRE, KEEP = "retire", "keep"
DATA = (RETIRE, KEEP)
"""What becomes of the data: out of sight, to come back with a rollback; or kept, as the workspace's own."""
KEPT = ("entity/", "options/", "pipeline/", "view/", "form/")
"""What holds records and shows them. Apps, reports, roles and whatever else works on them go either way, unless these
need it: a transition that only some roles may make keeps those roles."""


def uninstalling(present: Documents, kinds: Kinds, name: str, data: str = RETIRE) -> Draft:
    """The design without a blueprint.

    :raises NotFound: for one that is not there. :raises Conflict: while another blueprint stands on it.
    """
    require_installed(present, name)
    itself = present[f"blueprint/{name}"]
    title = pick(itself["label"])
    if users := [pick(each.label) for each in installed(present) if name in each.requires]:
        raise Conflict(_("%(name)s is needed by %(users)s; take that out first.", name=title, users=listed(users)))
    left: dict[str, Any] = {
        key: without_origin(each, name) for key, each in present.items() if each.get("origin") != name
    }
    if data == KEEP:
        level = itself.get("level", "L1")
        left |= _kept(present, name, level)
        left |= _needed(present, kinds, left, name)
    return Draft(f"uninstall.{name}", _("Take %(name)s out", name=title), left)


def _kept(present: Documents, name: str, level: str) -> dict[str, Document]:
    found = {key: _own(each, name, level) for key, each in present.items() if key.startswith(KEPT)}
    return {key: each for key, each in found.items() if each is not None}


def _needed(present: Documents, kinds: Kinds, left: Documents, name: str) -> dict[str, Document]:
    """What goes, by its kind or since its level was never switched on, but is named by what stays."""
    level, found = present[f"blueprint/{name}"].get("level", "L1"), dict[str, Document]()
    uses = noted(present, kinds).found
    while True:
        stays = {**left, **found}
        named = {key for use in uses if _stands(stays.get(use.key), use.pointer) for key in use.targets}
        more = named & (present.keys() - stays.keys())
        if not more:
            return found
        found |= {key: _freed(present[key], name, present[key].get("origin"), level) for key in more}


def _stands(document: Any, pointer: str) -> bool:
    """Whether a place is still in a document that lost some."""
    for step in pointer.split("/")[1:]:
        if isinstance(document, list):
            document = document[int(step)] if step.isdigit() and int(step) < len(document) else None
        elif isinstance(document, Mapping):
            document = document.get(step.replace("~1", "/").replace("~0", "~"))
    return document is not None


def _own(document: Document, name: str, level: str) -> Document | None:
    """A definition as the workspace's own; None where nobody could use it, since its level was never switched on."""
    if _is_inert(document, name, None, level):
        return None
    return _freed(document, name, document.get("origin"), level)


def _freed(part: Document, name: str, owner: str | None, level: str, *, by_name: bool = False) -> dict[str, Any]:
    """Without the marks of a blueprint, and without what stands above the level that is switched on; but with every
    choice, since a default may name one, and so may a record.

    by_name: what stands in it stands there under names of its own; a field may be called `level`.
    """
    made: dict[str, Any] = {}
    for key, value in part.items():
        if not isinstance(value, Mapping):
            if by_name or owner != name or key not in ("origin", "level"):
                made[key] = value
        elif by_name:
            if not _is_inert(value, name, owner, level):
                made[key] = _freed(value, name, _owner(value, owner), level)
        elif key in SAID_BY_NAME:
            made[key] = value
        else:
            made[key] = _freed(value, name, owner, "L3" if key == "choices" else level, by_name=key in ENTRIES)
    return made


def _is_inert(part: Document, name: str, owner: str | None, level: str) -> bool:
    above = part.get("level", "L1")
    return _owner(part, owner) == name and isinstance(above, str) and above > level


def _owner(part: Document, owner: str | None) -> str | None:
    """A field may be called `origin`; the mark of a blueprint is a text."""
    mark = part.get("origin")
    return mark if isinstance(mark, str) else owner


def uninstall_plan(workspace: Workspace, name: str, data: str = RETIRE) -> Plan:
    """What taking out a blueprint would do."""
    drafts = Drafts(workspace)
    return drafts.plan(uninstalling(drafts.present(), workspace.kinds, name, data))
