"""Metrics, reports and a dashboard for the small CRM of `crm.py`."""

from __future__ import annotations

from typing import Any


def address(entity: str, condition: str) -> str:
    """What a number leads to, written so that tests can take it apart."""
    return f"{entity}?{condition}"


def cohort_address(report: str, measure: str, key: tuple[str | None, ...], filters: Any) -> str:
    """What a number of stays leads to."""
    return "/".join([report, measure, *(each or "" for each in key)])


def metric(label: str, **more: Any) -> dict[str, Any]:
    return {"label": label, "definition": {"en": f"{label}, counted.", "zh": f"{label}的口径。"}, **more}


def report(label: str, chart: str, *measures: str, dimensions: tuple[str, ...] = (), **more: Any) -> dict[str, Any]:
    """Measures and dimensions by name, in order; a dimension may be `close_on:month` or `region=account.industry`."""
    found: dict[str, Any] = {"label": label, "chart": chart, "measures": {}, **more}
    for order, name in enumerate(measures, 1):
        found["measures"][name] = {"metric": name, "order": order}
    for order, text in enumerate(dimensions, 1):
        name, _colon, bucket = text.partition(":")
        name, _equals, path = name.partition("=")
        part: dict[str, Any] = (
            {"order": order} | ({"bucket": bucket} if bucket else {}) | ({"path": path} if path else {})
        )
        found.setdefault("dimensions", {})[name] = part
    return found


WON, CLOSED = "stage.outcome = 'won'", "stage.outcome in ['won', 'lost']"

DOCUMENTS: dict[str, dict[str, Any]] = {
    "metric/deals": metric("Deals", entity="deal", measure="count()"),
    "metric/won_deals": metric("Won deals", entity="deal", measure="count()", filter=WON, on="closed_at"),
    "metric/closed_deals": metric("Closed deals", entity="deal", measure="count()", filter=CLOSED, on="closed_at"),
    "metric/won_amount": metric(
        "Won amount", entity="deal", measure="sum(base(amount))", filter=WON, on="closed_at", format="money"
    ),
    "metric/win_rate": metric("Win rate", numerator="won_deals", denominator="closed_deals", format="percent"),
    "metric/expected": metric("Expected", entity="deal", measure="sum(amount)", on="close_on", format="money"),
    "metric/middle": metric("Median amount", entity="deal", measure="median(amount)", on="close_on", format="money"),
    "metric/mean": metric("Mean amount", entity="deal", measure="avg(amount)", on="close_on", format="money"),
    "metric/new_accounts": metric("New accounts", entity="account", measure="count()", on="founded_on"),
    "metric/net": metric(
        "Expected less won", entity="deal", measure="sum(amount)", on="close_on", minus="won_amount", format="money"
    ),
    "metric/entered": metric("Entered", entity="deal", source="stages", measure="count()", on="entered_at"),
    "metric/costs": metric("Costs", entity="product", measure="sum(cost)", format="money"),
    "report/deals": report("Deals", "number", "deals"),
    "report/won": report("Won", "number", "won_amount", period="this_month()", compare="previous_period"),
    "report/win_rate": report("Win rate", "number", "win_rate"),
    "report/by_stage": report("Deals by stage", "bar", "deals", dimensions=("stage",), entity="deal"),
    "report/by_account": report(
        "Expected by account", "table", "expected", "deals", dimensions=("account",), entity="deal", limit=2,
        sort=["-expected"], options={"totals": True},
    ),
    "report/by_industry": report(
        "Expected by industry", "bar", "expected", dimensions=("industry=account.industry", "stage"), entity="deal"
    ),
    "report/by_month": report(
        "By month", "line", "expected", "new_accounts", dimensions=("period:month",), period="this_year()"
    ),
    "report/middles": report("Middles", "table", "middle", "mean", "deals", dimensions=("account",), entity="deal"),
    "report/net": report("Net", "number", "net"),
    "report/entered": report("Entered", "funnel", "entered", dimensions=("stage",)),
    "report/costs": report("Costs", "number", "costs"),
    "report/mixed": report("Mixed", "table", "costs", "deals"),
    "dashboard/home": {
        "label": {"en": "Home", "zh": "首页"},
        "filters": ["period", "owner"],
        "cards": {
            name: {"target": target, "x": 0, "y": y, "width": 6, "height": 4, "order": y}
            for y, (name, target) in enumerate(
                {"deals": "report/deals", "again": "report/deals", "stage": "report/by_stage", "costs": "report/costs",
                 "list": "view/deal.all"}.items()
            )
        },
    },
}  # fmt: skip

DOCUMENTS["dashboard/all"] = {
    "label": "All",
    "cards": {
        key.removeprefix("report/"): {"target": key, "x": 0, "y": y, "width": 6, "height": 4, "order": y}
        for y, key in enumerate(key for key in DOCUMENTS if key.startswith("report/"))
    },
}
