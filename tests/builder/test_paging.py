"""Long lists of the builder: a part of them at a time, and a search that finds what another part holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

SET = "long"
MANY = 130


@pytest.fixture
def many(office) -> Iterator[None]:
    """Entities that nobody has published, more than a page holds."""
    sets = office.workspace.publisher.sets
    fields = {"name": {"type": "text", "label": "Name"}}
    made = {f"entity/thing_{n}": {"label": f"Thing {n:03}", "title": "name", "fields": fields} for n in range(MANY)}
    sets.put_all(made, name=SET)
    yield
    sets.discard(name=SET)


def shown(page: Any) -> int:
    return page.text.count("entities/thing_")


@pytest.mark.usefixtures("many")
def test_a_page_holds_a_part_and_leads_to_the_next_one(boss):
    first, second = (boss.get(f"/build/{SET}/entities{more}") for more in ("", "?page=2"))
    assert shown(first) <= 100
    assert shown(first) + shown(second) == MANY
    assert ['rel="next"' in first.text, 'rel="prev"' in second.text] == [True, True]


@pytest.mark.usefixtures("many")
def test_a_search_finds_what_another_page_holds(boss):
    assert "Thing 129" not in boss.get(f"/build/{SET}/entities").text
    found = boss.get(f"/build/{SET}/entities?q=ing+129").text
    assert [f"Thing {n}" in found for n in (128, 129)] == [False, True]


@pytest.mark.usefixtures("many")
def test_changes_come_in_parts_and_are_counted_whole(boss):
    pages = [boss.get(f"/build/{SET}/changes?page={number}").text for number in (1, 2, 3)]
    assert [page.count('class="card-flat was-changed"') for page in pages] == [50, 50, 30]
    assert all(f"{MANY} changes" in page for page in pages)
    assert max(map(len, pages)) < 300_000


@pytest.mark.usefixtures("many")
def test_the_way_to_the_next_page_keeps_the_search_and_nothing_else(boss):
    page = boss.get(f"/build/{SET}/entities?q=thing&endpoint=x&_method=X&change_set=other&page=1")
    assert re.findall(r'rel="next" href="([^"]*)"', page.text) == [f"/build/{SET}/entities?q=thing&amp;page=2"]


@pytest.mark.usefixtures("many")
def test_what_is_done_on_a_page_leads_back_to_it(office, boss):
    forms = re.findall(r'action="([^"]*/changes/[^"]*)"', boss.get(f"/build/{SET}/changes?page=3").text)
    wanted = f"/build/{SET}/changes/discard?page=3"
    assert wanted in forms
    client, (key, csrf) = office.app.test_client(), office.sign_in("boss")
    client.set_cookie("sartor_session", key)
    done = client.post(wanted, data={"_csrf": csrf, "key": "entity/thing_129"})
    assert done.headers["Location"] == f"/build/{SET}/changes?page=3"
    refused = client.post(wanted.replace("discard", "take-out"), data={"_csrf": csrf, "change": "nothing"})
    assert (refused.status_code, refused.text.count('class="card-flat was-changed"')) == (409, 29)


@pytest.mark.usefixtures("many")
def test_beyond_the_end_is_the_last_page(boss):
    assert 'rel="prev"' in boss.get(f"/build/{SET}/entities?page=9").text


@pytest.mark.parametrize("path", ["templates", "pipelines", "options", "apps", "roles", "dashboards"])
def test_every_list_is_searched(boss, path):
    page, found = (boss.get(f"/build/main/{path}{more}").text for more in ("", "?q=nowhere"))
    assert ["Nothing found." in each for each in (page, found)] == [False, True]


def test_a_page_that_is_not_there_still_shows_a_list(boss):
    assert boss.get("/build/main/views?page=9&q=").text.count("<tbody>") > 0
    assert "Nothing found." in boss.get("/build/main/views?q=nowhere").text
