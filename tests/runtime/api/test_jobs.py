"""Imports and exports through the API: upload, look, try, write, take back; and a file to take along."""

from __future__ import annotations

import io
from functools import partial
from typing import Any

import pytest
from offices import API, Answer, Office
from werkzeug.datastructures import MultiDict

from sartor.platform.model.ids import decode_id
from sartor.platform.records.importing import importer
from sartor.runtime.handlers import jobs_of

LINES = "name,tax_id,industry\nAlpha,701,IT\nBeta,702,Mining\n"


def upload(office: Office, who: str | None, text: str, **fields: str) -> Answer:
    sent: MultiDict[str, Any] = MultiDict(fields)
    sent["file"] = (io.BytesIO(text.encode()), "../../etc/Kunden 客户.csv")
    headers = {"Authorization": f"Bearer {office.keys[who]}"} if who else {}
    client = office.app.test_client(use_cookies=False)
    found = client.post(f"{API}/jobs/import", data=sent, headers=headers, content_type="multipart/form-data")
    return Answer(found.status_code, dict(found.headers), found.get_data())


def work(office: Office, who: str, job: str) -> dict[str, Any]:
    """Do what waits, as a worker would, and ask what came of it."""
    jobs = jobs_of(office.workspace)
    for number in jobs.waiting():
        jobs.run(number, "test")
    return office.get(who, f"/jobs/{job}").json


def test_an_import_walks_from_upload_to_undo(office: Office) -> None:
    shown = upload(office, "manager", LINES, entity="account")
    assert shown.status == 201
    assert shown.json["name"] == "Kunden 客户.csv"
    columns = {each["column"]: each["chosen"] for each in shown.json["preview"]["columns"]}
    assert columns == {"name": "name", "tax_id": "tax_id", "industry": "industry"}
    asked = {"file": shown.json["file"], "plan": {"entity": "account", "key": "tax_id"}}
    checked = work(office, "manager", office.post("manager", "/jobs/import", asked | {"step": "check"}).json["job"])
    assert checked["result"]["counts"] == {"create": 1, "update": 0, "skip": 0, "fail": 1}
    assert checked["result"]["misses"][0]["values"][0]["value"] == "Mining"
    begun = office.post("manager", "/jobs/import", asked | {"step": "run"})
    assert begun.status == 202
    done = work(office, "manager", begun.json["job"])
    assert done["result"]["counts"] == {"create": 1, "update": 0, "skip": 0, "fail": 1}
    errors = office.get("manager", f"/jobs/{begun.json['job']}/errors")
    assert "Mining" in errors.data.decode()
    assert errors.headers["Content-Disposition"].startswith("attachment")
    found = office.get("manager", "/records/account", filter="tax_id = '701'").json["data"]
    assert [row["name"] for row in found] == ["Alpha"]
    undone = office.post("manager", f"/imports/{begun.json['import']}/undo", {})
    assert work(office, "manager", undone.json["job"])["result"]["undone"] == 1
    assert office.get("manager", "/records/account", filter="tax_id = '701'").json["data"] == []


def test_an_import_that_is_cancelled_says_so_and_is_taken_back(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importer, "in_chunks", partial(importer.in_chunks, size=1))
    file = upload(office, "manager", LINES, entity="account").json["file"]
    asked = {"file": file, "plan": {"entity": "account"}, "step": "run"}
    ran, waited = (office.post("manager", "/jobs/import", asked).json for _ in range(2))
    jobs, number = jobs_of(office.workspace), decode_id(ran["job"])
    office.post("manager", f"/jobs/{waited['job']}/cancel", {})
    assert jobs.run(number, "test", lambda done, total: jobs.cancel(number))
    states = [office.get("manager", f"/imports/{each['import']}").json for each in (ran, waited)]
    assert [(each["state"], each["counts"]["create"]) for each in states] == [("cancelled", 1), ("cancelled", 0)]
    undone = office.post("manager", f"/imports/{ran['import']}/undo", {})
    assert work(office, "manager", undone.json["job"])["result"]["undone"] == 1
    assert office.get("manager", f"/imports/{ran['import']}").json["state"] == "undone"


