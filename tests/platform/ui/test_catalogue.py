"""Every message that people may read has its Chinese translation, with the same places to fill."""

from __future__ import annotations

import json
import re
from functools import cache

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po
from jinja2 import Environment
from sources import ROOT

from sartor.platform.definitions.extensions import Extensions
from sartor.platform.definitions.kinds import KINDS, Kinds
from sartor.platform.definitions.wording import texts

LOCALE = ROOT / "platform" / "ui" / "locale"
PLACES = re.compile(r"%\(\w+\)s|\{\w+\}")


@cache
def messages() -> set[str | tuple[str, ...]]:
    with (LOCALE / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    keywords = {**DEFAULT_KEYWORDS, "_": None, "_lazy": None}
    found = extract_from_dir(str(ROOT), methods, options, keywords=keywords)
    kinds = Kinds(Extensions.stock().seal())
    schemas = {text for kind in KINDS for text in texts(kinds.schema(kind))}
    return {message for _file, _line, message, _comments, _context in found} | schemas


@cache
def catalogue() -> Catalog:
    with (LOCALE / "zh_Hans" / "LC_MESSAGES" / "sartor.po").open("rb") as file:
        return read_po(file, locale="zh_Hans")


def translations(catalogue: Catalog, message: str | tuple[str, ...]) -> list[str]:
    entry = catalogue.get(message if isinstance(message, str) else message[0])
    if entry is None or entry.fuzzy:
        return [""]
    return [entry.string] if isinstance(entry.string, str) else list(entry.string)


def test_no_message_lacks_a_translation():
    chinese = catalogue()
    assert sorted(str(message) for message in messages() if not all(translations(chinese, message))) == []


def test_a_translation_fills_the_same_places():
    chinese = catalogue()
    wrong = {}
    for message in messages():
        forms = [message] if isinstance(message, str) else list(message)
        for form, said in zip(forms, translations(chinese, message), strict=False):
            if said and set(PLACES.findall(form)) != set(PLACES.findall(said)):
                wrong[form] = said
    assert wrong == {}


def test_the_words_of_scripts_are_all_in_the_page(templates: Environment):
    shown = templates.get_template("partials/words.html").render()
    known = set(json.loads(re.search(r'content="([^"]*)"', shown)[1].replace("&#34;", '"')))
    folders = (ROOT / "runtime/frontend/src", ROOT / "platform/ui/frontend")
    scripts = (path for folder in folders for path in folder.glob("*.ts") if not path.name.endswith(".test.ts"))
    used = set().union(*(re.findall(r'\bsay\("(\w+)"', path.read_text(encoding="utf-8")) for path in scripts))
    assert used == known
