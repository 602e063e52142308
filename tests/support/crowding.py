"""Words that cannot be read in the browser (cut off without an ellipsis, out of sight, below other words), and names
that are long enough to find them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

LOOK = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")


def crowded(page: Page) -> list[str]:
    """Where words of the page as it is now cannot be read, one line each; empty when all can."""
    return page.evaluate(LOOK)


LONGER = {"en": " of the North American subsidiaries", "zh": "（华东及海外子公司合并口径）"}
NAMES = ("label", "plural")


def with_long_names(node: Any) -> Any:
    """The definitions with every name of an entity, a field, a choice ... as long as large companies give them."""
    if isinstance(node, list):
        return [with_long_names(each) for each in node]
    if not isinstance(node, dict):
        return node
    return {key: _long(each) if key in NAMES else with_long_names(each) for key, each in node.items()}


def _long(label: Any) -> Any:
    if not isinstance(label, dict) or not set(label) <= set(LONGER):
        return with_long_names(label)
    return {language: f"{text}{LONGER[language]}" for language, text in label.items()}
