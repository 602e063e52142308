"""The icon of a table, by what its rows are called: data, and a picture of a table for everything else."""

from __future__ import annotations

from sartor.platform.packaging.sheets.names import Label
from sartor.platform.records.files.mapping import spelled

TABLE = "table"
ICONS = {
    "building": ("account", "client", "company", "customer", "organization", "organisation", "partner", "shop", "store",
                 "supplier", "vendor", "客户", "公司", "供应商", "门店", "合作伙伴"),
    "address-book": ("contact", "person", "member", "联系人", "人员", "会员"),
    "users": ("employee", "staff", "user", "team", "sales team", "department", "student", "teacher", "员工", "销售团队",
              "用户", "团队", "部门", "学生", "教师"),
    "briefcase": ("deal", "opportunity", "sales pipeline", "pipeline", "project", "商机", "项目", "销售机会"),
    "user-search": ("lead", "线索"),
    "package": ("product", "item", "inventory", "产品", "商品", "物品", "库存"),
    "category": ("category", "genre", "分类", "类别"),
    "shopping-cart": ("order", "sale", "订单", "销售"),
    "list-details": ("invoice line", "order line", "order detail", "发票明细", "订单明细"),
    "cash": ("invoice", "payment", "expense", "发票", "付款", "费用", "回款"),
    "writing-sign": ("contract", "quote", "合同", "报价单"),
    "checkbox": ("task", "ticket", "任务", "工单"),
    "calendar-event": ("activity", "booking", "campaign", "event", "meeting", "visit", "活动", "会议", "拜访", "预订"),
}  # fmt: skip
_BY_WORD = {word: icon for icon, words in ICONS.items() for word in words}


def icon_of(label: Label) -> str:
    return next((_BY_WORD[word] for text in label.values() if (word := spelled(text)) in _BY_WORD), TABLE)
