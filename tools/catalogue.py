"""Brings the Chinese catalogue up to date with the sources: new messages come in empty, gone ones go, order is kept.

    python tools/catalogue.py          rewrites the catalogue and lists what is to be translated
    python tools/catalogue.py FILE     fills it first from a JSON object of message to translation
    … --plugin FOLDER                  the same for the catalogue of a plugin, which holds what ours does not

Chinese has one form, but a message such as “One problem.” does not hold the number that its plural does: the catalogue
has two forms, so that the first may do without it.
"""

from __future__ import annotations

import argparse
import io
import json
import re
import sys
from functools import partial
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po

from sartor.platform.definitions.extensions import Extensions
from sartor.platform.definitions.kinds import KINDS, Kinds
from sartor.platform.definitions.wording import texts

ROOT = Path(__file__).parent.parent
LOCALE = ROOT / "platform" / "ui" / "locale"
INSIDE = Path("locale", "zh_Hans", "LC_MESSAGES", "sartor.po")
CHINESE = LOCALE.parent / INSIDE
JINJA = {"extensions": "jinja2.ext.do", "trimmed": "true", "newstyle_gettext": "true", "silent": "false"}
HEADER = """# Sartor in simplified Chinese.
msgid ""
msgstr ""
"Project-Id-Version: Sartor\\n"
"Language: zh_Hans\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""
Message = str | tuple[str, ...]


def messages() -> dict[str, Message]:
    """All messages of the sources by their first form."""
    with (LOCALE / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    return extracted(ROOT, methods, options) | schema_messages(Extensions.stock())


def plugin_messages(folder: Path) -> dict[str, Message]:
    """Those of a plugin that ours are without. Its types are read from its modules, installed or not."""
    ours = messages()
    found = extracted(folder, [("**.py", "python"), ("**.html", "jinja2")], {"**.html": JINJA})
    extensions = Extensions.stock()
    for registry in extensions.registries:
        registry.discover(module_of(folder))
    found |= schema_messages(extensions)
    return {key: message for key, message in found.items() if key not in ours}


def module_of(folder: Path) -> str:
    """The package in a folder; its parents count as far as they are packages."""
    names, place = [folder.name], folder
    while (place := place.parent) and (place / "__init__.py").exists():
        names.insert(0, place.name)
    if place == ROOT:
        return ".".join(["sartor", *names])
    sys.path.insert(0, str(place))
    return ".".join(names)


def extracted(folder: Path, methods: list[tuple[str, str]], options: dict[str, dict[str, str]]) -> dict[str, Message]:
    keywords = {**DEFAULT_KEYWORDS, "_": None, "_lazy": None}
    found = extract_from_dir(str(folder), methods, options, keywords=keywords)
    return {first(message): message for _file, _line, message, _comments, _context in found}


def schema_messages(extensions: Extensions) -> dict[str, Message]:
    """Titles, hints and headings of the schemas: designers show them."""
    kinds = Kinds(extensions.seal())
    return {text: text for kind in KINDS for text in texts(kinds.schema(kind))}


def first(message: Message) -> str:
    return message if isinstance(message, str) else message[0]


def merged(known: Catalog, filled: dict[str, str], wanted: dict[str, Message]) -> Catalog:
    fresh = read_po(io.BytesIO(HEADER.encode()), locale="zh_Hans")  # takes the number of forms from the header
    for key, message in wanted.items():
        entry = known.get(key)
        said = filled.get(key) or (last(entry.string) if entry else "")
        kept = entry.string if entry and key not in filled and isinstance(entry.string, tuple) else forms(key, said)
        fresh.add(message, said if isinstance(message, str) else kept)
    return fresh


def last(string: str | tuple[str, ...] | list[str]) -> str:
    return string if isinstance(string, str) else string[-1]


def forms(singular: str, said: str) -> tuple[str, str]:
    return (said if "%(n)s" in singular else said.replace("%(n)s", "1"), said)


def main() -> None:
    asking = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asking.add_argument("file", nargs="?", type=Path, help="a JSON object of message to translation")
    asking.add_argument("--plugin", type=Path, metavar="FOLDER", help="whose catalogue it is, in its folder locale")
    asked = asking.parse_args()
    filled = json.loads(asked.file.read_text(encoding="utf-8")) if asked.file else {}
    path, wanted = CHINESE, messages
    if asked.plugin:
        folder = asked.plugin.resolve()
        path, wanted = folder / INSIDE, partial(plugin_messages, folder)
    path.parent.mkdir(parents=True, exist_ok=True)
    known = read_po(io.BytesIO(path.read_bytes() if path.exists() else HEADER.encode()), locale="zh_Hans")
    fresh = merged(known, filled, wanted())
    text = io.BytesIO()
    write_po(text, fresh, width=110, no_location=True, sort_output=True, omit_header=True)
    path.write_text(HEADER + re.sub(r"\n+\Z", "\n", text.getvalue().decode()), encoding="utf-8")
    missing = [message.id for message in fresh if message.id and not last(message.string)]
    sys.stdout.write("".join(f"{json.dumps(first(each), ensure_ascii=False)}\n" for each in missing))


if __name__ == "__main__":
    main()
