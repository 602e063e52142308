"""Every message that people may read has its Chinese translation, with the same places to fill."""

from __future__ import annotations

import json
import re
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po
from jinja2 import Environment
from sources import ROOT

LOCALE = ROOT / "platform" / "ui" / "locale"
PLACES = re.compile(r"%\(\w+\)s|\{\w+\}")


def messages() -> set[str | tuple[str, ...]]:
    with (LOCALE / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    keywords = {**DEFAULT_KEYWORDS, "_": None, "_lazy": None}
    found = extract_from_dir(str(ROOT), methods, options, keywords=keywords)
    return {message for _file, _line, message, _comments, _context in found}


def catalogue() -> Catalog:
    with (LOCALE / "zh_Hans" / "LC_MESSAGES" / "sartor.po").open("rb") as file:
        return read_po(file, locale="zh_Hans")


def translation(catalogue: Catalog, message: str | tuple[str, ...]) -> str:
    entry = catalogue.get(message if isinstance(message, str) else message[0])
    if entry is None or entry.fuzzy:
        return ""
    return entry.string if isinstance(entry.string, str) else entry.string[0]


def test_no_message_lacks_a_translation():
    chinese = catalogue()
    assert sorted(str(message) for message in messages() if not translation(chinese, message)) == []


def test_a_translation_fills_the_same_places():
    chinese = catalogue()
    wrong = {}
    for message in messages():
        forms = [message] if isinstance(message, str) else list(message)
        wanted = set().union(*(PLACES.findall(form) for form in forms))
        given = set(PLACES.findall(translation(chinese, message)))
        if given - wanted or wanted - given - {"%(n)s"}:
            wrong[forms[0]] = translation(chinese, message)
    assert wrong == {}


def test_the_words_of_scripts_are_all_in_the_page(templates: Environment):
    shown = templates.get_template("partials/words.html").render()
    known = set(json.loads(re.search(r'content="([^"]*)"', shown)[1].replace("&#34;", '"')))
    sources = (path.read_text(encoding="utf-8") for path in Path(ROOT / "runtime/frontend/src").glob("*.ts"))
    used = set().union(*(re.findall(r'\bsay\("(\w+)"', text) for text in sources))
    assert used - {"key"} == known
