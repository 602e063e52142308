"""What the builder's scripts say stands in its templates, where it is translated."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from sources import ROOT


def test_the_words_of_scripts_are_all_in_templates():
    scripts = [path for path in (ROOT / "builder/frontend").rglob("*.ts") if not path.name.endswith(".test.ts")]
    templates = (ROOT / "builder/templates/build").glob("words*.html")
    used = set().union(*(_used(path) for path in scripts))
    known = set().union(*(re.findall(r"'(build_\w+)':", path.read_text(encoding="utf-8")) for path in templates))
    assert used - known == set()


def test_what_every_designer_takes_finds_its_words_on_every_page():
    source, words = ROOT / "builder/frontend/src", ROOT / "builder/templates/build/words.html"
    shared = [source / "entity/retire.ts", source / "entity/ways.ts", *(source / "core").glob("*.ts")]
    of_some = {source / "core/growing.ts", source / "core/finding.ts"}
    used = set().union(*(_used(path) for path in set(shared) - of_some if not path.name.endswith(".test.ts")))
    assert used - set(re.findall(r"'(build_\w+)':", words.read_text(encoding="utf-8"))) == set()


def _used(path: Path) -> set[str]:
    return set(re.findall(r'"(build_\w+)"', path.read_text(encoding="utf-8")))


def test_no_word_is_said_in_two_ways():
    """A page takes several templates of words, and the last one to say something wins."""
    templates = (ROOT / "builder/templates/build").glob("words*.html")
    said = {each for path in templates for each in re.findall(r"'(build_\w+)': (.*)", path.read_text(encoding="utf-8"))}
    count = Counter(key for key, _text in {(key, text.rstrip(",")) for key, text in said})
    assert [key for key, ways in count.items() if ways > 1] == []
