"""Fixture pages: search, import, job, recycle bin, errors, profile."""

from __future__ import annotations

from gallery.frame import bar, deals, outside, shell, t

from sartor.platform.ui.pages.error import ConflictPage, Difference, ErrorPage, Fault
from sartor.platform.ui.pages.form import Form, FormSection
from sartor.platform.ui.pages.parts import Action, Cell, Empty, Head, Pair
from sartor.platform.ui.pages.profile import ProfilePage, Session, Token
from sartor.platform.ui.pages.recycle import Deleted, RecyclePage
from sartor.platform.ui.pages.search import Hit, HitGroup, Hits, SearchPage
from sartor.platform.ui.pages.widget import Option, Widget


def hits() -> Hits:
    marked = ((t("Qingdao ", "青岛"), False), (t("Hailan", "海岚海水"), True), (t(" Desalination", "淡化工程"), False))
    return Hits(
        query="hlhs",
        groups=(
            HitGroup(
                t("Customers · by pinyin initials", "客户 · 按拼音首字母"),
                (Hit(title=marked, href="/record", icon="building", beside=t("3 deals", "3 个商机")),),
            ),
            HitGroup(
                t("Deals", "商机"),
                tuple(
                    Hit(title=((deal.name, False),), href="/record", icon="target-arrow", value=Cell(text="¥2.38M"))
                    for deal in deals()[:3]
                ),
            ),
            HitGroup(
                t("Do", "操作"), (Hit(title=((t("New deal", "新建商机"), False),), href="/form", icon="plus", key="N"),)
            ),
        ),
        note=t("First 5 of each kind", "每类前 5 条"),
    )


def no_hits() -> Hits:
    return Hits(
        query="zzz",
        empty=Empty(
            title=t("Nothing found for “zzz”.", "没有找到“zzz”。"),
            icon="search",
            text=t("Two letters are enough; pinyin initials work.", "输入两个字即可，支持拼音首字母。"),
        ),
    )


def search() -> SearchPage:
    title = t("Search", "搜索")
    return SearchPage(shell(title), bar(title), "/search", hits())


def recycle() -> RecyclePage:
    title = t("Recycle bin", "回收站")
    why = t("its customer is deleted too", "其客户也已删除")
    rows = tuple(
        Deleted(
            deal.name,
            (Cell(text=t("He Jing", "何静")), Cell(text=t("14 Sep", "9月14日"))),
            Action(text=t("Restore", "恢复"), url="/recycle", method="post", reason=why if at == 1 else None),
        )
        for at, deal in enumerate(deals()[:3])
    )
    return RecyclePage(
        shell=shell(title, "recycle"),
        bar=bar(title),
        heads=(Head(t("Deleted by", "删除人")), Head(t("When", "时间"))),
        rows=rows,
        next_url="/recycle",
    )


def not_found() -> ErrorPage:
    fault = Fault(
        title=t("This page is not here", "此页面不存在"),
        text=t("Ticket T-1128 was deleted by He Jing on 14 September.", "工单 T-1128 已于 9月14日由何静删除。"),
        status=404,
        icon="map-search",
        tone="",
        actions=(
            Action(text=t("Restore it", "恢复"), url="/recycle", method="post"),
            Action(text=t("Home", "首页"), url="/home", look="quiet"),
        ),
    )
    return ErrorPage(fault, shell(fault.title), bar(t("Tickets", "工单")))


def broken() -> ErrorPage:
    fault = Fault(
        title=t("We could not finish this", "操作未能完成"),
        text=t(
            "Nothing was changed. If it happens twice, send us this number:", "没有任何更改。如再次发生，请提供编号："
        ),
        status=500,
        icon="plug-connected-x",
        number="7K2M-94QX",
        actions=(Action(text=t("Try again", "重试"), url="/home", look="primary", icon="refresh"),),
    )
    return ErrorPage(fault, outside=outside(fault.title))


def conflict() -> ConflictPage:
    title = t("Zhou Min saved this ticket while you were editing", "你编辑时周敏已保存此工单")
    return ConflictPage(
        shell=shell(title),
        bar=bar(t("Tickets", "工单")),
        title=title,
        text=t("Nothing is lost. Two values differ; choose which to keep.", "没有丢失内容。两处不同，请选择保留哪个。"),
        who=t("Zhou Min, 14:18", "周敏，14:18"),
        url="/record",
        csrf="token",
        fields=(("name", "x"),),
        discard=Action(text=t("Discard mine", "放弃我的"), url="/record"),
        differences=(
            Difference("priority", t("Priority", "优先级"), t("High", "高"), t("Normal", "普通")),
            Difference("due", t("Due", "截止"), "17 Sep 12:00", "17 Sep 18:00", "mine"),
        ),
    )


def profile() -> ProfilePage:
    title = t("Profile", "个人资料")

    def small(text: str, *widgets: Widget) -> Form:
        return Form(
            label=text,
            url="/profile",
            csrf="token",
            save=Action(text=text, url=""),
            sections=(FormSection("all", None, widgets),),
        )

    end = Action(text=t("Revoke", "撤销"), url="/profile", method="post", look="danger")
    return ProfilePage(
        shell=shell(title),
        bar=bar(title),
        about=(
            Pair(t("Name", "姓名"), Cell(text=t("Lin Xiao", "林晓"))),
            Pair(t("E-mail", "邮箱"), Cell(text="lin.xiao@lanting.example")),
        ),
        look=small(
            t("Keep", "保存"),
            Widget(
                name="language",
                label=t("Language", "语言"),
                kind="select",
                value="en",
                options=(Option("en", "English"), Option("zh", "中文")),
                settings={"seg": True},
            ),
            Widget(
                name="rise",
                label=t("Red means up", "红涨绿跌"),
                kind="checkbox",
                value="true",
                settings={"switch": True},
            ),
        ),
        password=small(
            t("Change password", "修改密码"),
            Widget(name="old", label=t("Old password", "旧密码"), kind="password"),
            Widget(name="new", label=t("New password", "新密码"), kind="password"),
        ),
        tokens=(Token(t("Excel at home", "家里的 Excel"), t("3 Aug", "8月3日"), t("2 days ago", "2 天前"), end),),
        token_form=small(t("Make a token", "生成令牌"), Widget(name="token_name", label=t("What for", "用途"))),
        new_token="sartor_7K2M94QXW0E2V8N1C5T6B3",
        sessions=(
            Session("Firefox, Linux", t("now", "现在"), True),
            Session("Safari, iPhone", t("yesterday", "昨天"), False, end),
        ),
    )
