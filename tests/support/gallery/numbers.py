"""Fixture pages: dashboard and home, with figures as the server would send them."""

from __future__ import annotations

from gallery.frame import bar, deals, people, shell, t

from sartor.platform.ui import format as formats
from sartor.platform.ui.pages.dashboard import DashboardPage, Figure, Panel, PanelItem, Place, Placed, Plot, Rank
from sartor.platform.ui.pages.feed import FeedItem
from sartor.platform.ui.pages.home import AgendaItem, Brief, HomePage, Todo, Todos
from sartor.platform.ui.pages.parts import Action, Cell, Choice, Delta, Head, Link, Note, Switch, Table

STAGES = [
    ("Qualify", "验证客户"),
    ("Needs analysis", "需求分析"),
    ("Proposal", "方案报价"),
    ("Negotiation", "商务谈判"),
    ("Won", "赢单"),
]
COUNTS = [148, 96, 61, 34, 22]
COLORS = ["--plot-1", "--plot-2", "--plot-3", "--plot-4", "--plot-won"]


def short(amount: int) -> str:
    return formats.money_compact(amount, "CNY")


def funnel() -> dict:
    names = [t(*pair) for pair in STAGES]
    trace = {
        "type": "funnel",
        "y": names,
        "x": COUNTS,
        "textinfo": "value",
        "marker": {"color": COLORS},
        "connector": {"fillcolor": "--paper-2", "line": {"width": 0}},
        "customdata": ["/list"] * 5,
        "hoverinfo": "none",
    }
    axis = {"autorange": "reversed", "showgrid": False, "tickfont": {"size": 12, "color": "--ink"}}
    return {
        "data": [trace],
        "layout": {"yaxis": axis, "xaxis": {"visible": False}, "margin": {"l": 8, "r": 24, "t": 4, "b": 8}},
    }


def bars() -> dict:
    names = [
        t("Price <b>", "价格 <b>"),
        t("Delivery time", "交期"),
        t("No budget", "无预算"),
        t("<img src=x onerror=alert(1)>", "<img src=x>"),
    ]
    trace = {
        "type": "bar",
        "orientation": "h",
        "x": [9, 6, 4, 3],
        "y": names,
        "text": ["9", "6", "4", "3"],
        "textposition": "outside",
        "marker": {"color": "--plot-3"},
        "customdata": ["/list"] * 4,
        "cliponaxis": False,
        "hoverinfo": "none",
    }
    axis = {"autorange": "reversed", "showgrid": False, "tickfont": {"size": 12, "color": "--ink"}}
    return {
        "data": [trace],
        "layout": {"yaxis": axis, "xaxis": {"visible": False}, "margin": {"l": 8, "r": 24, "t": 4, "b": 4}},
    }


def trend() -> dict:
    weeks = [t(f"week {n}", f"第 {n} 周") for n in range(1, 13)]
    now = [400000 * n for n in range(1, 12)]
    line = {
        "type": "scatter",
        "mode": "lines",
        "name": t("This quarter", "本季度"),
        "x": weeks,
        "y": now,
        "line": {"color": "--accent", "width": 2.5},
        "customdata": ["/list"] * 11,
    }
    was = {
        "type": "scatter",
        "mode": "lines",
        "name": t("Last quarter", "上季度"),
        "x": weeks,
        "y": [n * 0.7 for n in now],
        "line": {"color": "--line-3", "width": 1.5, "dash": "dot"},
    }
    ticks = [0, 2000000, 4000000]
    return {
        "data": [was, line],
        "layout": {
            "showlegend": True,
            "margin": {"l": 8, "r": 12, "t": 30, "b": 24},
            "yaxis": {"tickvals": ticks, "ticktext": [short(n) for n in ticks]},
            "xaxis": {"showgrid": False, "nticks": 5},
        },
    }


def pie() -> dict:
    trace = {
        "type": "pie",
        "labels": [t("Referral", "转介绍"), t("Trade fair", "展会"), t("Website", "官网")],
        "values": [5, 3, 2],
        "hole": 0.6,
        "marker": {"colors": ["--plot-4", "--plot-2", "--plot-1"]},
        "textinfo": "label+percent",
        "textposition": "outside",
    }
    return {"data": [trace], "layout": {"margin": {"l": 8, "r": 8, "t": 24, "b": 24}}}


FIGURES = {"funnel": funnel, "bars": bars, "trend": trend, "pie": pie}


def table(label: str) -> Table:
    rows = tuple(
        (Cell(text=t(*name)), Cell(text=str(count), number=True, href="/list"))
        for name, count in zip(STAGES, COUNTS, strict=True)
    )
    return Table(label, (Head(t("Stage", "阶段")), Head(t("Deals", "商机"), number=True)), rows)


