"""Values that name no record, and what they were meant to say."""

from __future__ import annotations

import pytest

from sartor.platform.records.files.matching import Matcher, Miss, Near, group_misses, near_values

PRODUCTS = ["GTX Basic", "GTX Pro", "GTX Plus Pro", "MG Special"]


@pytest.mark.parametrize("value", ["GTXPro", "gtx pro", "GTX-PRO", "ＧＴＸ　Ｐｒｏ"])
def test_spaces_case_and_width_make_no_difference(value: str) -> None:
    assert near_values(value, PRODUCTS)[0] == Near("GTX Pro", 100)


@pytest.mark.parametrize(
    ("value", "meant"),
    [("Acme Corp.", "Acme Corporation"), ("Blueth Company", "Bluth Company"), ("青禾科技", "苏州青禾科技有限公司"),
     ("遠山貿易", "远山贸易")],
)  # fmt: skip
def test_near_names_are_proposed(value: str, meant: str) -> None:
    names = ["Acme Corporation", "Bluth Company", "苏州青禾科技有限公司", "远山贸易", "Zotware"]
    assert near_values(value, names)[0].value == meant


def test_only_equality_scores_a_hundred() -> None:
    assert all(one.score < 100 for one in near_values("GTX Pr", PRODUCTS))


def test_what_is_like_nothing_has_no_proposal() -> None:
    assert near_values("苹果", PRODUCTS) == ()
    assert near_values("---", PRODUCTS) == ()


def test_misses_are_counted_the_most_frequent_first() -> None:
    misses = group_misses(["GTXPro", "Unheard", "GTXPro"], PRODUCTS, limit=1)
    assert misses == [Miss("GTXPro", 2, (Near("GTX Pro", 100),)), Miss("Unheard", 1, ())]


def test_many_names_are_searched_quickly() -> None:
    matcher = Matcher(f"Company {number} Limited" for number in range(20_000))
    assert matcher.near("company19999limited")[0].value == "Company 19999 Limited"
