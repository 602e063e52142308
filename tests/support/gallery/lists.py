"""Fixture pages: the list in its states, its filter editor and peek."""

from __future__ import annotations

from dataclasses import replace

from gallery.frame import Deal, bar, deals, late, people, shell, stage, t, yuan

from sartor.platform.ui.pages.feed import FeedItem
from sartor.platform.ui.pages.list import Chip, FilterBar, FilterEditor, ListPage, Peek, Row, Rows, Total
from sartor.platform.ui.pages.parts import Action, Cell, Choice, Empty, Head, Link, Note, Pair, Pill, Switch
from sartor.platform.ui.pages.widget import Option, Widget


def filter_bar() -> FilterBar:
    return FilterBar(
        lead=t("Deals where", "筛选："),
        joint=t("and", "且"),
        chips=(
            Chip(
                t("owner", "负责人"),
                t("owner is ", "负责人是"),
                t("me or my reports", "我或我的下属"),
                "/editor",
                "/list",
            ),
            Chip(
                t("close", "预计成交"),
                t("closing ", "预计成交在"),
                t("this quarter or next", "本季度或下季度"),
                "/editor",
                "/list",
            ),
            Chip(
                t("amount", "金额"), t("amount is at least ", "金额不少于"), t("¥100,000", "10万元"), "/editor", "/list"
            ),
        ),
        fields=tuple(
            Option(key, t(en, zh))
            for key, en, zh in (
                ("name", "Deal", "商机名称"),
                ("amount", "Amount", "金额"),
                ("stage", "Stage", "阶段"),
                ("owner", "Owner", "负责人"),
            )
        ),
        add_url="/editor",
        text="owner in team() and close_on in quarters(0, 1) and amount >= 100000",
        text_url="/list",
        kept=(("sort", "-amount"),),
        clear_url="/list",
    )


def editor() -> FilterEditor:
    words = (
        ("=", "is", "等于"),
        (">=", "is at least", "不少于"),
        ("<=", "is at most", "不多于"),
        ("between", "is between", "在范围内"),
        ("blank", "is empty", "为空"),
        ("set", "is not empty", "不为空"),
    )
    return FilterEditor(
        title=t("Amount", "金额"),
        type_text=t("money", "金额类型"),
        url="/editor",
        apply_url="/list",
        state=(("field", "amount"), ("filter", "owner in team()"), ("at", "2")),
        operators=tuple(Option(key, t(en, zh)) for key, en, zh in words),
        operator=">=",
        widgets=(Widget(name="value", label=t("Value, ¥", "值（元）"), kind="number", value="100,000"),),
        text="owner in team() and close_on in quarters(0, 1) and amount >= 100000",
        count=t("42 deals match", "42 条符合"),
    )


def heads() -> tuple[Head, ...]:
    return (
        Head(t("Deal", "商机名称"), "name", url="/list"),
        Head(t("Customer", "客户"), "second", url="/list"),
        Head(t("Stage", "阶段"), "state", url="/list"),
        Head(t("Amount, ¥", "金额（元）"), "figure", True, "descending", "/list"),
        Head(t("Win rate", "赢单率"), number=True),
        Head(t("Expected close", "预计成交"), "when", url="/list"),
        Head(t("Last follow-up", "最后跟进")),
        Head(t("Owner", "负责人")),
    )


def row(number: int, deal: Deal) -> Row:
    overdue = "·" in deal.close
    cells = (
        Cell(text=deal.name),
        Cell(kind="link", text=deal.customer, href="/record"),
        stage(deal.stage),
        yuan(deal.amount),
        Cell(kind="percent", text=f"{(20, 30, 60, 80)[deal.stage - 1]} %", number=True, tone="muted"),
        Cell(kind="date", text=deal.close, tone="bad" if overdue else ""),
        Cell(text=deal.last, tone="warn" if deal.stale else "", icon="clock-exclamation" if deal.stale else None),
        Cell(kind="user", face=people()[deal.owner], text=people()[deal.owner].name),
    )
    return Row(id=f"d{number}", title=deal.name, href="/record", cells=cells, peek_url="/peek", version="3")


