"""The steps from spreadsheets to an application, as the line above its pages."""

from __future__ import annotations

from flask import url_for

from sartor.platform.text import gettext as _
from sartor.platform.ui.pages.import_ import WizardStep

FILES, COLUMNS, PLAN, DATA = range(4)


def steps(now: int, proposal: str | None = None) -> tuple[WizardStep, ...]:
    """proposal: the key that leads back to its columns."""
    names = (_("Files"), _("Columns"), _("Plan"), _("Data"))
    urls = [url_for("builder.from_files"), url_for("builder.proposal", proposal=proposal) if proposal else None]
    return tuple(
        WizardStep(name, "done" if at < now else "now" if at == now else "next", urls[at] if at < min(now, 2) else None)
        for at, name in enumerate(names)
    )
