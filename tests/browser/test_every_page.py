"""Every page: axe finds nothing, nothing scrolls sideways on a phone, in both languages and themes."""

from __future__ import annotations

import pytest
from axe import violations

pytestmark = pytest.mark.browser
LOOKS = [("en", "light", "desk"), ("zh", "dark", "phone"), ("zh", "light", "desk"), ("en", "dark", "phone")]


@pytest.fixture
def pages(deal) -> dict[str, str]:
    one = f"/app/crm/deal/r/{deal}"
    return {
        "home": "/app",
        "list": "/app/crm/deal/all",
        "list of people": "/app/crm/user",
        "nothing matches": "/app/crm/deal/all?filter=amount > 99999999",
        "board": "/app/crm/deal/board",
        "record": one,
        "lines": f"{one}/tab/lines",
        "details": f"{one}/tab/details",
        "edit": f"{one}/edit",
        "new": "/app/crm/deal/r/new",
        "move": f"{one}/move/lost",
        "bin": "/app/crm/deal/r/bin",
        "search": "/app/crm/-/search?q=Towers",
        "profile": "/profile",
        "not found": "/app/crm/nothing",
    }


@pytest.mark.parametrize("look", LOOKS, ids="-".join)
def test_no_page_has_a_fault_of_access_or_width(look, server, chromium, pages):
    language, theme, size = look
    context = server.context(chromium, "boss", language=language, theme=theme, size=size)
    page, found = context.new_page(), []
    for name, path in pages.items():
        server.go(page, path)
        found += [f"{name}: {each}" for each in violations(page)]
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > page.viewport_size["width"]:
            found.append(f"{name}: {width} px wide")
    context.close()
    assert found == []


@pytest.mark.parametrize("look", LOOKS, ids="-".join)
def test_the_pages_before_sign_in_are_as_good(look, server, chromium, office):
    language, theme, size = look
    context = server.context(chromium, None, language=language, theme=theme, size=size)
    page = context.new_page()
    server.go(page, "/sign-in")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    context.close()