def rows(start: int = 0, more: bool = True) -> Rows:
    return Rows(
        columns=heads(),
        rows=tuple(row(start + at, deal) for at, deal in enumerate(deals())),
        next_url="/rows" if more else None,
        more_text=t("Load more", "加载更多"),
    )


def switch(current: str) -> Switch:
    choices = (("list", t("List", "列表"), "list"), ("board", t("Board", "看板"), "layout-kanban"))
    return Switch(
        t("Show as", "显示方式"), tuple(Choice(text, "/" + key, key == current, icon) for key, text, icon in choices)
    )


def views() -> tuple[Link, ...]:
    return (
        Link(t("My team’s open deals", "我和下属的进行中商机"), "/list", "star", True, "42"),
        Link(t("Mine", "我负责的"), "/list", "user", count="19"),
        Link(t("Silent for 14 days", "14 天未跟进"), "/list", "clock-exclamation", count="8", hot=True),
    )


def new() -> Action:
    return Action(text=t("New deal", "新建商机"), url="/form", icon="plus", key="N", look="primary", only="desk")


def page() -> ListPage:
    return ListPage(
        shell=shell(t("My team’s open deals", "我和下属的进行中商机")),
        bar=bar(
            t("Deals", "商机"),
            new(),
            more=(
                Action(text=t("Import", "导入"), url="/import-file", icon="upload"),
                Action(text=t("Export", "导出"), url="/export", icon="download", method="post"),
            ),
        ),
        label=t("Deals, 42 rows", "商机，42 行"),
        view=views()[0],
        views=views(),
        switch=switch("list"),
        filter=filter_bar(),
        columns=heads(),
        rows=rows(),
        sorted_by=Link(t("Amount", "金额"), "/list"),
        totals=(
            Total(t("Sum", "合计"), "18,742,300", 3),
            Total("Ø", "45 %", 4),
            Total(t("Weighted", "加权"), "9,198,540", 5),
        ),
        loaded=t("%(n)s of 42 loaded, more as you scroll", "已加载 %(n)s / 42，滚动加载更多"),
        bulk=(
            Action(text=t("Transfer", "转移"), url="/dialog", icon="user-share", key="T", method="dialog"),
            Action(text=t("Change stage", "更改阶段"), url="/dialog", icon="arrows-right", key="M", method="dialog"),
            Action(text=t("Export chosen", "导出选中"), url="/export", icon="download", method="post", only="desk"),
            Action(
                text=t("Delete", "删除"),
                url="/delete",
                icon="trash",
                look="danger",
                compact=True,
                method="post",
                confirm=t(
                    "The chosen deals go to the recycle bin for 30 days.", "选中的商机将移入回收站，保留 30 天。"
                ),
            ),
        ),
        save_view=Action(text=t("Save as new view", "另存为场景"), url="/dialog", method="dialog"),
    )


def empty() -> ListPage:
    first = Empty(
        title=t("No customers yet", "还没有客户"),
        text=t(
            "Bring your list from Excel, or start with the one you will call next.",
            "从 Excel 导入，或从下一个要联系的客户开始。",
        ),
        actions=(
            Action(text=t("Import from Excel", "从 Excel 导入"), url="/import-file", icon="upload", look="primary"),
            Action(text=t("New customer", "新建客户"), url="/form"),
        ),
        links=(Link(t("Template with your fields", "下载模板"), "/export"),),
    )
    base = page()
    nothing = replace(base.rows, rows=(), next_url=None)
    return replace(
        base,
        shell=shell(t("Customers", "客户"), "list-empty"),
        bar=bar(t("Customers", "客户")),
        rows=nothing,
        empty=first,
        view=Link(t("All", "全部"), "/list"),
        views=(),
        save_view=None,
        totals=(),
        filter=replace(filter_bar(), chips=()),
    )


