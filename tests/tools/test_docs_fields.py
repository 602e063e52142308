"""The page about field types says what the types say."""

from __future__ import annotations

import runpy
from pathlib import Path

from sartor.platform.definitions.extensions import Extensions

ROOT = Path(__file__).parent.parent.parent
TOOL = runpy.run_path(str(ROOT / "tools" / "docs_fields.py"))


def test_the_page_is_current():
    assert (ROOT / "docs" / "fields.md").read_text(encoding="utf-8") == TOOL["page"](), "run tools/docs_fields.py"


def test_every_type_has_its_section():
    page = TOOL["page"]()
    assert all(f"### {kind.key}\n" in page for kind in Extensions.installed().fields)
