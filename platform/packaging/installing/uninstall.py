"""Taking a blueprint out, as a draft of the design: its pages and rules go; its data are retired or kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sartor.platform.definitions.documents import Document, Documents
from sartor.platform.errors import Conflict
from sartor.platform.packaging.installing.drafting import Draft, Drafts
from sartor.platform.packaging.installing.install import installed, require_installed
from sartor.platform.packaging.installing.merge import without_origin
from sartor.platform.publishing.plan import Plan
from sartor.platform.text import gettext as _
from sartor.platform.text import pick
from sartor.platform.workspace import Workspace

RETIRE, KEEP = "retire", "keep"
DATA = (RETIRE, KEEP)
"""What becomes of the data: out of sight, to come back with a rollback; or kept, as the workspace's own."""
KEPT = ("entity/", "options/", "pipeline/", "view/", "form/")
"""What holds records and shows them. Apps, reports, roles and whatever else works on them go either way."""


def uninstalling(present: Documents, name: str, data: str = RETIRE) -> Draft:
    """The design without a blueprint.

    :raises NotFound: for one that is not there. :raises Conflict: while another blueprint stands on it.
    """
    require_installed(present, name)
    users = [each.name for each in installed(present) if name in each.requires]
    if users:
        raise Conflict(_("%(name)s is needed by %(users)s; take that out first.", name=name, users=", ".join(users)))
    itself = present[f"blueprint/{name}"]
    left: dict[str, Any] = {}
    for key, each in present.items():
        if data == KEEP and key.startswith(KEPT):
            if (own := _own(each, name, itself.get("level", "L1"))) is not None:
                left[key] = own
        elif each.get("origin") != name:
            left[key] = without_origin(each, name)
    return Draft(f"uninstall.{name}", _("Take %(name)s out", name=pick(itself["label"])), left)


def _own(document: Document, name: str, level: str) -> Document | None:
    """A definition as the workspace's own; None where nobody could use it, since its level was never switched on."""
    if _is_inert(document, name, None, level):
        return None
    return _freed(document, name, document.get("origin"), level)


def _freed(part: Document, name: str, owner: str | None, level: str) -> dict[str, Any]:
    """Without the marks of a blueprint, and without what stands above the level that is switched on."""
    made: dict[str, Any] = {}
    for key, value in part.items():
        if not isinstance(value, Mapping):
            if owner != name or key not in ("origin", "level"):
                made[key] = value
        elif not _is_inert(value, name, owner, level):
            made[key] = _freed(value, name, _owner(value, owner), level)
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
    return drafts.plan(uninstalling(drafts.present(), name, data))
