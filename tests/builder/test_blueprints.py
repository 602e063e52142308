"""The pages of blueprints: gallery, one of them, the plan of installing it, and what is refused kindly."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from offices import Office, open_office
from visits import Visitor

from sartor.builder.gallery.sketches import Drawn
from sartor.platform.model.ids import decode_id
from sartor.platform.packaging.installing.install import find_blueprint, install
from sartor.platform.storage import shipped
from sartor.runtime.handlers import jobs_of

GALLERY = "/build/main/blueprints"


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A workspace in which nothing is designed yet but what `base` brings."""
    folder: Path = tmp_path_factory.mktemp("fresh")
    with open_office(f"sqlite:///{folder / 'sartor.db'}", folder) as office:
        office.hire("boss", "administrator")
        install(office.workspace, [find_blueprint("base")], "L2")
        yield office


@pytest.fixture
def designer(fresh: Office, boss: Any) -> Any:
    return type(boss)(fresh, "boss")


def body(page: str) -> dict[str, Any]:
    found = re.search(r'data-deed data-url="[^"]*" data-body="([^"]*)"', page)
    assert found
    return dict(json.loads(unescape(found[1])))


def test_the_gallery_shows_what_is_there_and_what_can_be(designer):
    page = designer.get(GALLERY).text
    assert page.index("Customers") < page.index("Available") < page.index("Leads, deals")
    assert "12 entities" in page
    assert page.count('class="sketch"') == 2


def test_the_gallery_groups_digits_and_a_blueprint_joins_names_as_the_reader_does(fresh, designer):
    assert re.search(r"\d,\d{3} sample records", designer.get(GALLERY).text)
    document = fresh.workspace.serving().design.documents["blueprint/base"]
    twice = {**document, "label": {"en": "Twice", "zh": "两次"}, "requires": {"base": "^1", "sales": "^1"}}
    fresh.publish(
        {"blueprint/twice": {name: each for name, each in twice.items() if name not in ("origin", "shipped")}}
    )
    shown = designer.get(f"{GALLERY}/twice", language="zh").text
    fresh.publish({"blueprint/twice": None})
    assert '客户</a><span aria-hidden="true">、</span>' in shown


def test_pictures_are_drawn_from_samples_in_the_reader_s_language(designer):
    assert "Qualify" in designer.get(f"{GALLERY}/sales").text
    page = designer.get(f"{GALLERY}/sales", language="zh").text
    assert "验证客户" in page
    assert "商机看板，根据" not in page
    assert "“商机看板”，根据“销售”的示例数据绘制" in page


def test_a_blueprint_tells_its_levels_and_offers_to_switch(designer):
    page = designer.get(f"{GALLERY}/base").text
    assert "Data in order" in page
    assert "Switch to L3" in page
    assert 'data-url="/api/v1/change-sets/main/documents"' in page


def test_installing_shows_the_plan_of_what_was_chosen(designer):
    page = designer.get(f"{GALLERY}/sales/install").text
    assert "steps" in page
    assert body(page) == {
        "names": ["sales"], "level": "L1", "sample_data": False, "confirm": body(page)["confirm"],
    }  # fmt: skip


def test_level_and_samples_are_two_wishes(designer):
    page = designer.get(f"{GALLERY}/sales/install?level=L2&samples=yes").text
    assert (body(page)["level"], body(page)["sample_data"]) == ("L2", True)


def test_what_is_installed_is_not_installed_again(designer):
    assert "There is nothing to do" in designer.get(f"{GALLERY}/base/install").text


def test_a_taken_name_is_refused_kindly_and_by_name(boss):
    answer = boss.get(f"{GALLERY}/base/install")
    assert answer.status_code == 409
    assert "things of the same name" in answer.text
    assert "entity/account" in answer.text
    assert "Give your own another name" in answer.text


def test_taking_out_says_what_becomes_of_the_records(fresh, designer):
    fresh.make("product_category", {"name": "Tools"})
    page = designer.get(f"{GALLERY}/base/uninstall").text
    assert "come back with a rollback" in page
    assert "I have seen what goes out of sight" in page
    above = page.partition("steps</summary>")[0]
    assert "Product category" in above  # not only below the fold
    assert "<details open>" not in above  # what depends on it goes with it
    assert "become your own" in designer.get(f"{GALLERY}/base/uninstall?data=keep").text


def test_what_stands_on_it_is_led_to_and_the_data_can_be_kept(fresh, designer):
    lookup = {"type": "lookup", "label": "Customer", "options": {"entity": "account"}}
    fresh.publish({"entity/visit": {"label": "Visit", "title": "name", "fields": {
        "name": {"type": "text", "label": "Name"}, "account": lookup}}})  # fmt: skip
    answer = designer.get(f"{GALLERY}/base/uninstall")
    assert answer.status_code == 409
    assert "change that first, or keep the data" in answer.text
    assert 'href="/build/main/entities/visit#/fields/account' in answer.text
    assert 'name="data" value="keep"' in answer.text
    assert designer.get(f"{GALLERY}/base/uninstall?data=keep").status_code == 200


