"""Fixture pages: the record in its tabs, and the board."""

from __future__ import annotations

from dataclasses import replace

from gallery import forms
from gallery.frame import bar, deals, late, people, shell, t, yuan

from sartor.platform.ui.pages.feed import Composer, Feed, FeedItem
from sartor.platform.ui.pages.parts import (
    Action,
    Cell,
    Choice,
    Delta,
    Head,
    Link,
    Pair,
    Pill,
    Switch,
    Table,
)
from sartor.platform.ui.pages.record import (
    Guard,
    NextStep,
    RecordPage,
    Related,
    RelatedRow,
    Section,
    Stage,
    StagePath,
    Tab,
    TabTable,
)


def path() -> StagePath:
    def stage(en: str, zh: str, state: str, beside: str | None = None, dot: str | None = None, **more: str) -> Stage:
        return Stage(text=t(en, zh), state=state, beside=beside, dot=dot, **more)

    return StagePath(
        t("Stage", "阶段"),
        (
            stage("Qualify", "验证客户", "done", t("6 d", "6 天"), url="/record"),
            stage("Needs analysis", "需求分析", "done", t("19 d", "19 天"), url="/record"),
            stage("Proposal · 60 %", "方案报价 · 60 %", "now", t("14 d, usually 9", "14 天，通常 9 天")),
            stage(
                "Negotiation · 80 %", "商务谈判 · 80 %", "next", reason=t("Needs: quote approved", "需要：报价已审批")
            ),
            stage("Won", "赢单", "next", dot="stage-won", dialog_url="/dialog"),
            stage("Lost", "输单", "next", dot="stage-lost", dialog_url="/dialog"),
        ),
        "token",
        "3",
    )


def sections() -> tuple[Section, ...]:
    def pair(en: str, zh: str, en_value: str, zh_value: str, **more: object) -> Pair:
        return Pair(t(en, zh), Cell(text=t(en_value, zh_value), **more), "/form")

    remark = (
        "The shutdown window is 8 to 19 October; delivery after that moves to spring.",
        "停机窗口 10 月 8–19 日，错过顺延到明年春季。",
    )
    return (
        Section(
            t("Basics", "基本信息"),
            (
                pair("Pipeline", "商机组", "Equipment sales", "设备销售"),
                pair("Source", "客户来源", "Referral", "转介绍"),
                pair("Region", "区域", "Shandong / Qingdao / Huangdao", "山东 / 青岛 / 黄岛"),
                pair("Next contact", "下次联系", "Today 16:00", "今天 16:00", tone="bad"),
                pair("Remark", "备注", *remark),
            ),
        ),
        Section(
            t("Commercial terms", "商务条款"),
            (
                pair("Discount", "整单折扣", "6.5 %", "6.5 %", note=Pill(t("over 5 %", "超 5%"), "warn")),
                pair("Margin", "毛利率", "31.8 %", "31.8 %"),
                Pair(t("Rating", "评级"), Cell(kind="rating", rating=(4, 5))),
            ),
        ),
        Section(t("System", "系统信息"), (pair("Created", "创建", "3 Aug", "8月3日"),), open=False),
    )


