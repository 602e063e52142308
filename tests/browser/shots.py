"""A picture of every page of a workspace with the stock blueprints and their samples: `make shots`.

    python tests/browser/shots.py [-o FOLDER] [--only PART] [--keep FOLDER] [--readme] [--guide]

It is started as a script, so the helpers of the tests are put on its path first.
"""

from __future__ import annotations

import argparse
import itertools
import re
import sys
import tempfile
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from playwright.sync_api import expect

ROOT = Path(__file__).parents[2]
LANGUAGES, THEMES, SIZES = ("en", "zh"), ("light", "dark"), ("desk", "phone")
SELLER, LEADER, ADMIN = "zhou.yining", "lu.wanqing", "ada"
PICTURES = ROOT / "docs" / "pictures"
README = {"deals": PICTURES / "deals.png"}
GUIDE = (
    "first-steps",
    "invite",
    "columns",
    "build",
    "build-entity",
    "build-expression",
    "build-uses",
    "build-relations",
    "build-form",
    "build-view",
    "build-template",
    "build-pipeline",
    "build-report",
    "build-dashboard",
    "build-app",
    "build-role",
    "build-changes",
    "build-plan",
    "build-revisions",
    "build-check",
    "build-blueprint",
)
"""What the guides of admins show, in both languages."""
README_SIZE = {"width": 1400, "height": 700}
GUIDE_SIZE = {"width": 1280, "height": 720}
"""The pictures that the README shows, in English and light, and small enough to be committed."""


@dataclass(frozen=True)
class Picture:
    """A page as somebody sees it. act: what is done before; whole: with what lies below the fold; desk: only there."""

    path: str
    who: str | None = SELLER
    act: Callable[[Any], None] | None = None
    whole: bool = False
    desk: bool = False


@dataclass(frozen=True)
class Talk:
    """What people say about an edit: what the remark is about, the remark, the question for approval."""

    about: str
    remark: str
    question: str


TALK = {
    "en": Talk(
        "Field Phone of Customer: required, was optional", "Imported customers often have none.", "Before Monday"
    ),
    "zh": Talk("客户的字段「电话」：改为必填，原为选填", "导入的客户常常没有电话。", "请在周一前处理"),
}


# ---- what is done on a page before its picture is taken


def look_for_somebody(page: Any) -> None:
    page.keyboard.press("Control+k")
    page.locator("#jump input").fill("wlwl")
    page.locator("#jump-hits a[href*='/r/']").first.wait_for()


def ask_for_an_amount(page: Any) -> None:
    page.locator("#filter summary.is-add").click()
    page.locator("#filter .field-list a[href*='field=amount']").first.click()
    page.locator("[data-editor-box]").wait_for()


def open_views(page: Any) -> None:
    page.locator(".bar summary").first.click()


def look_closer(page: Any) -> None:
    page.locator("[data-row]").first.focus()
    page.keyboard.press("Space")
    page.locator("#peek h2").first.wait_for()


def choose_two(page: Any) -> None:
    page.locator("[data-row]").first.focus()
    for key in ("x", "j", "x"):
        page.keyboard.press(key)
    page.locator("sartor-bulk:not([hidden])").wait_for()


def pick_up(page: Any) -> None:
    page.locator("[data-card] [data-stop]").first.focus()
    for key in ("m", "ArrowRight"):
        page.keyboard.press(key)


def list_keys(page: Any) -> None:
    page.keyboard.press("?")
    page.locator("dialog[open] .key-list").wait_for()


def save_too_early(page: Any) -> None:
    page.keyboard.press("Control+s")
    page.locator("[data-summary]:not([hidden])").wait_for()


def drawn(page: Any) -> None:
    page.locator("sartor-chart[data-drawn]").wait_for()


def bring_a_sheet(page: Any) -> None:
    """Machines and their repairs; what each column could become is proposed."""
    rows = "".join(
        f"M-{n:03},Press {n},{n % 28 + 1:02}/0{n % 9 + 1}/2025,{n * 1200}.00,{n % 3 and 'running' or 'idle'}\n"
        for n in range(40)
    )
    table = f"Number,Name,Bought on,Price,State\n{rows}".encode()
    page.locator("#files").set_input_files({"name": "machines.csv", "mimeType": "text/csv", "buffer": table})
    page.locator("form:has(#files) button").click()
    page.locator("sartor-expression, .sheet-row, .sheet-head").first.wait_for()


