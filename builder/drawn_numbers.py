"""Answers of reports as a canvas draws them: like the dashboards where people work, with the figure beside its numbers,
because no address could answer the figure of a report that is not published."""

from __future__ import annotations

from dataclasses import replace

from sartor.platform.reporting.answers import CardAnswer
from sartor.platform.reporting.display import figure, is_figure, panel
from sartor.platform.ui.pages.dashboard import Figure, Panel


def drawn(card: CardAnswer) -> Figure | Panel:
    """The card of a report: one number, or a panel that carries its figure."""
    if is_figure(card):
        return figure(card)
    made = panel(card, "")
    if made.plot is None or card.report is None:
        return made
    return replace(made, plot=replace(made.plot, figure=card.report.figure))
