"""Keys, lookups and titles among tables."""

from __future__ import annotations

from typing import Any

import pytest

from sartor.platform.packaging.sheets.plans import fillings

ARTISTS = "ArtistId,Name\n1,AC/DC\n2,Accept\n3,Aerosmith\n"
ALBUMS = (
    "AlbumId,Title,ArtistId\n1,For Those About To Rock,1\n2,Balls to the Wall,2\n3,Restless and Wild,2\n4,Big Ones,3\n"
)
PEOPLE = "EmployeeId,FirstName,LastName,ReportsTo\n1,Ann,Adams,\n2,Bob,Brown,1\n3,Cem,Can,2\n"


def test_an_id_named_after_a_table_points_to_it(propose: Any) -> None:
    albums = propose(Artist=ARTISTS, Album=ALBUMS).sheets[1]
    artist = albums.column("ArtistId")
    assert (artist.type, artist.target, artist.field, artist.label["en"]) == (
        "lookup",
        "s0#ArtistId",
        "artist",
        "Artist",
    )
    assert albums.column("AlbumId").unique
    assert albums.title == "title"


@pytest.mark.parametrize(
    ("heading", "label", "field"),
    [
        ("产品编码", {"zh": "产品", "en": "Product"}, "product"),
        ("仪表编号", {"zh": "仪表"}, "yi_biao"),
        ("型号", {"zh": "型号", "en": "Model"}, "model"),
        ("Gadget code", {"en": "Gadget"}, "gadget"),
    ],
)
def test_a_lookup_is_called_as_the_record_and_not_as_its_key(
    propose: Any, heading: str, label: Any, field: str
) -> None:
    things = f"{heading},Weight\n" + "".join(f"C{number},{number}\n" for number in range(4))
    lines = f"Line,{heading}\n" + "".join(f"L{number},C{number % 4}\n" for number in range(12))
    found = propose(things=things, lines=lines).sheets[1].column(heading)
    assert (found.type, found.label, found.field) == ("lookup", label, field)


def test_small_numbers_point_nowhere_without_a_name(propose: Any) -> None:
    lines = "".join(f"{number},{number % 3 + 1}\n" for number in range(1, 9))
    assert propose(Artist=ARTISTS, Line=f"LineId,Quantity\n{lines}").sheets[1].column("Quantity").type == "integer"


def test_people_report_to_people_of_the_same_table(propose: Any) -> None:
    found = propose(Employee=PEOPLE)
    assert found.sheets[0].column("ReportsTo").target == "s0#EmployeeId"
    assert (found.sheets[0].title, found.sheets[0].composed) == ("full_name", ("first_name", "last_name"))


def test_a_text_that_differs_only_in_spaces_is_read_as_the_key(propose: Any) -> None:
    deals = "deal,product\n" + "".join(
        f"D{number},{['GTX Basic', 'GTXPro', 'MG Special'][number % 3]}\n" for number in range(9)
    )
    product = propose(products="product\nGTX Basic\nGTX Pro\nMG Special\n", deals=deals).sheets[1].column("product")
    assert (product.type, product.means, product.misfit_rows) == ("lookup", {"GTXPro": "GTX Pro"}, 0)
    assert product.reasons[0].words["share"] == 66


def test_a_code_is_never_read_as_its_neighbour(propose: Any) -> None:
    deals = "deal,product_code\n" + "".join(f"D{number},C-100{number % 4}\n" for number in range(12))
    found = propose(products="product_code,name\nC-1000,a\nC-1001,b\nC-1002,c\n", deals=deals).sheets[1]
    assert found.column("product_code").means == {}
    assert found.column("product_code").misfit_rows == 3


def test_imports_come_in_the_order_in_which_they_name_one_another(propose: Any) -> None:
    found = fillings(propose(Album=ALBUMS, Artist=ARTISTS))
    assert [each.plan.entity for each in found] == ["artist", "album"]
    assert found[1].plan.columns == {"AlbumId": "album_id", "Title": "title", "ArtistId": "artist.artist_id"}


def test_a_circle_is_filled_in_a_second_go(propose: Any) -> None:
    team = "TeamId,Name,ManagerId\n1,East,1\n2,West,2\n"
    people = "EmployeeId,Name,TeamId\n1,Ann,1\n2,Bob,2\n3,Cem,2\n"
    found = fillings(propose(Team=team, Employee=people))
    assert [each.plan.entity for each in found] == ["team", "employee", "team"]
    assert "ManagerId" not in found[0].plan.columns
    assert (found[2].plan.key, found[2].plan.on_match) == (("team_id",), "update")
    assert found[2].plan.columns == {"TeamId": "team_id", "ManagerId": "manager.employee_id"}


def test_a_table_without_anything_to_call_a_record_by_counts(propose: Any) -> None:
    assert propose(Pairs="a,b\n1.5,2.5\n1.5,2.5\n").sheets[0].title == ""


def test_every_value_that_names_nothing_is_left_blank_however_many_there_are(propose: Any) -> None:
    products = "product_code,name\n" + "".join(f"C{n:04},Thing {n}\n" for n in range(600))
    deals = "deal,product_code\n" + "".join(f"D{n},{'C' if n < 600 else 'X'}{n:04}\n" for n in range(900))
    found = propose(products=products, deals=deals)
    assert found.sheets[1].column("product_code").misfit_rows == 300
    (values,) = fillings(found)[1].plan.values.values()
    assert list(values.values()) == [""] * 300
