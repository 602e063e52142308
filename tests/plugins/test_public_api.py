"""Our own plugins keep to what every author has: `sartor.platform.plugin`, and words of their own."""

from __future__ import annotations

import re

import catalogue
import pytest
from babel.messages.pofile import read_po
from sources import ROOT, sources

from sartor.platform import plugin
from sartor.platform.definitions.extensions import Extensions
from sartor.platform.text import gettext, use_language

PLUGINS = [each for each in Extensions.installed().plugins if each.distribution == "sartor"]
every_plugin = pytest.mark.parametrize("one", PLUGINS, ids=lambda one: one.name)
PLACES = re.compile(r"%\(\w+\)s")


def test_plugins_import_the_public_module_alone():
    found = [
        f"{source.name}:{one.line}: {one.module}"
        for source in sources()
        if source.part == "plugins"
        for one in source.imports
        if one.module.split(".")[0] == "sartor"
        and one.module != "sartor.platform.plugin"
        and not one.module.startswith(".".join(source.module.split(".")[:3]))
    ]
    assert found == [], "say in platform/plugin.py what authors may use, or do without it"


def test_what_is_public_is_there_and_told():
    told = (ROOT / "docs" / "extending.md").read_text("utf-8")
    assert [name for name in plugin.__all__ if not hasattr(plugin, name) or f"`{name}`" not in told] == []


def test_every_folder_is_a_plugin_that_explains_itself():
    folders = {path.parent for path in (ROOT / "plugins").glob("*/__init__.py")}
    assert folders == {each.folder for each in PLUGINS}
    assert all((each / "README.md").is_file() for each in folders)


@every_plugin
def test_its_words_are_translated(one):
    with (one.folder / catalogue.INSIDE).open("rb") as file:
        known = read_po(file, locale="zh_Hans")
    said = {key: known.get(key) for key in catalogue.plugin_messages(one.folder)}
    assert [key for key, entry in said.items() if entry is None or not all(catalogue.last(entry.string))] == []
    assert [
        key for key, entry in said.items() if {*PLACES.findall(key)} != {*PLACES.findall(catalogue.last(entry.string))}
    ] == []


def test_the_words_of_a_plugin_are_said_by_everyone():
    use_language("zh")
    try:
        assert gettext("Kind of barcode") == "条形码种类"
    finally:
        use_language("en")
