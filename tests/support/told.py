"""The commands of a page of documentation, each with what the page says that it prints."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

INDENT = "    "
FENCED = re.compile(r"^```text\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def told(page: Path) -> Iterator[tuple[str, str | None]]:
    """(command, output); None where the page shows none. An output belongs to the last command before it."""
    text = page.read_text(encoding="utf-8")
    for block in re.finditer(r"(?:^ {4}.+\n)+", FENCED.sub(_hidden, text), re.MULTILINE):
        commands = [line.removeprefix(INDENT) for line in block[0].replace("\\\n", " ").splitlines()]
        yield from ((command, None) for command in commands[:-1])
        shown = re.match(r"\s*```text\n(.*?)^```$", text[block.end() :], re.MULTILINE | re.DOTALL)
        yield commands[-1], shown[1] if shown else None


def _hidden(block: re.Match[str]) -> str:
    """As many characters that are no command."""
    return re.sub(r"[^\n]", ".", block[0])