def open_formula(page: Any) -> None:
    """A formula with what it gives for a record."""
    page.locator("[data-ready=yes] [data-name=weighted_amount]").first.click()
    page.locator(".panel .cm-content").first.evaluate("formula => formula.scrollIntoView({block: 'center'})")


def choose_the_deal(page: Any) -> None:
    """Where it is in sight at once."""
    card = page.locator("[data-ready=yes] [data-card=deal]")
    card.wait_for()
    if page.viewport_size["width"] > 640:
        card.click()
        page.locator("#p-lookup").wait_for()


def name_somebody(page: Any) -> None:
    for name, text in {"email": "lin.xiao@example.com", "name": "林晓"}.items():
        page.locator(f"main [name={name}]").fill(text)
    page.locator("main [name=name]").blur()


def counted(page: Any) -> None:
    expect(page.locator("[data-records]").first).not_to_have_text("–")


def pictures(office: Any) -> dict[str, Picture]:
    """Everything there is to see, by name."""
    deal = first_of(office, "deal", "line_count > 1 and stage.outcome = 'open'")
    one = f"/app/sales/deal/r/{deal}"
    customer = f"/app/sales/account/r/{first_of(office, 'account', 'open_deals > 0')}"
    deals = "/app/sales/deal/all"
    return {
        "home": Picture("/app", whole=True),
        "home-leader": Picture("/app", LEADER),
        "palette": Picture("/app", act=look_for_somebody),
        "deals": Picture("/app/sales/deal/reports", LEADER),
        "first-steps": Picture("/build/main/start", ADMIN, whole=True),
        "from-spreadsheets": Picture("/build/main/apps/from-files", ADMIN),
        "columns": Picture("/build/main/apps/from-files", ADMIN, bring_a_sheet),
        "invite": Picture("/people/invite", ADMIN, name_somebody),
        "deals-filter": Picture(deals, LEADER, ask_for_an_amount),
        "deals-filtered": Picture(f"{deals}?filter=amount >= 50000 and stage.outcome = 'open'", LEADER),
        "deals-empty": Picture(f"{deals}?filter=amount >= 99999999 and stage.outcome = 'open'"),
        "keys": Picture(deals, act=list_keys, desk=True),
        "deals-views": Picture(deals, act=open_views),
        "deals-peek": Picture(deals, LEADER, look_closer),
        "deals-bulk": Picture(deals, LEADER, choose_two),
        "customers": Picture("/app/sales/account/all"),
        "leads": Picture("/app/sales/lead/all", LEADER),
        "payments": Picture("/app/sales/payment/all", LEADER),
        "tasks": Picture("/app/sales/task/mine"),
        "people": Picture("/app/sales/user", ADMIN),
        "board": Picture("/app/sales/deal/board", LEADER),
        "board-moving": Picture("/app/sales/deal/board", LEADER, pick_up),
        "deal": Picture(one, whole=True),
        "deal-details": Picture(f"{one}/tab/details"),
        "deal-lines": Picture(f"{one}/tab/lines"),
        "deal-stages": Picture(f"{one}/tab/stages"),
        "deal-edit": Picture(f"{one}/edit", whole=True),
        "deal-new": Picture("/app/sales/deal/r/new", whole=True),
        "deal-errors": Picture("/app/sales/deal/r/new", act=save_too_early),
        "deal-move": Picture(f"{one}/move/lost"),
        "deal-print": Picture(f"{one}/print/quote_print", whole=True),
        "deal-mail": Picture(f"{one}/mail/quote_send", whole=True),
        "customer": Picture(customer, whole=True),
        "customer-edit": Picture(f"{customer}/edit", whole=True),
        "dashboard-sales": Picture("/app/sales/-/dashboard/sales_home", whole=True),
        "dashboard-team": Picture("/app/sales/-/dashboard/sales_team", LEADER, whole=True),
        "dashboard-forecast": Picture("/app/sales/-/dashboard/forecast", LEADER, whole=True),
        "search": Picture("/app/sales/-/search?q=物流"),
        "bin": Picture("/app/sales/deal/r/bin", ADMIN),
        "import": Picture("/app/sales/account/r/import", ADMIN),
        "jobs": Picture("/app/sales/-/jobs", ADMIN),
        "profile": Picture("/profile", whole=True),
        "not-found": Picture("/app/sales/nothing"),
        "not-open": Picture("/app/sales/user/r/new"),
        "sign-in": Picture("/sign-in", None),
        "set-up": Picture(set_up_address(office), None),
        **builder_pictures(office),
    }