def feed() -> Feed:
    lin, zhou = people()["lx"].name, people()["zm"].name
    return Feed(
        items=(
            FeedItem(day=t("Today", "今天")),
            FeedItem(
                who=t("Ticket T-1182", "工单 T-1182"),
                text=t("opened by the customer’s pump station", "由客户泵站提交"),
                when="09:42",
                icon="ticket",
                tone="bad",
                quote=Link(t("Bearing temperature alarm on unit 4 (phase 1)", "一期 4 号机轴承温度报警"), "/record"),
                pills=(Pill(t("High", "高"), "bad"),),
            ),
            FeedItem(
                text=t("Workflow “Silent deals” set a reminder", "工作流「沉默商机」设了提醒"),
                when="08:00",
                icon="robot",
                small=True,
            ),
            FeedItem(day=t("Monday, 14 September", "9月14日 星期一")),
            FeedItem(
                who=zhou,
                text=t("changed", "修改了"),
                icon="pencil",
                small=True,
                when="17:41",
                changes=((t("amount", "金额"), "¥2,150,000", "¥2,380,000"), (t("units", "台数"), "10", "12")),
            ),
            FeedItem(
                who=lin,
                text=t("called Gu Wenbo, 18 minutes", "致电顾文博，18 分钟"),
                when="10:05",
                icon="phone",
                tone="accent",
                body=t(
                    "Budget is approved up to ¥2.5M. He worries about the October shutdown.",
                    "预算批到 250 万以内，担心十月停机窗口。",
                ),
            ),
            FeedItem(
                text=t("Stage", "阶段"),
                changes=(("", t("Needs analysis", "需求分析"), t("Proposal", "方案报价")),),
                when=t("2 Sep", "9月2日"),
                icon="arrow-right",
                tone="good",
                small=True,
            ),
        ),
        next_url="/feed",
        more_text=t("Older", "更早"),
        filters=Switch(
            t("Show", "显示"),
            (
                Choice(t("All", "全部"), "/record", True),
                Choice(t("Follow-ups", "跟进"), "/record"),
                Choice(t("Edits", "变更"), "/record"),
            ),
        ),
    )


def next_step() -> NextStep:
    return NextStep(
        title=t("Next step", "下一步"),
        text=t(
            "Send the revised quote: 12 units, seal kits in the same document, price held to 26 Sep.",
            "发修订报价：12 台，密封包同单，价格保持到 9 月 26 日。",
        ),
        due=Pill(t("Today 16:00", "今天 16:00"), "bad"),
        actions=(
            Action(text=t("Revise quote", "修订报价"), url="/form", icon="file-plus", look="primary"),
            Action(text=t("Done", "已处理"), url="/record", method="post"),
        ),
        guards_title=t("To reach Negotiation", "进入「商务谈判」还需"),
        guards=(
            Guard(t("A decision maker is known", "已知关键决策人"), True),
            Guard(t("Budget is confirmed", "预算已确认"), True),
            Guard(
                t("Quote approved: He Jing, waiting for 2 days", "报价审批通过：何静，已等 2 天"),
                False,
                Action(text=t("Nudge", "催办"), url="/record"),
            ),
        ),
    )


def related() -> tuple[Related, ...]:
    def add(en: str, zh: str) -> Action:
        return Action(text=t(en, zh), url="/form", icon="plus", look="quiet", compact=True)

    decides = (Pill(t("decides", "关键决策人"), "accent"),)
    return (
        Related(
            title=t("Contacts", "联系人"),
            add=add("Add contact", "添加联系人"),
            rows=(
                RelatedRow(
                    t("Gu Wenbo", "顾文博"),
                    "/record",
                    t("Plant director · 138 •••• 6021", "厂长 · 138 •••• 6021"),
                    decides,
                    face=t("GW", "顾"),
                ),
                RelatedRow(
                    t("Tang Li", "唐莉"),
                    "/record",
                    t("Purchasing · 150 •••• 7734", "采购 · 150 •••• 7734"),
                    face=t("TL", "唐"),
                ),
            ),
        ),
        Related(
            title=t("Quotes", "报价单"),
            count="2",
            add=add("New quote", "新建报价"),
            rows=(
                RelatedRow(
                    "Q-0883", "/record", pills=(Pill(t("In review", "审核中"), "warn"),), value=Cell(text="¥2,380,000")
                ),
                RelatedRow(
                    "Q-0871", "/record", pills=(Pill(t("Void", "作废")),), value=Cell(text="¥2,150,000", tone="muted")
                ),
            ),
            more=Link(t("All 2", "全部 2 个"), "/list"),
        ),
        Related(
            title=t("This customer", "该客户"),
            pairs=(
                Pair(t("Won so far", "累计成交"), Cell(text="¥4,126,500", number=True)),
                Pair(
                    t("Still to pay", "应收未回"),
                    Cell(text="¥412,650", number=True, note=Pill(t("18 d over", "逾期 18 天"), "bad")),
                ),
            ),
        ),
        Related(title=t("Files", "附件"), empty=t("No files yet", "还没有附件")),
    )


