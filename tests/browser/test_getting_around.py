"""Getting around: sign-in, quick search, filters, rows by keys, peek, bulk."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
GOOD = "correct horse battery"


@pytest.fixture(scope="module")
def password(office) -> str:
    here, user = office.workspace, office.people["ann"]
    hashed = here.identity.hash_good(GOOD, here.directory(here.stamp()).people[user])
    here.database.run(lambda work: here.identity.set_password(work, user, hashed))
    return GOOD


@pytest.fixture(scope="module", autouse=True)
def deals(office) -> None:
    account = office.make("account", {"name": "Grand Hotel 国宾"}, by="ann")
    for n in range(60):
        amount = {"amount": f"{n}000.00", "currency": "CNY"}
        office.make("deal", {"name": f"Deal {n:02d}", "account": account, "amount": amount}, by="ann")


@pytest.mark.parametrize(("language", "button"), [("en", "Sign in"), ("zh", "登录")])
def test_signing_in_leads_to_where_one_wanted(language, button, open_browser, server, password):
    page = open_browser(None, language=language)
    server.go(page, "/app/crm/deal/all")
    page.locator("[name=email]").fill("ann@example.com")
    page.locator("[name=password]").fill(password)
    page.get_by_role("button", name=button).click()
    page.wait_for_url("**/app/crm/deal/all")
    expect(page.locator("[data-row]").first).to_be_visible()


def test_ctrl_k_finds_a_record_and_enter_opens_it(open_browser, server):
    page = open_browser()
    server.go(page, "/app")
    page.keyboard.press("Control+k")
    page.locator("#jump input").fill("Deal 07")
    expect(page.locator("#jump-hits mark")).to_have_text("Deal 07")
    page.keyboard.press("Enter")
    page.wait_for_url("**/deal/r/*")
    expect(page.locator("h1.title")).to_have_text("Deal 07")


def test_a_filter_is_clicked_together_and_counts_first(open_browser, server):
    page = open_browser()
    server.go(page, "/app/crm/deal/all")
    page.keyboard.press("f")
    page.locator(".field-list a", has_text="Amount").first.click()
    page.get_by_text("is at least", exact=True).click()
    page.locator('[name="value.amount"]').fill("57000")
    expect(page.locator("[data-editor-form] [aria-live]")).to_have_text("3 match")
    page.locator("[data-editor-form] .btn-primary").click()
    expect(page.locator(".chip").first).to_contain_text("Amount is at least 57,000")
    expect(page.locator("[data-row]")).to_have_count(3)


def test_whoever_opens_a_menu_types_into_it_at_once(open_browser, server):
    page = open_browser()
    server.go(page, "/app/crm/deal/all")
    # In one step, as keys of a fast writer come: between two of a test's own commands, time goes by.
    opened = """() => {
        const menu = document.querySelector("details.menu:has(input[type=search])")
        menu.querySelector("summary").click()
        return menu.open && menu.contains(document.activeElement) && document.activeElement.tagName
    }"""
    assert page.evaluate(opened) == "INPUT"
    page.keyboard.press("Escape")
    page.keyboard.press("f")
    expect(page.get_by_label("Find a field")).to_be_focused()
    expect(page.get_by_label("Find a field")).to_have_value("")


def test_rows_are_walked_by_keys_and_more_of_them_come(open_browser, server):
    page = open_browser()
    server.go(page, "/app/crm/deal/all?filter=amount >= 0")
    expect(page.locator("[data-row]")).to_have_count(50)
    page.locator(".more-row").scroll_into_view_if_needed()
    expect(page.locator("[data-row]")).to_have_count(60)
    page.locator("[data-row]").first.focus()
    page.keyboard.press("j")
    page.keyboard.press(" ")
    expect(page.locator("#peek h2").first).to_have_text("Deal 58")
    page.keyboard.press("Escape")
    expect(page.locator("#peek")).to_be_hidden()


def test_chosen_rows_are_transferred_in_a_dialog(open_browser, server, office):
    page = open_browser()
    server.go(page, "/app/crm/deal/all?sort=name")
    page.locator("[data-row]").first.focus()
    page.keyboard.press("x")
    expect(page.locator("sartor-bulk")).to_contain_text("1 chosen")
    page.locator("[data-bulk$='/transfer']").click()
    box = page.locator("dialog .ts-control input")
    box.click()
    box.fill("boss")
    page.locator("dialog .ts-dropdown .option", has_text="boss").click()
    page.locator("dialog .btn-primary").click()
    expect(page.locator(".said")).to_contain_text("One record was transferred.")


def test_an_answer_after_the_choice_does_not_open_the_list_again(open_browser, server, office):
    page = open_browser()
    server.go(page, "/app/crm/deal/all?sort=name")
    page.locator("[data-row]").first.focus()
    page.keyboard.press("x")
    page.locator("[data-bulk$='/transfer']").click()
    late = []
    page.route("**/*q=boss*", lambda route: late.append(route))
    page.locator("dialog .ts-control input").click()
    option = page.locator("dialog .ts-dropdown .option", has_text="boss")
    expect(option).to_be_visible()
    with page.expect_request("**/*q=boss*"):
        page.keyboard.type("boss")
    option.click()
    expect(option).to_be_hidden()
    with page.expect_response("**/*q=boss*") as answer:
        late[0].continue_()
    answer.value.finished()
    page.wait_for_timeout(300)  # nothing tells that a list did not open
    expect(page.locator("dialog .ts-dropdown")).to_be_hidden()
    expect(page.locator("dialog .ts-control .item")).to_have_text("boss")


def test_language_and_theme_change_in_the_menu(open_browser, server):
    page = open_browser()
    server.go(page, "/app")
    page.locator("summary.me").click()
    page.get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    page.get_by_role("button", name="中文").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")


def test_what_happened_is_said_in_one_line(open_browser, server, deal):
    page = open_browser()
    server.go(page, f"/app/crm/deal/r/{deal}")
    page.locator("textarea").first.fill("Called them")
    page.keyboard.press("Control+Enter")
    told = page.locator(".feed .what", has_text="Called them")
    who, when = told.locator("b").first.bounding_box(), told.locator("time").bounding_box()
    assert abs((who["y"] + who["height"]) - (when["y"] + when["height"])) < who["height"] / 2


@pytest.mark.parametrize("width", [375, 360, 320])
def test_the_places_at_the_foot_of_a_phone_stay_on_one_line(width, open_browser, server):
    page = open_browser(size="phone")
    page.set_viewport_size({"width": width, "height": 740})
    server.go(page, "/app")
    words = page.locator(".tabbar a .clip")
    words.nth(1).evaluate("each => each.textContent = 'Won business of the whole year'")
    boxes = [words.nth(n).bounding_box() for n in range(words.count())]
    assert len({(box["y"], box["height"]) for box in boxes}) == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(("path", "stop"), [("all", "[data-row]"), ("board", "[data-stop]")])
def test_the_first_arrow_enters_the_page(path, stop, open_browser, server):
    page = open_browser()
    server.go(page, f"/app/crm/deal/{path}")
    page.keyboard.press("ArrowDown")
    expect(page.locator(stop).first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator(stop).nth(1)).to_be_focused()
