"""An application from spreadsheets, asked for without a browser: what a person may choose, and how far the data is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from io import BytesIO

import openpyxl
import pytest
import sqlalchemy as sa
from werkzeug.test import TestResponse

from sartor.platform.model.ids import decode_id
from sartor.platform.publishing.applying import Publication
from sartor.platform.records.importing import ledger
from sartor.platform.storage import jobs as rows
from sartor.platform.storage.system.files import sys_file
from sartor.runtime.handlers import jobs_of

START = "/build/main/apps/from-files"
CUSTOMERS = "Buyer,Place\n" + "".join(f"B{n},P{n}\n" for n in range(4))
TICKETS = "Ticket no,Buyer,Status,Sort,Opened\n" + "".join(
    f"T{n},B{n % 4},{('new', 'doing', 'done')[n % 3]},{('bug', 'wish')[n % 2]},2026-0{n % 9 + 1}-01\n"
    for n in range(24)
)


@pytest.fixture
def send(office) -> Iterator[Callable[..., TestResponse]]:
    def sent(path: str, **fields) -> TestResponse:
        key, csrf = office.sign_in("boss")
        client = office.app.test_client()
        client.set_cookie("sartor_session", key)
        return client.post(path, data=fields | {"_csrf": csrf}, content_type="multipart/form-data")

    yield sent
    office.workspace.publisher.sets.discard()


@pytest.fixture
def proposal(send) -> str:
    """Where two tables are proposed."""
    files = [
        (BytesIO(text.encode()), f"{name}.csv") for name, text in {"buyers": CUSTOMERS, "tickets": TICKETS}.items()
    ]
    return send(START, files=files).location


def everything(page: str) -> dict[str, str]:
    """What a browser would send of the inputs that are ticked or chosen."""
    found = dict(re.findall(r'<input[^>]*name="([^"]+)"[^>]* value="([^"]*)"', page))
    found |= dict.fromkeys(re.findall(r'<input type="checkbox"[^>]*name="([^"]+)" checked', page), "on")
    chosen = re.findall(r'<select[^>]*name="([^"]+)".*?</select>', page, re.DOTALL)
    for name in chosen:
        options = page.split(f'name="{name}"')[1].split("</select>")[0]
        found[name] = next(iter(re.findall(r'<option value="([^"]*)" selected', options)), "")
    return found


def test_the_board_and_the_dashboard_are_offered_and_told(boss, proposal):
    page = boss.get(proposal).text
    sent = everything(page)
    assert (sent["s1.board"], sent["app.about"]) == ("status", "s1")
    assert "new → doing → done (Won)" in page
    assert "It shows: Tickets · Tickets, still open · Buyers" in page


def test_another_column_is_chosen_and_the_dashboard_is_taken_off(office, boss, send, proposal):
    sent = everything(boss.get(proposal).text)
    made = send(proposal, **sent, act="make").location.removesuffix("/plan")
    drafted = office.workspace.publisher.sets.documents()
    assert "pipeline/ticket.status" in drafted
    assert "dashboard/tickets.home" in drafted
    assert send(made, **sent | {"s1.board": "sort", "app.about": ""}, act="make").status_code == 303
    drafted = office.workspace.publisher.sets.documents()
    assert [key for key in drafted if key.startswith("pipeline/ticket")] == ["pipeline/ticket.sort"]
    assert "dashboard/tickets.home" not in drafted


def test_each_table_tells_how_far_it_is(office, boss, send, proposal):
    plan = send(proposal, **everything(boss.get(proposal).text), act="make").location
    begun = send(plan.removesuffix("/plan") + "/publish", **everything(boss.get(plan).text)).location
    job = rows.get(office.workspace.database, decode_id(re.findall(r"data/(\w+)", begun)[0]))
    first = int(job.input["imports"][0])

    def go_on(work):
        rows.take(work, job.id, "test")
        ledger.set_state(work, first, state="done", counts={"create": 4})
        rows.note_progress(work, job.id, "test", {"progress": 13, "total": 28})

    assert re.findall(r"<td>(\w[\w ]*)</td>", boss.get(begun).text) == ["waiting", "waiting"]
    office.workspace.database.run(go_on)
    assert re.findall(r"<td>(\w[\w ]*)</td>", boss.get(begun).text) == ["done", "9 rows so far"]


def read(boss) -> str:
    """What was begun, as the first page lists it."""
    page = boss.get(START).text
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.partition("Begun already")[2].partition("</section>")[0]))


def make(boss, send, proposal: str) -> str:
    """The page of its plan, once it lies in the change set."""
    return send(proposal, **everything(boss.get(proposal).text), act="make").location


@pytest.fixture
def forgotten(office) -> None:
    """What earlier tests began."""
    office.workspace.database.run(lambda work: work.connection.execute(sa.delete(sys_file)))


def test_who_left_finds_the_way_back_to_the_columns_and_the_plan(boss, send, forgotten, proposal):
    assert "its columns can be looked through" in read(boss)
    plan = make(boss, send, proposal)
    assert "made in this change set, not published yet" in read(boss)
    assert f'href="{plan}"' in boss.get(START).text
    assert send(plan.removesuffix("/plan") + "/forget").location == START
    assert read(boss) == ""


def test_what_another_began_is_not_listed(office, ann, boss, forgotten, proposal):
    assert "Begun already" in boss.get(START).text
    office.hire("eve", "administrator")
    assert "Begun already" not in type(boss)(office, "eve").get(START).text


def test_a_publish_without_the_data_is_warned_of_and_the_data_follows_once(office, boss, send, forgotten, proposal):
    plan = make(boss, send, proposal)
    assert f'href="{plan}"' in boss.get("/build/main/plan").text
    assert "publish it with their rows, or these stay out." in boss.get("/build/main").text
    office.workspace.publisher.publish(Publication(by=office.people["boss"]))
    assert "published, but its data is not in yet" in read(boss)
    assert "Bring the data in" in boss.get(plan).text
    there = send(plan.removesuffix("/plan") + "/data").location
    assert "/from-files/data/" in there
    assert "its data is coming in: 0 of about 28 rows" in read(boss)
    assert send(plan.removesuffix("/plan") + "/data").location == plan
    assert "It is published, with its data" in boss.get(plan).text
    (key,) = re.findall(r"data/(\w+)", there)
    jobs_of(office.workspace).run(decode_id(key), "test")
    assert "published, 28 rows are in" in read(boss)
    assert re.findall(r"(\w+)</\w+>\s*<\w+[^>]*>28<", boss.get(f"/app/crm/-/jobs/{key}").text) == ["New"]


def test_a_workbook_of_several_sheets_is_named_once(office, boss, send):
    book = openpyxl.Workbook()
    for name in ("Shelves", "Boxes"):
        sheet = book.create_sheet(name)
        for row in (("Label", "Weight"), ("A", 1), ("B", 2)):
            sheet.append(row)
    held = BytesIO()
    book.save(held)
    proposal = send(START, files=[(BytesIO(held.getvalue()), "depot.xlsx")]).location
    plan = make(boss, send, proposal)
    send(plan.removesuffix("/plan") + "/publish", **everything(boss.get(plan).text))
    assert "Application from spreadsheets: depot.xlsx<" in boss.get("/app/crm/-/jobs").text


def test_an_older_proposal_is_made_beside_what_was_made_since(office, boss, send, proposal):
    """Both were proposed when neither name was taken."""
    twin = send(START, files=[(BytesIO(CUSTOMERS.encode()), "buyers.csv")]).location
    before = office.workspace.publisher.sets.documents().keys()
    make(boss, send, proposal)
    first = office.workspace.publisher.sets.documents()
    sent = everything(boss.get(twin).text) | {"app.en": "Help desk"}
    assert send(twin, **sent, act="make").status_code == 303
    second = office.workspace.publisher.sets.documents()
    assert {key: second[key] for key in first} == first
    assert len([key for key in second.keys() - before if key.startswith("entity/buyer")]) == 2
    assert "app/help_desk" in second


def test_it_says_which_entities_the_new_role_leaves_closed(office, boss, send, forgotten):
    for number in range(4):
        office.make("account", {"name": f"Firm {number}"})
    visits = "Visit no,Account\n" + "".join(f"V{n},Firm {n % 4}\n" for n in range(9))
    proposal = send(START, files=[(BytesIO(visits.encode()), "visits.csv")]).location
    assert "The new role does not open Accounts" in boss.get(make(boss, send, proposal)).text


def test_a_file_that_cannot_be_read_is_named_once(send):
    page = send(START, files=[(BytesIO(b""), "nothing.csv")]).text
    assert page.count("nothing.csv") == 1
    assert "nothing.csv is empty." in page


def test_data_that_nobody_wants_is_left_out_and_not_told_of_again(office, boss, send, forgotten, proposal):
    plan = make(boss, send, proposal)
    office.workspace.publisher.publish(Publication(by=office.people["boss"]))
    (never,) = re.findall(r'action="([^"]+/forget)"', boss.get(plan).text)
    assert "are not in yet" in boss.get("/build/main").text
    assert send(never).location == START
    assert "are not in yet" not in boss.get("/build/main").text
