"""The linter by REST: findings of the published design and of a change set; fixes go into the change set."""

from __future__ import annotations

from typing import Any

import pytest
from offices import Office

from sartor.platform.linting.rules.form_lacks_required import FormLacksRequired
from sartor.platform.linting.rules.unopened_entity import UnopenedEntity

SET = "/change-sets/main"


@pytest.fixture(autouse=True)
def broken(office: Office) -> Any:
    """A change set with a form that lacks a required field."""
    for key, document in FormLacksRequired.example.items():
        office.ask("designer", "PUT", f"{SET}/documents/{key}", document)
    yield
    office.ask("designer", "DELETE", SET)


def codes(office: Office, path: str) -> set[tuple[str, str]]:
    return {(each["code"], each["key"]) for each in office.get("designer", path).json["data"]}


def test_a_change_set_is_checked_apart_from_what_is_published(office: Office) -> None:
    assert ("L103", "form/machine.main") in codes(office, f"{SET}/check")
    assert ("L103", "form/machine.main") not in codes(office, "/check")


def test_a_fix_goes_into_the_change_set_and_the_finding_is_gone(office: Office) -> None:
    told = office.post(
        "designer", f"{SET}/check/fix", {"code": "L103", "key": "form/machine.main", "path": "/sections"}
    )
    assert (told.json["changed"], told.json["fixed"]) == (["form/machine.main"], 1)
    assert ("L103", "form/machine.main") not in codes(office, f"{SET}/check")
    form = office.get("designer", f"{SET}/documents/form/machine.main").json
    assert form["sections"]["all"]["fields"]["weight"] == {"order": 10}
    assert office.post("designer", f"{SET}/check/fix", {"code": "L103", "key": "form/machine.main"}).status == 404


def test_a_fix_says_what_it_did_and_how_it_is_taken_back(office: Office) -> None:
    path = f"{SET}/documents/form/machine.main"
    before = office.get("designer", path).json
    told = office.post("designer", f"{SET}/check/fix", {"code": "L103", "key": "form/machine.main"}).json
    assert told["said"] == "Mended. Changed: form Machine."
    (back,) = told["back"]
    assert (back["key"], back["document"]) == ("form/machine.main", before)
    headers = {"If-Match": back["etag"]}
    assert office.ask("designer", "PUT", path, back["document"], headers=headers).status == 200
    assert office.get("designer", path).json == before
    assert ("L103", "form/machine.main") in codes(office, f"{SET}/check")


def test_what_a_fix_takes_out_is_told_as_such(office: Office) -> None:
    report = {"label": {"en": "Weights", "zh": "重量"}, "entity": "machine", "chart": "pie"}
    report |= {"measures": {"all": {"formula": "count()"}}, "dimensions": {"gone": {"path": "gone"}}}
    assert office.ask("designer", "PUT", f"{SET}/documents/report/weights", report).status == 200
    told = office.post("designer", f"{SET}/check/fix", {"code": "L001", "key": "report/weights", "choice": "out"}).json
    assert told["said"] == "Taken out: report Weights."
    assert told["back"] == [{"key": "report/weights", "document": report, "etag": None}]


def test_where_it_is_a_choice_the_one_that_was_taken_goes_into_the_change_set(office: Office) -> None:
    for key, document in UnopenedEntity.example.items():
        office.ask("designer", "PUT", f"{SET}/documents/{key}", document)
    (found,) = (
        each for each in office.get("designer", f"{SET}/check").json["data"]
        if (each["code"], each["key"]) == ("L502", "entity/machine")
    )  # fmt: skip
    assert "fix" not in found
    assert "rep" in [each["name"] for each in found["offers"]]
    meant = {"code": "L502", "key": "entity/machine"}
    assert office.post("designer", f"{SET}/check/fix", meant).status == 404
    told = office.post("designer", f"{SET}/check/fix", {**meant, "choice": "rep"})
    assert (told.json["changed"], told.json["fixed"]) == (["role/rep"], 1)
    assert ("L502", "entity/machine") not in codes(office, f"{SET}/check")


def test_only_designers_check(office: Office) -> None:
    assert office.get("rep", "/check").status == 403
    assert office.get("rep", f"{SET}/check").status == 403
    assert office.post("rep", f"{SET}/check/fix", {"code": "L103"}).status == 403


def test_what_cannot_be_published_is_a_finding_too(office: Office) -> None:
    form = office.get("designer", f"{SET}/documents/form/machine.main").json
    form["sections"]["all"]["fields"]["wieght"] = {}
    office.ask("designer", "PUT", f"{SET}/documents/form/machine.main", form)
    (found,) = office.get("designer", f"{SET}/check").json["data"]
    assert (found["code"], found["path"]) == ("L001", "/sections/all/fields/wieght")
    assert found["message"]["en"] != found["message"]["zh"]


def test_what_names_a_retired_field_is_mended_with_one_click(office: Office) -> None:
    report = {"label": "Weights", "entity": "machine", "chart": "table", "measures": {"all": {"formula": "count()"}}}
    rows = {"dimensions": {"weight": {"path": "weight"}, "name": {"path": "name", "order": 2}}}
    assert office.ask("designer", "PUT", f"{SET}/documents/report/weights", {**report, **rows}).status < 300
    machine = office.get("designer", f"{SET}/documents/entity/machine").json
    del machine["fields"]["weight"]
    office.ask("designer", "PUT", f"{SET}/documents/entity/machine", machine)
    (found,) = office.get("designer", f"{SET}/check").json["data"]
    assert (found["code"], found["key"]) == ("L001", "report/weights")
    assert found["fix"]["text"]["en"] == "Take out dimension weight of report Weights"
    assert found["fix"]["text"]["zh"] != found["fix"]["text"]["en"]
    told = office.post("designer", f"{SET}/check/fix", {"code": "L001"})
    assert (told.json["changed"], told.json["fixed"]) == (["report/weights"], 1)
    assert "L001" not in {code for code, _key in codes(office, f"{SET}/check")}
    assert office.get("designer", f"{SET}/documents/report/weights").json["dimensions"].keys() == {"name"}


def test_several_faults_of_a_definition_are_mended_together(office: Office) -> None:
    form = office.get("designer", f"{SET}/documents/form/machine.main").json
    form["sections"]["all"]["fields"] |= {"wieght": {}, "nmae": {}}
    office.ask("designer", "PUT", f"{SET}/documents/form/machine.main", form)
    assert office.post("designer", f"{SET}/check/fix", {"code": "L001"}).json["fixed"] == 2
    assert "L001" not in {code for code, _key in codes(office, f"{SET}/check")}
