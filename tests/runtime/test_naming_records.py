"""Spreadsheets that name records which are here already: proposed as lookups, published, and filled."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import crm
import pytest
from offices import Office, open_office

from sartor.platform.packaging.sheets.adjusting import pointed, retyped
from sartor.platform.packaging.sheets.documents import documents
from sartor.platform.packaging.sheets.filling import begin
from sartor.platform.packaging.sheets.keeping import Desk
from sartor.platform.packaging.sheets.proposal import Column, Proposal
from sartor.platform.packaging.sheets.wording import said
from sartor.platform.publishing.publisher import Publication
from sartor.platform.text import use_language
from sartor.runtime.handlers import jobs_of

NAMES = ("Hooli", "Pied Piper", "Initech", "Umbrella", "Acme")
VISITS = "Visit no,Customer name,Owner,Notes\n" + "".join(
    f"V{n},{[*NAMES, 'acme ', 'Globex', 'Pied-Piper'][n % 8]},{('ann', 'bob@example.com')[n % 2]},Went well {n}\n"
    for n in range(24)
)
SECRET = {
    "label": "Secret",
    "abilities": ["design"],
    "grants": {"account": {"operations": ["read"], "scope": "own", "fields": {"*": "read"}}},
}


@pytest.fixture(scope="module")
def office(module_database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder: Path = tmp_path_factory.mktemp("office")
    with open_office(module_database_url, folder, crm.documents(**{"role/secret": SECRET})) as office:
        office.hire("boss", "administrator")
        office.hire("ann", "seller")
        office.hire("bob", "seller")
        office.hire("spy", "secret")
        for name in (*NAMES, "Acme"):
            office.make("account", {"name": name})
        yield office


def desk_of(office: Office, who: str) -> Desk:
    return Desk(office.workspace, office.workspace.person(office.workspace.stamp(), office.people[who]))


def proposed(office: Office, who: str = "boss", **files: str) -> Proposal:
    sent = [(BytesIO(text.encode()), f"{name}.csv") for name, text in (files or {"visits": VISITS}).items()]
    return desk_of(office, who).bring(sent, office.workspace.serving().design.documents)


def column(proposal: Proposal, name: str) -> Column:
    found = proposal.sheets[0].column(name)
    assert found is not None
    return found


def test_names_of_records_are_a_lookup_and_people_own_what_names_them(office: Office) -> None:
    found = proposed(office)
    customer, owner = column(found, "Customer name"), column(found, "Owner")
    assert (customer.type, customer.target, customer.required) == ("lookup", "account", False)
    assert (customer.field, customer.label) == ("customer", {"en": "Customer", "zh": "客户"})
    assert (owner.type, owner.target, owner.field, owner.required) == ("lookup", "user", "owner", True)
    assert said(customer.reasons[0]) == "6 of 8 different values name Accounts that are here already"
    assert said(owner.reasons[0]) == "All 2 different values name Users that are here already"


def test_what_names_nothing_or_several_is_told_and_the_nearly_same_is_read_as_it(office: Office) -> None:
    customer = column(proposed(office), "Customer name")
    told = {each.value: (each.rows, each.several) for each in customer.misfits}
    assert told == {"Acme": (3, 2), "acme": (3, 2), "Globex": (3, 0), "Pied-Piper": (3, 0)}
    assert (customer.means, customer.misfit_rows) == ({"Pied-Piper": "Pied Piper"}, 9)
    assert "2 values name more than one record each" in said(customer.reasons[1])
    use_language("zh")
    assert said(customer.reasons[0]) == "8 个不同的值中有 6 个是已有的客户"
    use_language("en")


def test_whoever_sees_no_record_is_told_of_none(office: Office) -> None:
    found = column(proposed(office, "spy"), "Customer name")
    assert (found.target, [each.near for each in found.misfits if each.near], found.reasons[0].code) == ("", [], "few")


def test_a_heading_of_something_else_has_to_be_borne_out_by_nearly_all_values(office: Office) -> None:
    few = "Day,Where from\n" + "".join(f"2026-01-0{n},{(*NAMES, 'Nowhere')[n % 6]}\n" for n in range(1, 9))
    all_of_them = few.replace("Nowhere", "Hooli")
    assert column(proposed(office, days=few), "Where from").target == ""
    assert column(proposed(office, days=all_of_them), "Where from").target == "account"


def test_names_that_most_records_share_point_to_nothing(office: Office) -> None:
    for _again in range(2):
        office.make("product", {"name": "Bolt"})
    rows = "Day,Product\n" + "".join(f"2026-01-0{n},Bolt\n" for n in range(1, 9))
    assert column(proposed(office, days=rows), "Product").target == ""


def test_the_names_of_the_rows_themselves_point_to_nothing(office: Office) -> None:
    rows = "Name,Parent\n" + "".join(f"{name},{NAMES[0]}\n" for name in NAMES)
    assert column(proposed(office, accounts=rows), "Name").target == ""


def test_another_target_or_a_plain_text_is_judged_anew(office: Office) -> None:
    found, desk = proposed(office), desk_of(office, "boss")
    sheet, owner = found.sheets[0], column(found, "Owner")
    looked = {sheet.id: desk.look(sheet)}
    other = pointed(found, (sheet, owner), "account", looked, desk.standing)
    assert (other.target, other.misfit_rows, other.required) == ("account", 24, False)
    plain = retyped(other, looked[sheet.id].columns[2], "text", desk.ways)
    assert (plain.type, plain.target, plain.misfit_rows) == ("text", "", 0)
    back = pointed(found, (sheet, plain), "user", looked, desk.standing)
    assert (back.target, back.misfit_rows) == ("user", 0)


def test_they_are_filled_as_it_was_told(office: Office) -> None:
    here, boss, found = office.workspace, office.people["boss"], proposed(office)
    here.publisher.sets.put_all(documents(found, role=True))
    begun: list[int] = []
    also = Publication(by=boss, also=lambda work: begun.append(begin(here.database, work, found, boss, {})))
    here.publisher.publish(also)
    assert jobs_of(here).run(begun[0], "test")
    rows = office.get("boss", "/records/visit", limit="100", fields="visit_no,customer,owner").json["data"]
    named = {
        each["visit_no"]: (each["customer"] and each["customer"]["title"], each["owner"]["title"]) for each in rows
    }
    assert len(named) == 24
    assert (named["V0"], named["V1"]) == (("Hooli", "ann"), ("Pied Piper", "bob"))
    assert named["V7"] == ("Pied Piper", "bob")
    assert [named[each][0] for each in ("V4", "V5", "V6")] == [None, None, None]
    entity = here.serving().design.documents["entity/visit"]["fields"]
    assert (entity["owner"]["type"], entity["owner"]["default"], entity["customer"]["type"]) == (
        "user",
        "me()",
        "lookup",
    )