def test_what_was_customised_is_told_in_sentences(fresh, designer):
    assert "Everything is as it was shipped" in designer.get(f"{GALLERY}/base/changes").text
    account = dict(fresh.workspace.serving().design.documents["entity/account"])
    fresh.publish({"entity/account": {**account, "label": {"en": "Client", "zh": "客户"}}})
    page = designer.get(f"{GALLERY}/base/changes").text
    assert "One definition is not as it was shipped" in page
    assert "“Client”, was “Customer”" in page
    assert 'data-method="PUT" data-url="/api/v1/change-sets/main/documents/entity/account"' in page
    assert "One definition customised" in designer.get(GALLERY).text
    fresh.publish({"entity/account": account})


def test_scenarios_are_played_by_a_worker_and_told_in_the_end(fresh):
    boss, jobs = Visitor(fresh, "boss"), jobs_of(fresh.workspace)
    begun = boss.send(boss.get(f"{GALLERY}/base").form("/base/scenarios"))
    assert "It begins in a moment" in boss.follow(begun).text
    assert [jobs.run(number, "test") for number in jobs.waiting()] == [True]
    page = boss.follow(begun)
    assert [page.markup.count(f'<li class="{each}">') for each in ("good", "bad")] == [1, 1]
    assert "One scenario did not hold" in page.text  # one of them needs a higher level than is switched on
    told = fresh.get("boss", f"/jobs/{begun.location.rpartition('/')[2]}").json
    assert (told["progress"], told["total"]) == (2, 2)
    assert sorted(each["held"] for each in told["result"]["data"]) == [False, True]


def test_scenarios_are_stopped_and_are_for_designers(fresh, ann):
    begun, boss = fresh.post("boss", "/blueprints/base/scenarios", {"set": "main"}), Visitor(fresh, "boss")
    assert begun.status == 202
    there = f"{GALLERY}/base/scenarios/{begun.json['job']}"
    assert ann.get(there).status_code == 403
    assert "Stopped" in boss.follow(boss.send(boss.get(there).form("/cancel"))).text
    assert fresh.post("boss", "/blueprints/nothing/scenarios", {}).status == 404


def test_there_is_no_page_of_what_is_not_there(designer):
    answer = designer.get(f"{GALLERY}/slaes")
    assert answer.status_code == 404
    assert "Did you mean sales?" in answer.text


def test_staff_gets_no_page(ann):
    for path in (GALLERY, f"{GALLERY}/base", f"{GALLERY}/base/install", "/build/main/-/blueprints/import"):
        assert ann.get(path).status_code == 403


@pytest.mark.parametrize(
    ("text", "width", "said"),
    [("Customer", 90, "Customer"), ("Customer name", 40, "Custom…"), ("客户名称与地址", 36, "客户名…")],
)
def test_texts_of_pictures_are_cut_to_their_room(text, width, said):
    assert Drawn.fit(text, width) == said


@pytest.fixture
def example(fresh):
    """A sample record of the blueprint base."""
    number = decode_id(fresh.make("account", {"name": "Only an example"}))
    noted = shipped.Shipped("base", "account", "example", number)
    fresh.workspace.database.run(lambda work: shipped.note(work, noted))
    return number


def test_a_worker_takes_sample_records_out_and_tells_how_far_it_is(fresh, example):
    boss, jobs = Visitor(fresh, "boss"), jobs_of(fresh.workspace)
    begun = boss.send(boss.get(f"{GALLERY}/base").form("/samples"))
    assert "It begins in a moment" in boss.follow(begun).text
    assert "Its sample records are being taken out" in boss.get(f"{GALLERY}/base").text
    assert [jobs.run(number, "test") for number in jobs.waiting()] == [True]
    page = boss.follow(begun).text
    assert "The sample records are in the recycle bin" in page
    assert "1 of 1" in page
    assert "Take out its" not in boss.get(f"{GALLERY}/base").text
    with fresh.workspace.database.read() as connection:
        rows = connection.exec_driver_sql(f"SELECT deleted_at FROM account WHERE id = {example}").all()
    assert rows[0][0] is not None


def test_taking_samples_out_is_stopped_and_begun_only_once(fresh, example, ann):
    boss = Visitor(fresh, "boss")
    form = boss.get(f"{GALLERY}/base").form("/samples")
    begun = boss.send(form)
    assert boss.send(form).location == begun.location
    there = f"{GALLERY}/base/samples/{begun.location.rpartition('/')[2]}"
    assert ann.get(there).status_code == 403
    assert "Stopped" in boss.follow(boss.send(boss.get(there).form("/cancel"))).text
    assert "Take out its sample record" in boss.get(f"{GALLERY}/base").text
