"""The cards of a dashboard that is being designed, drawn as people will see them: the numbers of the change set on
what is published, as far as the designer may see it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jinja2 import Environment

from sartor.builder.bench import Bench
from sartor.builder.canvas.drafted_numbers import DraftedNumbers, drafted_numbers
from sartor.builder.canvas.view import live_view
from sartor.platform.definitions.documents import Document
from sartor.platform.definitions.validate import validate
from sartor.platform.errors import SartorError
from sartor.platform.model import Card
from sartor.platform.reporting.display import drawn
from sartor.platform.reporting.filters import Filters, not_narrowed
from sartor.platform.reporting.links import narrowed
from sartor.platform.reporting.places import room
from sartor.platform.reporting.questions import Asked
from sartor.platform.reporting.reporter import Reporter
from sartor.platform.text import gettext as _
from sartor.platform.text import pick
from sartor.platform.ui.pages.dashboard import Figure, Panel, PanelItem
from sartor.platform.ui.pages.parts import Empty, Link

TEMPLATE = "build/parts/live_card.html"


class LiveBoard:
    """Draws cards for one designer. filters: as people would choose them."""

    def __init__(self, here: Bench, filters: Mapping[str, str]) -> None:
        self.here = here
        self.filters = Filters.of(filters)
        self.numbers: DraftedNumbers = drafted_numbers(here)
        self.reporter = Reporter(self.numbers)
        self.asked = Asked(self.numbers.reader, here.context)

    def cards(self, env: Environment, cards: Mapping[str, Document]) -> dict[str, dict[str, Any]]:
        """Each card as it would stand on the page: `html`, and whether it is one number (`figure`)."""
        wrong = self._wrong(cards)
        template = env.get_template(TEMPLATE)
        drawings = {name: self._drawn(name, card, wrong.get(name)) for name, card in cards.items()}
        kinds = {name: isinstance(each, Figure) for name, each in drawings.items()}
        return {
            name: {"html": template.render(card=each, is_figure=kinds[name]), "figure": kinds[name]}
            for name, each in drawings.items()
        }

    def _wrong(self, cards: Mapping[str, Document]) -> dict[str, str]:
        """What the schema says against each of them."""
        whole = {"label": "-", "cards": cards}
        found: dict[str, str] = {}
        for problem in validate(self.here.workspace.kinds, "dashboard/live", whole):
            found.setdefault(f"{problem.field}//".split("/")[2], problem.message)
        return found

    def _drawn(self, name: str, card: Document, wrong: str | None) -> Figure | Panel:
        kind, _slash, target = str(card.get("target") or "text/").partition("/")
        title = self._title(card)
        key = f"{kind}/{target}"
        if wrong is None and key in self.numbers.faults and self._is_sound(key):
            return Panel(
                name=name,
                title=title,
                empty=Empty(title=_("Shows its numbers once they are published"), icon="circle-dashed"),
            )
        wrong = wrong or self.numbers.problems.get(key)
        if wrong:
            return Panel(name=name, title=title, error=wrong)
        if kind == "view":
            return self._view(name, target, title, card["height"])
        if kind == "text":
            text = pick(card.get("text"))
            return Panel(name=name, title=title, text=text, empty=None if text else Empty(title=_("No text yet")))
        try:
            return drawn(self.reporter.card(self.here.context, _card(name, card), self.filters, self.asked))
        except SartorError as refused:
            return Panel(name=name, title=title, error=refused.message)

    def _is_sound(self, key: str) -> bool:
        """Whether a definition holds in the change set, though not yet on what is published."""
        return all(each.file != key for each in self.here.workspace.compiler.check(self.here.documents))

    def _title(self, card: Document) -> str:
        target = str(card.get("target") or "")
        named = pick(self.here.documents.get(target, {}).get("label")) if target else ""
        label = card.get("label")
        return (pick(label) if isinstance(label, (str, Mapping)) else "") or named or target

    def _view(self, name: str, view: str, title: str, height: int) -> Panel:
        document = self.here.documents.get(f"view/{view}")
        if document is None:
            return Panel(name=name, title=title, error=_("There is no view %(name)s.", name=view))
        narrowed, unmoved = self._narrowed(document)
        # A card lists the records whatever the view's own type is.
        live = live_view(self.here, {**narrowed, "type": ""})
        rows = live.rows[: room(height, has_second_line=any(len(row) > 1 for row in live.rows))]
        why = " ".join(live.notes) or _("Nothing here")
        items = tuple(
            PanelItem(Link(row[0], "#"), " · ".join(each for each in row[1:3] if each)) for row in rows if row
        )
        empty = None if rows else Empty(title=why)
        return Panel(
            name=name,
            title=title,
            count=live.count,
            items=items,
            empty=empty,
            more=Link(_("Show all"), "#") if rows else None,
            unmoved=not_narrowed(self.numbers.model, unmoved),
        )

    def _narrowed(self, view: Document) -> tuple[Document, list[str]]:
        """A view under the filters that are tried, and those that do not narrow it."""
        model = self.numbers.model
        entity, own = model.entities.get(str(view.get("entity"))), str(view.get("filter") or "")
        whole, unmoved = narrowed(model, entity, own, self.filters, self.here.context)
        return {**view, **({"filter": whole} if whole else {})}, unmoved


def _card(name: str, card: Document) -> Card:
    place = (card["x"], card["y"], card["width"], card["height"])
    return Card(name, card.get("target"), *place, card.get("label"), card.get("text"), card.get("opens"))


def shaped(sent: Any) -> tuple[dict[str, Document], dict[str, str]] | None:
    """Cards and filters out of what a canvas sent; None for something else."""
    if not isinstance(sent, dict):
        return None
    cards, filters = sent.get("cards"), sent.get("filters", {})
    if not isinstance(cards, dict) or not all(isinstance(each, dict) for each in cards.values()):
        return None
    if not isinstance(filters, dict) or not all(isinstance(each, str) for each in filters.values()):
        return None
    return cards, filters
