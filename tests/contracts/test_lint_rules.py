"""Every registered lint rule finds what its example holds, says so in both languages, and its fix mends it."""

from __future__ import annotations

from typing import Any

import pytest

from sartor.platform.definitions.compile import Compiler
from sartor.platform.definitions.extensions import Extensions
from sartor.platform.definitions.kinds import Kinds
from sartor.platform.definitions.system import system_documents
from sartor.platform.linting import lint_rules
from sartor.platform.linting.base import Rule
from sartor.platform.linting.finding import Finding
from sartor.platform.linting.linter import Linter
from sartor.platform.linting.mending import mended
from sartor.platform.text import LANGUAGES

RULES = list(lint_rules())
LINTER = Linter(Compiler(Kinds(Extensions.stock().seal())))
ids = [rule.key for rule in RULES]


def found(rule: Rule, documents: dict[str, Any]) -> list[Finding]:
    return [each for each in LINTER.lint(documents, held=()) if each.code == rule.key]


def design(rule: Rule) -> dict[str, Any]:
    return system_documents() | dict(rule.example)


@pytest.mark.parametrize("rule", RULES, ids=ids)
def test_it_finds_what_its_example_holds(rule: Rule) -> None:
    findings = found(rule, design(rule))
    assert findings
    assert {each.severity for each in findings} == {rule.severity}
    assert all(each.key in rule.example for each in findings)


@pytest.mark.parametrize("rule", RULES, ids=ids)
def test_it_is_quiet_where_there_is_nothing(rule: Rule) -> None:
    assert found(rule, dict(system_documents())) == []


@pytest.mark.parametrize("rule", RULES, ids=ids)
def test_it_speaks_both_languages(rule: Rule) -> None:
    for finding in found(rule, design(rule)):
        fixes = [*([finding.fix] if finding.fix else []), *finding.offers]
        said = [finding.said, *(each.said for each in fixes), rule.label]
        assert all(len({text[language] for language in LANGUAGES}) == 2 for text in said), said


@pytest.mark.parametrize("rule", RULES, ids=ids)
def test_its_place_is_there(rule: Rule) -> None:
    documents = design(rule)
    for finding in found(rule, documents):
        here: Any = documents[finding.key]
        for part in finding.pointer.split("/")[1:]:
            here = here[int(part)] if isinstance(here, list) else here[part]


@pytest.mark.parametrize("rule", RULES, ids=ids)
def test_its_fix_mends_it_and_breaks_nothing(rule: Rule) -> None:
    documents = design(rule)
    findings = [each for each in found(rule, documents) if each.fix]
    changed = mended(documents, findings)
    after = {key: each for key, each in {**documents, **changed}.items() if each is not None}
    left = {(each.key, each.pointer) for each in found(rule, after)}
    assert LINTER.compiler.check(after) == []
    assert left.isdisjoint((each.key, each.pointer) for each in findings)


@pytest.mark.parametrize("rule", RULES, ids=ids)
def test_each_way_that_it_offers_mends_it_and_breaks_nothing(rule: Rule) -> None:
    documents = design(rule)
    for finding in found(rule, documents):
        names = [each.name for each in finding.offers]
        assert len(set(names)) == len(names)
        for name in names:
            after = documents | mended(documents, [finding.taking(name)])
            assert LINTER.compiler.check(after) == [], name
            assert (finding.key, finding.pointer) not in {(each.key, each.pointer) for each in found(rule, after)}, name


@pytest.mark.parametrize("rule", RULES, ids=ids)
def test_it_has_a_fix_or_says_why_not(rule: Rule) -> None:
    findings = found(rule, design(rule))
    assert all(each.fix or each.offers for each in findings), "of its example"
    assert rule.unmended is None or set(rule.unmended) == set(LANGUAGES)


def test_these_leave_a_person_the_choice() -> None:
    offering = {rule.key for rule in RULES if any(each.offers for each in found(rule, design(rule)))}
    assert offering == {"L302", "L303", "L305", "L502"}


def test_codes_are_stable() -> None:
    assert sorted(ids) == [
        "L101", "L102", "L103", "L201", "L202", "L301", "L302", "L303", "L304", "L305", "L306", "L401", "L402", "L501",
        "L502",
    ]  # fmt: skip
