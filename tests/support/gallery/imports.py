"""Fixture pages: the steps of an import, and the job that writes."""

from __future__ import annotations

from gallery.frame import bar, shell, t

from sartor.platform.ui.pages.form import Form, FormSection
from sartor.platform.ui.pages.import_ import ColumnMatch, ImportPage, ValueMatch, WizardStep
from sartor.platform.ui.pages.job import JobPage, JobsPage, Progress
from sartor.platform.ui.pages.parts import Action, Cell, Head, Link, Note, Table
from sartor.platform.ui.pages.widget import Option, Widget


def steps(now: int) -> tuple[WizardStep, ...]:
    names = (
        ("Read the file", "读取文件"),
        ("Match columns", "匹配列"),
        ("Match values", "匹配值"),
        ("Trial run", "试运行"),
        ("Write", "写入"),
    )
    return tuple(
        WizardStep(
            t(*name), "done" if at < now else "now" if at == now else "next", "/import-file" if at < now else None
        )
        for at, name in enumerate(names)
    )


def step(text: str, *widgets: Widget, multipart: bool = False) -> Form:
    sections = (FormSection("all", None, widgets),) if widgets else ()
    return Form(
        label=text,
        url="/import-columns",
        csrf="token",
        save=Action(text=text, url="", look="primary"),
        sections=sections,
        multipart=multipart,
    )


def import_page(now: int, title: str, text: str, form: Form, **more: object) -> ImportPage:
    name = t("Import: deals", "导入：商机")
    return ImportPage(
        shell=shell(name, "import-columns"),
        bar=bar(name, beside="sales_pipeline.csv"),
        steps=steps(now),
        title=title,
        text=text,
        form=form,
        **more,
    )


def import_file() -> ImportPage:
    encodings = (Option("", t("Detect", "自动识别")), Option("gb18030", "GB18030"), Option("utf-8", "UTF-8"))
    file = Widget(
        name="file",
        label=t("File", "文件"),
        kind="file",
        required=True,
        span=12,
        settings={"accept": ".csv,.xlsx", "max_text": t("CSV or Excel, up to 50 MB", "CSV 或 Excel，最大 50 MB")},
    )
    return import_page(
        0,
        t("Choose a file", "选择文件"),
        t("The first row names the columns.", "第一行为列名。"),
        step(
            t("Read", "读取"),
            file,
            Widget(name="encoding", label=t("Encoding", "编码"), kind="select", options=encodings),
            multipart=True,
        ),
    )


def import_columns() -> ImportPage:
    fields = tuple(
        Option(key, t(en, zh))
        for key, en, zh in (
            ("name", "Deal", "商机名称"),
            ("account", "Customer", "客户"),
            ("amount", "Amount", "金额"),
            ("stage", "Stage", "阶段"),
        )
    )
    by = Widget(
        name="by[1]",
        label=t("Customer is matched by", "客户按什么匹配"),
        kind="select",
        value="title",
        options=(Option("title", t("by name", "按名称")), Option("code", t("by code", "按编码"))),
    )
    return import_page(
        1,
        t("What the columns become", "列对应字段"),
        t("8,800 rows, 8 columns. Green ones were found by name.", "8,800 行，8 列。绿色为按名称匹配。"),
        step(t("Go on", "继续")),
        fields=fields,
        preview_url="/import-preview",
        matches=(
            ColumnMatch(number=0, column="opportunity_id", samples=("1C1I7A6R", "Z063OYW0"), chosen="name"),
            ColumnMatch(number=1, column="account", samples=("Cancity", "Isdom"), chosen="account", lookup=by),
            ColumnMatch(
                number=2,
                column="close_value",
                samples=("1054", "4514"),
                chosen="amount",
                sure=False,
                note=t("guessed from the values", "按值推测"),
            ),
            ColumnMatch(
                number=3,
                column="deal_stage",
                samples=("Won", "Lost"),
                chosen="stage",
                problem=t("“Engaging” is not a stage; see the next step.", "“Engaging”不是阶段，见下一步。"),
            ),
            ColumnMatch(
                number=4,
                column="a_column_with_a_very_long_name_that_nobody_would_ever_type",
                samples=("x" * 80,),
                chosen="",
            ),
        ),
        preview=Table(
            t("First rows, as they would be stored", "前几行，将存为"),
            (Head(t("Deal", "商机名称")), Head(t("Amount", "金额"), number=True)),
            ((Cell(text="1C1I7A6R"), Cell(text="¥1,054", number=True)),),
        ),
    )