def builder_pictures(office: Any) -> dict[str, Picture]:
    """The builder, with an edit that is not published yet."""
    edit_something(office, LANGUAGES[0])
    places = {
        "build": "",
        "build-entities": "/entities",
        "build-entity": "/entities/account",
        "build-expression": "/entities/deal",
        "build-uses": "/definitions/entity/account?field=industry",
        "build-relations": "/relations",
        "build-forms": "/forms",
        "build-form": "/forms/deal.main",
        "build-views": "/views",
        "build-view": "/views/deal.all",
        "build-templates": "/templates",
        "build-template": "/templates/quote_print",
        "build-pipelines": "/pipelines",
        "build-pipeline": "/pipelines/new_business",
        "build-options": "/options",
        "build-option-set": "/options/industry",
        "build-reports": "/reports",
        "build-report": "/reports/forecast",
        "build-dashboards": "/dashboards",
        "build-dashboard": "/dashboards/sales_home",
        "build-apps": "/apps",
        "build-app": "/apps/sales",
        "build-roles": "/roles",
        "build-role": "/roles/sales_rep",
        "build-changes": "/changes",
        "build-plan": "/plan",
        "build-revisions": "/revisions",
        "build-check": "/check",
        "build-blueprints": "/blueprints",
        "build-blueprint": "/blueprints/sales",
        "build-blueprint-upgrade": "/blueprints/sales/upgrade",
        "build-blueprint-out": "/blueprints/sales/uninstall",
        "build-blueprint-export": "/-/blueprints/export",
        "build-blueprint-import": "/-/blueprints/import",
        "build-promote": "/promote",
    }
    acts = {
        "build-entities": counted,
        "build-expression": open_formula,
        "build-relations": choose_the_deal,
        "build-report": drawn,
        "build-dashboard": see_cards,
    }
    designed = {name: Picture(f"/build/main{place}", ADMIN, act=acts.get(name)) for name, place in places.items()}
    preview = "/preview/main/sales_rep/en/app/sales/account"
    return {**designed, "preview": Picture(preview, ADMIN), "preview-form": Picture(f"{preview}/r/new", ADMIN)}


def see_cards(page: Any) -> None:
    """Live cards: a chart is drawn when it comes into sight."""
    page.locator(".board-drawing > :not([aria-busy])").first.wait_for()
    for chart in page.locator("sartor-chart").all():
        chart.scroll_into_view_if_needed()
        expect(chart).to_have_attribute("data-drawn", "yes")
    page.evaluate("scrollTo(0, 0)")


def edit_something(office: Any, language: str) -> None:
    """A field more, and a customer's phone that must be there; talked about in the language of the pictures."""
    sets = office.workspace.publisher.sets
    sets.discard(name="main")
    customer = deepcopy(dict(sets.document("entity/account", "main")))
    label = {"en": "Renewal date", "zh": "续约日期"}
    customer["fields"]["renewal_date"] = {"type": "date", "order": 55, "label": label}
    customer["fields"]["phone"]["required"] = True
    sets.put("entity/account", customer, by=None, name="main")
    talk_about_it(office, TALK[language])


def talk_about_it(office: Any, talk: Talk) -> None:
    """A remark about one of the edits, and a second person who is asked."""
    remarks, approving = (
        import_module(f"sartor.platform.publishing.change_sets.{name}") for name in ("remarks", "approving")
    )  # fmt: skip
    leader, admin = (office.people[name] for name in (LEADER, ADMIN))
    about = remarks.About("entity/account", "/fields/phone/required", talk.about)
    remarks.Remarks(office.workspace.models).comment("main", talk.remark, leader, about)
    approving.Approvals(office.workspace.publisher.sets).ask("main", admin, None, talk.question)


