"""Cards of a dashboard at work: each in its place, one by one, under the filters, with a file of their numbers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from urllib.parse import urlencode

import pytest
from numbered import documents
from offices import Office, open_office
from visits import Visitor

from sartor.platform.errors import Invalid
from sartor.runtime.pages.lists import panels

CLERK = {"label": "Clerk", "grants": {"account": {"operations": ["read"], "scope": "all", "fields": {"*": "read"}}}}
BOARD = "/app/crm/-/dashboard/all"
SMALL = {
    "label": "Small",
    "filters": ["period", "owner"],
    "filter_fields": {
        "industry": {"entity": "account", "field": "industry"},
        "urgent": {"entity": "deal", "field": "urgent"},
        "customer": {"entity": "deal", "field": "account"},
        "product": {"entity": "deal_line", "field": "product"},
    },
    "cards": {
        "list": {"target": "view/deal.all", "x": 0, "y": 2, "width": 6, "height": 4},
        "deals": {"target": "report/deals", "x": 0, "y": 0, "width": 3, "height": 2},
        "costs": {"target": "report/costs", "x": 6, "y": 0, "width": 3, "height": 2},
        "word": {
            "label": "Rules",
            "text": "# First\nLook <here>, at [deals](/app/crm), [not](javascript:x).",
            "x": 6,
            "y": 2,
            "width": 6,
            "height": 2,
        },
    },
}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("cards")
    deal = deepcopy(documents()["entity/deal"])
    deal["fields"]["urgent"] = {"type": "yes_no", "label": "Urgent", "order": 500}
    made = {**documents(), "entity/deal": deal, "dashboard/small": SMALL, "role/clerk": CLERK}
    with open_office(f"sqlite:///{folder / 'sartor.db'}", folder, made) as office:
        office.hire("ann", "seller")
        office.hire("boss", "administrator")
        for who, industry in {"ann": "it", "boss": "retail"}.items():
            account = office.make("account", {"name": f"Of {who}", "industry": industry}, by=who)
            office.make(
                "deal", {"name": f"Deal of {who}", "account": account, "amount": "10", "urgent": who == "ann"}, by=who
            )
        yield office


@pytest.fixture
def boss(office: Office) -> Visitor:
    return Visitor(office, "boss")


def test_a_small_board_is_drawn_at_once_in_its_places(boss):
    page = boss.get("/app/crm/-/dashboard/small").markup
    assert re.findall(r'id="card-(\w+)"', page) == ["deals", "costs", "list", "word"]
    assert 'class="board-place at-x-6 at-w-3 at-h-2 at-ys-0 at-y-0 is-number"' in page
    assert "Look &lt;here&gt;" in page
    assert '<h3 class="head-1">First</h3>' in page
    assert '<a class="link" href="/app/crm">deals</a>, [not](javascript:x).' in page
    assert 'aria-busy="true"' not in page


def test_cards_of_a_great_board_are_asked_for_one_by_one(boss):
    page = boss.get(BOARD).markup
    urls = re.findall(r'data-card-url hx-get="([^"]+)"', page)
    assert page.count('aria-busy="true"') == len(urls) > 4
    for url in urls:
        card = boss.fragment(url)
        assert (card.status, "<html" in card.markup, "aria-busy" in card.markup) == (200, False, False), url


def test_all_of_them_come_at_once_where_there_is_no_script(boss):
    assert "?whole=1" in boss.get(BOARD).markup
    assert 'aria-busy="true"' not in boss.get(f"{BOARD}?whole=1").markup


def test_filters_narrow_lists_and_each_card_says_which_do_not(boss):
    page = boss.get("/app/crm/-/dashboard/small?owner=me&period=this_month")
    assert "Deal of boss" in page.text
    assert "Deal of ann" not in page.text
    told = {card: boss.get(f"/app/crm/-/dashboard/small/card/{card}?owner=me&period=this_month").text
            for card in ("list", "deals", "costs")}  # fmt: skip
    said = {card: re.findall(r"Not filtered by \w+(?:, \w+)*", text) for card, text in told.items()}
    assert [set(each) for each in said.values()] == [
        {"Not filtered by period"}, {"Not filtered by period"}, {"Not filtered by period, owner"}
    ]  # fmt: skip


def choose(visitor, of, *keys):
    """Open the editor of a filter in an address, choose, and come back."""
    editor = visitor.get(f"/app/crm/-/dashboard/small/filter?field=account.industry&{of}")
    pairs = [(name, value) for name, value in editor.form("/apply").fields if name != "value[]"]
    query = urlencode([*pairs, *(("value[]", each) for each in ("", *keys))])
    return visitor.get(f"/app/crm/-/dashboard/small/filter/apply?{query}").location


def test_choices_of_a_field_narrow_whatever_leads_to_it(boss):
    small, only_it = "/app/crm/-/dashboard/small", "choices=account.industry%3Dit"
    assert choose(boss, "owner=team", "it") == f"{small}?owner=team&{only_it}"
    page = boss.get(f"{small}?{only_it}").text
    assert ["Industry is IT" in page, "Deal of ann" in page, "Deal of boss" in page] == [True, True, False]
    assert "Not filtered by Industry" in boss.get(f"{small}/card/costs?{only_it}").text
    assert "account.industry+in+" in boss.get(f"{small}/card/deals?{only_it}").markup
    assert choose(boss, only_it) == small


@pytest.mark.parametrize(("chosen", "said", "seen"), [
    ("true", "Urgent: Yes", [True, False]), ("false", "Urgent: No", [False, True]),
    ("true,false", "Yes", [True, True]),
])  # fmt: skip
def test_a_yes_or_no_narrows_too(boss, chosen, said, seen):
    small = "/app/crm/-/dashboard/small"
    page = boss.get(f"{small}?choices=deal.urgent%3D{chosen}").text
    assert said in page
    assert ["Deal of ann" in page, "Deal of boss" in page] == seen
    assert "is neither true nor false" in boss.get(f"{small}?choices=deal.urgent%3Dmaybe").text
    editor = boss.get(f"{small}/filter?field=deal.urgent&choices=deal.urgent%3D{chosen}").text
    assert ["Yes" in editor, "No" in editor] == [True, True]


def test_records_are_looked_for_and_chosen_and_stay_in_the_address(boss):
    small = "/app/crm/-/dashboard/small"
    editor = boss.get(f"{small}/filter?field=deal.account&owner=team").markup
    url = re.search(r'data-search-url="([^"]+)"', editor)[1].replace("&amp;", "&")
    (found,) = json.loads(boss.get(f"{url}&q=Of ann").markup)["options"]
    query = urlencode({"field": "deal.account", "owner": "team", "value[]": found["value"]})
    there = boss.get(f"{small}/filter/apply?{query}").location
    assert there == f"{small}?owner=team&choices=deal.account%3D{found['value']}"
    page = boss.get(there.replace("owner=team&", "")).text
    assert ["Account is Of ann" in page, "Deal of ann" in page, "Deal of boss" in page] == [True, True, False]
    again = boss.get(f"{small}/filter?field=deal.account&{there.partition('&')[2]}").markup
    assert f'<option value="{found["value"]}" selected>Of ann</option>' in again
    lines = boss.get(f"{small}/filter?field=deal_line.product").markup
    assert json.loads(boss.get(re.search(r'data-search-url="([^"]+)"', lines)[1]).markup)["options"] == []


def test_a_field_that_is_closed_is_no_filter(office):
    grants = {"account": {"operations": ["read"], "scope": "all", "fields": {"name": "read"}},
              "deal": {"operations": ["read"], "scope": "all", "fields": {"*": "read"}}}  # fmt: skip
    office.publish({"role/narrow": {"label": "Narrow", "grants": grants}})
    office.hire("nia", "narrow")
    nia, board = Visitor(office, "nia"), "/app/crm/-/dashboard/small"
    assert "Industry" not in nia.get(board).text
    assert nia.get(f"{board}/filter?field=account.industry").status == 404
    assert nia.get(f"{board}/filter?field=deal_line.product").status == 404
    told = [nia.get(f"{board}?choices={name}%3Dit").text for name in ("account.industry", "account.nothing")]
    assert ["Nothing can be filtered by" in each for each in told] == [True, True]


def test_a_list_that_is_closed_says_so(office):
    office.hire("kim", "clerk")
    assert "Not open to you" in Visitor(office, "kim").get("/app/crm/-/dashboard/small/card/list").text


def test_a_list_shows_whole_records_and_says_how_many_more_there_are(office, boss):
    low = {"target": "view/deal.all", "x": 0, "y": 0, "width": 6, "height": 2}
    office.publish({"dashboard/low": {"label": "Low", "cards": {"list": low}}})
    card = boss.get("/app/crm/-/dashboard/low/card/list")
    assert (card.markup.count("line-item"), "1 more" in card.text) == (1, True)


def test_a_card_that_is_not_there_is_not_found(boss):
    found = boss.get("/app/crm/-/dashboard/small/card/deal")
    assert (found.status, "deals" in found.text) == (404, True)


def test_a_wrong_period_is_told_in_each_card_and_can_be_tried_again(boss):
    card = boss.get("/app/crm/-/dashboard/all/card/by_month?period=tomorow").markup
    assert ("tomorow" in card, "data-again" in card) == (True, True)


def test_the_numbers_of_a_report_are_a_file_for_who_may_export(office, boss):
    url = "/app/crm/-/report/by_account/csv"
    assert url in boss.get("/app/crm/-/dashboard/all/card/by_account").markup
    lines = boss.get(url).markup.lstrip("\ufeff").splitlines()
    assert lines[0] == "Account,Expected,Deals"
    assert lines[-1] == "Total,20,2"
    assert url not in Visitor(office, "ann").get("/app/crm/-/dashboard/all/card/by_account").markup
    assert Visitor(office, "ann").get(url).status == 403


def test_the_file_is_only_for_who_may_take_away_all_that_is_counted(office):
    grant = {"operations": ["read", "export"], "scope": "all", "scopes": {"export": "own"}, "fields": {"*": "read"}}
    office.publish({"role/taker": {"label": "Taker", "grants": {"account": grant, "deal": grant}}})
    office.hire("tom", "taker")
    tom, url = Visitor(office, "tom"), "/app/crm/-/report/by_account/csv"
    assert url not in tom.get("/app/crm/-/dashboard/all/card/by_account").markup
    assert tom.get(url).status == 403


def test_a_list_that_fails_offers_another_try_only_where_one_can_be_had(boss, monkeypatch):
    def fail(*_given):
        raise Invalid("No such list")

    monkeypatch.setattr(panels, "_rows", fail)
    card, home = (boss.get(path).markup for path in ("/app/crm/-/dashboard/small/card/list", "/app"))
    assert ["No such list" in page for page in (card, home)] == [True, True]
    assert ["data-again" in page for page in (card, home)] == [True, False]


def test_a_picker_of_several_entities_offers_those_that_are_open(office):
    entities = {"account": {"order": 1}, "deal": {"order": 2}}
    fields = {
        "name": {"type": "text", "label": "Name", "order": 1},
        "about": {"type": "reference", "label": "About", "order": 2, "options": {"entities": entities}},
    }
    grant = CLERK["grants"]["account"]
    reader = {"label": "Reader", "grants": {"account": grant, "memo": grant}}
    office.publish({"entity/memo": {"label": "Memo", "title": "name", "fields": fields}, "role/reader": reader})
    office.hire("lee", "reader")
    found = json.loads(Visitor(office, "lee").get("/app/crm/memo/r/options?field=about").markup)
    assert {each["hint"] for each in found["options"]} == {"Account"}
    assert found["more"] is False
