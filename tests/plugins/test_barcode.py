"""A barcode: three kinds, their check digit, one product by either way of writing it, and bars that scanners read."""

from __future__ import annotations

import pytest
from crm import documents
from example_fields import prepared
from offices import open_office
from visits import Visitor

from sartor.platform.fields.base import Reading
from sartor.platform.fields.refusal import Refused
from sartor.plugins.barcode.bars import GUARD, LEFT, MIDDLE, PARITY, bars, path

EAN, UPC, SHORT = "4006381333931", "036000291452", "96385074"
FIELD = prepared("barcode")


def taken(value: object, **options: object) -> str | None:
    field = prepared("barcode", options)
    return field.type.parse(field, value)


def decoded(modules: str) -> str:
    """What a scanner reads: the digits of both halves, and the first one by the parity of the left."""
    inner = modules.strip("0")[len(GUARD) : -len(GUARD)]
    half = (len(inner) - len(MIDDLE)) // 2
    left, right = inner[:half], inner[-half:]
    odd = [left[at : at + 7] in LEFT for at in range(0, half, 7)]
    patterns = {each: str(digit) for digit, each in enumerate(LEFT)}
    turned = {"".join("10"[int(bit)] for bit in each): digit for each, digit in patterns.items()}
    patterns |= {each[::-1]: digit for each, digit in turned.items()}
    read = "".join(patterns[left[at : at + 7]] for at in range(0, half, 7))
    read += "".join(turned[right[at : at + 7]] for at in range(0, half, 7))
    word = "".join("L" if each else "G" for each in odd)
    return str(PARITY.index(word)) + read if len(read) == 12 else read


@pytest.mark.parametrize("code", [EAN, UPC, SHORT])
def test_each_kind_is_taken(code):
    assert taken(code) == code


@pytest.mark.parametrize("typed", ["4 006381 333931", "４００６３８１３３３９３１", "400-6381-33393-1"])
def test_it_is_kept_as_its_digits(typed):
    assert taken(typed) == EAN


@pytest.mark.parametrize(
    ("typed", "options", "said"),
    [
        ("4006381333932", {}, "holds a mistyped digit: the last one would be 1"),
        ("40063813339", {}, "has 11 digits; expected: EAN-13 (13), UPC-A (12), EAN-8 (8)"),
        (SHORT, {"kind": "ean_13"}, "expected: EAN-13 (13)."),
        ("40O6381333931", {}, "only digits"),
    ],
)
def test_what_is_wrong_is_told(typed, options, said):
    with pytest.raises(Refused, match="barcode|digit") as caught:
        taken(typed, **options)
    assert said in caught.value.sentence


@pytest.mark.parametrize("code", [EAN, SHORT, "6901234567892", "0000000000000"])
def test_scanners_read_the_bars(code):
    assert decoded(bars(code)) == code


def test_a_upc_has_the_bars_of_its_ean_and_finds_it():
    assert bars(UPC) == bars("0" + UPC)
    assert FIELD.type.fold(FIELD, UPC) == FIELD.type.fold(FIELD, "0" + UPC)
    assert FIELD.type.fold(FIELD, "3600") in FIELD.type.fold(FIELD, UPC)


def test_a_spreadsheet_that_lost_the_zeros_gives_them_back():
    assert FIELD.type.read_text(FIELD, 36000291452.0, Reading()) == UPC
    assert FIELD.type.read_text(FIELD, "36000291452", Reading()) == "36000291452"


def test_the_drawing_is_boxes_of_dark_modules():
    assert path("0110100") == "M1 0h2v40h-2zM4 0h1v40h-1z"
    assert FIELD.type.drawing(FIELD, EAN).width == 95 + 18
    assert prepared("barcode", {"bars": False}).type.drawing(prepared("barcode", {"bars": False}), EAN) is None


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    folder = tmp_path_factory.mktemp("office")
    design = documents()
    design["entity/account"]["fields"]["code"] = {"type": "barcode", "label": "Code", "order": 90}
    design["template/account.label"] = {
        "label": "Label",
        "entity": "account",
        "purpose": "print",
        "blocks": {"facts": {"kind": "fields", "order": 1, "fields": {"code": {"order": 1}}}},
    }
    with open_office(f"sqlite:///{folder / 'sartor.db'}", folder, design) as office:
        office.hire("boss", "administrator")
        yield office


def test_the_bars_are_on_the_records_page_and_on_paper(office):
    boss = Visitor(office, "boss")
    record = office.make("account", {"name": "Contoso", "code": EAN})
    where = f"/app/crm/account/r/{record}"
    for page in (where, f"{where}/print/account.label"):
        seen = boss.get(page).markup
        assert EAN in seen
        assert path(bars(EAN)) in seen


def test_a_wrong_code_is_refused_by_the_api_with_its_reason(office):
    answer = office.ask("boss", "POST", "/records/account", {"name": "Fabrikam", "code": "4006381333932"})
    assert answer.status == 422
    assert "mistyped" in str(answer.json)
