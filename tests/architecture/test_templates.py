"""Templates hold markup only: no script, no style, no way for a value to become markup."""

from __future__ import annotations

import re

import pytest
from sources import ROOT, files

TEMPLATES = files(".html")
# A file here may switch escaping off for a value, for the reason given.
SAFE: dict[str, str] = {}

FORBIDDEN = {
    r"<script(?![^>]*\bsrc=)[^>]*>(?!\s*</script>)": "put the script into a file under frontend/ and load it by src",
    r"<style\b": "put the rules into a style sheet",
    r"(?<![-\w])style=(?!\"--)": 'use a class (only custom properties, style="--share: 40%", may stand in a template)',
    r"\son[a-z]+\s*=\s*[\"']": "listen in a custom element, not in an attribute",
    r"\bhx-on\b|\bjs:": "this needs unsafe-eval, which our policy refuses; use a custom element",
    r"javascript:": "link to a page or use a button",
    r"https?://(?!www\.w3\.org/)": "load everything from ourselves",
}


def name(path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_a_template_holds_no_script_and_no_style(path):
    text = re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    for pattern, instead in FORBIDDEN.items():
        found = re.search(pattern, text)
        assert not found, f"{name(path)}:{line(text, found)}: {found.group(0)!r}: {instead}"


@pytest.mark.parametrize("path", [path for path in TEMPLATES if name(path) not in SAFE], ids=name)
def test_a_template_escapes_every_value(path):
    text = path.read_text(encoding="utf-8")
    found = re.search(r"\|\s*safe\b|autoescape\s+false", text)
    assert not found, f"{name(path)}:{line(text, found)}: pass a Markup made where it is known to be clean"


def line(text: str, found: re.Match[str] | None) -> int:
    return text.count("\n", 0, found.start()) + 1 if found else 0
