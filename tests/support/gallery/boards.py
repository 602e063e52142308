"""Fixture page: the board, its lanes and cards."""

from __future__ import annotations

from dataclasses import replace

from gallery import lists
from gallery.frame import Deal, bar, deals, late, people, shell, t

from sartor.platform.ui import format as formats
from sartor.platform.ui.pages.board import BoardPage, Card, Cards, Lane
from sartor.platform.ui.pages.parts import Action, Cell, Face, Pill


def card(number: int, deal: Deal) -> Card:
    owner: Face = people()[deal.owner]
    days, _dot, over = deal.close.partition(" · ")
    strip = late("Silent since " + deal.last, "未跟进，上次 " + deal.last) if deal.stale else None
    if over:
        strip = Pill(t("Close date passed 4 days ago", "预计成交已过 4 天"), "bad", "calendar-x")
    from_amount = formats.money_compact(int(deal.amount), "CNY")
    return Card(
        id=f"d{number}",
        title=deal.name,
        href="/record",
        version="3",
        label=f"{deal.name}, {from_amount}",
        lines=(Cell(text=deal.customer),),
        left=Cell(text=from_amount),
        right=(Cell(text=days, tone="bad" if over else ""), Cell(face=owner)),
        strip=strip,
        move_url=f"/move/d{number}",
        peek_url="/peek",
    )


def lanes() -> tuple[Lane, ...]:
    names = [
        ("Qualify", "验证客户"),
        ("Needs analysis", "需求分析"),
        ("Proposal", "方案报价"),
        ("Negotiation", "商务谈判"),
    ]
    totals = [("9", 2850000, 569000), ("14", 5320000, 1590000), ("12", 7150000, 4290000), ("7", 3430000, 2750000)]
    result = []
    for at, (name, (count, total, weighted)) in enumerate(zip(names, totals, strict=True), 1):
        held = tuple(card(number, deal) for number, deal in enumerate(deals()) if deal.stage == at)
        result.append(
            Lane(
                key=f"s{at}",
                title=t(*name),
                dot=f"stage-{at}",
                count=count,
                total=formats.money_compact(total, "CNY"),
                sub=(f"{(20, 30, 60, 80)[at - 1]} %", t("weighted ", "加权 ") + formats.money_compact(weighted, "CNY")),
                cards=Cards(
                    cards=held, next_url=f"/cards/s{at}" if at < 4 else None, more_text=t("+6 more", "还有 6 个")
                ),
                needs=t("Needs: quote approved", "需要：报价已审批") if at == 4 else None,
                add=Action(text=t("Add", "新建"), url="/form", icon="plus", look="quiet"),
            )
        )
    ends = (
        ("won", "Won this quarter", "本季度赢单", "11", 6380000),
        ("lost", "Lost this quarter", "本季度输单", "8", 2910000),
    )
    return (
        *result,
        *(
            Lane(
                key=key,
                title=t(en, zh),
                dot=f"stage-{key}",
                count=count,
                total=formats.money_compact(total, "CNY"),
                folded=True,
                open_url="/board",
                refuses=t("Lost deals need a reason: open the deal.", "输单需填写原因：请打开商机。")
                if key == "lost"
                else None,
            )
            for key, en, zh, count, total in ends
        ),
    )


def board() -> BoardPage:
    plain = replace(
        lists.filter_bar(),
        chips=lists.filter_bar().chips[:2],
        notes=((t("Total", "合计"), "¥18,742,300"), (t("Weighted", "加权"), "¥9,198,540")),
    )
    return BoardPage(
        shell=shell(t("Pipeline", "商机看板"), "board"),
        bar=bar(t("Deals", "商机"), lists.new()),
        label=t("Board by stage", "按阶段的看板"),
        view=lists.views()[0],
        views=lists.views(),
        switch=lists.switch("board"),
        filter=plain,
        lanes=lanes(),
        legend=Pill(t("no follow-up for 10 days", "10 天未跟进"), dot="stage-stale"),
    )
