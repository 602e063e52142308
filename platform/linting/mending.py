"""Applying fixes: edits put into copies of the definitions that they concern, one after the other."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from typing import Any

from sartor.platform.definitions.documents import Document, Documents
from sartor.platform.linting.finding import GONE, Edit, Finding


def mended(documents: Documents, findings: Iterable[Finding]) -> dict[str, Document | None]:
    """The definitions that the fixes of these findings change; None for one that goes."""
    return edited(documents, (edit for finding in findings if finding.fix for edit in finding.fix.edits))


def edited(documents: Documents, edits: Iterable[Edit]) -> dict[str, Document | None]:
    """The definitions that some edits change; None for one that goes."""
    copies: dict[str, Any] = {}
    for edit in edits:
        _apply(copies, documents, edit)
    return {key: copy for key, copy in copies.items() if copy != documents.get(key)}


def _apply(copies: dict[str, Any], documents: Documents, edit: Edit) -> None:
    if edit.pointer == "":
        copies[edit.key] = None if edit.value is GONE else deepcopy(edit.value)
        return
    if edit.key not in copies:
        copies[edit.key] = deepcopy(dict(documents[edit.key]))
    if copies[edit.key] is not None:
        _put(copies[edit.key], edit)


def _put(document: Any, edit: Edit) -> None:
    """Maps on the way are made where they are missing."""
    *way, last = [part.replace("~1", "/").replace("~0", "~") for part in edit.pointer.split("/")[1:]]
    here = document
    for part in way:
        here = here[int(part)] if isinstance(here, list) else here.setdefault(part, {})
    if isinstance(here, list):
        here[int(last)] = deepcopy(edit.value)
    elif edit.value is GONE:
        here.pop(last, None)
    else:
        here[last] = deepcopy(edit.value)
