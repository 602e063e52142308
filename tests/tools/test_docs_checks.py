"""docs/checks.md names every rule of the linter with its severity and labels."""

from __future__ import annotations

from sources import ROOT

from sartor.platform.linting import lint_rules


def test_why_something_has_no_fix_is_documented() -> None:
    text = " ".join((ROOT / "docs" / "checks.md").read_text("utf-8").split())
    for rule in lint_rules():
        assert rule.unmended is None or f"- {rule.key}: {rule.unmended['en']}" in text, rule.key


def test_every_code_is_documented_as_it_is() -> None:
    text = (ROOT / "docs" / "checks.md").read_text("utf-8")
    lines = [line.split(" | ")[:4] for line in text.splitlines() if line.startswith("| L")]
    told = {(code.removeprefix("| "), severity, en, zh) for code, severity, en, zh in lines}
    assert told == {(rule.key, str(rule.severity), rule.label["en"], rule.label["zh"]) for rule in lint_rules()}
