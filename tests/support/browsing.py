"""Pages that people look at, asked by chance: lists, groups, boards, records, forms with pickers, numbers, paper.

What the API is asked, its pages are asked, too: nothing that is hidden may show in a title, a count, a picker or a
refusal.
"""

from __future__ import annotations

import re
from typing import Any

from concealed import ENTITIES
from offices import Answer
from questions import TARGETS, Asked, Asker, Make

APP = "/app/all"
WAYS = ("company", "owner", "kind", "code", "stage", "parent", "buyer", "rating", "keen")
ONE_USE = re.compile(rb'name="_key" value="[^"]*"|nonce-[\w+/=-]+')


def _columns(*paths: str) -> dict[str, Any]:
    return {path.replace(".", "_"): {"path": path, "order": n} for n, path in enumerate(paths)}


def _paper(purpose: str) -> dict[str, Any]:
    text = "{{ name }} {{ company.name ?? '-' }} {{ profit ?? 0 }} {{ sender.name }}"
    columns = {name: {"order": n} for n, name in enumerate(("note", "cost"))}
    lines = {"kind": "lines", "order": 2, "entity": "line", "lookup": "deal", "columns": columns}
    blocks = {"text": {"kind": "text", "order": 1, "content": text}, **({"lines": lines} if purpose == "print" else {})}
    return {"label": purpose, "entity": "deal", "purpose": purpose, "subject": "{{ name }}", "blocks": blocks}


VIEWS = {
    "company": ("name", "code", "kind", "revenue", "parent", "contact.name", "parent.secret", "deals", "amount"),
    "person": ("name", "company", "company.code", "mobile", "keen"),
    "product": ("name", "cost", "price"),
    "asset": ("shown", "company", "company.name"),
    "deal": ("name", "company", "buyer", "amount", "margin", "stage", "company.name", "concerns", "total", "profit"),
    "call": ("subject", "company", "at", "people"),
}
SHOWN: dict[str, dict[str, Any]] = {
    **{
        f"view/{entity}.all": {
            "label": entity, "entity": entity, "type": "list", "default": True, "columns": _columns(*paths),
        }
        for entity, paths in VIEWS.items()
    },
    "view/deal.board": {
        "label": "Board", "entity": "deal", "type": "board", "columns": _columns("name", "company", "amount", "buyer"),
        "options": {"pipeline": "deal", "totals": ["amount"]},
    },
    "template/deal.print": _paper("print"),
    "template/deal.mail": _paper("mail"),
    "app/all": {
        "label": "All", "home": "dashboard/all",
        "items": {entity: {"target": f"view/{entity}.all", "order": n} for n, entity in enumerate(ENTITIES)},
    },
}  # fmt: skip


def _list(asker: Asker) -> Asked:
    entity = asker.chance.choice(ENTITIES)
    wanted: dict[str, Any] = {}
    if asker.chance.random() < 0.5:
        wanted["filter"] = asker.condition(entity)
    if asker.chance.random() < 0.5:
        wanted["sort"] = asker.sort(entity).partition(",")[0]
    if asker.chance.random() < 0.4:
        wanted["group"] = asker.chance.choice(WAYS)
    return Asked("list", "GET", f"{APP}/{entity}/all", wanted)


def _board(asker: Asker) -> Asked:
    return Asked("board", "GET", f"{APP}/deal/board", {"filter": asker.condition("deal")})


def _of_record(route: str, ending: str) -> Make:
    def make(asker: Asker) -> Asked:
        entity, key = asker.record()
        return Asked(route, "GET", f"{APP}/{entity}/r/{key}{ending}")

    return make


def _form(asker: Asker) -> Asked:
    entity, key = asker.record()
    return Asked("new", "GET", f"{APP}/{entity}/r/new", {name: key for name in ("company", "buyer", "contact")})


def _picker(asker: Asker) -> Asked:
    entity, name = asker.chance.choice([each for each in TARGETS if each[0] != "line"])
    wanted = {"field": name, "q": asker.chance.choice(("", "n", "Ann", "上"))}
    return Asked("options", "GET", f"{APP}/{entity}/r/options", wanted)


def _paper_of(asker: Asker) -> Asked:
    deals = [each.key for each in asker.data.values() if each.entity == "deal"]
    key, purpose = asker.chance.choice(deals or ["00000000000A0"]), asker.chance.choice(("print", "mail"))
    return Asked("paper", "GET", f"{APP}/deal/r/{key}/{purpose}/deal.{purpose}")


def _search(asker: Asker) -> Asked:
    return Asked("search", "GET", f"{APP}/-/search", {"q": asker.chance.choice(("Ann", "n", "上海", "secret"))})


def _numbers(asker: Asker) -> Asked:
    cards = ("", "/card/by_company", "/card/owners", "/card/by_code", "/card/months")
    return Asked("numbers", "GET", f"{APP}/-/dashboard/all{asker.chance.choice(cards)}")


def _records_behind(asker: Asker) -> Asked:
    return Asked("behind", "GET", f"{APP}/-/report/stays/records/stays", {"company": asker.record()[1]})


def _filter(asker: Asker) -> Asked:
    entity = asker.chance.choice(ENTITIES)
    wanted = {"view": "all", "filter": asker.condition(entity), "field": asker.name(entity)}
    return Asked("filter", "GET", f"{APP}/{entity}/r/filter", wanted)


def _preview(asker: Asker) -> Asked:
    entity, key = asker.record()
    fields = {name: str(asker.chance.choice(("Ann", key, "3"))).encode() for name in asker.values(entity)}
    return Asked("preview", "POST", f"{APP}/{entity}/r/{key}/preview", form=fields)


LOOKING: dict[str, Make] = {
    "list": _list, "grouped": _list, "board": _board, "record": _of_record("record", ""),
    "edit": _of_record("edit", "/edit"), "peek": _of_record("peek", "/peek"), "new": _form, "options": _picker,
    "paper": _paper_of, "search": _search, "numbers": _numbers, "behind": _records_behind, "filter": _filter,
    "bin": lambda asker: Asked("bin", "GET", f"{APP}/{asker.chance.choice(ENTITIES)}/r/bin"),
    "home": lambda asker: Asked("home", "GET", "/app"),
    "preview": _preview,
}  # fmt: skip


def pages(asker: Asker, count: int) -> list[Asked]:
    """Some of them, each example others."""
    return [make(asker) for make in asker.chance.sample(list(LOOKING.values()), k=count)]


def seen(told: Answer) -> tuple[Any, ...]:
    """A page without what is made for it alone: the key of a form that is sent once."""
    return told.status, told.headers.get("Location"), ONE_USE.sub(b"", told.data)
