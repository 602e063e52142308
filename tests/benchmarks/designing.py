"""What a designer waits for at 300 entities of 40 fields: a page, the check of the whole while typing, and a plan.

Processor time, the median of several: what a server has to do, whatever else the machine does.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from time import process_time
from typing import Any

from documents import field
from offices import Office, open_office
from results import Result
from wide_design import wide_design

from sartor.platform.definitions.documents import without_engine_keys

TIMES = 7
CHECK_MS, PAGE_MS, PLAN_MS = 150, 1000, 1000
PAGES = ("", "/entities", "/entities/thing_7", "/forms/thing_7.main", "/views/thing_7.all", "/roles/clerk", "/changes")
EDITS: dict[str, Any] = {
    "role/clerk": {
        "label": "Clerk",
        "grants": {"thing_1": {"operations": ["read"], "scope": "all", "fields": {"*": "read"}}},
    },
    "form/thing_7.main": {
        "label": "Form", "entity": "thing_7",
        "sections": {"basics": {"label": "Basics", "fields": {"text_0": {"order": 1}}}},
    },
    "view/thing_7.all": {
        "label": "All", "entity": "thing_7", "type": "list", "columns": {"text_0": {"order": 1}},
    },
}  # fmt: skip


def design_at_size(folder: Path) -> list[Result]:
    """The slowest page, the check, and the plan of one new field, in a workspace of their own."""
    folder.mkdir(parents=True)
    with open_office(f"sqlite:///{folder / 'sartor.db'}", folder, wide_design()) as office:
        office.hire("boss", "administrator")
        office.workspace.publisher.sets.put_all({**EDITS, "entity/thing_7": _edited(office, 0)})
        found = [("designer", _slowest_page(office), PAGE_MS), ("typing", _checked(office), CHECK_MS)]
        found.append(("plan", _median(lambda _number: office.workspace.publisher.plan()), PLAN_MS))
    return [Result(case, "sqlite", took, " ms", asked=asked, at_most=True) for case, took, asked in found]


def _edited(office: Office, number: int) -> dict[str, Any]:
    made = deepcopy(without_engine_keys(office.workspace.serving().design.documents["entity/thing_7"]))
    made["fields"]["extra"] = field("text", f"Extra {number}", 999)
    return made


def _slowest_page(office: Office) -> float:
    client = office.app.test_client()
    client.set_cookie("sartor_session", office.sign_in("boss")[0])
    return max(_median(lambda _number, page=page: _opened(client, page)) for page in PAGES)


def _opened(client: Any, page: str) -> None:
    answer = client.get(f"/build/main{page}", follow_redirects=True)
    if answer.status_code != 200:
        raise RuntimeError(f"/build/main{page} answered {answer.status_code}")


def _checked(office: Office) -> float:
    """Each time another label, as somebody who types sends it."""
    path, sent = "/change-sets/main/problems", [_edited(office, number) for number in range(TIMES)]
    return _median(lambda number: office.post("boss", path, {"documents": {"entity/thing_7": sent[number]}}))


def _median(work: Callable[..., Any]) -> float:
    times = []
    for number in range(TIMES):
        start = process_time()
        work(number)
        times.append(process_time() - start)
    return statistics.median(times) * 1000
