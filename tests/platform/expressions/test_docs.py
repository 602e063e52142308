"""The page on expressions says what is so: its limits, its operators, its functions and examples."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from deals import plain

from sartor.platform.expressions import parse
from sartor.platform.expressions.functions import FUNCTIONS, GROUPS
from sartor.platform.expressions.grammar import GRAMMAR
from sartor.platform.expressions.limits import MAX_HEIGHT, MAX_LENGTH, MAX_NESTING, MAX_NODES
from sartor.platform.expressions.texts import MAX_RESULT
from sartor.platform.expressions.types import NAMES

PAGE = (Path(__file__).parents[3] / "docs" / "expressions.md").read_text(encoding="utf-8")


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_is_on_the_page_as_it_declares_itself(name: str) -> None:
    function = FUNCTIONS[name]
    also = f" (also {', '.join(f'`{alias}`' for alias in function.aliases)})" if function.aliases else ""
    cells = [f"`{_cell(function.signature)}`{also}", _cell(function.help["en"]), _cell(function.help["zh"])]
    cells += [f"`{_cell(part)}`" for part in function.example]
    assert f"| {' | '.join(cells)} |" in PAGE


def test_the_page_has_no_function_that_is_not_there() -> None:
    listed = PAGE[PAGE.index("## Functions") :]
    assert re.findall(r"^\| `(\w+)\(", listed, re.M) == [each.name for group in GROUPS.values() for each in group]


@pytest.mark.parametrize("most", [MAX_LENGTH, MAX_NODES, MAX_NESTING, MAX_HEIGHT, MAX_RESULT])
def test_the_limits_on_the_page_are_those_of_the_code(most: int) -> None:
    assert re.search(rf"\b{most:,}\b", PAGE[PAGE.index("5. **Cost.**") :])


def test_every_type_is_on_the_page() -> None:
    types = PAGE[PAGE.index("## Types") : PAGE.index("## Rules")]
    assert all(re.search(rf"^\| [a-z, ]*\b{name}\b", types, re.M) for name in NAMES if name != "null")


def test_every_keyword_of_the_grammar_is_on_the_page() -> None:
    keywords = re.findall(r"^[A-Z]+\.3: /(\w+)\(", GRAMMAR, re.M)
    assert all(keyword in PAGE for keyword in keywords)


@pytest.mark.parametrize("text", re.findall(r"^    (\S.*)$", PAGE, re.M))
def test_indented_examples_can_be_read(text: str) -> None:
    parse(text)


def test_operators_bind_as_the_table_says() -> None:
    table = PAGE[PAGE.index("tightest first") : PAGE.index("Spreadsheet spellings")]
    lines = [re.findall(r"`([^`]+)`", row.split("|")[1]) for row in table.splitlines() if row.startswith("| `")]
    assert [line[0] for line in lines] == ["-x", "*", "+", "??", "&", "=", "not", "and", "or"]


def test_the_rule_on_texts_holds(value) -> None:
    assert plain(value("'上海華為' = '上海华为'")) is True


def test_the_measure_on_the_page_can_be_checked(checked) -> None:
    assert checked("count(stage.outcome = 'won') / count()", aggregates=True).type.name == "decimal"