def test_an_import_that_still_runs_is_not_taken_back(office: Office) -> None:
    file = upload(office, "manager", LINES, entity="account").json["file"]
    asked = {"file": file, "plan": {"entity": "account"}, "step": "run"}
    begun = office.post("manager", "/jobs/import", asked).json
    jobs, number = jobs_of(office.workspace), decode_id(begun["job"])
    path, answers = f"/imports/{begun['import']}/undo", []
    assert jobs.run(number, "test", lambda done, total: answers.append(office.post("manager", path, {})))
    assert [each.status for each in answers] == [409]
    assert answers[0].json["detail"].endswith("Stop it or wait for its end, then take it back.")
    assert office.post("manager", path, {}).status == 202


def test_a_job_acts_with_the_rights_of_its_owner(office: Office) -> None:
    assert upload(office, "rep", LINES, entity="account").status == 403
    assert upload(office, "reader", LINES, entity="account").status == 403
    assert upload(office, None, LINES, entity="account").status == 401


def test_files_jobs_and_imports_of_others_are_not_there(office: Office) -> None:
    shown = upload(office, "manager", LINES, entity="account").json
    job = office.post("manager", "/jobs/import", {"file": shown["file"], "plan": {"entity": "account"}, "step": "run"})
    plan = {"file": shown["file"], "plan": {"entity": "account"}, "step": "run"}
    office.hire("second", "manager")
    assert office.post("second", "/jobs/import", plan).status == 404
    for path in (f"/jobs/{job.json['job']}", f"/jobs/{job.json['job']}/errors", f"/imports/{job.json['import']}"):
        assert office.get("second", path).status == 404, path
    assert office.post("second", f"/jobs/{job.json['job']}/cancel", {}).status == 404
    assert office.post("manager", f"/jobs/{job.json['job']}/cancel", {}).json["state"] == "cancelled"


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "empty"), ("PK\x03\x04rubbish", "workbook"), ("<html><table></table></html>", "kind")],
)
def test_a_file_that_cannot_be_read_says_why(office: Office, text: str, code: str) -> None:
    shown = upload(office, "manager", text, entity="account")
    assert (shown.status, shown.json["preview"], shown.json["unreadable"]["code"]) == (201, None, code)


def test_a_plan_that_cannot_be_is_refused_with_the_near_match(office: Office) -> None:
    shown = upload(office, "manager", LINES, entity="account").json
    plan = {"entity": "account", "columns": {"nam": "name"}}
    refused = office.post("manager", "/jobs/import", {"file": shown["file"], "plan": plan, "step": "run"})
    assert (refused.status, refused.json["errors"][0]["near"]) == (422, "name")
    refused = office.post("manager", "/jobs/import", {"file": shown["file"], "plan": plan, "step": "runn"})
    assert refused.json["errors"][0]["near"] == "run"
    assert upload(office, "manager", LINES, entity="acount").status == 404


def test_an_export_is_made_by_a_job_and_taken_with_todays_rights(office: Office) -> None:
    office.make("product", {"name": "=SUM(1)"})
    begun = office.post("manager", "/jobs/export", {"entity": "product", "paths": "name"})
    assert (begun.status, begun.headers["Location"]) == (202, f"/api/v1/jobs/{begun.json['job']}")
    assert office.get("manager", f"/jobs/{begun.json['job']}/file").status == 409
    done = work(office, "manager", begun.json["job"])
    assert (done["state"], done["result"]["file"]) == ("done", f"jobs/{begun.json['job']}/file")
    file = office.get("manager", f"/jobs/{begun.json['job']}/file")
    assert "'=SUM(1)" in file.data.decode("utf-8-sig")
    assert file.headers["X-Content-Type-Options"] == "nosniff"
    assert "filename*=UTF-8''" in file.headers["Content-Disposition"]
    assert office.get("rep", f"/jobs/{begun.json['job']}/file").status == 404
    assert office.post("rep", "/jobs/export", {"entity": "product"}).status == 403


def test_jobs_are_listed_for_their_owner_only(office: Office) -> None:
    job = office.post("manager", "/jobs/export", {"entity": "product"}).json["job"]
    assert job in [each["id"] for each in office.get("manager", "/jobs").json["data"]]
    assert office.get("other", "/jobs").json["data"] == []
