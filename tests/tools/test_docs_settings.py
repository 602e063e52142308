"""The page about settings says what the settings say."""

from __future__ import annotations

import runpy
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
TOOL = runpy.run_path(str(ROOT / "tools" / "docs_settings.py"))


def test_the_page_is_current():
    assert (ROOT / "docs" / "settings.md").read_text(encoding="utf-8") == TOOL["page"](), "run tools/docs_settings.py"
