"""Numbers, percents, money and ratings: what is read, refused, rounded and shown."""

from __future__ import annotations

import json
from decimal import Decimal

import marshmallow as ma
import pytest
from example_fields import prepared
from hypothesis import given
from hypothesis import strategies as st

from sartor.platform.fields.base import Reading
from sartor.platform.fields.currencies import CURRENCIES, wire_money
from sartor.platform.fields.digits import from_text, scaled, written
from sartor.platform.model import Money

amounts = st.decimals(-(10**12), 10**12, places=3, allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize(
    ("text", "number"),
    [("1,234.50", "1234.50"), ("1 234", "1234"), ("-5", "-5"), ("(5)", "-5"), ("１２３", "123"), (".5", "0.5")]
    + [("1.5万", "15000"), ("2亿", "200000000"), (12.0, "12"), (0.1 + 0.2, "0.3"), (7, "7")],
)
def test_numbers_are_read_as_people_write_them(text, number):
    assert from_text(text) == Decimal(number)


@pytest.mark.parametrize("text", ["1,23", "12,3456", "1.2.3", "1e5", "0x10", "1_000", "NaN", "Infinity", "-", True])
def test_what_only_looks_like_a_number_is_refused(text):
    with pytest.raises(ValueError, match="not a number"):
        from_text(text)


def test_the_decimal_mark_of_the_file_decides():
    assert from_text("1.234,5", ",") == Decimal("1234.5")


@given(amounts, st.sampled_from(".,"))
def test_a_written_number_is_read_back(number, mark):
    assert from_text(written(number, mark), mark) == number


def test_rounding_is_half_up_and_knows_no_minus_zero():
    assert scaled(Decimal("0.125"), 2) == Decimal("0.13")
    assert scaled(Decimal("-0.125"), 2) == Decimal("-0.13")
    assert str(scaled(Decimal("-0.001"), 2)) == "0.00"


@pytest.mark.parametrize("value", [True, 5.0, "5", 10**15, float("nan"), [5]])
def test_an_integer_is_a_json_integer(parse, value):
    with pytest.raises(ma.ValidationError):
        parse("integer", value)


def test_limits_are_told(parse):
    with pytest.raises(ma.ValidationError, match="0 is too small; the least is 1"):
        parse("integer", 0, minimum=1)
    with pytest.raises(ma.ValidationError, match="too large; the most is 1"):
        parse("percent", "1.01", maximum=1)


@pytest.mark.parametrize("value", ["1e5", "１", " 1", float("inf"), True, {"a": 1}])
def test_a_decimal_is_plain_digits(parse, value):
    with pytest.raises(ma.ValidationError):
        parse("decimal", value)


def test_decimals_that_would_be_lost_are_refused(parse):
    assert parse("decimal", "1.500") == Decimal("1.50")
    with pytest.raises(ma.ValidationError, match="too many decimals; at most 2"):
        parse("decimal", "1.505")


def test_eighteen_digits_are_the_most(parse):
    assert parse("decimal", "9" * 15 + ".99") is not None
    assert parse("decimal", "9" * 12 + ".999999", scale=6) is not None
    with pytest.raises(ma.ValidationError, match="at most 12 may stand before the point"):
        parse("decimal", "9" * 13, scale=6)


def test_a_computed_number_that_does_not_fit_is_refused():
    field = prepared("decimal", {})
    with pytest.raises(ValueError, match="too many digits"):
        field.type.store(field, Decimal(10) ** 15)


@pytest.mark.parametrize("text", ["15", "15%", "15 %", "15\uff05", 15, 15.0])
def test_people_write_percents_and_mean_fractions(read, text):
    assert read("percent", text) == Decimal("0.15")


def test_a_file_for_transfer_holds_the_fraction(read):
    field = prepared("percent", {})
    assert field.type.write_text(field, Decimal("0.15"), "transfer", "en") == "0.15"
    assert read("percent", "0.15", Reading(exact=True)) == Decimal("0.15")
    assert field.type.write_text(field, Decimal("0.15"), "spreadsheet", "en") == "15%"


@pytest.mark.parametrize("amount", ["12.5", 12.5, {"amount": "12.50"}, {"amount": 12.5, "currency": None}])
def test_an_amount_may_come_without_its_currency(parse, amount):
    assert parse("money", amount) == Money(Decimal("12.500"), None)


def test_decimals_follow_the_currency(parse):
    assert parse("money", {"amount": "1.234", "currency": "KWD"}).amount == Decimal("1.234")
    with pytest.raises(ma.ValidationError, match="JPY has 0"):
        parse("money", {"amount": "1.5", "currency": "JPY"})
    with pytest.raises(ma.ValidationError, match="CNY has 2"):
        parse("money", "1.234", currency="CNY")


def test_an_unknown_currency_is_refused_with_the_near_one(parse):
    with pytest.raises(ma.ValidationError, match="“CNYY” is not a currency. Did you mean CNY") as caught:
        parse("money", {"amount": "1", "currency": "CNYY"})
    assert caught.value.messages[0].code == "unknown"


def test_nobody_enters_an_amount_of_several_currencies(parse):
    with pytest.raises(ma.ValidationError, match="“XXX” is not a currency"):
        parse("money", {"amount": "1", "currency": "XXX"})


def test_another_currency_than_the_fixed_one_is_refused(parse):
    with pytest.raises(ma.ValidationError, match="in USD; this field takes CNY"):
        parse("money", {"amount": "1", "currency": "USD"}, currency="CNY")


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [("¥1,234.50", "1234.50", "CNY"), ("1234.50 CNY", "1234.50", "CNY"), ("USD 12", "12", "USD"), ("-€5", "-5", "EUR")]
    + [("1.5万元", "15000", "CNY"), ("HK$5", "5", "HKD"), ("JP¥500", "500", "JPY"), ("98.7", "98.7", None)],
)
def test_amounts_are_read_with_the_sign_of_their_currency(read, text, amount, currency):
    assert read("money", text) == Money(Decimal(amount), currency)


