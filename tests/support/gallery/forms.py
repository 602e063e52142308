"""Fixture pages: a form with every kind of widget, a form refused, a dialog, sign-in and set-up."""

from __future__ import annotations

from gallery.frame import bar, outside, people, shell, t

from sartor.platform.ui.pages.form import Dialog, Form, FormPage, FormProblem, FormSection
from sartor.platform.ui.pages.parts import Action, Cell, Head, Link
from sartor.platform.ui.pages.setup import SetupPage
from sartor.platform.ui.pages.signin import SignInPage
from sartor.platform.ui.pages.widget import LineRow, Lines, Option, Widget


def save(text: str = "", **more: object) -> Action:
    return Action(text=text or t("Save", "保存"), url="", look="primary", key="⌘S", **more)


def cancel() -> Action:
    return Action(text=t("Cancel", "取消"), url="/record", key="Esc")


def options(*pairs: tuple[str, str]) -> tuple[Option, ...]:
    return tuple(Option(str(at), t(*pair)) for at, pair in enumerate(pairs, 1))


def sources() -> tuple[Option, ...]:
    return options(("Referral", "转介绍"), ("Trade fair", "展会"), ("Website", "官网"), ("Cold call", "陌拜"))


def refused() -> Form:
    """The form of the mock page: two values need attention."""
    close = Widget(
        name="close_on",
        label=t("Expected close", "预计成交"),
        kind="date",
        value="2026-08-26",
        required=True,
        span=4,
        error=t("26 August is past. Did you mean 26 September?", "8月26日已过，是否应为9月26日？"),
        fix=(t("Use it", "采用"), "2026-09-26"),
    )
    reason = Widget(
        name="reason",
        label=t("Reason for the discount", "折扣原因"),
        kind="textarea",
        required=True,
        span=12,
        settings={"rows": 2},
        error=t("Needed because the discount is above 5 %.", "折扣超过 5% 时必填。"),
    )
    return Form(
        label=t("Edit deal", "编辑商机"),
        url="/record-form",
        csrf="token",
        save=save(),
        cancel=cancel(),
        version="3",
        preview_url="/preview",
        lead=t("Not saved: two values need you.", "尚未保存：有两处需要处理。"),
        problems=(
            FormProblem(t("Expected close lies in the past.", "预计成交日期已过。"), close.id),
            FormProblem(t("The discount is above 5 % and needs a reason.", "折扣超过 5%，需填写原因。"), reason.id),
        ),
        sections=(
            FormSection("basics", t("Basics", "基本信息"), (*basics(), close)),
            FormSection("terms", t("Commercial terms", "商务条款"), (*terms(), reason)),
        ),
    )


def basics() -> tuple[Widget, ...]:
    deal = t("Circulation pump retrofit, phase 2 (12 units, duplex steel)", "循环泵改造二期（双相钢 12 台）")
    customer = {
        "search_url": "/options",
        "text": t("Qingdao Hailan Desalination", "青岛海岚海水淡化"),
        "create_url": "/form",
    }
    stages = options(("Qualify", "验证客户"), ("Needs analysis", "需求分析"), ("Proposal", "方案报价"))
    return (
        Widget(name="name", label=t("Deal", "商机名称"), value=deal, required=True, span=8, settings={"max": 200}),
        Widget(
            name="account",
            label=t("Customer", "客户"),
            kind="lookup",
            value="a1",
            required=True,
            span=4,
            settings=customer,
        ),
        Widget(name="stage", label=t("Stage", "阶段"), kind="select", value="3", options=stages, span=4, keep=True),
        Widget(
            name="source", label=t("Source", "客户来源"), kind="select", value="1", options=sources(), span=4, keep=True
        ),
    )


def terms() -> tuple[Widget, ...]:
    words = t("Two million three hundred and eighty thousand yuan", "贰佰叁拾捌万元整")
    amount = {"amount": "2,380,000.00", "currency": "CNY"}
    fixed = {"fixed": "CNY", "symbol": "¥"}
    margin = Cell(kind="percent", text="31.8 %", number=True)
    return (
        Widget(
            name="amount", label=t("Amount", "金额"), kind="money", value=amount, hint=words, span=4, settings=fixed
        ),
        Widget(name="discount", label=t("Discount", "整单折扣"), kind="percent", value="6.5", span=4, keep=True),
        Widget(
            name="margin",
            label=t("Margin", "毛利率"),
            kind="readonly",
            cell=margin,
            span=4,
            keep=True,
            hint=t("computed", "自动计算"),
        ),
    )


