"""The designers of apps and roles on the server: their pages, and what an edited role changes for whom."""

from __future__ import annotations

import json

import pytest

from sartor.platform.publishing.names.renaming import renamed
from sartor.platform.publishing.names.rewriting import Rename

SET = "rights"


@pytest.fixture
def edit(office):
    sets = office.workspace.publisher.sets
    role = sets.document("role/seller", SET)
    deal = {**role["grants"]["deal"], "scope": "own", "fields": {"*": "write", "amount": "read"}}
    sets.put("role/seller", {**role, "grants": {**role["grants"], "deal": deal}}, name=SET)
    yield
    sets.discard(name=SET)


def test_the_lists_lead_to_the_designers(boss):
    assert 'href="/build/main/apps/crm"' in boss.get("/build/main/apps").text
    assert 'href="/build/main/roles/seller"' in boss.get("/build/main/roles").text


def test_the_overview_leads_to_views_apps_and_roles(boss):
    page = boss.get("/build/main").text
    assert [f'href="/build/main/{name}"' in page for name in ("views", "apps", "roles")] == [True] * 3


def test_an_app_offers_views_and_dashboards(boss):
    page = boss.get("/build/main/apps/crm").text
    assert "view/deal.board" in page
    assert "dashboard/all" in page


def test_a_role_has_a_row_for_each_entity_but_not_for_lines(boss):
    page = boss.get("/build/main/roles/seller").text
    assert "account" in page
    assert "deal_line" not in page


def test_the_fields_of_an_entity_come_when_it_is_opened(boss):
    assert "industry_of_account" not in boss.get("/build/main/roles/seller").text
    found = json.loads(boss.get("/build/main/-/role-fields?entity=deal").text)
    assert {each["name"]: each["computed"] for each in found}["industry_of_account"] is True
    assert boss.get("/build/main/-/role-fields?entity=dael").status_code == 404


def test_what_is_not_edited_changes_nothing_and_holders_are_counted(boss):
    found = json.loads(boss.get(f"/build/{SET}/roles/seller/changes").text)
    assert (found["holders"], len(found["names"]), found["sentences"]) == (1, 1, [])


def test_a_renamed_role_is_the_one_that_people_have(boss, office):
    sets = office.workspace.publisher.sets
    sets.put_all(renamed(sets.documents(SET), Rename("role/seller", "salesman"), office.workspace.kinds), name=SET)
    found = json.loads(boss.get(f"/build/{SET}/roles/salesman/changes").text)
    assert (found["holders"], found["sentences"]) == (1, [])
    sets.discard(name=SET)


def test_an_edit_is_told_in_sentences_for_this_role_only(boss, edit):
    found = json.loads(boss.get(f"/build/{SET}/roles/seller/changes").text)["sentences"]
    assert any("sees less" in each for each in found)
    assert any("Amount" in each for each in found)
    assert json.loads(boss.get(f"/build/{SET}/roles/manager/changes").text)["sentences"] == []


def test_whoever_may_not_design_learns_nothing_of_roles(ann):
    assert ann.get("/build/main/roles/seller/changes").status_code == 403
