"""Every designer is tested in a browser by mouse, by keys and by finger."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

HERE = Path(__file__).parent
DESIGNERS = Path(__file__).parents[3] / "builder" / "frontend" / "src"
TESTS = {
    "app": "test_apps", "board": "test_dashboards", "entity": "test_entities", "form": "test_form_designer",
    "options": "test_options", "pipeline": "test_pipelines", "relations": "test_relations", "report": "test_reports",
    "role": "test_roles", "template": "test_template_designer", "view": "test_views",
}  # fmt: skip
HANDS = {"mouse": r"\.(dbl)?click\(|\bdrag\(|\.mouse\.", "keys": r"\.press\(", "finger": r"\.tap\(|finger_drag\("}


def designers() -> set[str]:
    found = (path for path in DESIGNERS.glob("*/designer.ts") if "customElements.define(" in path.read_text("utf-8"))
    return {path.parent.name for path in found}


def bodies(module: str) -> Iterator[str]:
    text = (HERE / f"{module}.py").read_text("utf-8")
    for node in ast.parse(text).body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            yield ast.get_source_segment(text, node) or ""


def test_every_designer_says_where_it_is_tested() -> None:
    assert set(TESTS) == designers()


@pytest.mark.parametrize("hand", HANDS)
@pytest.mark.parametrize("designer", TESTS)
def test_a_designer_is_tested_by_each_hand(designer: str, hand: str) -> None:
    assert any(re.search(HANDS[hand], body) for body in bodies(TESTS[designer]))
