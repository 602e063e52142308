"""Search tables, and the tokens in them."""

import random

import pytest
import sqlalchemy as sa
from hypothesis import assume, given
from hypothesis import strategies as st

from sartor.platform.storage import steps
from sartor.platform.storage.search import SearchTable, match_value, searched_fields, tokens_value
from sartor.platform.storage.statement import Statement
from sartor.platform.storage.steps import CreateSearch
from sartor.platform.storage.tokens import field_code, query_tokens, tokens_for
from sartor.platform.text import fold

NAME, CITY = field_code("name"), field_code("city")


@pytest.fixture
def search(database):
    with database.work() as work:
        steps.run(work.connection, [CreateSearch("account")])
    return SearchTable("account", database.dialect)


def put(database, search, record, owner=1, **texts):
    tokens = set().union(*(tokens_for(field_code(field), text) for field, text in texts.items()))
    values = {"record": record, "owner": owner, "department": None, "tokens": tokens_value(tokens, database.dialect)}
    with database.work() as work:
        work.fetch(Statement.compile(search.put(), database.dialect), values)


def find(database, search, query, codes=(NAME,), scope=None, limit=50):
    hits = search.hits(scope=scope, limit=limit)
    statement = Statement.compile(sa.select(hits.c.record).order_by(hits.c.record), database.dialect)
    match = match_value(codes, query_tokens(query), database.dialect)
    return [record for (record,) in database.fetch(statement, {"match": match})]


FOUND = [
    ("上海华为技术有限公司", ["华为", "上海", "华", "海华为技", "shhw", "hw", "限公司"]),
    ("GTX Pro 3000", ["gtx", "pro", "GTX pro", "3000", "g", "tx p", "000", "ＧＴＸ"]),
    ("张三丰 Zhang Sanfeng", ["张三", "zsf", "丰 zh", "sanfeng", "丰 z"]),
    ("zhang.san@acme-corp.com", ["acme", "ac", "san@ac", "corp.com", "zhang.san@acme-corp.com"]),
    ("株式会社日立製作所", ["日立", "株式", "作所"]),
    ("삼성전자", ["삼성", "전자", "성"]),
]


@pytest.mark.parametrize(("text", "queries"), FOUND)
def test_a_record_is_found_by_parts_of_its_text(database, search, text, queries):
    put(database, search, 1, name=text)
    put(database, search, 2, name="nothing of the kind")
    assert {query: find(database, search, query) for query in queries} == {query: [1] for query in queries}


def test_only_the_fields_that_were_named_are_searched(database, search):
    put(database, search, 1, name="华为", city="上海")
    assert find(database, search, "上海", codes=(NAME,)) == []
    assert find(database, search, "上海", codes=(NAME, CITY)) == [1]


def test_all_pieces_of_a_query_must_be_in_one_field(database, search):
    put(database, search, 1, name="华为", city="上海")
    assert find(database, search, "华为上海", codes=(NAME, CITY)) == []


def test_the_scope_is_applied_before_the_newest_are_taken(database, search):
    for record in range(1, 40):
        put(database, search, record, owner=record % 2, name="华为")
    found = find(database, search, "华为", scope=search.table.c.owner == 1, limit=10)
    assert sorted(found) == list(range(21, 40, 2))


def test_an_entry_is_replaced_moved_and_removed(database, search):
    put(database, search, 1, name="old")
    put(database, search, 1, name="new")
    assert (find(database, search, "old"), find(database, search, "new")) == ([], [1])
    with database.work() as work:
        work.fetch(Statement.compile(search.move(), database.dialect), {"record": 1, "owner": 5, "department": 6})
    assert find(database, search, "new", scope=search.table.c.owner == 5) == [1]
    with database.work() as work:
        work.fetch(Statement.compile(search.remove(), database.dialect), {"record": 1})
    assert find(database, search, "new") == []


LETTERS = "华为技术上海有限公司日立製作所ぁアabcXYZ0123 -@.'\"é한😀"


@given(st.text(LETTERS, min_size=1, max_size=12), st.data())
def test_every_part_of_a_text_has_only_tokens_of_the_text(text, data):
    folded = fold(text)
    assume(folded)
    start = data.draw(st.integers(0, len(folded) - 1))
    part = fold(folded[start : start + data.draw(st.integers(1, 6))])
    wanted = query_tokens(part)
    inside_a_word = len(wanted) == 1 and len(part) < 3
    if not inside_a_word:
        assert {NAME + gram for gram in wanted} <= tokens_for(NAME, text)


def test_every_short_part_of_a_chinese_name_is_found():
    letters = random.Random(7)
    for _ in range(2000):
        name = "".join(letters.choice("华为技术上海有限公司中国北京李王张刘陈") for _ in range(letters.randint(2, 8)))
        tokens = tokens_for(NAME, name)
        for size in range(1, 5):
            for start in range(len(name) - size + 1):
                assert {NAME + gram for gram in query_tokens(name[start : start + size])} <= tokens


def test_an_empty_query_has_no_tokens():
    assert query_tokens("  ") == []


def test_codes_differ_by_field():
    assert len({field_code(f"field_{number}") for number in range(300)}) == 300


def test_searched_fields_are_those_that_say_so(model):
    assert [field.name for field in searched_fields(model.entity("deal"))] == ["name"]