def figures() -> tuple[Figure, ...]:
    up = "0,24 10,23 20,21 30,19 40,16 50,14 60,12 70,10 80,7 90,5 100,2"
    was = "0,25 20,23 40,19 60,16 80,11 100,8"
    unit = t("", "元")
    return (
        Figure(
            label=t("Won amount", "赢单金额"),
            text=t("¥8.64M", "864万"),
            unit=unit,
            href="/list",
            delta=Delta("20.4 %", "up", True, t("from ¥7.18M", "上期 718万")),
            spark=up,
            spark_was=was,
        ),
        Figure(
            label=t("New deals", "新增商机"),
            text="148",
            href="/list",
            delta=Delta("6.5 %", "up", True, t("from 139", "上期 139")),
            spark=was,
            spark_was=up,
        ),
        Figure(
            label=t("Win rate", "赢单率"),
            text="47.8",
            unit="%",
            href="/list",
            delta=Delta(t("2.8 pt", "2.8 个百分点"), "down", False, t("from 50.6 %", "上期 50.6 %")),
            spark=up,
        ),
        Figure(
            label=t("Average cycle", "平均销售周期"),
            text="47",
            unit=t("days", "天"),
            href="/list",
            delta=Delta(t("5 days", "5 天"), "down", True),
        ),
        Figure(label=t("Target attainment", "业绩完成率"), text="86.4", unit="%", progress=(86.4, 100)),
        Figure(
            label=t("Weighted forecast", "加权预测"), text=t("¥9.20M", "920万"), unit=unit, delta=Delta("0 %", "flat")
        ),
    )


def ranks() -> tuple[Rank, ...]:
    rows = (
        ("zm", 2310000, 116),
        ("lx", 1990000, 99),
        ("sw", 1640000, 91),
        ("ck", 1270000, 80),
        ("wy", 868000, 58),
        ("hj", 563000, 47),
    )
    return tuple(
        Rank(
            place=str(at),
            name=people()[key].name,
            value=short(amount),
            share=f"{share} %",
            done=share,
            of=120,
            good=share > 100,
            face=people()[key],
        )
        for at, (key, amount, share) in enumerate(rows, 1)
    )


def plot(key: str, en: str, zh: str) -> Plot:
    return Plot(figure=FIGURES[key](), says=t(en, zh), table=table(t("The same as a table", "同样的数据")))


def panels() -> tuple[Panel, ...]:
    switch = Switch(
        t("Rank by", "排序"),
        (Choice(t("Amount", "金额"), "/dashboard", True), Choice(t("Won deals", "单数"), "/dashboard")),
    )
    return (
        Panel(
            name="funnel",
            title=t("Funnel", "销售漏斗"),
            span=7,
            plot=plot("funnel", "Funnel: 148 deals in Qualify, 22 won.", "漏斗：148 个商机，22 个赢单。"),
            beside=t("share that moves on", "各阶段转化"),
        ),
        Panel(name="ranks", title=t("Leaderboard", "排行榜"), span=5, ranks=ranks(), switch=switch),
        Panel(
            name="trend",
            title=t("Won, running total", "累计赢单"),
            span=7,
            plot=plot("trend", "Won this quarter: 4.4 million after eleven weeks.", "本季度已赢单 440 万。"),
        ),
        Panel(
            name="reasons",
            title=t("Why we lose", "输单原因"),
            span=5,
            plot=plot("bars", "Reasons: price 9, delivery time 6.", "原因：价格 9，交期 6。"),
            beside=t("24 lost deals", "24 单"),
            foot=t("Delivery time doubled against last quarter.", "交期原因较上季度翻倍。"),
            foot_link=Link(t("Show the 6 deals", "查看这 6 单"), "/list"),
        ),
        Panel(
            name="sources",
            title=t("Sources", "来源"),
            span=6,
            plot=plot("pie", "Half of the deals come by referral.", "一半商机来自转介绍。"),
        ),
        Panel(
            name="table",
            title=t("Stages", "各阶段"),
            span=6,
            table=table(t("Stages", "各阶段")),
            more=Link(t("All", "全部"), "/list"),
        ),
        Panel(
            name="list",
            title=t("Largest deals", "最大商机"),
            span=6,
            items=tuple(
                PanelItem(Link(deal.name, "/record"), "", Cell(text=short(int(deal.amount)))) for deal in deals()[:4]
            ),
        ),
        Panel(
            name="broken",
            title=t("Payments", "回款"),
            span=6,
            error=t(
                "You cannot see payments. Finance or Lin Xiao can grant it.", "你无权查看回款，可联系财务或林晓开通。"
            ),
        ),
    )


