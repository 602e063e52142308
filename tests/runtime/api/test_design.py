"""Design by REST: a change set, its plan, publishing, and the way back. Nobody opens to himself what he lacks."""

from __future__ import annotations

from typing import Any

import pytest
from crm import DOCUMENTS
from offices import Office

from sartor.platform.publishing import publisher
from sartor.runtime.handlers import jobs_of

SET = "/change-sets/main"
WIDGET = {
    "label": {"en": "Widget", "zh": "部件"},
    "title": "name",
    "fields": {
        "name": {"type": "text", "label": "Name", "order": 1, "options": {"max_length": 120}},
        "size": {"type": "text", "label": "Size", "order": 2},
    },
}


@pytest.fixture(autouse=True)
def clean(office: Office) -> Any:
    yield
    office.ask("designer", "DELETE", SET)


def put(office: Office, key: str, document: Any, who: str = "designer") -> Any:
    return office.ask(who, "PUT", f"{SET}/documents/{key}", document)


def test_a_workspaces_own_entities_are_listed_before_those_of_every_workspace(office: Office) -> None:
    keys = [each["key"] for each in office.get("designer", f"{SET}/documents", kind="entity").json["data"]]
    assert keys[-2:] == ["entity/department", "entity/user"]
    assert keys[:-2] == sorted(keys[:-2])


def test_the_list_tells_what_is_new_and_what_is_edited(office: Office) -> None:
    put(office, "entity/widget", WIDGET)
    listed = office.get("designer", f"{SET}/documents", kind="entity").json["data"]
    told = {each["key"]: (each["edited"], each["new"]) for each in listed}
    assert (told["entity/widget"], told["entity/user"]) == ((True, True), (False, False))


def test_an_entity_is_designed_published_renamed_and_taken_back(office: Office) -> None:
    assert put(office, "entity/widget", WIDGET).status == 200
    plan = office.get("designer", f"{SET}/plan").json
    assert (plan["grade"], plan["changed"]) == ("safe", ["entity/widget"])
    first = office.post("designer", f"{SET}/publish", {"note": "Widgets"}).json["revision"]
    made = office.post("boss", "/records/widget", {"name": "W", "size": "big"}).json["id"]

    renaming = {"key": "entity/widget", "field": "size", "to": "extent"}
    assert "entity/widget" in office.post("designer", f"{SET}/rename", renaming).json["changed"]
    office.post("designer", f"{SET}/publish", {"note": "Extent"})
    assert office.get("boss", f"/records/widget/{made}").json["extent"] == "big"

    told = office.get("designer", f"/revisions/{first + 1}/diff", **{"with": first}).json["data"]
    assert [(each["key"], each["kind"]) for each in told] == [("entity/widget", "changed")]
    plan = office.post("designer", f"/revisions/{first}/rollback?dry_run=true", {}).json
    again = office.post("designer", f"/revisions/{first}/rollback", {"confirm": plan["fingerprint"]})
    assert again.json["revision"] == first + 2
    assert office.get("boss", f"/records/widget/{made}").json["size"] == "big"
    newest = office.get("designer", "/revisions").json["data"][0]
    assert newest["number"] == first + 2


def test_what_loses_values_is_published_after_confirmation_only(office: Office) -> None:
    document = office.get("designer", f"{SET}/documents/entity/contact").json
    office.make("contact", {"name": "C", "account": office.make("account", {"name": "A"}), "email": "c@example.com"})
    del document["fields"]["email"]
    document["checks"]["reachable"]["test"] = "mobile is not blank"
    put(office, "entity/contact", document)
    told = office.post("designer", f"{SET}/publish", {"note": "x"})
    assert (told.status, told.json["type"]) == (409, "about:blank#unconfirmed")
    plan = office.get("designer", f"{SET}/plan").json
    assert plan["grade"] == "lossy"
    assert office.post("designer", f"{SET}/publish", {"confirm": plan["fingerprint"]}).status == 200


def test_a_broken_definition_is_refused_with_its_place(office: Office) -> None:
    told = put(
        office, "entity/thing", {"label": "Thing", "title": "name", "fields": {"name": {"type": "txt", "label": "N"}}}
    )
    assert told.status == 422
    assert told.json["errors"][0]["field"] == "/fields/name/type"
    assert told.json["errors"][0]["near"] == "text"
    assert put(office, "entity/thing", {"label": "x"}).status == 422
    assert put(office, "enttiy/thing", WIDGET).json["detail"].endswith("Did you mean entity?")
    assert office.get("designer", SET).json["edits"] == []


def test_a_reference_to_nothing_is_refused_by_the_plan(office: Office) -> None:
    fields = WIDGET["fields"] | {
        "owner_of": {"type": "lookup", "label": "O", "order": 3, "options": {"entity": "acount"}}
    }
    put(office, "entity/thing", {**WIDGET, "fields": fields})
    told = office.get("designer", f"{SET}/plan")
    assert told.status == 422
    assert told.json["errors"][0]["near"] == "account"


def test_two_admins_do_not_lose_each_others_edits(office: Office) -> None:
    tag = office.get("designer", f"{SET}/documents/entity/product").headers["ETag"]
    document = office.get("designer", f"{SET}/documents/entity/product").json
    document["plural"] = "Wares"
    here = f"{SET}/documents/entity/product"
    assert office.ask("boss", "PUT", here, document, headers={"If-Match": tag}).status == 200
    assert office.ask("designer", "PUT", here, document, headers={"If-Match": tag}).status == 409


