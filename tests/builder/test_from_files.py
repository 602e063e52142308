"""An application from spreadsheets, asked for without a browser: what a person may choose, and how far the data is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from io import BytesIO

import pytest
from werkzeug.test import TestResponse

from sartor.platform.model.ids import decode_id
from sartor.platform.records.importing import ledger
from sartor.platform.storage import jobs as rows

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
