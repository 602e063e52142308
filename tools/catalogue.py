"""Brings the Chinese catalogue up to date with the sources: new messages come in empty, gone ones go, order is kept.

    python tools/catalogue.py          rewrites the catalogue and lists what is to be translated
    python tools/catalogue.py FILE     fills it first from a JSON object of message to translation

Chinese has one form, but a message such as “One problem.” does not hold the number that its plural does: the catalogue
has two forms, so that the first may do without it.
"""

from __future__ import annotations

import argparse
import io
import json
import re
import sys
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
CHINESE = LOCALE / "zh_Hans" / "LC_MESSAGES" / "sartor.po"
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
    keywords = {**DEFAULT_KEYWORDS, "_": None, "_lazy": None}
    found = extract_from_dir(str(ROOT), methods, options, keywords=keywords)
    return {first(message): message for _file, _line, message, _comments, _context in found} | schema_messages()


def schema_messages() -> dict[str, Message]:
    """Titles, hints and headings of the schemas: designers show them."""
    kinds = Kinds(Extensions.stock().seal())
    return {text: text for kind in KINDS for text in texts(kinds.schema(kind))}


def first(message: Message) -> str:
    return message if isinstance(message, str) else message[0]


def merged(known: Catalog, filled: dict[str, str]) -> Catalog:
    fresh = read_po(io.BytesIO(HEADER.encode()), locale="zh_Hans")  # takes the number of forms from the header
    for key, message in messages().items():
        entry = known.get(key)
        said = filled.get(key) or (last(entry.string) if entry else "")
        fresh.add(message, said if isinstance(message, str) else forms(key, said))
    return fresh


def last(string: str | tuple[str, ...] | list[str]) -> str:
    return string if isinstance(string, str) else string[-1]


def forms(singular: str, said: str) -> tuple[str, str]:
    return (said if "%(n)s" in singular else said.replace("%(n)s", "1"), said)


def main() -> None:
    asking = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asking.add_argument("file", nargs="?", type=Path, help="a JSON object of message to translation")
    file_name: Path | None = asking.parse_args().file
    filled = json.loads(file_name.read_text(encoding="utf-8")) if file_name else {}
    with CHINESE.open("rb") as file:
        fresh = merged(read_po(file, locale="zh_Hans"), filled)
    text = io.BytesIO()
    write_po(text, fresh, width=110, no_location=True, sort_output=True, omit_header=True)
    CHINESE.write_text(HEADER + re.sub(r"\n+\Z", "\n", text.getvalue().decode()), encoding="utf-8")
    missing = [message.id for message in fresh if message.id and not last(message.string)]
    sys.stdout.write("".join(f"{json.dumps(first(each), ensure_ascii=False)}\n" for each in missing))


if __name__ == "__main__":
    main()
