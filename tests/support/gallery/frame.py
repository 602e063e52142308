"""Fixture data for the gallery: the frame of every page, in both languages, and the deals of a made-up pump maker."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from sartor.platform.text import language
from sartor.platform.ui import format as formats
from sartor.platform.ui.pages.parts import Action, Cell, Choice, Face, Link, Pill
from sartor.platform.ui.pages.shell import Look, NavGroup, Outside, Shell, TitleBar, User


def t(en: str, zh: str) -> str:
    return zh if language() == "zh" else en


LOOK = {"theme": "light", "density": "normal"}


def look() -> Look:
    return Look(language=language(), rise_red=language() == "zh", **LOOK)


def people() -> dict[str, Face]:
    names = {
        "lx": ("Lin Xiao", "林晓"),
        "zm": ("Zhou Min", "周敏"),
        "ck": ("Chen Kuo", "陈阔"),
        "sw": ("Su Wan", "苏婉"),
        "wy": ("Wang Yuheng", "王宇恒"),
        "hj": ("He Jing", "何静"),
    }
    return {
        key: Face(formats.letters(t(*name)), t(*name), me=key == "lx", url="/record") for key, name in names.items()
    }


def groups(current: str) -> tuple[NavGroup, ...]:
    def link(key: str, en: str, zh: str, icon: str, count: str | None = None, hot: bool = False) -> Link:
        return Link(t(en, zh), "/" + key, icon, current=key == current, count=count, hot=hot)

    return (
        NavGroup(None, (link("home", "Home", "首页", "home"), link("dashboard", "Dashboards", "仪表盘", "chart-bar"))),
        NavGroup(
            t("Sales", "销售"),
            (
                link("list-empty", "Customers", "客户", "building"),
                link("list-long", "Contacts", "联系人", "address-book"),
                link("list", "Deals", "商机", "target-arrow", "42"),
                link("board", "Board", "看板", "layout-kanban"),
                link("import-columns", "Import", "导入", "upload"),
                link("job", "Payments", "回款", "cash", "3", True),
            ),
        ),
        NavGroup(t("Service", "服务"), (link("recycle", "Recycle bin", "回收站", "trash"),)),
    )


def shell(title: str, current: str = "list") -> Shell:
    return Shell(
        title=title,
        workspace=t("Lanting Pumps & Valves", "澜汀泵阀"),
        csrf="token",
        groups=groups(current),
        phone=(
            Link(t("Home", "首页"), "/home", "home", current == "home"),
            Link(t("Deals", "商机"), "/list", "target-arrow", current == "list"),
            Link(t("New", "新建"), "/form", "circle-plus"),
            Link(t("Numbers", "数据"), "/dashboard", "chart-bar", current == "dashboard"),
            Link(t("More", "更多"), "#menu", "menu-2"),
        ),
        user=User("0000000000001", people()["lx"], t("Sales lead", "销售主管"), "/profile", "/sign-out"),
        look=look(),
        search_url="/hits",
        preferences_url="/preferences",
        apps=(Link(t("Sales", "销售"), "/home", "briefcase", True), Link(t("Service", "服务"), "/home", "headset")),
        foot=(Link(t("Build", "搭建"), "/build", "needle-thread"),),
    )


def outside(title: str) -> Outside:
    return Outside(
        title=title,
        workspace=t("Lanting Pumps & Valves", "澜汀泵阀"),
        csrf="token",
        look=look(),
        languages=(Choice("中文", "zh", language() == "zh"), Choice("English", "en", language() == "en")),
        preferences_url="/preferences",
        foot="Sartor 1.0",
    )


def bar(title: str, *actions: Action, **more: object) -> TitleBar:
    return TitleBar(title=title, actions=actions, **more)


def yuan(amount: str, **more: object) -> Cell:
    value = Decimal(amount)
    return Cell(
        kind="money",
        text=formats.money(value, "CNY", sign=False),
        short=formats.money_compact(value, "CNY"),
        number=True,
        **more,
    )


def stage(number: int) -> Cell:
    names = [
        ("Qualify", "验证客户"),
        ("Needs analysis", "需求分析"),
        ("Proposal", "方案报价"),
        ("Negotiation", "商务谈判"),
    ]
    return Cell(kind="stage", text=t(*names[number - 1]), dot=f"stage-{number}")


def late(en: str, zh: str) -> Pill:
    return Pill(t(en, zh), "warn", "clock-exclamation")


@dataclass(frozen=True)
class Deal:
    """A row of deals.csv in the reader's language."""

    name: str
    customer: str
    stage: int
    amount: str
    close: str
    last: str
    stale: bool
    owner: str


def deals() -> list[Deal]:
    with (Path(__file__).parent / "deals.csv").open(encoding="utf-8", newline="") as file:
        return [_deal(row) for row in csv.DictReader(file)]


def _deal(row: dict[str, str]) -> Deal:
    def said(name: str) -> str:
        return t(row[f"{name}_en"], row[f"{name}_zh"])

    return Deal(
        name=t(row["en"], row["zh"]),
        customer=said("customer"),
        stage=int(row["stage"]),
        amount=row["amount"],
        close=said("close"),
        last=said("last"),
        stale=row["stale"] == "true",
        owner=row["owner"],
    )
