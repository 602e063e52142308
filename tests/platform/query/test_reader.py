"""Reading: pages, order, cursors, titles, rights, numbers, search."""

from __future__ import annotations

import pytest
from worlds import World

from sartor.platform.definitions.compile.scope import ModelScope
from sartor.platform.errors import BadRequest, NotFound, Outdated
from sartor.platform.expressions import aggregate, check
from sartor.platform.model import Operation
from sartor.platform.model.ids import decode_id
from sartor.platform.query.asking import NamesKept
from sartor.platform.query.question import Group, Question, Sum, Term
from sartor.platform.query.searching import search
from sartor.platform.query.simple import take_apart


def condition(world: World, text: str, entity: str = "deal"):
    return check(text, ModelScope(world.model), entity)


def measure(world: World, text: str, entity: str = "deal"):
    return aggregate(text, ModelScope(world.model), entity)


def all_pages(world: World, *sort: str, limit: int = 2, context=None) -> list[str]:
    terms, found, cursor = tuple(Term.parse(each) for each in sort), [], None
    while True:
        question = Question("deal", (("name",),), sort=terms, limit=limit, cursor=cursor)
        page = world.reader.page(context or world.system, question)
        found += [row["name"] for row in page.rows]
        cursor = page.next
        if cursor is None:
            return found


@pytest.fixture
def deals(world: World, account: str) -> dict[str, str]:
    amounts = {"A": "5", "B": None, "C": "7", "D": "5", "E": None, "F": "1"}
    return {name: world.make("deal", name=name, account=account, amount=amount) for name, amount in amounts.items()}


@pytest.mark.parametrize(
    ("sort", "expected"),
    [("amount", "FADCBE"), ("-amount", "CDAFEB"), ("name", "ABCDEF"), ("-name", "FEDCBA")],
)
def test_pages_join_to_the_whole_list_blanks_last(
    world: World, deals: dict[str, str], sort: str, expected: str
) -> None:
    whole = "".join(all_pages(world, sort, limit=50))
    assert whole == expected
    for limit in (1, 2, 3):
        assert "".join(all_pages(world, sort, limit=limit)) == whole


def test_two_sort_fields_keep_their_order_across_pages(world: World, deals: dict[str, str]) -> None:
    whole = all_pages(world, "amount", "-name", limit=50)
    assert whole == ["F", "D", "A", "C", "E", "B"]
    assert all_pages(world, "amount", "-name", limit=1) == whole


def test_a_lookup_comes_with_its_title(world: World, deals: dict[str, str], account: str) -> None:
    found = world.read("deal", deals["A"], "account", "account.name")
    assert found["account"] == {"id": account, "title": "上海华为技术"}
    assert found["account.name"] == "上海华为技术"


def test_a_lookup_to_a_deleted_record_says_so(world: World, account: str) -> None:
    contact = world.make("contact", name="Li", account=account, mobile="13800000000")
    deal = world.make("deal", name="A", account=account, contacts=[contact])
    world.writer.delete(world.system, "contact", decode_id(contact))
    assert world.read("deal", deal, "contacts")["contacts"] == [{"id": contact, "title": "Li", "deleted": True}]


def test_the_title_of_a_record_out_of_sight_is_blank(world: World, account: str) -> None:
    contact = world.make("contact", name="Li", account=account, mobile="13800000000")
    found = world.read("contact", contact, "account", context=world.person(5, "rep"))
    assert found["account"] == {"id": account, "title": None}


def test_a_reader_sees_his_own_records_only(world: World, account: str) -> None:
    rep = world.person(5, "rep")
    mine = world.make("account", rep, name="Mine")
    assert world.names("account", context=rep) == ["Mine"]
    assert world.read("account", mine, "name", context=rep)["name"] == "Mine"
    with pytest.raises(NotFound):
        world.read("account", account, "name", context=rep)


def test_many_values_come_as_lists(world: World, account: str) -> None:
    contact = world.make("contact", name="Li", account=account, mobile="13800000000")
    deal = world.make("deal", name="A", account=account, contacts=[contact])
    world.change("account", account, tags=["VIP", "vip", "展会"])
    assert world.read("account", account, "tags")["tags"] == ["VIP", "展会"]
    assert world.read("deal", deal, "contacts")["contacts"] == [{"id": contact, "title": "Li"}]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("amount >= 5", "ACD"), ("amount is blank", "BE"), ("not (amount >= 5)", "BEF"), ("name in ['A', 'f']", "AF"),
        ("account.name = '上海华为技术' and amount > 5", "C"), ("stage.outcome = 'open'", "ABCDEF"),
        ("lines_total > 0", ""),
        ("industry_of_account = '上海华为技术!'", "ABCDEF"), ("contains(name, 'a')", "A"),
    ],
)  # fmt: skip
def test_filters_choose(world: World, deals: dict[str, str], text: str, expected: str) -> None:
    question = Question("deal", (("name",),), where=(condition(world, text),), sort=(Term("name"),))
    page = world.reader.page(world.system, question)
    assert "".join(row["name"] for row in page.rows) == expected
    assert world.reader.count(world.system, question) == (len(expected), False)


def test_a_cursor_belongs_to_its_question(world: World, deals: dict[str, str]) -> None:
    page = world.reader.page(world.system, Question("deal", (("name",),), sort=(Term("name"),), limit=2))
    with pytest.raises(Outdated):
        world.reader.page(
            world.system, Question("deal", (("name",),), sort=(Term("amount"),), limit=2, cursor=page.next)
        )
    with pytest.raises(BadRequest):
        world.reader.page(world.system, Question("deal", (("name",),), cursor="nonsense"))


