"""Blueprint files by REST: a selection out, a file in, taken names refused until somebody chooses."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from offices import Office

SELECTION = {"name": "round", "label": {"en": "Round", "zh": "一轮"}, "keys": ["view/deal.all"]}


@pytest.fixture(scope="module")
def file(office: Office) -> Any:
    return office.post("boss", "/blueprint-files/export", SELECTION).json


def bring_in(office: Office, file: Any, dry_run: bool = True, who: str = "boss", **more: Any) -> Any:
    path = "/blueprint-files/import" + ("?dry_run=true" if dry_run else "")
    return office.post(who, path, {"file": file["file"], **more})


def test_a_selection_says_what_came_along(file: Any) -> None:
    assert {"entity/deal", "entity/account", "pipeline/deal"} <= set(file["needed"])
    assert "view/deal.all" not in file["needed"]
    assert file["name"] == "round.zip"
    assert base64.b64decode(file["file"])[:2] == b"PK"


def test_the_same_selection_has_the_same_checksum(office: Office, file: Any) -> None:
    assert office.post("boss", "/blueprint-files/export", SELECTION).json["checksum"] == file["checksum"]


def test_taken_names_are_refused_by_name(office: Office, file: Any) -> None:
    asked = bring_in(office, file).json
    assert "entity/deal" in asked["taken"]
    assert asked["names"]["entity/deal"] == "Entity Deal"
    told = bring_in(office, file, dry_run=False)
    assert (told.status, told.json["type"]) == (409, "about:blank#collision")
    assert "entity/deal" in {each["file"] for each in told.json["errors"]}


def test_with_a_choice_there_is_a_plan_and_then_a_revision(office: Office, file: Any) -> None:
    plan = bring_in(office, file, choices={"*": "both"}).json
    assert "entity/deal_2" in plan["changed"]
    done = bring_in(office, file, dry_run=False, choices={"*": "both"}, confirm=plan["fingerprint"])
    assert (done.status, done.json["blueprints"]) == (201, ["round"])
    assert bring_in(office, file, choices={"*": "both"}).json["steps"] == []
    back = office.get("boss", "/blueprints/round/file").json
    assert "entity/deal_2" in back["definitions"]
    assert office.get("boss", "/blueprints/round/changes").json == {"data": []}
    plan = office.post("boss", "/blueprints/round/uninstall?dry_run=true", {}).json
    assert office.post("boss", "/blueprints/round/uninstall", {"confirm": plan["fingerprint"]}).status == 200


def test_what_is_no_blueprint_file_is_refused(office: Office) -> None:
    assert bring_in(office, {"file": "UEsDBA=="}).status == 400
    assert bring_in(office, {"file": "?"}).json["detail"] == "The file is not base64."


def test_only_designers_move_blueprints(office: Office, file: Any) -> None:
    assert office.post("rep", "/blueprint-files/export", SELECTION).status == 403
    assert bring_in(office, file, who="rep").status == 403


def test_the_gallery_tells_what_is_inside(office: Office) -> None:
    rows = {each["name"]: each for each in office.get("boss", "/blueprints").json["data"]}
    assert rows["sales"]["requires"] == ["base"]
    assert rows["sales"]["kinds"]["entity"] == 9
    assert rows["sales"]["samples"] > 100
