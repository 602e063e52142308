"""Whatever file of the house a page of the documentation names is there."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LISTED = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
COMMITTED = sorted(LISTED.stdout.rstrip("\0").split("\0"))
PAGES = [name for name in COMMITTED if name.endswith(".md")]
HOUSE = {name.partition("/")[0] for name in COMMITTED if "/" in name}
CODE = (".py", ".ts", ".mjs", ".html", ".css")
EXAMPLES = {"credit_code/__init__.py", "credit_code/credit_code.py", *CODE}
"""What a page tells its reader to write, and kinds of files."""
PLACES = ("NAME", "KIND")
"""They stand for what a reader chooses."""


def named(page: str) -> list[str]:
    """Paths from the root, and files of code by the end of theirs."""
    words = re.findall(r"`([\w./-]+)`", (ROOT / page).read_text(encoding="utf-8"))
    return [each for each in words if each.endswith(CODE) or ("/" in each and each.partition("/")[0] in HOUSE)]


def is_there(name: str) -> bool:
    return (ROOT / name).exists() or any(f"/{each}".endswith(f"/{name}") for each in COMMITTED)


def is_example(name: str) -> bool:
    return name in EXAMPLES or any(each in name for each in PLACES)


@pytest.mark.parametrize("page", PAGES)
def test_every_file_that_a_page_names_is_there(page):
    assert [name for name in named(page) if not is_example(name) and not is_there(name)] == []