def every_kind() -> tuple[Widget, ...]:
    """One widget of each kind, so that each is seen, checked by axe and typed into."""
    currencies = (Option("CNY", "¥"), Option("USD", "US$"), Option("EUR", "€"))
    entities = (("account", t("Customer", "客户"), "/options"), ("contact", t("Contact", "联系人"), "/options"))
    provinces = (Option("山东", "山东"), Option("江苏", "江苏"))
    address = {"province": "山东", "city": "青岛", "district": "黄岛区", "street": t("18 Harbour Road", "港口路 18 号")}
    owner = {"search_url": "/options", "text": people()["lx"].name}
    return (
        Widget(name="title", label=t("Text", "文本"), required=True, hint=t("As on the contract", "与合同一致")),
        Widget(name="mail", label=t("E-mail", "邮箱"), kind="email", value="gu@hailan.example"),
        Widget(name="mobile", label=t("Phone", "电话"), kind="phone", value="+86 138 0000 0000"),
        Widget(name="site", label=t("Website", "网址"), kind="url", value="hailan.example"),
        Widget(
            name="count", label=t("Number with unit", "带单位数字"), kind="number", value="12", settings={"unit": "kg"}
        ),
        Widget(
            name="price",
            label=t("Money, free currency", "金额（可选币种）"),
            kind="money",
            value={"amount": "100", "currency": "USD"},
            options=currencies,
        ),
        Widget(name="share", label=t("Percent", "百分比"), kind="percent", value="15"),
        Widget(name="day", label=t("Date", "日期"), kind="date", value="2026-09-26"),
        Widget(name="moment", label=t("Date and time", "日期时间"), kind="datetime", value="2026-09-26T16:00"),
        Widget(name="hot", label=t("Yes or no", "是否"), kind="checkbox", value="true"),
        Widget(
            name="agree", label="", kind="checkbox", settings={"text": t("Send a reminder", "发送提醒"), "switch": True}
        ),
        Widget(
            name="level",
            label=t("Few choices", "少量选项"),
            kind="select",
            value="2",
            options=sources()[:3],
            settings={"seg": True},
        ),
        Widget(name="sources", label=t("Choices", "多选"), kind="multiselect", value=("1", "3"), options=sources()),
        Widget(name="tags", label=t("Tags", "标签"), kind="tags", value=("VIP", t("pumps", "泵"))),
        Widget(name="ref", label=t("Reference", "关联记录"), kind="reference", settings={"entities": entities}),
        basics()[1],
        Widget(name="owner", label=t("Owner", "负责人"), kind="user", value="u1", settings=owner),
        Widget(
            name="place",
            label=t("Address", "地址"),
            kind="address",
            value=address,
            options=provinces,
            span=12,
            settings={"search_url": "/places"},
        ),
        Widget(name="stars", label=t("Rating", "评分"), kind="rating", value="4", required=True),
        Widget(name="fixed", label=t("Locked", "锁定"), value="X-1", readonly=True),
        Widget(name="number", label=t("Computed", "自动计算"), kind="readonly", cell=Cell(text="D-2026-0417")),
        Widget(name="note", label=t("Long text", "多行文本"), kind="textarea", span=12),
        Widget(name="gone", label=t("Hidden by a rule", "被规则隐藏"), visible=False),
        lines(),
    )


