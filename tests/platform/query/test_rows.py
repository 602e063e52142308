"""The query builder: what it shows of a filter, written again, is the same filter."""

from __future__ import annotations

from datetime import date
from typing import Any

import crm
import everything
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sartor.platform.definitions.compile.compiler import compile_documents
from sartor.platform.definitions.compile.scope import ModelScope
from sartor.platform.definitions.extensions import Extensions
from sartor.platform.definitions.kinds import Kinds
from sartor.platform.expressions import BOOLEAN, check, parse, print_expression
from sartor.platform.fields.base import Reading
from sartor.platform.fields.operators import PERIODS, Needs
from sartor.platform.query.rows import JOINS, Rows
from sartor.platform.query.subjects import Subject

MODEL = compile_documents(crm.documents(), Kinds(Extensions.installed().seal()))
ROWS = Rows(MODEL, "deal", Reading(zone="Asia/Shanghai"), {"old": "deal"})
PATHS = [
    "name", "account", "stage", "amount", "probability", "close_on", "closed_at", "owner", "department", "contacts",
    "account.industry", "account.tags", "account.owner", "account.phone", "stage.outcome", "amount.currency",
    "old.stage", "lines_total", "weighted", "number", "created_at", "id",
]  # fmt: skip
RECORDS = st.sampled_from(["00E5V2JQ00003", "00E5V2JQ0000G"])
THINGS = Rows(compile_documents(everything.documents(), Kinds(Extensions.installed().seal())), "thing", ROWS.reading)
"""A field of every type, also behind a lookup of two steps."""
ALL = {"deal": ROWS, "thing": THINGS}
NAMES = {"deal": PATHS, "thing": [f"{way}its_{each}" for way in ("", "above.above.") for each in everything.KINDS]}
TYPED: dict[str, Any] = {
    "text": st.text("abc'上海 ", min_size=1, max_size=6).filter(str.strip),
    "number": st.decimals(-9999, 9999, places=2).map(str),
    "percent": st.integers(0, 100).map(str),
    "date": st.dates(date(1970, 1, 1), date(2900, 1, 1)).map(str),
    "record": RECORDS,
}


def values_of(about: Subject, needs: Needs) -> Any:
    asks = about.asks("en")
    if needs in (Needs.ONE, Needs.MANY) and about.field.face.type.key == "phone":
        return st.just(["010 8888"])
    one = st.sampled_from([key for key, _text in asks.options]) if asks.kind == "choice" else TYPED[asks.kind]
    one = st.integers(1, 5).map(str) if about.kind.name == "integer" and asks.kind == "number" else one
    counts = {Needs.NOTHING: (0, 0), Needs.ONE: (1, 1), Needs.TWO: (2, 2), Needs.MANY: (1, 3)}
    if needs is Needs.PERIOD:
        return st.lists(st.sampled_from(list(PERIODS)), min_size=1, max_size=1)
    if needs is Needs.DAYS:
        return st.lists(st.integers(1, 999).map(str), min_size=1, max_size=1)
    least, most = counts[needs]
    return st.lists(one, min_size=least, max_size=most)


@st.composite
def rows(draw: Any, name: str) -> dict[str, Any]:
    about = ALL[name].subject(draw(st.sampled_from(NAMES[name])).split("."))
    assert about is not None
    operator = draw(st.sampled_from(about.operators))
    return {"path": about.name, "operator": operator.key, "values": draw(values_of(about, operator.needs))}


def groups(items: Any) -> Any:
    return st.fixed_dictionaries(
        {"join": st.sampled_from(list(JOINS)), "items": st.lists(items, min_size=1, max_size=3)}
    )


TREES = st.sampled_from(list(ALL)).flatmap(
    lambda name: st.tuples(st.just(name), groups(st.recursive(rows(name), groups, max_leaves=5)))
)


def bare(tree: dict[str, Any]) -> dict[str, Any]:
    """A tree as if somebody had touched each of its rows."""
    if "items" in tree:
        return {**tree, "items": [bare(each) for each in tree["items"]]}
    return {name: each for name, each in tree.items() if name != "text" or "path" not in tree}


def leaves(tree: dict[str, Any]) -> list[dict[str, Any]]:
    return [leaf for each in tree["items"] for leaf in leaves(each)] if "items" in tree else [tree]


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(TREES)
def test_what_is_clicked_together_is_a_fixed_point(found):
    place, tree = ALL[found[0]], found[1]
    text = place.write(tree)
    again = place.read(text)
    assert all("path" in leaf for leaf in leaves(again)), text
    assert place.write(again) == text
    assert place.write(bare(again)) == text


EXAMPLE = {"text": "abc", "number": "3", "percent": "15", "date": "2026-05-01", "record": "00E5V2JQ00003"}


def example_of(about: Subject, needs: Needs) -> list[str]:
    asks = about.asks("en")
    one = asks.options[0][0] if asks.kind == "choice" else EXAMPLE[asks.kind]
    one = "010 8888" if about.field.face.type.key == "phone" else one
    days, period = ["7"], ["this_month"]
    return {Needs.NOTHING: [], Needs.TWO: [one, one], Needs.DAYS: days, Needs.PERIOD: period}.get(needs, [one])


@pytest.mark.parametrize("name", ALL)
def test_whatever_every_field_offers_is_understood_by_the_language(name):
    place, scope = ALL[name], ModelScope(ALL[name].model)
    for path in NAMES[name]:
        about = place.subject(path.split("."))
        for operator in about.operators:
            text = about.written(operator, example_of(about, operator.needs), place.reading)
            check(text, scope, name, expect=BOOLEAN, roots=place.roots)
            assert [leaf.get("path") for leaf in leaves(place.read(text))] == [path], text


@pytest.mark.parametrize(
    ("text", "join"),
    [
        ("not (amount > 3 or name is blank)", "nor"),
        ("not (amount > 3 and name is blank)", "nand"),
        ("not amount > 3", "nor"),
        ("not (owner = me() or owner in reports())", "nor"),
    ],
)
def test_what_stands_behind_not_is_a_group_of_rows(text, join):
    tree = ROWS.read(text)
    assert tree["join"] == join
    assert all("path" in leaf for leaf in leaves(tree))
    assert ROWS.write(bare(tree)) == text


@pytest.mark.parametrize(
    "text",
    [
        "stage != 'lost' and amount * 2 > 3",
        "amount between 1 and 2 or not (owner = me()) and name is blank",
        "discount > 15%",
        "account.name = 'x' and (close_on in last(30) or (owner = me() or owner in reports()))",
        "closed_at > d'2026-05-01T10:30:15Z' or is_nothing(name)",
        "stage in ['won', 'nowhere']",
        "not (amount > 3 and amount < 5)",
    ],
)
def test_a_filter_that_nobody_touches_stays_as_it_was_written(text):
    assert ROWS.write(ROWS.read(text)) == print_expression(parse(text))


def test_what_no_row_can_say_stays_text():
    tree = ROWS.read("amount > 1 and len(name) > 3")
    assert [sorted(each) for each in tree["items"]] == [["operator", "path", "text", "values"], ["text"]]


def test_another_spelling_is_understood_and_written_as_the_builder_does():
    (row,) = ROWS.read("stage != 'lost'")["items"]
    assert (row["operator"], row["values"]) == ("is_not", ["lost"])
    assert ROWS.write({"join": "and", "items": [bare(row)]}) == "not stage = 'lost'"
