"""Real files become working applications: proposed, published and filled untouched, they add up to what is known."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hardware import LOOKALIKE, REAL, known
from offices import Office, open_office

from sartor.platform.packaging.sheets.documents import documents
from sartor.platform.packaging.sheets.filling import begin
from sartor.platform.packaging.sheets.keeping import Desk
from sartor.platform.packaging.sheets.proposal import Proposal
from sartor.platform.publishing.publisher import Publication
from sartor.runtime.handlers import jobs_of

CHINOOK = Path("transactions") / "chinook"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with opened(f"sqlite:///{tmp_path / 'sartor.db'}", tmp_path) as office:
        yield office


@contextmanager
def opened(url: str, folder: Path) -> Iterator[Office]:
    with open_office(url, folder) as office:
        office.hire("boss", "administrator")
        yield office


def made(office: Office, folder: Path) -> Proposal:
    """An application of all the CSV files of a folder, as it is proposed, with its data."""
    here, boss = office.workspace, office.people["boss"]
    desk = Desk(here, here.person(here.stamp(), boss))
    streams = [(BytesIO(path.read_bytes()), path.name) for path in sorted(folder.glob("*.csv"))]
    proposal = desk.bring(streams, here.serving().design.documents)
    here.publisher.sets.put_all(documents(proposal, role=True))
    begun: list[int] = []
    also = Publication(by=boss, also=lambda work: begun.append(begin(here.database, work, proposal, boss, {})))
    here.publisher.publish(also)
    assert jobs_of(here).run(begun[0], "test")
    assert jobs_of(here).get(begun[0]).state == "done"
    return proposal


def grouped(office: Office, entity: str, by: str, measure: str = "count()") -> dict[str, Any]:
    """A measure by what stands in a field, lookups by their title."""
    rows = office.get("boss", f"/records/{entity}/aggregate", group=by, measure=measure).json["data"]
    return {_text(row["group"][by]): row["measures"][measure] for row in rows}


def _text(value: Any) -> str:
    return str(value["title"] if isinstance(value, dict) else value or "")


def total(office: Office, entity: str, measure: str = "count()") -> Any:
    return office.get("boss", f"/records/{entity}/aggregate", measure=measure).json["data"][0]["measures"][measure]


def adds_up(office: Office, folder: Path) -> None:
    """The hardware company's deals, as they were counted by plain reading."""
    made(office, folder)
    answers: dict[str, Any] = known(folder)
    stages = grouped(office, "sales_pipeline", "deal_stage")
    assert stages == {stage.lower(): count for stage, count in answers["stages"].items()}
    assert Decimal(total(office, "sales_pipeline", "sum(close_value)")) == answers["amount_total"]
    assert grouped(office, "sales_pipeline", "account")[""] == sum(answers["account_blank"].values())
    assert "" not in grouped(office, "sales_pipeline", "product")
    parents = grouped(office, "account", "subsidiary_of")
    assert sum(count for parent, count in parents.items() if parent) == answers["accounts_with_parent"]


def test_a_hardware_companys_deals_add_up_on_each_database(database_url: str, tmp_path: Path) -> None:
    with opened(database_url, tmp_path) as office:
        adds_up(office, LOOKALIKE)
        refused = office.get("boss", "/imports/4/errors")
        assert (refused.status, refused.data.decode("utf-8-sig").count("\n")) == (200, 1)


def test_the_real_ones_do(office: Office, shared_data: Path) -> None:
    if not (shared_data / REAL / "sales_pipeline.csv").is_file():
        pytest.skip("the real files are not here")
    adds_up(office, shared_data / REAL)
    assert grouped(office, "sales_pipeline", "product")["GTX Pro"] == 1480


def test_a_music_shop_adds_up(office: Office, shared_data: Path) -> None:
    if not (shared_data / CHINOOK / "Invoice.csv").is_file():
        pytest.skip("the real files are not here")
    made(office, shared_data / CHINOOK)
    assert Decimal(total(office, "invoice", "sum(total)")) == Decimal("2328.60")
    assert [total(office, each) for each in ("customer", "invoice", "invoice_line", "track")] == [59, 412, 2240, 3503]
    assert grouped(office, "customer", "support_rep") == {"Jane Peacock": 21, "Margaret Park": 20, "Steve Johnson": 18}
    assert grouped(office, "employee", "reports_to")["Nancy Edwards"] == 3
    assert grouped(office, "track", "genre")["Rock"] == 1297