def test_the_record_gives_an_amount_its_currency():
    field = prepared("money", {})
    assert field.type.in_currency(field, Money(Decimal("1.5"), None), "CNY") == Money(Decimal("1.5"), "CNY")
    with pytest.raises(ValueError, match="JPY has 0"):
        field.type.in_currency(field, Money(Decimal("1.5"), None), "JPY")
    assert field.type.rounded_in(field, Money(Decimal("1.5"), None), "JPY") == Money(Decimal(2), "JPY")


@given(amounts, st.sampled_from(["CNY", "JPY", "KWD", *CURRENCIES[:20]]))
def test_wire_money_is_cut_to_the_currency(amount, currency):
    field = prepared("money", {})
    value = field.type.rounded_in(field, Money(amount, None), currency)
    wire = format(field.type.store(field, value)[0].quantize(Decimal("0.001")), "f")
    assert wire_money(wire, currency) == field.type.dump(field, value)


@pytest.mark.parametrize(
    ("value", "english"),
    [(Money(Decimal("2380000"), "CNY"), "¥2,380,000"), (Money(Decimal("-1234.5"), "CNY"), "-¥1,234.50")]
    + [(Money(Decimal("500"), "JPY"), "JP¥500"), (Money(Decimal("1.5"), None), "1.50")],
)
def test_amounts_are_shown_with_their_sign(value, english):
    field = prepared("money", {})
    assert field.type.show(field, value, "en") == english


def test_stars_are_counted(read, parse):
    assert read("rating", "★★★") == 3
    with pytest.raises(ma.ValidationError, match="6 is too large; the most is 5"):
        parse("rating", 6)


def test_json_of_numbers_holds_no_number_that_a_reader_could_round():
    field = prepared("decimal", {"scale": 6})
    assert json.dumps(field.type.dump(field, Decimal("0.1"))) == '"0.100000"'


@pytest.mark.parametrize("language", ["en", "zh"])
def test_thousands_are_set_apart_unless_the_field_says_otherwise(language):
    for key, value, text in [("integer", 1996, "1,996"), ("decimal", Decimal("1996.5"), "1,996.50")]:
        field = prepared(key)
        assert field.type.show(field, value, language) == text
        field = prepared(key, {"grouping": False})
        assert field.type.show(field, value, language) == text.replace(",", "")
