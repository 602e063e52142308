"""What the builder's scripts say stands in its templates, where it is translated."""

from __future__ import annotations

import re

from sources import ROOT


def test_the_words_of_scripts_are_all_in_templates():
    scripts = [path for path in (ROOT / "builder/frontend").rglob("*.ts") if not path.name.endswith(".test.ts")]
    templates = (ROOT / "builder/templates/build").glob("words*.html")
    used = set().union(*(re.findall(r'"(build_\w+)"', path.read_text(encoding="utf-8")) for path in scripts))
    known = set().union(*(re.findall(r"'(build_\w+)':", path.read_text(encoding="utf-8")) for path in templates))
    assert used - known == set()