def nothing_matches() -> ListPage:
    why = Empty(
        title=t("Nothing matches all three conditions", "没有同时满足三个条件的商机"),
        text=t("Without “owner is me or my reports” there are 14.", "去掉“负责人是我或我的下属”有 14 条。"),
        icon="filter-off",
        actions=(
            Action(text=t("Drop “owner”", "去掉“负责人”"), url="/list", look="primary"),
            Action(text=t("Clear all", "全部清除"), url="/list"),
        ),
    )
    wrong = replace(
        filter_bar(),
        text="amout > 5",
        text_error=t("Unknown field “amout”. Did you mean “amount”?", "未知字段“amout”，是否为“amount”？"),
    )
    return replace(page(), empty=why, filter=wrong, rows=replace(page().rows, rows=(), next_url=None))


def long() -> ListPage:
    """Very long texts, markup in texts, odd values."""
    words = "Very long words without any sense " * 8 + "Donaudampfschifffahrtsgesellschaftskapitänsmützenfabrik" * 2
    evil = "<svg onload=alert(1)>\"'>{{7*7}}"
    cells = (
        Cell(text=words),
        Cell(text=evil, href="/record"),
        Cell(text=evil, dot="stage-2"),
        yuan("-123456789012.34"),
        Cell(text="–"),
        Cell(text=words, tone="bad"),
        Cell(pills=(Pill(evil, "warn"), Pill("B"), Pill(words[:60]))),
        Cell(kind="rating", rating=(3, 5)),
    )
    others = (Cell(text="·"),) * 6 + (Cell(kind="boolean", checked=True), Cell(kind="boolean", checked=False))
    base = page()
    return replace(
        base,
        shell=shell(evil, "list-long"),
        bar=bar(words, new()),
        view=Link(words, "/list", count="10,000+"),
        rows=replace(
            base.rows,
            rows=(
                Row(id="1", title=evil, href="/record", cells=cells),
                Row(id="2", title="·", href="/record", cells=others),
            ),
            next_url=None,
        ),
        notes=(
            Note(
                t(
                    "The question took too long and was cut after 5 seconds. Narrow the filter.",
                    "查询超过 5 秒，已中断。请缩小筛选范围。",
                ),
                "warn",
            ),
        ),
    )


def peek() -> Peek:
    return Peek(
        title=deals()[0].name,
        href="/record",
        subtitle=deals()[0].customer,
        pills=(Pill(t("Proposal", "方案报价"), "accent", dot="stage-3"), late("12 days silent", "12 天未跟进")),
        facts=(
            Pair(t("Amount", "金额"), Cell(text="¥2,380,000")),
            Pair(t("Win rate", "赢单率"), Cell(text="60 %")),
            Pair(t("Expected close", "预计成交"), Cell(text=t("26 Sep", "9月26日"))),
        ),
        pairs=(
            Pair(
                t("Contact", "联系人"),
                Cell(text=t("Gu Wenbo, plant director", "顾文博 · 厂长"), note=Pill(t("decides", "关键决策人"))),
            ),
            Pair(t("Owner", "负责人"), Cell(face=people()["lx"], text=people()["lx"].name)),
        ),
        actions=(Action(text=t("Log follow-up", "写跟进"), url="/dialog", method="dialog", look="primary", key="L"),),
        feed=(
            FeedItem(day=t("Lately", "最近动态")),
            FeedItem(
                who=t("Lin Xiao", "林晓"),
                text=t("called Gu Wenbo", "致电顾文博"),
                when=t("4 Sep", "9月4日"),
                icon="phone",
                tone="accent",
                body=t("Budget is approved up to ¥2.5M.", "预算批到 250万以内。"),
            ),
        ),
    )
