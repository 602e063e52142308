"""A scenario holds or says where it does not, and touches nothing of the workspace that it is run for."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from smalls import BASE, MORE

from sartor.platform.packaging.files.folder import read_folder
from sartor.platform.packaging.installing.install import install
from sartor.platform.packaging.scenarios import running
from sartor.platform.packaging.scenarios.asked import run_folder, run_installed
from sartor.platform.packaging.scenarios.running import Result
from sartor.platform.query.question import Question
from sartor.platform.workspace import Workspace

FileWriter = Callable[[str, dict[str, Any]], Path]
HOLDS: dict[str, Any] = {
    "label": "Visits are counted",
    "clock": "2026-05-20 12:00",
    "people": {"eve": {"roles": ["administrator"]}},
    "given": [{"create": "client", "name": "ann", "values": {"name": "Ann"}}],
    "when": [
        {"as": "eve", "create": "client", "values": {}, "refused": {"name": "required"}},
        {"as": "eve", "create": "visit", "name": "first", "values": {"subject": "Hello", "client": "@ann"}},
        {"at": "2026-05-21 09:00", "delete": "first", "then": [{"of": "ann", "has": {"visits": 0}}]},
        {"restore": "first"},
    ],
    "then": [
        {"of": "ann", "has": {"visits": 1, "updated_at": "2026-05-20T12:00:00+08:00"}},
        {"in": "visit", "where": "client = '@ann'", "count": 1},
    ],
}


@pytest.fixture
def told(folder_of: FileWriter, small: Path) -> Callable[..., Result]:
    """Runs the scenario above with other parts."""

    def run(**parts: Any) -> Result:
        folder = folder_of("more", {**MORE, "scenarios/visits.json": {**deepcopy(HOLDS), **parts}})
        (result,) = run_folder(folder, [small])
        return result

    return run


def places(result: Result) -> list[str]:
    return [each.field for each in result.problems]


def test_a_scenario_that_holds_says_nothing(told: Callable[..., Result]) -> None:
    assert told().problems == ()


@pytest.mark.parametrize(
    ("parts", "place", "said"),
    [
        ({"then": [{"of": "ann", "has": {"visits": 2}}]}, "/then/0", "visits is 1, and 2 was expected"),
        ({"then": [{"in": "visit", "count": 0}]}, "/then/0", "there are 1, and 0 were expected"),
        ({"then": [{"of": "ann", "is_seen": False}]}, "/then/0", "ann is seen"),
        ({"then": [{"of": "bob"}]}, "/then/0", "Nothing is called bob"),
        ({"when": [{"create": "client", "values": {"name": "B"}, "refused": {}}], "then": []}, "/when/0", "accepted"),
        ({"when": [{"create": "client"}]}, "/when/0", "not saved"),
        ({"when": [{"create": "client", "refused": {"name": "unique"}}], "then": []}, "/when/0", "name required"),
        ({"given": [{"make": "client"}]}, "/given/0/make", "“make” is not known here"),
        ({"clock": "noon"}, "/clock", "A time such as"),
        ({"clock": "2026-02-30 12:00"}, "/clock", "day"),
        ({"zone": "Mars/Olympus"}, "/zone", "Mars/Olympus"),
        (
            {"given": [{"create": "client", "values": {"name": "A"}, "stages": [["new", "2026-05-01 12:00"]]}]},
            "/given/0",
            "client has no stages",
        ),
        ({"then": [{"as": "eve", "count": 0}]}, "/then/0", "is missing"),
    ],
)
def test_what_does_not_hold_is_told_with_its_place(
    told: Callable[..., Result], parts: dict[str, Any], place: str, said: str
) -> None:
    result = told(**parts)
    assert places(result)[0] == place
    assert said in result.problems[0].message


def test_they_are_run_against_what_a_change_set_would_make(workspace: Workspace, folder_of: FileWriter) -> None:
    scenario = {"label": "Plain", "clock": "2026-05-20 12:00", "when": [{"create": "client", "values": {"name": "A"}}]}
    install(workspace, [read_folder(folder_of("small", {**BASE, "scenarios/plain.json": scenario}))], "L3")
    entity = deepcopy(dict(workspace.serving().design.documents["entity/client"]))
    entity["fields"]["vat"] = {"type": "text", "label": "VAT", "order": 20, "required": True}
    workspace.publisher.sets.put("entity/client", entity, name="main")
    assert [each.held for each in run_installed(workspace)] == [True]
    (broken,) = run_installed(workspace, ["small"], "main")
    assert places(broken) == ["/when/0"]
    assert workspace.serving().reader.count(workspace.system("test"), Question("client", ()), exact=True) == (0, False)


def test_what_takes_too_long_is_stopped(told: Callable[..., Result], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "LONGEST", -1.0)
    assert "took too long" in told().problems[0].message
