"""The designer of dashboards on the server: which pages there are, and what the canvas shows of each card."""

from __future__ import annotations

import json
from typing import Any

import numbers_of_crm
import pytest

LIVE = "/build/drawing/-/live-dashboard"
PLACE = {"x": 0, "y": 0, "width": 4, "height": 3}
CARDS = {
    "count": {"target": "report/deals", **PLACE},
    "rate": {"target": "metric/deals", "label": "How many", **PLACE},
    "stage": {"target": "report/by_stage", **PLACE},
    "list": {"target": "view/deal.all", **PLACE},
    "word": {"text": {"en": "Look <here>", "zh": "**看**这里"}, **PLACE},
}


@pytest.fixture(scope="module", autouse=True)
def deals(office) -> None:
    account = office.make("account", {"name": "Contoso <b>"})
    office.make("deal", {"name": "Towers", "account": account})


@pytest.fixture
def look(office) -> Any:
    def ask(cards: Any, who: str = "boss", **filters: str) -> Any:
        session, csrf = office.sign_in(who)
        client = office.app.test_client()
        client.set_cookie("sartor_session", session)
        return client.post(LIVE, headers={"X-CSRF-Token": csrf}, json={"cards": cards, "filters": filters})

    yield ask
    office.workspace.publisher.sets.discard(name="drawing")


def test_the_list_links_the_designers_and_tells_filters(boss):
    page = boss.get("/build/main/dashboards").text
    assert 'href="/build/main/dashboards/home"' in page
    assert "Period, Owner" in page


def test_the_palette_offers_reports_metrics_lists_and_texts(boss):
    page = boss.get("/build/main/dashboards/home").text
    for key in ("report/by_stage", "metric/win_rate", "view/deal.all", "text"):
        assert f"&#34;key&#34;:&#34;{key}&#34;" in page


def test_cards_are_drawn_as_people_will_see_them(look):
    found = look(CARDS).json
    assert {name for name, card in found.items() if card["figure"]} == {"count", "rate"}
    assert "How many" in found["rate"]["html"]
    assert "data-figure=" in found["stage"]["html"]
    assert "Contoso &lt;b&gt;" in found["list"]["html"]
    assert "Look &lt;here&gt;" in found["word"]["html"]


def test_fields_with_choices_of_what_is_shown_can_be_filtered_by(boss, look):
    url = "/build/main/-/dashboard-choices?target=report/by_account&target=metric/new_accounts"
    told = {each["name"]: each["options"] for each in json.loads(boss.get(url).text)}
    assert set(told) >= {"account.industry", "deal.stage"}
    assert ["it", "IT"] in told["account.industry"]
    assert not any(name.startswith("product.") for name in told)
    found = look(CARDS, choices="account.industry=it").json
    assert "Not filtered" not in str(found)
    assert "Contoso" not in found["list"]["html"]


def test_lookups_that_say_the_same_are_offered_once(boss, look, office):
    contacts = {"label": "All", "entity": "contact", "type": "list", "columns": {"name": {"order": 1}}}
    office.workspace.publisher.sets.put("view/contact.all", contacts, name="drawing")
    url = "/build/drawing/-/dashboard-choices?target=report/by_account&target=view/contact.all"
    told = {each["name"]: each for each in json.loads(boss.get(url).text) if each.get("records")}
    by_account = told["contact.account"]
    assert (by_account["label"], by_account["same"]) == ("Account (Contact, Deal)", ["deal.account"])
    assert by_account["records"] == ["account", "Account"]
    assert {"deal.account", "deal.owner", "deal.created_by"}.isdisjoint(told)
    found = look(CARDS, choices="deal.account=00E5V2JQ00003").json
    assert "Contoso" not in found["list"]["html"]


def test_a_report_that_is_only_drafted_has_numbers(look, office):
    drafted = numbers_of_crm.report("Fresh", "number", "deals")
    office.workspace.publisher.sets.put("report/fresh", drafted, name="drawing")
    assert "Fresh" in look({"fresh": {"target": "report/fresh", **PLACE}}).json["fresh"]["html"]


def test_a_report_on_what_is_only_drafted_is_calm_and_one_that_is_wrong_is_not(look, office):
    sets = office.workspace.publisher.sets
    fields = {"name": {"type": "text", "label": "Name", "order": 1}}
    sets.put("entity/machine", {"label": "Machine", "title": "name", "fields": fields}, name="drawing")
    made = {"label": "Machines", "chart": "number", "entity": "machine", "measures": {"n": {"formula": "count()"}}}
    sets.put("report/machines", made, name="drawing")
    sets.put("report/odd", {**made, "filter": "colour = 1"}, name="drawing")
    found = look({name: {"target": f"report/{name}", **PLACE} for name in ("machines", "odd")}).json
    assert "once they are published" in found["machines"]["html"]
    assert ["alert" in found[name]["html"] for name in ("machines", "odd")] == [False, True]


def test_a_card_that_is_wrong_says_why_and_the_others_stand(look):
    found = look({"gone": {"target": "report/nothing", **PLACE}, "odd": {"target": "report/deals"}, **CARDS}).json
    assert "There is no report nothing" in found["gone"]["html"]
    assert "Column is missing" in found["odd"]["html"]
    assert found["count"]["figure"]


def test_a_designer_sees_only_what_his_rights_open(look, office):
    office.hire("dora", "drafting")
    found = look(CARDS, "dora").json
    assert "Not open to you" in found["stage"]["html"]
    assert "Its records are not open to you" in found["list"]["html"]
    assert "Contoso" not in str(found)


def test_filters_are_tried_and_unknown_ones_refused(look):
    assert "Not filtered by period" in look(CARDS, period="last_year").json["stage"]["html"]
    assert look(CARDS, colour="red").status_code == 422


def test_only_who_designs_may_ask_and_only_with_cards(look):
    assert look(CARDS, "ann").status_code == 403
    assert look([]).status_code == 400