def first_of(office: Any, entity: str, filter_: str) -> str:
    """A record that has something to show."""
    helpers = import_module("visits")
    page = helpers.Visitor(office, SELLER).get(f"/app/sales/{entity}/all?filter={filter_}")
    return re.findall(r'data-row="(\w+)"', page.markup)[0]


def set_up_address(office: Any) -> str:
    one_time = import_module("sartor.platform.access.one_time")
    return f"/setup/{office.workspace.database.run(lambda work: one_time.issue(work, one_time.SETUP))}"


# ---- taking them


def take(page: Any, server: Any, picture: Picture, file: Path) -> None:
    server.go(page, picture.path)
    if picture.act:
        picture.act(page)
    size = page.viewport_size
    if picture.whole:
        height = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({"width": size["width"], "height": max(height, size["height"])})
    expect(page.locator("[aria-busy=true]")).to_have_count(0, timeout=20_000)
    expect(page.locator("sartor-chart:not([data-drawn])")).to_have_count(0)
    page.evaluate("document.fonts.ready.then(() => new Promise((done) => requestAnimationFrame(() => done())))")
    page.screenshot(path=file)
    page.set_viewport_size(size)


def take_all(chromium: Any, server: Any, wanted: dict[str, Picture], look: tuple[str, str, str], folder: Path) -> None:
    """Every page in one look, each reader in a browser of their own."""
    language, theme, size = look
    edit_something(server.office, language)
    for who in dict.fromkeys(each.who for each in wanted.values()):
        context = server.context(chromium, who, language=language, theme=theme, size=size)
        page = context.new_page()
        page.emulate_media(reduced_motion="reduce")
        for name, picture in wanted.items():
            if picture.who == who and not (picture.desk and size == "phone"):
                take(page, server, picture, folder / f"{name}.{'.'.join(look)}.png")
        context.close()


def shrink(file: Path) -> None:
    """What is committed is kept small."""
    import_module("small_png").shrink(file)


def for_readme(chromium: Any, server: Any, shown: dict[str, Picture]) -> None:
    context = server.context(chromium, LEADER)
    page = context.new_page()
    page.set_viewport_size(README_SIZE)
    for name, file in README.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        take(page, server, shown[name], file)
        shrink(file)
    context.close()


def for_guide(chromium: Any, server: Any, shown: dict[str, Picture], only: str) -> None:
    for language in LANGUAGES:
        edit_something(server.office, language)
        context = server.context(chromium, ADMIN, language=language)
        page = context.new_page()
        page.set_viewport_size(GUIDE_SIZE)
        for name in (each for each in GUIDE if only in f"{each}.{language}"):
            file = PICTURES / f"{name}.{language}.png"
            take(page, server, shown[name], file)
            shrink(file)
        context.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-o", "--output", type=Path, default=ROOT / "shots")
    parser.add_argument("--only", default="", help="pages and looks whose name holds this, such as `deal` or `zh.dark`")
    parser.add_argument("--keep", type=Path, help="folder of a workspace that is used again the next time")
    parser.add_argument("--readme", action="store_true", help="take the README's pictures and no others")
    parser.add_argument("--guide", action="store_true", help="take the pictures of the builder's guide and no others")
    given = parser.parse_args()
    sys.path.insert(0, str(ROOT / "tests" / "support"))
    browsers, shops, served = (import_module(name) for name in ("browsers", "shops", "served"))
    with tempfile.TemporaryDirectory() as scratch, shops.open_shop(given.keep or Path(scratch)) as office:
        shown = pictures(office)
        with served.served(office) as server, browsers.launched() as chromium:
            if given.readme:
                return for_readme(chromium, server, shown)
            if given.guide:
                return for_guide(chromium, server, shown, given.only)
            given.output.mkdir(parents=True, exist_ok=True)
            for look in itertools.product(LANGUAGES, THEMES, SIZES):
                wanted = {name: each for name, each in shown.items() if given.only in f"{name}.{'.'.join(look)}"}
                if wanted:
                    take_all(chromium, server, wanted, look, given.output)
                    sys.stdout.write(f"{'.'.join(look)}: {len(wanted)} pages\n")
    return None


if __name__ == "__main__":
    main()
