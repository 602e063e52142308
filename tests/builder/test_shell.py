"""The frame of the builder: who gets in, what it leads to, and what it says of unpublished edits."""

from __future__ import annotations

import re

import pytest
from sources import ROOT

from sartor.builder import builder, navigation
from sartor.builder.mounted import MODULES
from sartor.platform.publishing.names.rewriting import Rename


@pytest.fixture
def edit(office):
    label = {"label": {"en": "Deals", "zh": "商机"}}
    entity = office.workspace.publisher.sets.document("entity/deal")
    office.workspace.publisher.sets.put("entity/deal", {**entity, **label}, name="spring")
    yield
    office.workspace.publisher.sets.discard(name="spring")


def test_whoever_may_not_design_gets_no_page_and_no_link(ann):
    assert ann.get("/build/main").status_code == 403
    assert "/build" not in ann.get("/app").text


def test_whoever_may_design_finds_the_builder_from_work(boss):
    assert 'href="/build"' in boss.get("/app").text
    assert boss.get("/build").headers["Location"] == "/build/main"


def test_a_page_without_edits_shows_no_draft(boss):
    assert re.search(r"data-draft data-edits=\"0\" hidden", boss.get("/build/main").text)


def test_edits_are_counted_and_leave_other_change_sets_alone(boss, edit):
    page = boss.get("/build/spring").text
    assert "Draft: one edit on revision 2" in page
    assert 'href="/build/main"' in page
    assert re.search(r"data-edits=\"0\" hidden", boss.get("/build/main").text)


def test_what_is_no_name_of_a_change_set_is_no_page(boss):
    assert boss.get("/build/No-Name").status_code == 404


def test_a_change_set_goes_by_its_title(office, boss):
    sets = office.workspace.publisher.sets
    sets.call("set", "客户整理")
    assert "客户整理</span>" in boss.get("/build/set").text
    assert "客户整理</span>" in boss.get("/build/main").text
    sets.discard(name="set")


def test_the_navigation_shows_only_what_there_is(office):
    endpoints = {name.partition(".")[2] for name in office.app.view_functions if name.startswith("builder.")}
    with office.app.test_request_context("/build/main"):
        shown = [link.url for group in navigation.groups("overview", {}) for link in group.links]
    assert len(shown) == len({each.endpoint for each in navigation.entries()} & endpoints)


def test_every_module_of_pages_is_mounted():
    files = {path.stem for path in (ROOT / "builder" / "pages").glob("*.py")} - {"__init__"}
    assert files == {module.__name__.rpartition(".")[2] for module in MODULES}


def test_every_route_of_the_builder_asks_for_the_right_to_design():
    assert {policy.ability for policy in builder.policies.values()} == {"design"}


def test_a_field_under_another_name_is_no_new_one_where_it_is_retired(office, boss):
    sets = office.workspace.publisher.sets
    sets.rename(Rename("entity/deal", "worth", "amount"), name="spring")
    page = boss.get("/build/spring/definitions/entity/deal?field=worth").text
    sets.discard(name="spring")
    assert 'data-field="worth"' in page
    assert "data-new" not in page


def test_where_something_is_used_it_can_be_retired(boss):
    page = boss.get("/build/main/definitions/entity/deal?field=amount").text
    assert 'data-retire-key="entity/deal" data-field="amount"' in page
    assert "data-new" not in page
