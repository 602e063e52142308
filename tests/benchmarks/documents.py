"""The CRM of the benchmark, designed as an admin would: nobody adds an index by hand."""

from __future__ import annotations

from typing import Any

from cases import STAGES

CHOICES = {kind: {"label": kind} for kind in ("call", "email", "meeting", "task", "note")}
OUTCOMES = {"won": "won", "lost": "lost"}


def field(kind: str, label: str, order: int, **more: Any) -> dict[str, Any]:
    return {"type": kind, "label": label, "order": order, **more}


def _view(entity: str, columns: list[str], sort: list[str], condition: str | None = None) -> dict[str, Any]:
    view = {
        "label": "View",
        "entity": entity,
        "type": "list",
        "columns": {name: {"order": n} for n, name in enumerate(columns)},
        "sort": sort,
    }
    return {**view, "filter": condition} if condition else view


def _grant(scope: str) -> dict[str, Any]:
    operations = ["create", "read", "update", "delete", "export"]
    return {"operations": operations, "scope": scope, "fields": {"*": "write", "currency_note": "hidden"}}


def _role(label: str, scope: str) -> dict[str, Any]:
    everything = {"operations": ["create", "read", "update"], "scope": "all", "fields": {"*": "write"}}
    grants = {"account": everything, "contact": everything, "activity": everything, "deal": _grant(scope)}
    return {"label": label, "grants": grants}


DOCUMENTS: dict[str, dict[str, Any]] = {
    "entity/account": {
        "label": "Account", "title": "name",
        "fields": {
            "name": field("text", "Name", 10, required=True),
            "industry": field("text", "Industry", 20),
            "city": field("text", "City", 30),
        },
    },
    "entity/contact": {
        "label": "Contact", "title": "last_name",
        "fields": {
            "first_name": field("text", "First name", 10),
            "last_name": field("text", "Last name", 20),
            "email": field("email", "E-mail", 30),
            "phone": field("text", "Phone", 40),
            "account": field("lookup", "Account", 50, options={"entity": "account"}),
        },
    },
    "entity/deal": {
        "label": "Deal", "title": "title", "owned": True,
        "fields": {
            "title": field("text", "Title", 10, required=True),
            "stage": field("stage", "Stage", 20, options={"pipelines": ["deal"]}),
            "amount": field("money", "Amount", 30),
            "close_date": field("date", "Close date", 40),
            "account": field("lookup", "Account", 50, options={"entity": "account"}),
            "currency_note": field("text", "Currency note", 60),
        },
    },
    "entity/activity": {
        "label": "Activity", "title": "subject",
        "fields": {
            "kind": field("choice", "Kind", 10, options={"choices": CHOICES}),
            "subject": field("text", "Subject", 20, searchable=False),
            "body": field("long_text", "Body", 30),
            "done_at": field("datetime", "Done at", 40),
            "deal": field("lookup", "Deal", 50, options={"entity": "deal"}),
        },
    },
    "pipeline/deal": {
        "label": "Deals", "entity": "deal", "field": "stage",
        "stages": {
            name: {"label": name, "order": n, "outcome": OUTCOMES.get(name, "open")} for n, name in enumerate(STAGES)
        },
    },
    "view/deal.biggest": _view("deal", ["title", "account", "amount"], ["-amount"]),
    "view/deal.closing": _view("deal", ["title", "account", "amount", "close_date"], ["close_date"], "stage = 'won'"),
    "view/activity.recent": _view("activity", ["kind", "subject", "deal"], ["-created_at"]),
    "form/deal.main": {
        "label": "Deal", "entity": "deal",
        "sections": {"basics": {"label": "Basics", "fields": {n: {} for n in ("title", "stage", "amount", "account")}}},
        "tabs": {"activities": {"label": "Activities", "kind": "related", "entity": "activity", "lookup": "deal",
                                "columns": {"kind": {}, "subject": {}}, "sort": ["-created_at"]}},
    },
    "role/wide": _role("Sees a third", "department"),
    "role/narrow": _role("Sees his own", "own"),
}  # fmt: skip