def lines() -> Widget:
    def line(at: str, id: str, product: str, count: str, price: str, amount: str) -> LineRow:
        name = f"items[{at}]."
        lookup = {"search_url": "/options", "text": product}
        total = Cell(kind="money", text=amount, number=True)
        return LineRow(
            id,
            (
                Widget(
                    name=name + "product",
                    label=t("Product", "产品"),
                    kind="lookup",
                    value=id and "p" + id,
                    settings=lookup,
                ),
                Widget(name=name + "count", label=t("Quantity", "数量"), kind="number", value=count),
                Widget(name=name + "price", label=t("Price", "单价"), kind="number", value=price),
                Widget(name=name + "total", label=t("Total", "小计"), kind="readonly", cell=total),
            ),
        )

    heads = (
        Head(t("Product", "产品")),
        Head(t("Quantity", "数量"), number=True),
        Head(t("Price, ¥", "单价（元）"), number=True),
        Head(t("Total, ¥", "小计（元）"), number=True),
    )
    rows = (
        line("0", "1", t("Duplex pump CP-200", "双相钢泵 CP-200"), "12", "180,000", "2,160,000"),
        line("1", "2", t("Seal kit", "密封包"), "24", "9,000", "216,000"),
    )
    table = Lines(heads=heads, rows=rows, blank=line("+", "", "", "1", "", ""), foot={"total": "2,376,000"})
    return Widget(name="items", label=t("Line items", "产品明细"), kind="lines", span=12, lines=table)


def every_kind_page() -> FormPage:
    title = t("New deal", "新建商机")
    form = Form(
        label=title,
        url="/form",
        csrf="token",
        save=save(),
        cancel=cancel(),
        preview_url="/preview",
        one_use="k1",
        sections=(FormSection("all", t("Every kind of field", "所有字段类型"), every_kind()),),
    )
    return FormPage(shell(title), bar(title, back=Link(t("Back", "返回"), "/list")), form)


def dialog() -> Dialog:
    stage = Widget(name="stage", label=t("Stage", "阶段"), kind="select", value="1", options=sources(), span=12)
    note = Widget(name="note", label=t("Why", "原因"), kind="textarea", span=12, required=True)
    form = Form(
        label=t("Change stage", "更改阶段"),
        url="/dialog",
        csrf="token",
        save=save(t("Move 3 deals", "移动 3 个商机")),
        cancel=cancel(),
        sections=(FormSection("all", None, (stage, note)),),
        fields={"ids[]": "d1"},
    )
    return Dialog(
        t("Change stage", "更改阶段"), form, t("3 open deals move to the chosen stage.", "3 个商机将移到所选阶段。")
    )


def sign_in() -> SignInPage:
    wrong = t("Name and password do not match. 4 tries left.", "账号或密码不匹配，还可尝试 4 次。")
    password = Widget(
        name="password",
        label=t("Password", "密码"),
        kind="password",
        error=wrong,
        span=12,
        settings={"autocomplete": "current-password"},
    )
    mail = Widget(
        name="email",
        label=t("E-mail", "邮箱"),
        kind="email",
        value="lin.xiao@lanting.example",
        span=12,
        settings={"autocomplete": "username"},
    )
    sign = t("Sign in", "登录")
    form = Form(
        label=sign,
        url="/sign-in",
        csrf="token",
        save=Action(text=sign, url="", look="primary", key="↵"),
        sections=(FormSection("all", None, (mail, password)),),
    )
    return SignInPage(
        outside=outside(sign),
        title=t("Sign in to Lanting Pumps & Valves", "登录澜汀泵阀"),
        form=form,
        help_text=t("No account? Ask your admin, Lin Xiao.", "没有账号？请联系管理员林晓。"),
    )


def set_up() -> SetupPage:
    title = t("Welcome to Sartor", "欢迎使用 Sartor")
    widgets = (
        Widget(name="name", label=t("Your name", "你的姓名"), span=12, required=True),
        Widget(
            name="email",
            label=t("E-mail", "邮箱"),
            kind="email",
            span=12,
            required=True,
            settings={"autocomplete": "username"},
        ),
        Widget(name="password", label=t("Password", "密码"), kind="password", span=12, required=True),
    )
    form = Form(
        label=title,
        url="/set-up",
        csrf="token",
        save=Action(text=t("Create the first admin", "创建首位管理员"), url="", look="primary"),
        sections=(FormSection("all", None, widgets),),
    )
    return SetupPage(
        outside=outside(title),
        title=title,
        text=t("You hold the one-time link, so you become the first admin.", "你持有一次性链接，将成为首位管理员。"),
        form=form,
        installed=(t("Blueprint sales 1.0", "蓝图 sales 1.0"), t("2,014 sample records", "2,014 条示例记录")),
    )
