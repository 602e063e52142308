"""What mending does, as a sentence: `Take out column Amount of list All deals`."""

from __future__ import annotations

from collections.abc import Iterator

from sartor.platform.publishing.uses.mending import Mending
from sartor.platform.publishing.uses.mending_texts import Mended
from sartor.platform.publishing.words.calling import Calling
from sartor.platform.text import gettext as _


def mending_said(names: Calling, found: Mending) -> str:
    thing = names.spot(found.key, found.pointer).said if found.pointer else names.definition(found.key)
    if found.text is not None:
        return "; ".join(_partly(found.text, thing))
    if found.level:
        return _("Show %(thing)s from level %(level)s on", thing=thing, level=found.level)
    return _("Take out %(thing)s", thing=thing)


def _partly(found: Mended, thing: str) -> Iterator[str]:
    """What goes out of an expression, and what is put in the place of what; the rest stays."""
    if found.gone:
        yield _("Take “%(part)s” out of %(thing)s", part="”, “".join(found.gone), thing=thing)
    for before, now in found.instead:
        yield _("Write “%(now)s” for “%(before)s” in %(thing)s", now=now, before=before, thing=thing)
