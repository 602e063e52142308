"""The guides of admins: both languages tell the same, and every picture and place they name is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"
GUIDES = ("admin-guide", "builder")
PAGES = sorted([*DOCS.glob("*.md"), DOCS.parent / "README.md"])
MOST = 3_000_000
"""Bytes of all pictures together."""


def headings(page: Path) -> list[tuple[int, str]]:
    return [(len(marks), text) for marks, text in re.findall(r"^(#+) (.+)$", page.read_text(), re.MULTILINE)]


def anchor(heading: str) -> str:
    """As it is made of a heading where pages of this kind are shown."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def of_language(name: str, language: str) -> Path:
    return DOCS / (f"{name}.zh.md" if language == "zh" else f"{name}.md")


@pytest.mark.parametrize("name", GUIDES)
def test_both_languages_have_the_same_headings_and_pictures(name):
    english, chinese = (of_language(name, language) for language in ("en", "zh"))
    assert [level for level, _text in headings(english)] == [level for level, _text in headings(chinese)]
    shown = [re.findall(r"pictures/([\w-]+)\.(?:en|zh)\.png", page.read_text()) for page in (english, chinese)]
    assert shown[0] == shown[1]
    assert shown[0]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_place_that_a_page_names_is_there(page):
    missing = []
    for link in re.findall(r"\]\(([^)\s]+)\)", page.read_text()):
        path, _hash, part = link.partition("#")
        target = page.parent / path if path else page
        if ":" in path or (
            target.exists() and (not part or part in {anchor(text) for _level, text in headings(target)})
        ):
            continue
        missing.append(link)
    assert missing == []


def test_pictures_are_in_the_language_of_their_page_and_each_is_shown():
    told = {page: set(re.findall(r"pictures/([\w.-]+\.png)", page.read_text())) for page in PAGES}
    for page, shown in told.items():
        wrong = ".en.png" if page.name.endswith(".zh.md") else ".zh.png"
        assert [each for each in shown if each.endswith(wrong)] == []
    named = {each for shown in told.values() for each in shown}
    pictures = list((DOCS / "pictures").iterdir())
    assert {each.name for each in pictures} == named
    assert sum(each.stat().st_size for each in pictures) < MOST
