"""A workspace in which much is hidden: every way from one record to another, and forty roles made by chance.

What a role opens is said twice: as a definition, which the product reads, and as `Opening`, from which the tests work
out by themselves which rows and fields somebody may see.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

ROLES = 40
Row = Mapping[str, Any]


def part(kind: str, order: int, **more: Any) -> dict[str, Any]:
    return {"type": kind, "label": f"Field {order}", "order": order, **more}


def money_formula(text: str, order: int) -> dict[str, Any]:
    return part("formula", order, formula=text, options={"result": {"type": "money"}})


def text_formula(text: str, order: int, **more: Any) -> dict[str, Any]:
    return part("formula", order, formula=text, options={"result": {"type": "text"}}, **more)


def lookup(entity: str, order: int) -> dict[str, Any]:
    # A record that others need cannot be deleted, whoever sees them: that discloses, so nothing needs one.
    return part("lookup", order, options={"entity": entity, "on_delete": "clear"})


KINDS = {"choices": {name: {"label": name.upper(), "order": n} for n, name in enumerate(("a", "b", "c"))}}

DOCUMENTS: dict[str, dict[str, Any]] = {
    "entity/company": {
        "label": "Company", "plural": "Companies", "title": "name", "owned": True,
        "fields": {
            "name": part("text", 1, searchable=True),
            "code": part("text", 2, searchable=True),
            "secret": part("text", 3, sensitive=True, searchable=True),
            "about": part("long_text", 4, searchable=True),
            "rating": part("integer", 5),
            "score": part("decimal", 6, options={"scale": 2}),
            "kind": part("choice", 7, options=KINDS),
            "labels": part("choices", 8, options=KINDS),
            "tags": part("tags", 9),
            "revenue": part("money", 10),
            "opened_on": part("date", 11),
            "seen_at": part("datetime", 12),
            "parent": lookup("company", 13),
            "contact": lookup("person", 14),
            "phone": part("phone", 15),
            "stars": part("rating", 16),
            "both": text_formula("name & '/' & (code ?? '')", 20, searchable=True),
            "above": text_formula("parent.name & '!'", 21),
            "above_secret": text_formula("parent.secret & '!'", 22),
            "deals": part("rollup", 23, options={"over": "deal", "by": "company", "function": "count"}),
            "amount": part("rollup", 24, options={"over": "deal", "by": "company", "function": "sum", "of": "amount"}),
            "hot": part("rollup", 25, options={
                "over": "deal", "by": "company", "function": "count", "filter": "margin > 5"}),
            "rank": part("formula", 26, formula="(deals ?? 0) * 2", options={"result": {"type": "integer"}}),
        },
    },
    "entity/person": {
        "label": "Person", "plural": "People", "title": "name",
        "fields": {
            "name": part("text", 1, searchable=True),
            "company": lookup("company", 2),
            "mobile": part("phone", 3, sensitive=True),
            "email": part("email", 4),
            "keen": part("yes_no", 5),
            "region": text_formula("company.code & company.name", 6),
        },
    },
    "entity/product": {
        "label": "Product", "title": "name",
        "fields": {"name": part("text", 1), "cost": part("money", 2), "price": part("money", 3)},
    },
    "entity/asset": {
        "label": "Asset", "title": "shown", "owned": True,
        "fields": {
            "name": part("text", 1),
            "serial": part("text", 2),
            "shown": text_formula("name & ' ' & (serial ?? '')", 3),
            "company": lookup("company", 4),
        },
    },
    "entity/deal": {
        "label": "Deal", "title": "name", "owned": True,
        "fields": {
            "name": part("text", 1, searchable=True),
            "company": lookup("company", 2),
            "buyer": lookup("person", 3),
            "asset": lookup("asset", 4),
            "stage": part("stage", 5, options={"pipelines": ["deal"]}),
            "amount": part("money", 6),
            "margin": part("decimal", 7, options={"scale": 2}),
            "chance": part("percent", 8),
            "close_on": part("date", 9),
            "weighted": money_formula("round(amount * chance, 2)", 10),
            "gain": part("formula", 11, formula="margin * 2", options={"result": {"type": "decimal"}}),
            "company_name": text_formula("company.name & '?'", 12),
            "company_phone": text_formula("company.phone & '?'", 13),
            "people": part("link", 14, options={"entity": "person"}),
            "concerns": part("reference", 15, options={
                "entities": {"company": {"order": 1}, "person": {"order": 2}, "asset": {"order": 3}}}),
            "lines": part("children", 16, options={"entity": "line", "lookup": "deal"}),
            "total": part("rollup", 17, options={"over": "line", "by": "deal", "function": "sum", "of": "price"}),
            "pieces": part("rollup", 20, options={"over": "line", "by": "deal", "function": "count"}),
            "profit": part("rollup", 18, options={"over": "line", "by": "deal", "function": "sum", "of": "profit"}),
            "copied": part("text", 19, copy="company.name"),
        },
        "feeds": {
            "deals": {"entity": "company", "lookup": "company", "at": "close_on", "text": "copied", "label": "Deals"},
        },
    },
    "entity/line": {
        "label": "Line", "title": "note",
        "fields": {
            "deal": part("lookup", 1, options={"entity": "deal"}),
            "product": lookup("product", 2),
            "note": part("text", 3),
            "quantity": part("decimal", 4, options={"scale": 2}),
            "price": part("money", 5),
            "cost": part("money", 6),
            "profit": money_formula("price - cost", 7),
            "chance": part("formula", 8, formula="parent.chance", options={"result": {"type": "percent"}}),
        },
    },
    "entity/call": {
        "label": "Call", "title": "subject",
        "fields": {
            "subject": part("text", 1, searchable=True),
            "company": lookup("company", 2),
            "at": part("datetime", 3),
            "body": part("long_text", 4, searchable=True),
            "people": part("link", 5, options={"entity": "person"}),
        },
        "feeds": {
            "calls": {"entity": "company", "lookup": "company", "at": "at", "text": "body", "label": "Calls"},
            "talks": {"entity": "person", "lookup": "people", "at": "at", "text": "subject", "label": "Talks"},
        },
    },
    "pipeline/deal": {
        "label": "Deals", "entity": "deal", "field": "stage",
        "stages": {
            "open": {"label": "Open", "order": 1},
            "offer": {"label": "Offer", "order": 2},
            "won": {"label": "Won", "order": 3, "outcome": "won"},
            "lost": {"label": "Lost", "order": 4, "outcome": "lost"},
        },
        "transitions": {"any": {"from": ["open", "offer", "won", "lost"], "to": ["open", "offer", "won", "lost"]}},
    },
}  # fmt: skip

OPERATIONS = ("create", "update", "delete", "export", "import")
OWNED = ("company", "deal", "asset")
NUMBERS: dict[str, dict[str, Any]] = {
    "metric/deals": {"label": "Deals", "entity": "deal", "measure": "count()", "on": "created_at"},
    "metric/gained": {"label": "Gained", "entity": "deal", "measure": "sum(margin)", "on": "close_on"},
    "metric/rated": {"label": "Rated", "entity": "company", "measure": "sum(rating)", "filter": "kind = 'a'"},
    "metric/share": {"label": "Share", "numerator": "gained", "denominator": "deals", "format": "percent"},
    "report/by_company": {
        "label": "By company", "entity": "deal", "chart": "table", "dimensions": {"company": {"order": 1}},
        "measures": {"count": {"label": "Count", "formula": "count()", "order": 1},
                     "margin": {"label": "Margin", "formula": "sum(margin)", "order": 2}},
    },
    "report/by_code": {
        "label": "By code", "entity": "company", "chart": "bar", "dimensions": {"code": {"order": 1}},
        "measures": {"count": {"label": "Count", "formula": "count()", "order": 1}},
    },
    "metric/stays": {"label": "Stays", "entity": "deal", "source": "stages", "measure": "count()", "on": "entered_at"},
    "report/stays": {"label": "Stays", "chart": "number", "measures": {"stays": {"metric": "stays", "order": 1}}},
    "metric/revenue": {"label": "Revenue", "entity": "company", "measure": "sum(base(revenue))", "on": "opened_on",
                       "format": "money"},
    "metric/net": {"label": "Net", "entity": "deal", "measure": "avg(chance)", "on": "close_on", "minus": "gained"},
    "report/months": {
        "label": "Months", "chart": "line", "period": "this_year()", "compare": "previous_year",
        "dimensions": {"period": {"order": 1, "bucket": "month"}},
        "measures": {name: {"metric": name, "order": n} for n, name in enumerate(("gained", "revenue", "net"))},
    },
    "report/owners": {
        "label": "Owners", "entity": "deal", "chart": "bar", "limit": 2, "sort": ["-middle"],
        "dimensions": {"owner": {"order": 1}, "kind": {"order": 2, "path": "company.kind"}},
        "measures": {"middle": {"label": "Middle", "formula": "median(margin)", "order": 1},
                     "most": {"label": "Most", "formula": "max(amount)", "order": 2}},
        "filter": "company.rating > 1 or buyer is not blank",
    },
    "report/passing": {
        "label": "Passing", "chart": "funnel", "dimensions": {"stage": {"order": 1}},
        "measures": {"stays": {"metric": "stays", "order": 1}},
    },
    "report/number": {"label": "Number", "chart": "number", "measures": {"rated": {"metric": "rated", "order": 1}}},
    "dashboard/all": {
        "label": "All",
        "cards": {
            name: {"target": f"report/{name}", "order": n, "x": 0, "y": n * 2, "width": 4, "height": 2}
            for n, name in enumerate(
                ("by_company", "by_code", "stays", "number", "months", "owners", "passing"))
        },
    },
}  # fmt: skip

for _key, _document in NUMBERS.items():
    if _key.startswith("metric/"):
        _document["definition"] = "As it is called."

for _document in [each for key, each in DOCUMENTS.items() if key.startswith("entity/")]:
    _document["fields"]["touched"] = part("integer", 90)
"""Counts changes: whoever is told of a version learns that there was a change, whatever was changed."""

ENTITIES = ("company", "person", "product", "asset", "deal", "call")
"""Entities whose records stand for themselves; `line` belongs to deals."""

PLAIN = {
    name: [each for each in document["fields"]]
    for key, document in DOCUMENTS.items()
    if (name := key.removeprefix("entity/")) != key
}

CONDITIONS: dict[str, list[tuple[str, Callable[[Row, Callable[[str], Row | None]], bool]]]] = {
    "company": [
        ("kind = 'a'", lambda row, find: row.get("kind") == "a"),
        ("owner = me() or kind = 'b'", lambda row, find: row.get("owner") == "reader" or row.get("kind") == "b"),
        ("parent.kind = 'a'", lambda row, find: (find(row.get("parent")) or {}).get("kind") == "a"),
    ],
    "deal": [
        ("stage = 'open'", lambda row, find: row.get("stage") == "open"),
        ("company.kind = 'a'", lambda row, find: (find(row.get("company")) or {}).get("kind") == "a"),
    ],
    "person": [("company.kind = 'b'", lambda row, find: (find(row.get("company")) or {}).get("kind") == "b")],
}
"""Conditions of roles, each as the expression and as what it means for a row of a data set."""

FROZEN = {"company": {"kind", "parent"}, "deal": {"stage", "company"}, "person": {"company"}}
"""Fields on which some condition looks: where a role has one, they say who sees what, and both data sets agree."""


@dataclass(frozen=True)
class Opening:
    """What one role opens of one entity. fields: level by field, `*` for the rest."""

    scope: str
    fields: Mapping[str, str]
    holds: Callable[[Row, Callable[[str], Row | None]], bool] | None = None


@dataclass
class RoleMade:
    document: dict[str, Any]
    openings: dict[str, Opening] = field(default_factory=dict)


def made_role(number: int) -> RoleMade:
    """A role by chance, the same at every run."""
    chance = Random(number)
    role = RoleMade({"label": f"Role {number}", "grants": {}})
    for entity in (*ENTITIES, "line"):
        if chance.random() < 0.85:
            _open(role, entity, chance)
    return role


def _open(role: RoleMade, entity: str, chance: Random) -> None:
    words = ["all", "all", "own", "none"] + ["own", "reports", "department", "department_below"] * (entity in OWNED)
    scope = chance.choice(words) if entity != "line" else "all"
    fields = {"*": chance.choice(["read", "write", "write", "hidden"])}
    for name in chance.sample(PLAIN[entity], k=chance.randint(0, len(PLAIN[entity]) // 2)):
        fields[name] = chance.choice(["hidden", "hidden", "read", "write"])
    operations = ["read"] + [
        each for each in ("create", "update", "delete", "export", "import") if chance.random() < 0.6
    ]
    grant: dict[str, Any] = {"operations": operations, "scope": scope, "fields": fields}
    holds = None
    if entity in CONDITIONS and chance.random() < 0.35:
        grant["condition"], holds = chance.choice(CONDITIONS[entity])
    role.document["grants"][entity] = grant
    role.openings[entity] = Opening(scope, fields, holds)


MADE = {f"r{number}": made_role(number) for number in range(ROLES)}

EVERYTHING = {"operations": ["create", "read", "update", "delete", "export", "import"], "scope": "all",
              "fields": {"*": "write"}}  # fmt: skip
OPEN = {"label": "Open", "grants": {entity: EVERYTHING for entity in (*ENTITIES, "line")}}
"""A role that opens everything: what it asks is answered."""
