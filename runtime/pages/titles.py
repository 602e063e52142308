"""Titles of records."""

from __future__ import annotations

from typing import Any

from sartor.platform.model import Entity
from sartor.platform.text import gettext as _
from sartor.runtime.pages.cells import Cells
from sartor.runtime.pages.desk import Desk


def title_text(desk: Desk, entity: Entity, row: dict[str, Any]) -> str:
    """What a record is called: its title as people read it."""
    said = row.get(entity.title)
    if said in (None, ""):
        return _("(no name)")
    return Cells(desk, entity.title_field, full=True)(said).text or str(said)
