"""Why a list is empty: nothing there yet, or the one condition without which there would be something."""

from __future__ import annotations

from dataclasses import replace

from sartor.platform.errors import SartorError
from sartor.platform.model import Operation
from sartor.platform.query.conditions import conditions_of, joined
from sartor.platform.query.wording import sentence
from sartor.platform.text import gettext as _
from sartor.platform.text import ngettext, pick, within
from sartor.platform.ui.pages.parts import Action, Empty
from sartor.runtime.pages import addresses
from sartor.runtime.pages.desk import Desk
from sartor.runtime.pages.lists.seeing import Seeing, count_text, question


def nothing_here(desk: Desk, seeing: Seeing, error: str | None, new: Action | None) -> Empty:
    label = pick(seeing.entity.plural)
    if error:
        return Empty(
            title=_("The filter cannot be read"), text=error, icon="filter-off", actions=(_clear(desk, seeing),)
        )
    if not seeing.filter:
        text = pick(seeing.entity.description) or _("They appear here as soon as the first one is made.")
        title = _("No %(label)s yet", label=within(label))
        return Empty(title=title, text=text, actions=tuple(each for each in (new, _bring(desk, seeing)) if each))
    return _guilty(desk, seeing)


def _bring(desk: Desk, seeing: Seeing) -> Action | None:
    """Records from a file, for whom they may be brought in by."""
    entity = seeing.entity.name
    if seeing.entity.line_of or not desk.access.may(Operation.IMPORT, entity):
        return None
    return Action(text=_("Import"), url=addresses.of_entity(desk.app.name, entity, "import"), icon="upload")


def _guilty(desk: Desk, seeing: Seeing) -> Empty:
    """Name the condition that leaves the most when it is dropped."""
    conditions = conditions_of(seeing.filter)
    found = []
    for at, condition in enumerate(conditions):
        without = joined(each.text for number, each in enumerate(conditions) if number != at)
        count = _count(desk, seeing, without)
        found.append((count, sentence(desk, seeing.entity, condition), without))
    count, said, without = max(found, key=lambda each: each[0], default=((0, False), None, ""))
    title = ngettext("Nothing matches this condition", "Nothing matches all %(n)s conditions", len(conditions))
    if not count[0] or said is None:
        text = _("No single condition is to blame.") if len(conditions) > 1 else ""
        return Empty(title=title, text=text, icon="filter-off", actions=(_clear(desk, seeing),))
    text = ngettext(
        "Without “%(what)s” there is %(n)s.", "Without “%(what)s” there are %(n)s.", count[0],
        what=said.whole, n=count_text(count),
    )  # fmt: skip
    drop = Action(text=_("Drop “%(name)s”", name=said.name), url=seeing.url(desk, filter=without), look="primary")
    return Empty(title=title, text=text, icon="filter-off", actions=(drop, _clear(desk, seeing)))


def _count(desk: Desk, seeing: Seeing, text: str) -> tuple[int, bool]:
    """How many, and whether there are more than were counted."""
    try:
        asked = question(desk, replace(seeing, filter=text, own=True), [("id",)])
        return desk.reader.count(desk.context, asked)
    except SartorError:
        return 0, False


def _clear(desk: Desk, seeing: Seeing) -> Action:
    return Action(text=_("Clear all"), url=seeing.url(desk, filter=""))
