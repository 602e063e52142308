"""The steps of an import, as the line above its pages."""

from __future__ import annotations

from sartor.platform.text import gettext as _
from sartor.platform.ui.pages.import_ import WizardStep
from sartor.runtime.pages import addresses

FILE, COLUMNS, TRIAL, WRITE, WRITTEN = range(5)


def steps(app: str, entity: str, now: int, file: str | None = None, trial: str | None = None) -> tuple[WizardStep, ...]:
    """The steps where `now` is the one under way. file: the key of the file, which leads back to its columns;
    trial: the key of its trial run, whose choices they show."""
    names = (_("Read the file"), _("Match columns"), _("Trial run"), _("Write"))
    urls = [addresses.of_entity(app, entity, "import")]
    if file:
        urls.append(addresses.of_entity(app, entity, f"import/{file}", trial=trial))
    ways = urls if now < WRITE else []
    return tuple(
        WizardStep(name, _state(at, now), ways[at] if at < min(now, len(ways)) else None)
        for at, name in enumerate(names)
    )


def _state(at: int, now: int) -> str:
    return "done" if at < now else "now" if at == now else "next"
