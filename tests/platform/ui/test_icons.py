"""Every icon that definitions and code name exists."""

from __future__ import annotations

import ast
import json
import re

import pytest
from sources import ROOT

from sartor.platform.ui.assets import Assets

NAMED = re.compile(r'"icon"\s*:\s*"([^"]*)"')


@pytest.mark.parametrize("folder", ["blueprints", "docs"])
def test_icons_of_definitions_exist(folder):
    known = Assets().icons
    found = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in (ROOT / folder).rglob("*.json")
        for name in NAMED.findall(path.read_text(encoding="utf-8"))
        if name not in known
    }
    assert found == set(), "run `npm run build`; if the name stays unknown, it is none of Tabler's outline icons"


def test_icons_of_templates_and_scripts_exist():
    known = Assets().icons
    templates = [path for part in ("platform/ui", "builder") for path in (ROOT / part / "templates").rglob("*.html")]
    scripts = [
        path for part in ("runtime", "platform/ui", "builder") for path in (ROOT / part / "frontend").rglob("*.ts")
    ]
    sources = [*templates, *scripts]
    used = set().union(*(re.findall(r'\bicon\("([a-z0-9-]+)"', path.read_text(encoding="utf-8")) for path in sources))
    assert used - known == set()


def test_icons_of_links_and_buttons_exist():
    """The third value of a link, and every constant given as `icon=`."""
    paths = [path for part in ("runtime", "platform/ui", "builder") for path in (ROOT / part).rglob("*.py")]
    calls = [
        node
        for path in paths
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
    ]
    given = [word.value for call in calls for word in call.keywords if word.arg == "icon"]
    given += [call.args[2] for call in calls if getattr(call.func, "id", "") == "Link" and len(call.args) > 2]
    used = {each.value for each in given if isinstance(each, ast.Constant) and each.value}
    assert used - Assets().icons == set()


def test_the_sprite_holds_what_the_list_says():
    sprite = (Assets().folder / Assets().url("icons.svg").removeprefix("/static/")).read_text(encoding="utf-8")
    assert set(re.findall(r'<symbol id="([^"]+)"', sprite)) == set(
        json.loads((Assets().folder / "icons.json").read_text(encoding="utf-8"))
    )
