"""A picture in a definition is small and what it says it is; nothing that a browser runs gets in."""

from __future__ import annotations

import crm
import images
import letters
import pytest
from worlds import COMPILER

LOGO = images.address(images.png())


def told(picture: str) -> list[tuple[str, str]]:
    block = {"kind": "picture", "picture": picture, "label": "Logo"}
    found = COMPILER.check(crm.documents(**{"template/quote": letters.quote(logo=block)}))
    return [(each.field, each.message) for each in found]


def test_a_right_picture_has_no_problem():
    assert told(LOGO) == []


@pytest.mark.parametrize(
    ("picture", "said"),
    [
        (images.address(b"<svg onload='alert(1)'/>"), "no picture of the kind"),
        (images.address(images.png(), "image/jpeg"), "image/jpeg"),
        (images.address(images.png() + bytes(70_000))[:89_999] + "=", "damaged"),
        (images.address(images.png() + bytes(62_000)), "60 KB are allowed"),
        (images.address(b"<svg/>", "image/svg+xml"), "image/svg"),
        ("https://example.com/logo.png", "example.com"),
        ("data:image/png;base64,AAAA' onerror='x", "onerror"),
    ],
)
def test_what_is_none_is_refused_at_its_place(picture, said):
    [(place, message)] = told(picture)
    assert place == "/blocks/logo/picture"
    assert said in message


def test_a_mail_has_no_pictures():
    mail = {**letters.MAIL, "blocks": {"logo": {"kind": "picture", "picture": LOGO}}}
    [problem] = COMPILER.check(crm.documents(**{"template/mail": mail}))
    assert problem.field == "/blocks/logo/kind"
