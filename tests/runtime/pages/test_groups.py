"""A grouped list: records with the same value stand together under it, page by page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

import pytest
from crm import DOCUMENTS
from offices import Office, open_office

LIST = "/app/crm/account/grouped"
VIEW = {
    "entity": "account",
    "type": "list",
    "label": "Grouped",
    "columns": {"name": {"order": 1}},
    "sort": ["-name"],
    "group": "industry",
}

BY_NAME = {
    "entity": "contact",
    "type": "list",
    "label": "By name",
    "columns": {"email": {"order": 1}},
    "group": "name",
}
VIEWS = {"view/account.grouped": VIEW, "view/contact.by_name": BY_NAME}


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def office(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder: Path = tmp_path_factory.mktemp("office")
    url = f"sqlite:///{folder / 'sartor.db'}"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres_module_url")
    with open_office(url, folder, deepcopy(DOCUMENTS) | VIEWS) as office:
        office.hire("boss", "administrator")
        for number in range(60):
            industry = ("it", "retail", None)[number % 3]
            office.make("account", {"name": f"Customer {number:02d}", "industry": industry}, by="boss")
        yield office


def headings(markup: str) -> list[str]:
    return re.findall(r'class="group-row"><th[^>]*>([^<]*)<', markup)


def names(markup: str) -> list[str]:
    return re.findall(r"data-open[^>]*>(Customer \d+)<", markup)


def test_each_group_has_one_heading_over_all_pages(visit):
    browser = visit("boss")
    first = browser.get(LIST)
    following = next(each for each in first.links("cursor=") if "account" in each)
    rest = browser.fragment(following)
    assert headings(first.markup) == ["IT", "Retail", "Without a value"]
    assert headings(rest.markup) == []
    assert len(names(first.markup) + names(rest.markup)) == 60


def test_the_order_of_the_view_holds_within_a_group(visit):
    shown = names(visit("boss").get(LIST).markup)[:20]
    assert shown == sorted(shown, reverse=True)
    assert {int(name[-2:]) % 3 for name in shown} == {0}


def test_an_order_of_the_readers_own_has_no_groups(visit):
    assert headings(visit("boss").get(f"{LIST}?sort=name").markup) == []


def test_the_publish_makes_the_index_that_the_groups_ask_for(office):
    plan = office.workspace.publisher.plan_documents(office.workspace.serving().design.documents)
    assert plan.steps == ()
    assert office.workspace.serving().model.views["account.grouped"].sort == ("industry", "-name")


@pytest.mark.parametrize("group", ["tags", "primary_contact.name", "none"])
def test_what_has_no_order_cannot_group(office, group):
    documents = dict(office.workspace.serving().design.documents)
    documents["view/account.grouped"] = VIEW | {"group": group}
    assert [each.field for each in office.workspace.compiler.check(documents)] == ["/group"]


def test_a_board_has_no_groups(office):
    documents = dict(office.workspace.serving().design.documents)
    documents["view/deal.board"] = documents["view/deal.board"] | {"group": "name"}
    assert [each.code for each in office.workspace.compiler.check(documents)] == ["unused"]


def test_other_letters_are_no_other_group(office: Office, visit):
    """In one order they stand among one another: each would have a heading of its own, over and over."""
    for name in ("hangzhou", "Hangzhou", "hangzhou", "Hangzhou"):
        office.make("contact", {"name": name, "email": "a@example.com", "account": customer(office, name)}, by="boss")
    assert headings(visit("boss").get("/app/crm/contact/by_name").markup) == ["hangzhou"]


def customer(office: Office, name: str) -> str:
    return office.make("account", {"name": name}, by="boss")