def tabs(current: str) -> tuple[Tab, ...]:
    names = (
        ("record", "Activity", "动态", None),
        ("record-form", "Details", "详细信息", None),
        ("record-lines", "Line items", "产品明细", "4"),
        ("record-quotes", "Quotes", "报价单", "2"),
        ("record-changes", "Changes", "操作记录", None),
    )
    return tuple(Tab(t(en, zh), "/" + key, key == current, count) for key, en, zh, count in names)


def page(current: str = "record") -> RecordPage:
    deal = deals()[0]
    lin = people()["lx"]
    return RecordPage(
        shell=shell(deal.name),
        bar=bar(
            deal.name,
            Action(
                text=t("Follow", "关注"),
                url="/record",
                icon="star",
                look="quiet",
                compact=True,
                method="post",
                pressed=True,
            ),
            Action(text=t("Edit", "编辑"), url="/form", icon="pencil", key="E", only="desk"),
            Action(
                text=t("Log follow-up", "写跟进"),
                url="/dialog",
                icon="message-plus",
                key="L",
                look="primary",
                method="dialog",
            ),
            back=Link(t("Back to the list", "返回列表"), "/list"),
            trail=(Link(t("My team’s open deals", "我和下属的进行中商机"), "/list"),),
            beside="D-2026-0417",
            more=(
                Action(
                    text=t("Delete", "删除"),
                    url="/delete",
                    icon="trash",
                    look="danger",
                    method="post",
                    confirm=t("It goes to the recycle bin.", "将移入回收站。"),
                ),
            ),
        ),
        title=deal.name,
        previous=Link(t("Previous record", "上一条"), "/record"),
        next=Link(t("Next record", "下一条"), "/record"),
        place="1 / 42",
        pills=(late("12 days without follow-up", "12 天未跟进"), Pill(t("Key account", "A 重点客户"))),
        facts=(
            Pair(t("Customer", "客户"), Cell(text=deal.customer, href="/record"), full=True),
            Pair(t("Amount", "商机金额"), Cell(text="¥2,380,000")),
            Pair(t("Weighted", "加权金额"), Cell(text="¥1,428,000")),
            Pair(t("Expected close", "预计成交"), Cell(text=t("26 Sep, in 10 days", "9月26日（10 天后）"))),
            Pair(t("Score", "评分"), Cell(text="72", delta=Delta("6", "down", False))),
            Pair(t("Owner", "负责人"), Cell(face=lin, text=lin.name)),
        ),
        path=path(),
        sections=sections(),
        tabs=tabs(current),
        composer=Composer(
            url="/record",
            csrf="token",
            label=t("Follow-up", "跟进内容"),
            placeholder=t("What happened, and what is next?", "聊了什么？下一步是什么？"),
            kinds=(
                ("call", t("Call", "电话"), "phone"),
                ("visit", t("Visit", "拜访"), "walk"),
                ("chat", t("WeChat", "微信"), "brand-wechat"),
            ),
        ),
        feed=feed(),
        next_step=next_step(),
        related=related(),
        edit_url="/form",
    )


def form_page() -> RecordPage:
    return replace(page("record-form"), form=forms.refused())


def lines_page() -> RecordPage:
    heads = (
        Head(t("Product", "产品")),
        Head(t("Quantity", "数量"), number=True),
        Head(t("Total, ¥", "小计（元）"), number=True),
    )
    rows = (
        (
            Cell(text=t("Duplex pump CP-200", "双相钢泵 CP-200"), href="/record"),
            Cell(text="12", number=True),
            yuan("2160000"),
        ),
    )
    table = Table(t("Line items", "产品明细"), heads, rows * 4, (Cell(), Cell(text="48", number=True), yuan("8640000")))
    return replace(
        page("record-lines"),
        tables=(TabTable(table=table, add=Action(text=t("Add", "添加"), url="/form", icon="plus")),),
    )
