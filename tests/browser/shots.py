"""A picture of every page of a workspace with the stock blueprints and their samples: `make shots`.

    python tests/browser/shots.py [-o FOLDER] [--only PART] [--keep FOLDER]

It is started as a script, so the helpers of the tests are put on its path first.
"""

from __future__ import annotations

import argparse
import itertools
import re
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
LANGUAGES, THEMES, SIZES = ("en", "zh"), ("light", "dark"), ("desk", "phone")
WHO = "zhou.yining"
"""A salesman of the samples; what only administrators see is shown to `ada`."""


def addresses(deal: str, account: str) -> dict[str, str]:
    """Pages by the name of their picture."""
    one = f"/app/sales/deal/r/{deal}"
    return {
        "home": "/app",
        "deals": "/app/sales/deal/all",
        "deals-filtered": "/app/sales/deal/all?filter=amount >= 50000 and stage.outcome = 'open'",
        "deals-empty": "/app/sales/deal/all?filter=amount >= 99999999 and stage.outcome = 'open'",
        "customers": "/app/sales/account/all",
        "tasks": "/app/sales/task/mine",
        "board": "/app/sales/deal/board",
        "deal": one,
        "deal-details": f"{one}/tab/details",
        "deal-lines": f"{one}/tab/lines",
        "deal-stages": f"{one}/tab/stages",
        "deal-edit": f"{one}/edit",
        "deal-new": "/app/sales/deal/r/new",
        "deal-move": f"{one}/move/lost",
        "customer": f"/app/sales/account/r/{account}",
        "customer-edit": f"/app/sales/account/r/{account}/edit",
        "dashboard-sales": "/app/sales/-/dashboard/sales_home",
        "dashboard-team": "/app/sales/-/dashboard/sales_team",
        "dashboard-forecast": "/app/sales/-/dashboard/forecast",
        "search": "/app/sales/-/search?q=物流",
        "bin": "/app/sales/deal/r/bin",
        "profile": "/profile",
        "not-found": "/app/sales/nothing",
    }


def first_of(office: Any, entity: str, filter_: str) -> str:
    """A record that has something to show."""
    helpers = import_module("visits")
    page = helpers.Visitor(office, WHO).get(f"/app/sales/{entity}/all?filter={filter_}")
    return re.search(r'data-row="(\w+)"', page.markup)[1]  # type: ignore[index]


def take(chromium: Any, server: Any, pages: dict[str, str], look: tuple[str, str, str], folder: Path) -> None:
    """Every page in one look."""
    language, theme, size = look
    for who, names in ((WHO, pages), (None, {"sign-in": "/sign-in"})):
        context = server.context(chromium, who, language=language, theme=theme, size=size)
        page = context.new_page()
        for name, path in names.items():
            server.go(page, path)
            page.wait_for_timeout(1200 if name.startswith("dashboard") else 250)
            page.screenshot(path=folder / f"{name}.{language}.{theme}.{size}.png")
        context.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-o", "--output", type=Path, default=ROOT / "shots")
    parser.add_argument("--only", default="", help="pages and looks whose name holds this, such as `deal` or `zh.dark`")
    parser.add_argument("--keep", type=Path, help="folder of a workspace that is used again the next time")
    given = parser.parse_args()
    sys.path.insert(0, str(ROOT / "tests" / "support"))
    browsers, shops, served = (import_module(name) for name in ("browsers", "shops", "served"))
    given.output.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, shops.open_shop(given.keep or Path(scratch)) as office:
        deal = first_of(office, "deal", "line_count > 0 and stage.outcome = 'open'")
        pages = addresses(deal, first_of(office, "account", "open_deals > 0"))
        with served.served(office) as server, browsers.launched() as chromium:
            for look in itertools.product(LANGUAGES, THEMES, SIZES):
                wanted = {name: path for name, path in pages.items() if given.only in f"{name}.{'.'.join(look)}"}
                if wanted:
                    take(chromium, server, wanted, look, given.output)
                    sys.stdout.write(f"{'.'.join(look)}: {len(wanted)} pages\n")


if __name__ == "__main__":
    main()
