"""What an edit would mean, told before it is kept: problems, uses, and what a rename or a retirement changes."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from crm import DOCUMENTS
from offices import Office

SET = "/change-sets/spring"
DEAL: dict[str, Any] = DOCUMENTS["entity/deal"]


@pytest.fixture(autouse=True)
def clean(office: Office) -> Any:
    yield
    office.ask("designer", "DELETE", SET)


def deal_with(**fields: Any) -> dict[str, Any]:
    document = deepcopy(DEAL)
    document["fields"].update(fields)
    return document


def problems(office: Office, **documents: Any) -> list[dict[str, str]]:
    sent = {"documents": {key.replace("_", "/", 1): each for key, each in documents.items()}}
    return office.post("designer", f"{SET}/problems", sent).json["problems"]


def test_a_draft_is_judged_as_it_is_typed_and_not_kept(office):
    wrong = {"type": "text", "label": "Extra", "visible_if": "amont > 3"}
    (found,) = problems(office, entity_deal=deal_with(extra=wrong))
    assert (found["file"], found["field"], found["code"]) == ("entity/deal", "/fields/extra/visible_if", "expression")
    assert office.get("designer", SET).json["edits"] == []


def test_what_does_not_fit_the_schema_is_told_at_its_place(office):
    (found,) = problems(office, entity_deal=deal_with(extra={"type": "text", "label": "X", "requird": True}))
    assert (found["field"], found["near"]) == ("/fields/extra/requird", "required")
    assert found["place"] == "Field X › requird"


@pytest.mark.parametrize("part", ["money", None, [], {"type": "lookup", "options": "deal"}])
def test_what_is_no_field_at_all_is_told_as_well(office, part):
    assert "/fields/extra" in {found["field"][:13] for found in problems(office, entity_deal=deal_with(extra=part))}


def test_a_sound_draft_has_no_problems(office):
    assert problems(office, entity_deal=deal_with(extra={"type": "date", "label": "Renewal"})) == []


def test_several_documents_are_kept_together_or_not_at_all(office):
    seen = {"entity/deal": office.get("designer", f"{SET}/documents/entity/deal").headers["ETag"], "entity/x": None}
    good = {"entity/deal": deal_with(extra={"type": "date", "label": "Renewal"})}
    entity = {"label": "X", "title": "name", "fields": {"name": {"type": "text", "label": "Name"}}}
    refused = office.post("designer", f"{SET}/documents", {"documents": {**good, "entity/x": {"label": "X"}}})
    assert (refused.status, office.get("designer", SET).json["edits"]) == (422, [])
    kept = office.post("designer", f"{SET}/documents", {"documents": {**good, "entity/x": entity}, "seen": seen})
    now = office.get("designer", f"{SET}/documents/entity/deal")
    assert kept.json["tags"]["entity/deal"] == now.headers["ETag"]
    assert office.post("designer", f"{SET}/documents", {"documents": good, "seen": seen}).status == 409


def test_a_rename_is_proposed_and_not_done(office):
    told = office.post("designer", f"{SET}/proposals/rename", {"key": "entity/deal", "field": "amount", "to": "worth"})
    assert told.json["after"]["entity/deal"]["fields"]["worth"]["formerly"] == ["amount"]
    assert "amount" in told.json["before"]["entity/deal"]["fields"]
    assert office.get("designer", SET).json["edits"] == []


def test_a_retirement_takes_a_field_out_of_what_only_shows_it(office):
    told = office.post("designer", f"{SET}/proposals/retire", {"key": "entity/account", "field": "industry"}).json
    assert "industry" not in told["after"]["entity/account"]["fields"]
    assert told["before"].keys() == told["after"].keys()
    places = [key for key, each in told["after"].items() if key != "entity/account" and "'industry'" in repr(each)]
    assert places == []


def test_what_is_not_there_is_told_with_the_near_match(office):
    told = office.post("designer", f"{SET}/proposals/retire", {"key": "entity/account", "field": "industri"})
    assert (told.status, "industry" in told.json["detail"]) == (404, True)


def test_only_designers_are_told(office):
    assert office.post("rep", f"{SET}/problems", {"documents": {}}).status == 403


def test_a_schema_speaks_the_readers_language(office):
    session, _csrf = office.sign_in("designer")
    client = office.app.test_client()
    client.set_cookie("sartor_session", session)
    client.set_cookie("language", "zh")
    schema = client.get("/api/v1/schema/entity").get_json()
    field = schema["properties"]["fields"]["additionalProperties"]["properties"]
    assert field["required"]["title"] == "必填"
    assert field["type"]["x-types"]["date"]["label"] == {"en": "Date", "zh": "日期"}


def test_a_retirement_says_what_is_left_and_mends_it_when_asked(office):
    about = {"key": "entity/deal", "field": "amount"}
    plain = office.post("designer", f"{SET}/proposals/retire", about).json
    assert "entity/account" in {each["key"] for each in plain["left"]}
    assert {"key": "form/deal.main", "said": "Form Deal", "goes": False} in plain["changes"]
    whole = office.post("designer", f"{SET}/proposals/retire", {**about, "mend": True}).json
    assert {each["key"] for each in whole["changes"]} == whole["after"].keys() - {"entity/deal"}
    assert [each["key"] for each in whole["changes"] if each["goes"]] == [
        key for key, each in whole["after"].items() if each is None
    ]
    assert whole["left"] == []
    assert problems(office, **{key.replace("/", "_", 1): each for key, each in whole["after"].items()}) == []


def test_another_field_is_put_in_the_place_of_one(office):
    about = {"key": "entity/account", "field": "phone", "instead": "tax_id"}
    told = office.post("designer", f"{SET}/proposals/retire", about).json
    assert "phone" not in told["after"]["entity/account"]["fields"]
    assert office.post("designer", f"{SET}/proposals/retire", {**about, "mend": True}).status == 400
    assert office.post("designer", f"{SET}/proposals/retire", {**about, "instead": "tax_i"}).status == 404


def test_a_choice_is_taken_out_and_another_takes_its_records(office):
    office.make("account", {"name": "A", "industry": "it"})
    about = {"key": "options/industry", "entry": "it", "instead": "retail"}
    told = office.post("designer", f"{SET}/proposals/retire", about).json
    assert told["after"]["options/industry"]["choices"]["retail"]["takes"] == ["it"]
    assert (told["records"], told["left"]) == (1, [])
    alone = office.post("designer", f"{SET}/proposals/retire", {"key": "options/industry", "entry": "it"}).json
    assert (list(alone["after"]), alone["records"]) == (["options/industry"], 1)
    assert office.post("designer", f"{SET}/proposals/retire", {**about, "instead": "retial"}).status == 404


def test_a_retired_field_is_listed_and_brought_back(office):
    office.publish({"entity/account": account_with(size={"type": "text", "label": "Size"})})
    made = office.make("account", {"name": "A", "size": "about 7"})
    office.publish({"entity/account": account_with()})
    (gone,) = office.get("designer", f"{SET}/retired", entity="account").json["data"]
    assert (gone["field"], gone["type"], gone["values"]) == ("size", "text", None)
    assert [each["values"] for each in office.get("boss", f"{SET}/retired").json["data"]] == [1]
    told = office.post("designer", f"{SET}/proposals/restore", {"id": gone["id"]}).json
    assert told["after"]["entity/account"]["fields"]["size"]["brings_back"] == gone["column"]
    office.post("designer", f"{SET}/documents", {"documents": told["after"]})
    assert office.post("designer", f"{SET}/proposals/restore", {"id": gone["id"]}).status == 409
    assert office.post("designer", f"{SET}/publish", {}).status == 200
    assert office.get("boss", f"/records/account/{made}").json["size"] == "about 7"
    assert office.get("designer", f"{SET}/retired").json["data"] == []


def test_a_retired_entity_is_listed_and_brought_back(office):
    fields = {"name": {"type": "text", "label": "Name"}}
    office.publish({"entity/visit": {"label": "Visit", "title": "name", "fields": fields}})
    made = office.make("visit", {"name": "V"})
    office.publish({"entity/visit": None})
    (gone,) = office.get("designer", f"{SET}/retired-entities").json["data"]
    assert (gone["entity"], gone["label"], gone["records"]) == ("visit", "Visit", None)
    assert [each["records"] for each in office.get("boss", f"{SET}/retired-entities").json["data"]] == [1]
    told = office.post("designer", f"{SET}/proposals/restore", {"id": gone["id"]}).json
    assert (told["before"], list(told["after"])) == ({"entity/visit": None}, ["entity/visit"])
    assert told["changes"] == [{"key": "entity/visit", "said": "Entity Visit", "goes": False}]
    office.post("designer", f"{SET}/documents", {"documents": told["after"]})
    assert office.post("designer", f"{SET}/proposals/restore", {"id": gone["id"]}).status == 409
    assert office.post("designer", f"{SET}/publish", {}).status == 200
    assert office.get("boss", f"/records/visit/{made}").json["name"] == "V"
    assert office.get("designer", f"{SET}/retired-entities").json["data"] == []


def account_with(**fields: Any) -> dict[str, Any]:
    document = deepcopy(DOCUMENTS["entity/account"])
    document["fields"].update(fields)
    return document


@pytest.mark.parametrize(("label", "of", "name"), [
    ("施工合同", "entity", "shi_gong_he_tong"), ("客户", "entity", "account"), ("Due date", "field", "due_date"),
    ("id", "field", "field_id"), ("！", "field", ""), ("紧急", "other", "jin_ji"),
])  # fmt: skip
def test_a_label_in_any_language_gives_a_name(office, label, of, name):
    assert office.get("designer", "/names", label=label, of=of).json["name"] == name


@pytest.mark.parametrize(("label", "of", "both"), [
    ("优先级", "field", {"zh": "优先级", "en": "Priority"}), ("工单", "entity", {"zh": "工单", "en": "Ticket"}),
    ("due Date", "field", {"en": "due Date", "zh": "到期日"}), ("日租金", "field", {"zh": "日租金"}),
])  # fmt: skip
def test_a_usual_label_is_known_in_the_other_language(office, label, of, both):
    assert office.get("designer", "/names", label=label, of=of).json["label"] == both


def test_many_are_called_so_too(office):
    assert office.get("designer", "/names", label="Enquiry", of="entity").json["plural"]["en"] == "Enquiries"
    assert office.get("designer", "/names", label="工单", of="entity").json["plural"] == {"zh": "工单", "en": "Tickets"}
