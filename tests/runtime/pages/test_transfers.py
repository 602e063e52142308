"""Importing and exporting through pages, with the worker's work done by hand."""

from __future__ import annotations

import io

import pytest
from offices import Office
from werkzeug.datastructures import MultiDict

from sartor.runtime.handlers import jobs_of

IMPORT = "/app/crm/contact/r/import"
FILE = "姓名,Account,手机,E-mail\nLi Na,Huawai,13800000001,li@example.com\nWang,Huawei,13800000002,\nNobody,Huawei,,\n"


@pytest.fixture(scope="module", autouse=True)
def account(office: Office) -> str:
    return office.make("account", {"name": "Huawei"}, by="ann")


@pytest.fixture
def work(office: Office):
    """Do everything that waits."""

    def run() -> None:
        jobs = jobs_of(office.workspace)
        for number in jobs.waiting():
            jobs.run(number, "test")

    return run


def upload(browser, text: str, name: str = "people.csv"):
    form = browser.get(IMPORT).form("/import")
    data = MultiDict([*form.fields, ("file", (io.BytesIO(text.encode("gb18030")), name))])
    return browser.client.post(form.action, data=data, content_type="multipart/form-data")


def test_a_file_is_matched_tried_mended_and_written(office, visit, work):
    browser = visit("max")
    sent = upload(browser, FILE)
    assert sent.status_code == 303
    unsure = browser.get(sent.headers["Location"])
    assert "It is not certain in which encoding the file was saved." in unsure.text
    assert "姓名" in unsure.text
    assert unsure.form("/reading").value("encoding") == "gb18030"
    read = browser.send(unsure.form("/reading"))
    columns = browser.get(read.location)
    assert "Li Na" in columns.text
    form = columns.form(read.location.rpartition("/")[2].partition("?")[0])
    more = {"map[0]": "name", "map[1]": "account", "map[2]": "mobile", "map[3]": "email"}
    trial = browser.send(form, more=more)
    assert trial.status == 303
    assert "It begins in a moment" in browser.get(trial.location).text
    work()
    found = browser.get(trial.location)
    assert "Nothing is written yet" in found.text
    assert "Huawai" in found.text
    assert "Leave a way to reach them." in found.text
    mended = browser.send(found.form(trial.location.rpartition("/")[2]), more={"value[0]": "Huawei"})
    work()
    again = browser.get(mended.location)
    assert "New 2" in again.text
    assert "Write 2 rows" in again.text
    job = browser.send(again.form(mended.location.rpartition("/")[2]), act="write")
    work()
    done = browser.get(job.location)
    assert "New 2" in done.text
    assert "Refused rows with reasons" in done.text
    assert "Li Na" in browser.get("/app/crm/contact").text
    back = browser.send(done.form("/undo"))
    work()
    undone = browser.get(back.location)
    assert "Done" in undone.text
    assert "Taken back 2" in undone.text
    assert "Changed since, left as they are 0" in undone.text
    assert undone.links("/app/crm/contact")
    assert "Li Na" not in browser.get("/app/crm/contact").text


def test_back_from_the_trial_the_columns_are_as_they_were_matched(office, visit, work):
    browser = visit("max")
    unsure = browser.get(upload(browser, FILE).headers["Location"])
    url = browser.send(unsure.form("/reading")).location
    key = url.rpartition("/")[2].partition("?")[0]
    trial = browser.send(browser.get(url).form(key), more={"map[0]": "name", "map[1]": "", "map[2]": "", "map[3]": ""})
    work()
    found = browser.get(trial.location)
    back = browser.get(next(each for each in found.links(key) if "trial=" in each)).form(key)
    assert [back.value(f"map[{at}]") for at in range(4)] == ["name", "", "", ""]
    assert back.value("encoding") == "gb18030"


def test_trying_again_writes_nothing(office, visit, work):
    browser = visit("max")
    url = upload(browser, "Name,Account\nXu,Huawai\n").headers["Location"]
    form = browser.get(url).form(url.rpartition("/")[2])
    trial = browser.send(form, more={"map[0]": "name", "map[1]": "account"})
    work()
    page = browser.get(trial.location)
    again = browser.send(page.form(trial.location.rpartition("/")[2]), more={"value[0]": ""})
    assert "/trial/" in again.location


def test_without_a_file_the_page_asks_for_one(visit):
    browser = visit("max")
    page = browser.send(browser.get(IMPORT).form("/import"))
    assert page.status == 422
    assert "Choose a file first." in page.text


def test_an_empty_file_says_so(visit):
    browser = visit("max")
    sent = upload(browser, "")
    page = browser.get(sent.headers["Location"])
    assert page.status == 422
    assert "The file could not be read." in page.text


def test_the_preview_follows_the_choice_of_columns(visit):
    browser = visit("max")
    url = upload(browser, FILE).headers["Location"].partition("?")[0]
    rows = browser.post(f"{url}/preview", {"map[0]": "name", "map[3]": "email", "encoding": "gb18030"})
    assert "<html" not in rows.markup
    assert "li@example.com" in rows.text
    assert "13800000001" not in rows.text


def test_who_may_not_import_is_told_so(visit):
    assert visit("ann").get(IMPORT).status == 403
    assert "/r/import" not in visit("ann").get("/app/crm/contact").markup


def test_another_persons_file_is_not_there(office, visit):
    office.hire("mia", "manager")
    url = upload(visit("max"), FILE).headers["Location"].partition("?")[0]
    assert visit("mia").get(url).status == 404


def test_a_list_is_exported_as_it_is_seen_and_downloaded(visit, work):
    browser = visit("max")
    dialog = browser.fragment("/app/crm/account/r/export?view=all&filter=name = 'Huawei'")
    job = browser.send(dialog.form("/export"), format="csv")
    assert job.status == 303
    work()
    page = browser.get(job.location)
    file = next(each for each in page.links("/file"))
    assert "Huawei" in browser.get(file).response.get_data().decode("utf-8-sig")
    assert "Export: Accounts" in browser.get("/app/crm/-/jobs").text


def test_a_job_is_its_owners(visit, work):
    browser = visit("max")
    job = browser.send(browser.fragment("/app/crm/account/r/export").form("/export"), format="csv")
    assert visit("ann").get(job.location).status == 404


def test_a_job_that_waits_can_be_stopped(visit, work):
    browser = visit("max")
    job = browser.send(browser.fragment("/app/crm/account/r/export").form("/export"), format="csv")
    assert browser.send(browser.get(job.location).form("/cancel")).status == 303
    work()
    assert "Stopped" in browser.get(job.location).text


@pytest.mark.parametrize(("heading", "known"), [("Tax id", "tax_id"), ("Website", "")])
def test_records_are_known_again_by_what_no_two_share(visit, heading, known):
    """Rows of records that are there already would all be refused otherwise."""
    browser = visit("max")
    form = browser.get(IMPORT.replace("contact", "account")).form("/import")
    data = MultiDict([*form.fields, ("file", (io.BytesIO(f"Name,{heading}\nHuawei,123\n".encode()), "a.csv"))])
    url = browser.client.post(form.action, data=data, content_type="multipart/form-data").headers["Location"]
    assert browser.get(url).form(url.rpartition("/")[2]).value("key") == known
