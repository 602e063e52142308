"""Texts, addresses of all kinds, telephone numbers: what is cleaned, refused and compared."""

from __future__ import annotations

import marshmallow as ma
import pytest
from example_fields import prepared
from hypothesis import given
from hypothesis import strategies as st

from sartor.platform.fields.base import Reading
from sartor.platform.fields.refusal import Sentence
from sartor.platform.fields.regions import regions, short, taken_apart
from sartor.platform.model import Address
from sartor.platform.text import use_language


def test_blanks_around_a_text_go_and_an_empty_one_is_nothing(parse):
    assert parse("text", "  a\r\nb ") == "a b"
    assert parse("text", "   ") is None
    assert parse("long_text", " a\r\nb \r c ") == "a\nb \n c"


@pytest.mark.parametrize("text", ["a\x00b", "\ud800", "a\x1bb", "\ufffe"])
def test_characters_that_cannot_be_stored_are_refused_by_name(parse, text):
    with pytest.raises(ma.ValidationError, match=r"U\+"):
        parse("text", text)


def test_a_long_text_is_told_its_length(parse):
    with pytest.raises(ma.ValidationError, match="has 6 characters; at most 5") as caught:
        parse("text", "abcdef", max_length=5)
    assert isinstance(caught.value.messages[0], Sentence)
    assert caught.value.messages[0].code == "too_long"


def test_a_title_keeps_the_key_by_which_it_is_ordered():
    field = prepared("text", {"sort_key": True})
    assert [column.suffix for column in field.type.columns(field)] == ["", "__fold", "__sort"]
    assert field.type.store(field, "ＡＢＣ上海") == ("ＡＢＣ上海", "abc上海", "abc shang hai")


@pytest.mark.parametrize("text", ["张三@qq.com", "li.na", "a@b", "a b@c.de", "@x.com", "x" * 300 + "@a.com"])
def test_what_is_no_email_address_is_refused(parse, text):
    with pytest.raises(ma.ValidationError):
        parse("email", text)


def test_an_email_address_keeps_its_case_and_is_found_without():
    field = prepared("email", {})
    value = field.type.schema_field(field).deserialize("Li.Na@EXAMPLE.com")
    assert field.type.store(field, value) == ("Li.Na@example.com", "li.na@example.com")


SAME = (
    "+86 138-0000-0000",
    "13800000000",
    "１３８ ００００ ００００",
    "0086 13800000000",
    "138‑0000‑0000",
    13800000000.0,
)


@pytest.mark.parametrize("written", SAME)
def test_one_number_written_in_many_ways_is_one_number(read, written):
    field = prepared("phone", {})
    value = read("phone", written)
    assert field.type.store(field, value)[1] == "8613800000000"


def test_a_number_is_kept_as_it_was_written(read):
    assert read("phone", "010-8888 8888 ext 12") == "010-8888 8888 ext 12"
    assert read("phone", "（０１０）８８８８８８８８") == "(010)88888888"


def test_short_numbers_and_extensions_are_numbers():
    field = prepared("phone", {})
    assert field.type.fold(field, "10086") != field.type.fold(field, "10010")
    assert field.type.fold(field, "010-88888888 ext 12") == "861088888888x12"
    assert field.type.fold(field, "138-00") == "13800"
    assert field.type.fold(field, "8888") == "8888"


@pytest.mark.parametrize("text", ["abc", "12", "phone: 123", "+"])
def test_what_is_no_telephone_number_is_refused(parse, text):
    with pytest.raises(ma.ValidationError, match="not a telephone number"):
        parse("phone", text)


@pytest.mark.parametrize(
    ("text", "address"),
    [("example.com", "https://example.com"), ("http://a.cn:8080/x?y#z", "http://a.cn:8080/x?y#z")]
    + [("https://例子.中国/路径", "https://例子.中国/路径")],
)
def test_a_web_address_gets_its_scheme(parse, text, address):
    assert parse("url", text) == address


@pytest.mark.parametrize(
    "text",
    ["javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "ftp://a.b", "http://localhost", "//x.y"]
    + ["http://user@bank.example", "https://x.y/a b", 'https://x.y/"onclick=', "https://[::1", "http://a.b:99999"],
)
def test_an_address_that_a_browser_should_not_follow_is_refused(parse, text):
    with pytest.raises(ma.ValidationError, match="not a web address"):
        parse("url", text)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("浙江省杭州市西湖区文三路1号", ("浙江省", "杭州市", "西湖区", "文三路1号")),
        ("浙江 杭州 西湖 文三路1号", ("浙江省", "杭州市", "西湖区", "文三路1号")),
        ("北京市朝阳区建国路 88 号", ("北京市", None, "朝阳区", "建国路 88 号")),
        ("广东省东莞市长安镇", ("广东省", "东莞市", None, "长安镇")),
        ("北京路 1 号", (None, None, None, "北京路 1 号")),
        ("5 Baker Street, London", (None, None, None, "5 Baker Street, London")),
    ],
)
def test_an_address_in_one_piece_comes_apart(read, text, parts):
    assert read("address", text) == Address(*parts)


@given(st.text(max_size=40))
def test_no_letter_of_an_address_is_lost_but_shortened_regions_grow(text):
    street = taken_apart(text)["street"] or ""
    assert text.strip().endswith(street)


def test_regions_are_offered_level_by_level():
    assert "浙江省" in regions("province")
    assert "杭州市" in regions("city", "浙江省")
    assert "西湖区" in regions("district", "浙江省", "杭州市")
    assert regions("city", "北京市") == []
    assert "朝阳区" in regions("district", "北京市")
    assert regions("district", "广东省", "东莞市") == []
    assert regions("city", "Bavaria") == []
    assert short("广西壮族自治区") == "广西"


def test_an_address_is_one_text_for_filters():
    field = prepared("address", {})
    stored = field.type.store(field, Address("浙江省", "杭州市", None, "文三路"))
    assert stored == ("浙江省杭州市文三路", "浙江省", "杭州市", None, "文三路", "浙江省杭州市文三路")
    assert field.type.show(field, Address("Greater London", "London", None, "5 Baker Street"), "en") == (
        "5 Baker Street, London, Greater London"
    )


def test_an_unknown_part_of_an_address_is_named_with_the_near_one(parse):
    with pytest.raises(ma.ValidationError, match="no part “citty”") as caught:
        parse("address", {"citty": "x"})
    assert caught.value.messages[0].near == "city"


def test_an_exact_address_survives_a_street_that_looks_like_a_region(read):
    field = prepared("address", {})
    value = Address(None, None, None, "浙江省杭州市")
    cell = field.type.write_text(field, value, "transfer", "zh")
    assert read("address", cell, Reading(exact=True)) == value


def test_yes_and_no_are_understood_in_both_languages(read):
    assert [read("yes_no", word) for word in ("是", "Yes", "TRUE", "1", "√")] == [True] * 5
    assert [read("yes_no", word) for word in ("否", "no", "False", 0, "×")] == [False] * 5
    with pytest.raises(ValueError, match="neither yes nor no"):
        read("yes_no", "maybe")


@pytest.fixture
def _chinese():
    use_language("zh")
    yield
    use_language("en")


@pytest.mark.usefixtures("_chinese")
def test_refusals_are_said_in_the_language_of_the_reader(parse):
    with pytest.raises(ma.ValidationError) as caught:
        parse("phone", "abc")
    assert "abc" in caught.value.messages[0]
