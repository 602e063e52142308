"""axe-core in the browser: WCAG 2.2 AA and best practices."""

from __future__ import annotations

from playwright.sync_api import Page
from sources import ROOT

SCRIPT = ROOT / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page: Page, inside: str = "html") -> list[str]:
    """What axe finds on a page as it is now, one line each: the rule and the first elements that break it."""
    page.evaluate(SCRIPT.read_text(encoding="utf-8"))
    found = page.evaluate("([inside, rules]) => axe.run(inside, {runOnly: rules})", [inside, RULES])["violations"]
    return [f"{each['id']}: {node['html'][:160]}" for each in found for node in each["nodes"][:2]]
