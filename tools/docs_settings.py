"""Writes `docs/settings.md`, the table of settings, from what they declare. A test asserts that it is current.

python tools/docs_settings.py
"""

from __future__ import annotations

from pathlib import Path

from sartor.platform.settings import SETTINGS

PAGE = Path(__file__).parent.parent / "docs" / "settings.md"
HEAD = """# Settings

Made by `python tools/docs_settings.py` from `platform/settings.py`; do not edit by hand.

Settings are environment variables. A wrong value, or a name that does not exist, is refused at start with the
variable, the value and what was expected.

| variable | default | meaning |
|---|---|---|
"""


def page() -> str:
    """The whole page."""
    rows = (f"| `{each.name}` | {f'`{each.default}`' if each.default else ''} | {each.help} |" for each in SETTINGS)
    return HEAD + "\n".join(rows) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8", newline="\n")
