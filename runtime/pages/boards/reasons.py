"""The reason that some moves between stages ask for, as an input of its own."""

from __future__ import annotations

from sartor.platform.text import gettext as _
from sartor.platform.ui.pages.widget import Widget
from sartor.runtime.pages.forms.layout import WHOLE
from sartor.runtime.pages.forms.typed import NOTE

NEEDS_A_NOTE = "note"
"""The code with which the writer asks for a reason."""


def reason_place(field: str) -> str:
    """The name of the input in which the reason of a move in this stage field is typed."""
    return f"{NOTE}{field}"


def reason_widget(field: str, text: str = "", error: str | None = None) -> Widget:
    return Widget(
        name=reason_place(field),
        label=_("Reason"),
        kind="textarea",
        span=WHOLE,
        required=True,
        value=text,
        error=error,
        settings={"rows": 3, "max": 1000},
    )