def cards() -> tuple[Placed, ...]:
    """Numbers in the first rows, the others below them; the last one has not come yet."""
    numbers = [
        Placed(name=f"n{at}", label=each.label, place=Place(at * 2, 0, 2, 2), shown=each, number=True)
        for at, each in enumerate(figures())
    ]
    others = [
        Placed(name=each.name, label=each.title, place=Place(at % 2 * 6, 2 + at // 2 * 5, 6, 5), shown=each)
        for at, each in enumerate(panels())
    ]
    late = t("Payments by month", "每月回款")
    waiting = Placed(name="late", label=late, place=Place(0, 22, 12, 4), shown=None, url="/card/late")
    return (*numbers, *others, waiting)


def dashboard() -> DashboardPage:
    title = t("Sales dashboard", "销售仪表盘")
    return DashboardPage(
        shell=shell(title, "dashboard"),
        bar=bar(title, beside=t("as of 16 Sep, 14:20", "截至 9月16日 14:20")),
        cards=cards(),
        whole_url="/dashboard?whole=1",
    )


def todos() -> Todos:
    rows = (
        ("Call Gu Wenbo about the revised quote", "致电顾文博谈修订报价", "phone", "16:00", "16:00", True),
        ("Approve quote Q-0886, discount 7.5 %", "审批报价 Q-0886，折扣 7.5%", "writing-sign", "2 days", "2 天", True),
        (
            "Payment 2 of 3 is overdue: ¥412,650",
            "第 2 期回款逾期：¥412,650",
            "cash",
            "18 days over",
            "逾期 18 天",
            True,
        ),
        ("New lead assigned to you", "分配给你的新线索", "user-plus", "09:12", "09:12", False),
        ("Contract ends in 14 days", "合同 14 天后到期", "calendar-due", "30 Sep", "9月30日", False),
    )
    items = tuple(
        Todo(
            text=t(en, zh),
            href="/record",
            about=Link(deals()[at].customer, "/record"),
            icon=icon,
            due=t(den, dzh),
            late=is_late,
            done_url="/done",
            action=Action(text=t("Log", "写跟进"), url="/dialog", method="dialog"),
        )
        for at, (en, zh, icon, den, dzh, is_late) in enumerate(rows)
    )
    switch = Switch(
        t("To-dos of", "谁的待办"), (Choice(t("Mine", "我的"), "/home", True), Choice(t("Team", "团队"), "/home"))
    )
    return Todos(title=t("Today", "今天"), count="5", items=items, switch=switch)


def home() -> HomePage:
    title = t("Good afternoon, Lin Xiao", "林晓，下午好")
    return HomePage(
        shell=shell(t("Home", "首页"), "home"),
        bar=bar(
            title,
            Action(
                text=t("Log follow-up", "写跟进"),
                url="/dialog",
                icon="message-plus",
                key="L",
                look="primary",
                method="dialog",
            ),
            beside=t("Wednesday 16 September, week 38", "9月16日 星期三 · 第 38 周"),
        ),
        notes=(
            Note(
                t(
                    "unless you follow up: Ningbo Chenshan Marine, Hefei Songyuan Cold Chain.",
                    "跟进后即可保留：宁波宸山船舶配件、合肥松塬冷链物流。",
                ),
                "warn",
                "clock-exclamation",
                t("2 customers return to the public pool tonight", "今晚有 2 个客户将进入公海"),
                Action(text=t("Show", "查看"), url="/list"),
            ),
        ),
        todos=todos(),
        panels=(
            Panel(
                name="trend",
                title=t("Won, running total", "累计赢单"),
                span=12,
                plot=plot("trend", "Won this quarter: 4.4 million.", "本季度已赢单 440 万。"),
            ),
        ),
        brief=Brief(
            title=t("My numbers", "我的业绩"),
            beside=t("this quarter", "本季度"),
            numbers=(
                (t("Won", "赢单"), short(1990000), Delta("12 %", "up", True)),
                (t("Received", "回款"), short(1320000), Delta("8 %", "down", False)),
                (t("New customers", "新客户"), "6", None),
            ),
            target=(t("Target ¥2.00M", "目标 200万"), "99 %", 99, 100),
        ),
        agenda=(
            AgendaItem("13:30", t("Forecast call, east region", "华东预测会"), "past"),
            AgendaItem("14:20", t("now", "现在"), "now"),
            AgendaItem("16:00", t("Gu Wenbo, revised quote", "顾文博，修订报价")),
        ),
        lately=(
            FeedItem(
                who=people()["zm"].name,
                text=t("moved “Boiler feed control valves” to Negotiation", "将「锅炉给水调节阀」推进到商务谈判"),
                icon="arrow-right",
                small=True,
            ),
        ),
        recent=(Link(deals()[0].name, "/record", "target-arrow"),),
    )