def test_what_was_edited_back_is_nobody_elses_edit(office: Office) -> None:
    """What the engine keeps in a published document (`stored_as`) is no part of what is compared."""
    here = f"{SET}/documents/entity/widget"
    office.publish({"entity/widget": WIDGET})
    office.post("designer", f"{SET}/rename", {"key": "entity/widget", "field": "size", "to": "width"})
    office.post("designer", f"{SET}/publish", {"note": "Wider"})
    found = office.get("designer", here)
    before, tag = dict(found.json), found.headers["ETag"]
    edited = {**before, "plural": "Widgets"}
    for document in (edited, before, edited):
        answer = office.ask("designer", "PUT", here, document, headers={"If-Match": tag})
        assert answer.status == 200
        tag = answer.headers["ETag"]


def test_a_choice_with_capitals_is_renamed_as_well_and_what_is_no_name_is_refused(office: Office) -> None:
    office.publish({"options/grade": {"label": "Grade", "choices": {"A+": {"label": "Best"}}}})
    here = f"{SET}/rename"
    assert office.post("designer", here, {"key": "options/grade", "entry": "A+", "to": "1-A"}).status == 200
    refused = office.post("designer", here, {"key": "entity/deal", "field": "amount", "to": "Foo-Bar"})
    assert (refused.status, refused.json["errors"][0]["field"]) == (422, "to")


ROLE = {"label": "Mine", "abilities": ["administer"], "grants": {}}
GRANT = {"account": {"operations": ["read"], "scope": "all", "fields": {"*": "read"}}}


@pytest.mark.parametrize("document", [ROLE, {"label": "Mine", "grants": GRANT}], ids=["ability", "grant"])
def test_a_designer_opens_nothing_that_is_closed_to_him(office: Office, document: dict[str, Any]) -> None:
    assert (
        put(office, "role/designer", {**document, "abilities": ["design", *document.get("abilities", [])]}).status
        == 200
    )
    before = office.get("boss", "/revisions").json["data"][0]["number"]
    assert office.post("designer", f"{SET}/publish", {}).status == 403
    assert office.get("boss", "/revisions").json["data"][0]["number"] == before


def test_a_designer_does_not_move_himself_to_a_role_that_may_more(office: Office) -> None:
    manager = DOCUMENTS["role/manager"]
    assert put(office, "role/manager", {**manager, "formerly": ["designer"]}).status == 200
    assert office.ask("designer", "DELETE", f"{SET}/documents/role/designer").status < 300
    told = office.post(
        "designer", f"{SET}/publish", {"confirm": office.get("designer", f"{SET}/plan").json["fingerprint"]}
    )
    assert told.status == 403
    assert "Nobody can give a right that he lacks" in told.json["detail"]


def test_plans_show_no_hidden_values(office: Office) -> None:
    office.make("product", {"name": "Secret product"})
    document = office.get("designer", f"{SET}/documents/entity/product").json
    document["fields"]["name"] = {**document["fields"]["name"], "type": "integer", "options": {}}
    put(office, "entity/product", document | {"title": "id"})
    told = office.get("designer", f"{SET}/plan")
    seen = office.get("boss", f"{SET}/plan")
    assert "Secret product" not in told.data.decode()
    assert told.status != 200 or "Secret product" in seen.data.decode()


def test_a_folder_of_the_server_is_no_blueprint(office: Office) -> None:
    for name in ("/etc", "../blueprints/base", "blueprints/base", ".", ""):
        assert office.post("boss", "/blueprints?dry_run=true", {"names": [name]}).status == 404
    told = office.post("boss", "/blueprints?dry_run=true", {"names": ["bsae"]})
    assert told.json["detail"].endswith("Did you mean base?")


def test_the_kinds_of_definition_are_served(office: Office) -> None:
    kinds = office.get("rep", "/schema").json["data"]
    assert {"entity", "view", "role"} < set(kinds)
    assert all(office.get("rep", f"/schema/{kind}").json["type"] == "object" for kind in kinds)


def test_whoever_has_a_role_goes_on_when_it_is_renamed(office: Office) -> None:
    reads = {"operations": ["read"], "scope": "all", "fields": {"*": "read"}}
    temp = {"label": "Temp", "grants": {"account": reads}}
    office.publish({"role/temp": temp})
    office.hire("temp", "temp")
    assert office.get("temp", "/records/account").status == 200
    office.publish({"role/temp": None, "role/helper": {**temp, "formerly": ["temp"]}})
    assert office.get("temp", "/records/account").status == 200


def test_what_takes_long_is_a_job_that_can_be_followed_and_stopped(office: Office, monkeypatch: Any) -> None:
    monkeypatch.setattr(publisher, "LONG", 0)
    before = office.workspace.stamp().revision
    put(office, "entity/gadget", WIDGET)
    begun = office.post("designer", f"{SET}/publish", {"note": "Long"})
    assert (begun.status, begun.headers["Location"]) == (202, f"/api/v1/jobs/{begun.json['job']}")
    assert office.post("designer", f"{SET}/publish", {}).status == 409
    office.post("designer", f"/jobs/{begun.json['job']}/cancel", {})
    assert office.get("designer", f"/jobs/{begun.json['job']}").json["state"] == "cancelled"

    again = office.post("designer", f"{SET}/publish", {"note": "Long"}).json["job"]
    assert worked_off(office, again)["result"] == {"revision": before + 1}
    confirm = office.post("designer", f"/revisions/{before}/rollback?dry_run=true", {}).json["fingerprint"]
    back = office.post("designer", f"/revisions/{before}/rollback", {"confirm": confirm}).json["job"]
    assert worked_off(office, back)["result"] == {"revision": before + 2}


def worked_off(office: Office, job: str) -> Any:
    """What a worker makes of the jobs that wait."""
    jobs = jobs_of(office.workspace)
    for number in jobs.waiting():
        jobs.run(number, "test")
    return office.get("designer", f"/jobs/{job}").json
