"""A small CRM for tests: customers, products, deals with lines and a pipeline, three roles."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from sartor.platform.definitions.system import system_documents

LABEL = {"en": "Label", "zh": "标签"}


def field(kind: str, label: str, order: int, **more: Any) -> dict[str, Any]:
    return {"type": kind, "label": label, "order": order, **more}


DOCUMENTS: dict[str, dict[str, Any]] = {
    "options/industry": {
        "label": "Industry",
        "choices": {"it": {"label": {"en": "IT", "zh": "信息"}, "order": 1}, "retail": {"label": "Retail", "order": 2}},
    },
    "entity/account": {
        "label": {"en": "Account", "zh": "客户"},
        "plural": {"en": "Accounts", "zh": "客户"},
        "title": "name",
        "owned": True,
        "fields": {
            "name": field("text", "Name", 10, required=True, options={"max_length": 120}),
            "tax_id": field("text", "Tax id", 20, unique=True),
            "industry": field("choice", "Industry", 30, options={"set": "industry"}),
            "phone": field("phone", "Phone", 40, sensitive=True),
            "tags": field("tags", "Tags", 50),
            "revenue": field("money", "Revenue", 60),
            "founded_on": field("date", "Founded", 70),
            "primary_contact": field("lookup", "Primary contact", 80, options={"entity": "contact"}, read_only=True),
            "open_deals": field("rollup", "Open deals", 90, options={
                "over": "deal", "by": "account", "function": "count", "filter": "stage.outcome = 'open'"}),
            "open_amount": field("rollup", "Open amount", 100, options={
                "over": "deal", "by": "account", "function": "sum", "of": "amount",
                "filter": "stage.outcome = 'open'"}),
            "label_text": field("formula", "Label", 110, formula="name & ' (' & label(industry) & ')'",
                                options={"result": {"type": "text"}}),
        },
    },
    "entity/contact": {
        "label": {"en": "Contact", "zh": "联系人"},
        "title": "name",
        "fields": {
            "name": field("text", "Name", 10, required=True),
            "account": field("lookup", "Account", 20, required=True, options={"entity": "account"}),
            "mobile": field("phone", "Mobile", 30),
            "email": field("email", "E-mail", 40),
            "is_primary": field("yes_no", "Primary", 50, default="false"),
        },
        "checks": {
            "reachable": {"test": "mobile is not blank or email is not blank",
                          "message": {"en": "Leave a way to reach them.", "zh": "请至少留下一种联系方式。"},
                          "fields": ["mobile"]},
        },
        "effects": {
            "one_primary": {"kind": "only_one", "field": "is_primary", "per": ["account"], "order": 1},
            "to_account": {"kind": "copy_up", "lookup": "account", "target": "primary_contact", "value": "id",
                           "when": "is_primary", "order": 2},
        },
    },
    "entity/product": {
        "label": {"en": "Product", "zh": "产品"},
        "title": "name",
        "fields": {
            "name": field("text", "Name", 10, required=True),
            "list_price": field("money", "List price", 20),
            "cost": field("money", "Cost", 30),
        },
    },
    "entity/deal": {
        "label": {"en": "Deal", "zh": "商机"},
        "plural": {"en": "Deals", "zh": "商机"},
        "title": "name",
        "owned": True,
        "fields": {
            "number": field("auto_number", "Number", 5, options={"parts": {
                "prefix": {"kind": "text", "text": "D-", "order": 1},
                "count": {"kind": "counter", "digits": 4, "order": 2}}}),
            "name": field("text", "Name", 10, required=True, options={"max_length": 120}),
            "account": field("lookup", "Account", 20, required=True, options={
                "entity": "account", "on_delete": "refuse"}),
            "stage": field("stage", "Stage", 30, options={"pipelines": ["deal"]}),
            "amount": field("money", "Amount", 40, checks={
                "positive": {"test": "amount is blank or amount >= 0",
                             "message": {"en": "Not below zero.", "zh": "不能为负。"}}}),
            "probability": field("percent", "Win rate", 50),
            "weighted": field("formula", "Weighted", 60, formula="round(amount * probability, 2)",
                              options={"result": {"type": "money"}}),
            "close_on": field("date", "Expected close", 70),
            "closed_at": field("datetime", "Closed at", 80, read_only=True),
            "loss_reason": field("text", "Loss reason", 90, required_if="stage = 'lost'",
                                 visible_if="stage.outcome = 'lost'"),
            "industry_of_account": field("formula", "Industry", 100, formula="account.name & '!'",
                                         options={"result": {"type": "text"}}),
            "discount": field("percent", "Discount", 110, default="0"),
            "lines": field("children", "Lines", 120, options={"entity": "deal_line", "lookup": "deal"}),
            "lines_total": field("rollup", "Lines total", 130, options={
                "over": "deal_line", "by": "deal", "function": "sum", "of": "amount"}),
            "contacts": field("link", "Contacts", 140, options={"entity": "contact"}),
        },
        "checks": {
            "lines_fit": {"test": "lines_total is blank or lines_total <= 1000000",
                          "message": {"en": "Too much for one deal.", "zh": "明细合计过大。"}, "fields": ["lines"]},
        },
    },
    "entity/deal_line": {
        "label": {"en": "Deal line", "zh": "商机明细"},
        "title": "product_name",
        "fields": {
            "deal": field("lookup", "Deal", 5, required=True, options={"entity": "deal"}),
            "product": field("lookup", "Product", 10, required=True, options={"entity": "product"}),
            "product_name": field("text", "Product name", 20, copy="product.name"),
            "quantity": field("decimal", "Quantity", 30, required=True, default="1", options={"scale": 2}),
            "unit_price": field("money", "Unit price", 40, copy="product.list_price"),
            "amount": field("formula", "Amount", 50,
                            formula="round(quantity * unit_price * (1 - (parent.discount ?? 0)), 2)",
                            options={"result": {"type": "money"}}),
        },
    },
    "pipeline/deal": {
        "label": {"en": "Deals", "zh": "商机"},
        "entity": "deal",
        "field": "stage",
        "stages": {
            "qualify": {"label": {"en": "Qualify", "zh": "验证客户"}, "order": 1, "probability": "0.2",
                        "on_enter": {"probability": "0.2"}},
            "proposal": {"label": {"en": "Proposal", "zh": "方案报价"}, "order": 2, "probability": "0.8",
                         "on_enter": {"probability": "0.8"},
                         "to_enter": {"amount": {"test": "amount > 0", "fields": ["amount"],
                                                 "message": {"en": "Needs an amount.", "zh": "请填写金额。"}}}},
            "won": {"label": {"en": "Won", "zh": "赢单"}, "order": 3, "outcome": "won", "probability": "1",
                    "on_enter": {"closed_at": "now()", "probability": "1"}},
            "lost": {"label": {"en": "Lost", "zh": "输单"}, "order": 4, "outcome": "lost", "probability": "0",
                     "on_enter": {"closed_at": "now()", "probability": "0"}},
        },
        "transitions": {
            "forward": {"from": ["qualify", "proposal"], "to": ["proposal", "won", "lost"]},
            "back": {"from": ["proposal"], "to": ["qualify"], "note": True},
            "reopen": {"from": ["won", "lost"], "to": ["proposal"], "roles": ["manager"]},
        },
    },
    "view/deal.all": {
        "label": {"en": "All deals", "zh": "全部商机"}, "entity": "deal", "type": "list", "default": True,
        "columns": {"name": {"order": 1}, "account": {"order": 2}, "stage": {"order": 3},
                    "amount": {"order": 4, "total": "sum"}},
        "sort": ["-amount"],
    },
    "view/deal.board": {
        "label": {"en": "Board", "zh": "看板"}, "entity": "deal", "type": "board",
        "columns": {"name": {"order": 1}, "account": {"order": 2}, "amount": {"order": 3}},
        "filter": "stage.outcome = 'open'", "sort": ["close_on"], "options": {"pipeline": "deal", "totals": ["amount"]},
    },
    "form/deal.main": {
        "label": {"en": "Deal", "zh": "商机"}, "entity": "deal",
        "head": {"account": {"order": 1}, "amount": {"order": 2}},
        "sections": {
            "basics": {"label": {"en": "Basics", "zh": "基本信息"}, "order": 1,
                       "fields": {"name": {"order": 1}, "account": {"order": 2}, "stage": {"order": 3},
                                  "amount": {"order": 4}, "close_on": {"order": 5}, "loss_reason": {"order": 6}}},
            "lines": {"label": {"en": "Lines", "zh": "明细"}, "order": 2, "columns": 1,
                      "fields": {"lines": {"order": 1}}},
        },
        "tabs": {
            "activity": {"label": {"en": "Activity", "zh": "活动"}, "kind": "timeline", "order": 1},
            "stages": {"label": {"en": "Stage history", "zh": "阶段记录"}, "kind": "stages", "order": 2},
        },
    },
    "role/rep": {
        "label": {"en": "Sales", "zh": "销售"},
        "grants": {
            "account": {"operations": ["create", "read", "update"], "scope": "own", "fields": {"*": "write"}},
            "contact": {"operations": ["create", "read", "update"], "scope": "all", "fields": {"*": "write"}},
            "product": {"operations": ["read"], "scope": "all", "fields": {"*": "read", "cost": "hidden"}},
            "deal": {"operations": ["create", "read", "update"], "scope": "own", "fields": {"*": "write"},
                     "discloses": True},
        },
    },
    "role/seller": {
        "label": {"en": "Seller", "zh": "业务员"},
        "grants": {
            name: {"operations": ["create", "read", "update"], "scope": "all", "fields": {"*": "write"}}
            for name in ("account", "contact", "product", "deal")
        },
    },
    "role/manager": {
        "label": {"en": "Manager", "zh": "经理"},
        "grants": {
            name: {"operations": ["create", "read", "update", "delete", "export", "import"], "scope": "all",
                   "fields": {"*": "write"} | ({"phone": "write"} if name == "account" else {})}
            for name in ("account", "contact", "product", "deal")
        },
    },
    "app/crm": {
        "label": {"en": "CRM", "zh": "客户管理"}, "icon": "briefcase", "home": "view/deal.board",
        "items": {"deals": {"target": "view/deal.all", "order": 1}, "board": {"target": "view/deal.board", "order": 2}},
    },
}  # fmt: skip


def documents(**changes: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """A fresh copy with the system entities; further documents by `kind/name`."""
    return system_documents() | deepcopy(DOCUMENTS) | changes
