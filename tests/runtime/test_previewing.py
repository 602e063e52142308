"""The product as a change set would make it, on real records, before anything is published."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

import pytest
from numbered import documents
from offices import Office, open_office

from sartor.platform.publishing.trials.looking_ahead import Ahead
from sartor.runtime.pages.shell import TOLD

AHEAD = "/preview/spring/-/en"


def field(kind: str, label: str, order: int, **options: object) -> dict[str, object]:
    return {"type": kind, "label": {"en": label, "zh": f"{label}（中）"}, "order": order, **options}


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def office(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder: Path = tmp_path_factory.mktemp("office")
    url = f"sqlite:///{folder / 'sartor.db'}"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres_module_url")
    with open_office(url, folder, documents()) as office:
        office.hire("boss", "administrator")
        office.hire("ann", "seller")
        planner = {"label": "Planner", "abilities": ["design"], "grants": {}}
        planner["grants"]["account"] = {"operations": ["read"], "scope": "all", "fields": {"*": "read"}}
        office.publish({"role/planner": planner})
        office.hire("pam", "planner")
        account = office.ask("boss", "POST", "/records/account", {"name": "Acme", "phone": "010 8888 8888"}).json["id"]
        assert office.ask("boss", "POST", "/records/deal", {"name": "Big one", "account": account}).status == 201
        sets = office.workspace.publisher.sets
        entity, view = deepcopy(sets.document("entity/deal")), deepcopy(sets.document("view/deal.all"))
        entity["fields"]["renewal"] = field("date", "Renewal date", 90)
        entity["fields"]["colours"] = field("tags", "Colours", 91)
        entity["fields"]["twice"] = field(
            "formula", "Twice", 92, formula="name & name", options={"result": {"type": "text"}}
        )
        view["columns"]["renewal"] = {"order": 1}
        view["columns"]["colours"] = {"order": 2}
        view["sort"] = ["-renewal", "name"]
        form = deepcopy(sets.document("form/deal.main"))
        form["sections"]["basics"]["fields"] |= {"renewal": {"order": 50}, "twice": {"order": 51}}
        house = {"label": "House", "plural": "Houses", "icon": "home", "title": "name"}
        house["fields"] = {
            "name": field("text", "Name", 1),
            "deal": field("lookup", "Deal", 2, options={"entity": "deal"}),
        }
        houses = {"entity": "house", "type": "list", "label": "Houses", "columns": {"name": {"order": 1}}}
        app = deepcopy(sets.document("app/crm"))
        app["items"]["houses"] = {"target": "view/house.all", "order": 1}
        guest = {
            "label": "Guest",
            "grants": {"deal": {"operations": ["read"], "scope": "own", "fields": {"*": "read"}}},
        }
        edits = {
            "role/guest": guest,
            "entity/deal": entity,
            "view/deal.all": view,
            "form/deal.main": form,
            "entity/house": house,
            "view/house.all": houses,
            "app/crm": app,
        }
        sets.put_all(edits, name="spring")
        office.workspace.publisher.plan("spring")
        yield office


def ask(office: Office, who: str, path: str, method: str = "GET", **data: str):
    client = office.app.test_client()
    session, csrf = office.sign_in(who)
    client.set_cookie("sartor_session", session)
    headers = {"X-CSRF-Token": csrf}
    return client.open(path, method=method, headers=headers, data=data)


def record(office: Office) -> str:
    return office.ask("boss", "GET", "/records/deal").json["data"][0]["id"]


def test_a_list_has_the_new_columns_and_the_records_that_are_there(office):
    page = ask(office, "boss", f"{AHEAD}/app/crm/deal").text
    assert "Renewal date" in page
    assert "Big one" in page
    assert "Renewal date" not in ask(office, "boss", "/app/crm/deal").text


def test_every_link_stays_in_the_preview(office):
    page = ask(office, "boss", f"{AHEAD}/app/crm/deal").text
    assert f'href="{AHEAD}/app/crm/deal' in page
    assert 'href="/app/' not in page


@pytest.mark.parametrize("place", ["/deal/r/new", "/house", "/house/r/new", "/-/dashboard/all", "/-/search?q=big"])
def test_every_page_of_the_app_is_there(office, place):
    answer = ask(office, "boss", f"{AHEAD}/app/crm{place}")
    assert answer.status_code == 200


def test_a_record_is_shown_with_fields_that_are_blank_yet(office):
    for place in ("", "/edit"):
        page = ask(office, "boss", f"{AHEAD}/app/crm/deal/r/{record(office)}{place}")
        assert page.status_code == 200
        assert "Renewal date" in page.text
        assert "Big one" in page.text


def test_filters_and_orders_by_what_is_not_there_find_nothing_and_break_nothing(office):
    found = ask(office, "boss", f"{AHEAD}/app/crm/deal?filter=renewal+%3E+today()")
    assert found.status_code == 200
    assert "Big one" not in found.text
    assert "Big one" in ask(office, "boss", f"{AHEAD}/app/crm/deal?sort=-renewal").text


def test_nothing_can_be_saved(office):
    answer = ask(office, "boss", f"{AHEAD}/app/crm/deal/r/{record(office)}/edit", "POST")
    assert answer.status_code == 403
    assert "nothing can be saved here" in answer.text
    assert "Only to look at" in answer.text
    assert "not open to you" not in answer.text
    assert ask(office, "boss", f"{AHEAD}/api/v1/records/deal").status_code == 404


def test_a_form_is_alive_and_keeps_nothing(office):
    live = ask(office, "boss", f"{AHEAD}/app/crm/deal/r/preview", "POST", name="Bigger")
    assert live.status_code == 200
    assert live.json["fields"]["twice"]["text"] == "BiggerBigger"
    assert ask(office, "boss", f"{AHEAD}/app/crm/deal/r/{record(office)}/preview", "POST").status_code == 200


def test_a_form_is_tried_on_a_real_record(office):
    form = ask(office, "boss", f"{AHEAD}/app/-/form/deal.main")
    assert form.status_code == 303
    assert form.location == f"{AHEAD}/app/crm/deal/r/{record(office)}/edit?_form=main"
    assert ask(office, "boss", f"{AHEAD}/app/-/form/deal.main?record=%2F..%2Fx").status_code == 400
    assert ask(office, "boss", f"{AHEAD}/app/-/form/deal.none").status_code == 404
    assert ask(office, "ann", "/app/-/form/deal.main").status_code == 403


def test_it_is_for_designers(office):
    assert ask(office, "ann", f"{AHEAD}/app/crm/deal").status_code == 403
    assert ask(office, "boss", "/preview/No-set/-/en/app/crm/deal").status_code == 404
    assert ask(office, "boss", "/preview/spring/-/xx/app/crm/deal").status_code == 404


def test_it_is_seen_as_a_role(office):
    page = ask(office, "boss", "/preview/spring/guest/en/app/crm/deal").text
    assert "Renewal date" in page
    assert "not open to you" in page
    missing = ask(office, "boss", "/preview/spring/gust/en/app/crm")
    assert missing.status_code == 404
    assert "guest" in missing.text


def test_it_is_said_in_the_language_of_the_address(office):
    assert "Renewal date（中）" in ask(office, "boss", "/preview/spring/-/zh/app/crm/deal").text


def test_edits_that_do_not_hold_together_are_told(office):
    entity = {"label": "Broken", "title": "none", "fields": {"name": field("text", "Name", 1)}}
    office.workspace.publisher.sets.put("entity/broken", entity, name="broken")
    answer = ask(office, "boss", "/preview/broken/-/en/app/crm")
    assert 400 <= answer.status_code < 500
    assert "none" in answer.text


def test_a_look_opens_nothing_that_a_publish_would_have_to_answer_for(office):
    sets = office.workspace.publisher.sets
    account, view = deepcopy(sets.document("entity/account")), deepcopy(sets.document("view/deal.all"))
    account["fields"]["phone"]["sensitive"] = False
    sets.put("entity/account", account, name="opening")
    sets.put("view/deal.all", view | {"label": "Seen"}, name="drawing")
    refused = ask(office, "pam", "/preview/opening/-/en/app/crm/account")
    assert refused.status_code == 403
    assert "8888" not in refused.text
    assert ask(office, "boss", "/preview/opening/-/en/app/crm/account").status_code == 200
    assert ask(office, "pam", "/preview/drawing/-/en/app/crm/account").status_code == 200


def test_of_many_fields_that_are_blank_the_first_are_named(office, monkeypatch):
    fields = office.workspace.ahead("spring").model.entities["deal"].fields
    several = {("deal", name) for name in fields}
    monkeypatch.setattr(Ahead, "left", several)
    page = ask(office, "boss", f"{AHEAD}/app/crm/deal").text
    assert f"and {len(several) - TOLD} more" in page
