"""The paper of a page that is printed, as values of custom properties that the style sheet's `@page` takes.

Texts that people wrote go in as CSS strings of which every sign that could mean something is escaped.
"""

from __future__ import annotations

import re

from sartor.platform.ui.pages.sheet import Paper

SIZES = {"a3": (297, 420), "a4": (210, 297), "a5": (148, 210), "letter": (216, 279), "slip": (140, 241)}
"""Width and height in millimetres, standing."""
MARGINS = {"narrow": "12mm 10mm", "normal": "16mm 15mm", "wide": "25mm 25mm"}
SPECIAL = re.compile(r"[^\w ]")


def page_size(paper: Paper) -> str:
    short, long = SIZES[paper.size]
    width, height = (long, short) if paper.landscape else (short, long)
    return f"{width}mm {height}mm"


def page_margin(paper: Paper) -> str:
    return MARGINS[paper.margins]


def css_text(text: str) -> str:
    """A string that stays one whatever it holds."""
    return '"' + SPECIAL.sub(lambda found: f"\\{ord(found[0]):x} ", text) + '"'


def page_numbers(around: tuple[str, ...]) -> str:
    """The content of a margin box: the number of the page and that of all pages between texts."""
    if not around:
        return '""'
    before, between, behind = map(css_text, around)
    return f"{before} counter(page) {between} counter(pages) {behind}"
