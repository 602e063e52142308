"""Headings of a grouped list: what the records below have in common, said where it begins."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import request

from sartor.platform.model import Item
from sartor.platform.query.columns import Column
from sartor.platform.query.question import Page
from sartor.platform.text import gettext as _
from sartor.runtime.pages.cells import drawer
from sartor.runtime.pages.desk import Desk
from sartor.runtime.pages.lists.seeing import Seeing, columns_of

BEFORE = "group"
"""In the address of the next rows: the group that the rows before them ended with."""


def group_of(desk: Desk, seeing: Seeing) -> list[Column]:
    """The field by which a list is grouped; none where the reader may not see it, or has chosen another order."""
    name = seeing.view.group
    if name is None or not seeing.sort or seeing.sort[0].removeprefix("-") != name:
        return []
    return columns_of(desk, seeing.entity, (Item((name,)),))


class Groups:
    """The headings of one page of rows. last: the group that it ends with, so that the next page goes on."""

    def __init__(self, desk: Desk, seeing: Seeing, page: Page) -> None:
        found = group_of(desk, seeing)
        self._name = found[0].name if found else ""
        self._draw = drawer(desk, found[0], rows=page.rows) if found else None
        self._face = found[0].field.face if found else None
        self.last: str | None = request.args.get(BEFORE) if "cursor" in request.args else None

    def by(self, row: Mapping[str, Any]) -> str | None:
        """The heading above a row; None where it goes on in the same group."""
        if self._draw is None or self._face is None:
            return None
        text = self._draw(row[self._name]).text or _("Without a value")
        if self.last is not None and self._face.type.groups(self._face, text, self.last):
            return None
        self.last = text
        return text
