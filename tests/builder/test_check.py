"""The page Check: findings by definition, filtered by gravity, each with its fix."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any

import pytest

from sartor.platform.linting.rules.form_lacks_required import FormLacksRequired
from sartor.platform.linting.rules.unopened_entity import UnopenedEntity

BODY = re.compile(r'data-act data-url="[^"]*/lint/check/fix" data-body="([^"]*)"')
IDLE = {"label": {"en": "Fitter", "zh": "装配工"}, "grants": {}}


@pytest.fixture(autouse=True)
def edits(office: Any) -> Any:
    office.workspace.publisher.sets.put_all({**FormLacksRequired.example, "role/fitter": IDLE}, name="lint")
    yield
    office.workspace.publisher.sets.discard(name="lint")


def bodies(page: str) -> list[dict[str, str]]:
    return [
        json.loads(unescape(each))
        for each in re.findall(r'data-act data-url="[^"]*/lint/check/fix" data-body="([^"]*)"', page)
    ]


def test_each_finding_has_its_sentence_and_its_fix(boss):
    page = boss.get("/build/lint/check").text
    assert "Machine does not ask for Weight, which is required" in page
    assert {"code": "L103", "key": "form/machine.main", "path": "/sections"} in bodies(page)
    assert {"code": "L501", "key": "role/fitter", "path": ""} in bodies(page)


def test_where_it_is_a_choice_each_way_has_a_button(boss, office):
    office.workspace.publisher.sets.put_all(UnopenedEntity.example, name="lint")
    page = boss.get("/build/lint/check", language="zh").text
    found = re.search(r'<li data-finding="L502">.*?</li>', page, re.DOTALL)
    assert "对“业务员”开放：创建、查看、修改；记录范围：全部" in found[0]
    assert found[0].count("data-act") > 1


def test_each_finding_leads_to_its_place_even_a_whole_definition(boss):
    page = boss.get("/build/lint/check").text
    found = re.findall(r'<li data-finding="L501">.*?</li>', page, re.DOTALL)
    assert any('href="/build/lint/roles/fitter' in each for each in found), found


def test_it_is_filtered_by_gravity(boss):
    page = boss.get("/build/lint/check?severity=error").text
    assert "Machine does not ask for Weight" in page
    assert "Fitter opens nothing" not in page


def test_it_speaks_chinese(boss):
    page = boss.get("/build/lint/check", language="zh").text
    assert "表单“机器”没有必填字段“重量”" in page
    assert "错误" in page


def test_what_is_published_is_another_matter(boss):
    assert "Machine does not ask for Weight" not in boss.get("/build/main/check").text


def test_staff_gets_no_page(ann):
    assert ann.get("/build/lint/check").status_code == 403
