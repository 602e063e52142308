"""axe-core in the browser: WCAG 2.2 AA and best practices."""

from __future__ import annotations

from playwright.sync_api import Page
from sources import ROOT

SCRIPT = ROOT / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


# Only what is wrong is gathered and sent: what passes is most of the answer, and most of the time.
LOOK = """async ([inside, rules]) => {
  const found = await axe.run(inside, {runOnly: rules, resultTypes: ["violations"], elementRef: false});
  const said = (each, node) => `${each.id}: ${node.html.slice(0, 160)}`;
  return found.violations.flatMap((each) => each.nodes.slice(0, 2).map((node) => said(each, node)));
}"""


def violations(page: Page, inside: str = "html") -> list[str]:
    """What axe finds on a page as it is now, one line each: the rule and the first elements that break it."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(SCRIPT.read_text(encoding="utf-8"))
    return page.evaluate(LOOK, [inside, RULES])
