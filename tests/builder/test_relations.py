"""The diagram of relations on the server: which cards and lines there are, and what is not published."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

SET = "drawn"


@pytest.fixture
def graph(boss, office) -> Iterator[Any]:
    def ask(name: str = "main") -> dict[str, Any]:
        return boss.get(f"/build/{name}/-/relations").json

    yield ask
    office.workspace.publisher.sets.discard(name=SET)


def lines(found: dict[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    return {(each["source"], each["field"]): each for each in found["lines"]}


def test_the_page_is_linked_from_entities_and_from_the_navigation(boss):
    assert boss.get("/build/main/entities").text.count('href="/build/main/relations"') == 2
    assert "sartor-relations" in boss.get("/build/main/relations").text


def test_lookups_are_many_to_one_and_lines_one_to_many(graph):
    found = lines(graph())
    assert (found["deal", "account"]["target"], found["deal", "account"]["ends"]) == ("account", ["n", "1"])
    assert (found["deal", "lines"]["target"], found["deal", "lines"]["ends"]) == ("deal_line", ["1", "n"])


def test_the_way_back_of_a_line_is_not_drawn_twice(graph):
    pairs = [{each["source"], each["target"]} for each in graph()["lines"]]
    assert pairs.count({"deal", "deal_line"}) == 1


def test_a_card_tells_its_fields_and_the_apps_that_show_it(graph):
    deal = next(each for each in graph()["cards"] if each["name"] == "deal")
    assert (deal["label"], deal["apps"], deal["mark"], deal["system"]) == ("Deal", ["crm"], "", False)
    assert deal["fields"] > 3


def test_cards_that_are_called_the_same_are_told_apart_by_their_names(graph, office):
    sets = office.workspace.publisher.sets
    twin = {"label": "Deal", "title": "name", "fields": {"name": {"type": "text", "label": "Name", "order": 1}}}
    sets.put("entity/deal_2", twin, name=SET)
    found = {each["name"]: (each["label"], each["short"]) for each in graph(SET)["cards"]}
    assert (found["deal"], found["deal_2"]) == (("Deal (deal)", "Deal"), ("Deal (deal_2)", "Deal"))
    assert found["account"] == ("Account", "Account")


def test_what_is_not_published_is_marked(graph, office):
    sets = office.workspace.publisher.sets
    account = sets.document("entity/account", SET)
    lookup = {"type": "link", "label": "Deals", "options": {"entity": "deal"}}
    sets.put("entity/account", {**account, "fields": {**account["fields"], "deals": lookup}}, name=SET)
    found = graph(SET)
    assert lines(found)["account", "deals"]["ends"] == ["n", "n"]
    assert lines(found)["account", "deals"]["is_new"]
    assert next(each for each in found["cards"] if each["name"] == "account")["mark"] == "edited"
    assert ("account", "deals") not in lines(graph())


def test_only_who_designs_sees_it(ann):
    assert ann.get("/build/main/-/relations").status_code == 403