def test_numbers_are_grouped(world: World, deals: dict[str, str]) -> None:
    measures = (measure(world, "count()"), measure(world, "sum(amount)"))
    assert world.reader.sum(world.system, Sum("deal", measures, (Group(("stage",)),))) == [("qualify", 6, "18.000")]


def test_numbers_are_grouped_by_month_of_the_local_day(world: World, account: str) -> None:
    for day in ("2026-05-01", "2026-05-31", "2026-06-01"):
        world.make("deal", name=day, account=account, close_on=day)
    question = Sum("deal", (measure(world, "count()"),), (Group(("close_on",), "month"),))
    assert world.reader.sum(world.system, question) == [("2026-05", 2), ("2026-06", 1)]


def test_numbers_count_only_what_the_reader_sees(world: World, deals: dict[str, str]) -> None:
    question = Sum("deal", (measure(world, "count()"),))
    assert world.reader.sum(world.person(5, "rep"), question) == [(0,)]


def test_stays_are_counted_with_what_came_after(world: World, deals: dict[str, str]) -> None:
    world.change("deal", deals["A"], stage="won")
    world.change("deal", deals["C"], stage="lost", loss_reason="price")
    passed = condition(world, "passed", "deal@stages")
    measures = (measure(world, "count()", "deal@stages"),)
    entered = world.reader.sum(world.system, Sum("deal@stages", measures, (Group(("stage",)),)))
    went_on = world.reader.sum(world.system, Sum("deal@stages", measures, (Group(("stage",)),), where=(passed,)))
    assert dict(entered) == {"qualify": 6, "proposal": 1, "won": 1, "lost": 1}
    assert dict(went_on) == {"qualify": 1, "proposal": 1}


@pytest.mark.parametrize("text", ["华为", "上海", "shhw", "为技", "海华为"])
def test_search_finds_chinese_by_any_piece_and_by_initials(world: World, account: str, text: str) -> None:
    assert [hit.title for hit in search(world.reader, world.system, text, ["account"])] == ["上海华为技术"]


def test_search_means_contains(world: World, account: str) -> None:
    assert search(world.reader, world.system, "上为", ["account"]) == []


@pytest.mark.parametrize("text", ["13800000000", "+86 138-0000-0000", "１３８０００００００００"[:11]])
def test_search_finds_a_phone_number_however_it_is_written(world: World, account: str, text: str) -> None:
    world.make("contact", name="Li", account=account, mobile="138 0000 0000")
    assert [hit.title for hit in search(world.reader, world.system, text, ["contact"])] == ["Li"]


def test_search_stays_in_fields_and_records_that_are_open(world: World) -> None:
    rep = world.person(5, "rep")
    world.make("account", name="Hidden one")
    world.make("account", rep, name="My own")
    world.change("account", world.make("account", name="Third"), phone="13900000000")
    assert search(world.reader, rep, "hidden", ["account"]) == []
    assert [hit.title for hit in search(world.reader, rep, "own", ["account"])] == ["My own"]
    assert search(world.reader, rep, "13900000000", ["account"]) == []


def test_hits_that_are_equal_come_newest_first(world: World) -> None:
    made = [world.make("account", name="Twin") for _number in range(12)]
    found = [hit.id for hit in search(world.reader, world.system, "twin", ["account"], limit=20)]
    assert found == made[::-1]


@pytest.mark.parametrize(
    "text",
    [
        "amount > 4",
        "amount >= 5 and stage = 'qualify'",
        "amount<7.0 AND amount > 1",
        "close_on >= d'2026-01-01'",
        "stage='won'",
    ],
)
def test_a_simple_filter_means_what_the_language_says(world: World, deals: dict[str, str], text: str) -> None:
    names = NamesKept(world.model).of(world.system)
    asked = names.asked("deal", text, world.tables.dialect)
    assert asked.compares
    plain = Question("deal", (("name",),), compares=asked.compares, given=asked.given, sort=(Term("name"),))
    whole = Question("deal", (("name",),), where=names.conditions("deal", [text]), sort=(Term("name"),))
    assert world.reader.page(world.system, plain).rows == world.reader.page(world.system, whole).rows


@pytest.mark.parametrize(
    "text", ["amount > 4.0001", "stage = 'nowhere'", "name = 'A'", "amount > 4 or amount < 1", "amount > 4 and"]
)
def test_what_is_not_simple_goes_through_the_language(world: World, text: str) -> None:
    fields = {field.name: field for field in world.system.access.readable("deal")}
    assert take_apart(text, fields.get, world.tables.dialect) is None


def test_each_row_says_which_operations_reach_it_on_every_page(world: World, account: str) -> None:
    everywhere, rep = world.person(4, "seller"), world.person(5, "rep")
    for number in range(5):
        world.make("account", rep, name=f"Mine {number}")
    asked = {"up": Operation.UPDATE, "gone": Operation.DELETE}
    for person in (rep, everywhere):
        cursor, told = None, []
        while True:
            question = Question("account", (("name",),), limit=2, cursor=cursor, reaches=tuple(asked.items()))
            page = world.reader.page(person, question)
            told += [(row["up"], row["gone"]) for row in page.rows]
            cursor = page.next
            if cursor is None:
                break
        assert set(told) == {(True, False)}
        assert len(told) == (5 if person is rep else 6)