def import_values() -> ImportPage:
    ways = (
        Option("p1", "GTX Pro", hint=t("near", "相近"), group=t("Near", "相近")),
        Option("", t("Leave blank", "留空"), group=t("Other", "其他")),
        Option("+", t("Create it", "新建"), group=t("Other", "其他")),
    )
    return import_page(
        2,
        t("Values that were not found", "未找到的值"),
        t("Said once, used for all rows.", "只需指定一次。"),
        step(t("Go on", "继续")),
        values=(
            ValueMatch(
                number=0,
                field=t("Product", "产品"),
                value="GTXPro",
                rows="1,480",
                options=ways,
                chosen="p1",
                note=t("differs by a space", "仅差一个空格"),
            ),
        ),
    )


def problems() -> Table:
    heads = (
        Head(t("Row", "行"), number=True),
        Head(t("Company", "公司")),
        Head(t("Value", "值")),
        Head(t("Why, and what to do", "原因与处理")),
    )
    rows = (
        (
            Cell(text="118", number=True),
            Cell(text=t("Wuxi Qinghe Filter", "无锡清禾过滤")),
            Cell(kind="code", text="1380511234"),
            Cell(kind="long", text=t("Mobile has 10 digits, 11 are needed", "手机号只有 10 位，需要 11 位")),
        ),
        (
            Cell(text="342", number=True),
            Cell(text=t("Jinan Luoyuan Machinery", "济南泺源机械")),
            Cell(kind="code", text="2026-02-30"),
            Cell(kind="long", text=t("30 February does not exist", "2 月没有 30 日")),
        ),
    )
    return Table(t("Refused rows", "被拒绝的行"), heads, rows, note=t("2 of 23 shown", "显示 2 / 23"))


def counts() -> tuple[tuple[str, str, str], ...]:
    return (
        (t("Created", "新建"), "1,764", ""),
        (t("Updated", "更新"), "231", ""),
        (t("Skipped as duplicate", "重复跳过"), "64", ""),
        (t("Refused", "拒绝"), "23", "bad"),
    )


def import_trial() -> ImportPage:
    return import_page(
        3,
        t("Nothing is written yet", "尚未写入任何数据"),
        t("This is what would happen.", "以下是将要发生的结果。"),
        step(t("Write 1,995 rows", "写入 1,995 行")),
        counts=counts(),
        problems=problems(),
        problems_file=Link(t("As Excel, with reasons", "下载 Excel（含原因）"), "/export"),
    )


def progress() -> Progress:
    return Progress(
        title=t("Writing rows", "正在写入"),
        url="/progress",
        done=2082,
        total=3214,
        beside=t("2,082 of 3,214 · about 40 s left", "2,082 / 3,214 · 约剩 40 秒"),
        steps=steps(4),
        note=Note(t("You can close this page; a message comes when it is done.", "可以关闭此页，完成后会通知你。")),
        counts=counts(),
        refused=problems(),
        refused_count="23",
        refused_file=Link(t("As Excel, with reasons", "下载 Excel（含原因）"), "/export"),
        every=60000,
        actions=(
            Action(text=t("Cancel import", "取消导入"), url="/job", method="post", look="danger", icon="player-stop"),
        ),
    )


def job() -> JobPage:
    title = t("Import: leads from the Shanghai trade fair", "导入：上海展会线索")
    return JobPage(shell(title, "job"), bar(title, beside="Shanghai_fair_2026-09_final(2).xlsx"), progress())


def jobs() -> JobsPage:
    title = t("Jobs", "任务")
    return JobsPage(
        shell(title, "job"),
        bar(title),
        Table(
            title,
            (Head(t("Job", "任务")), Head(t("When", "时间"))),
            ((Cell(text=t("Import: leads", "导入：线索"), href="/job"), Cell(text="14:20")),),
        ),
    )
