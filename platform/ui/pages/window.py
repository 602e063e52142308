"""A page of records that are asked for at once and arranged by the type of the view: a calendar, say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sartor.platform.ui.pages.list import ViewPage


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowPage(ViewPage):
    """Drawn by the template that the type of the view names. arranged: what the type has made of the records."""

    arranged: Any
