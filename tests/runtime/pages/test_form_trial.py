"""A form under a change set, before it is published: for designers only, and nothing is kept."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

import pytest
from numbered import documents
from offices import Office, open_office

SET = "spring"
FORM = f"/app/-/trial/{SET}/deal.main"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder: Path = tmp_path_factory.mktemp("office")
    with open_office(f"sqlite:///{folder / 'sartor.db'}", folder, documents()) as office:
        office.hire("boss", "administrator")
        office.hire("ann", "seller")
        sets = office.workspace.publisher.sets
        entity, form = deepcopy(sets.document("entity/deal")), deepcopy(sets.document("form/deal.main"))
        entity["fields"]["renewal"] = {"type": "date", "label": {"en": "Renewal", "zh": "续约日"}}
        form["sections"]["basics"]["fields"]["renewal"] = {"order": 5}
        sets.put_all({"entity/deal": entity, "form/deal.main": form}, name=SET)
        yield office


def page(office: Office, who: str, path: str):
    client = office.app.test_client()
    client.set_cookie("sartor_session", office.sign_in(who)[0])
    return client.get(path)


def test_a_field_that_is_not_published_is_on_the_form_of_its_change_set_only(office):
    assert "Renewal" in page(office, "boss", FORM).text
    assert "Renewal" not in page(office, "boss", "/app/-/trial/main/deal.main").text
    assert "Renewal" not in page(office, "boss", "/app/crm/deal/r/new").text


def test_it_is_shown_in_the_language_that_is_asked_for(office):
    assert "续约日" in page(office, "boss", f"{FORM}?language=zh").text


def test_it_is_for_designers_and_nothing_can_be_sent(office):
    assert page(office, "ann", FORM).status_code == 403
    assert "<form" not in page(office, "boss", FORM).text


def test_what_is_not_there_is_told(office):
    assert page(office, "boss", f"/app/-/trial/{SET}/deal.none").status_code == 404
    assert page(office, "boss", "/app/-/trial/No-Name/deal.main").status_code == 404


def test_a_draft_shows_no_more_than_its_author_could_publish(office):
    sets, greedy = office.workspace.publisher.sets, "greedy"
    role = {"label": "Planner", "grants": {}, "abilities": ["design"]}
    office.publish({"role/planner": role})
    office.hire("pat", "planner")
    taken = {**role, "grants": {"deal": {"operations": ["read"], "scope": "all", "fields": {"*": "read"}}}}
    sets.put_all({"role/planner": taken}, name=greedy)
    assert page(office, "pat", f"/app/-/trial/{greedy}/deal.main").status_code == 403
    assert page(office, "boss", f"/app/-/trial/{greedy}/deal.main").status_code == 200
