"""What a look at an unpublished design shows is what publishing it stores."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from workshops import Workshop, with_field

from sartor.platform.model.ids import encode_id
from sartor.platform.publishing.models import Design
from sartor.platform.publishing.names.renaming import Rename
from sartor.platform.query.cursor import Cursors
from sartor.platform.query.question import Question, Term
from sartor.platform.query.reader import Reader
from sartor.platform.storage.statement import Statement


def seen(workshop: Workshop, design: Design, entity: str, *names: str) -> list[dict[str, Any]]:
    """The values of all records, the first one first."""
    context = workshop.system if design is workshop.design else ahead_context(workshop, design)
    reader = Reader(workshop.database, design.tables, Cursors(b"secret"))
    question = Question(entity, tuple((name,) for name in names), sort=(Term("id"),))
    return [{name: row[name] for name in names} for row in reader.page(context, question).rows]


def ahead_context(workshop: Workshop, design: Design) -> Any:
    from_now = workshop.system
    return type(workshop)(workshop.database, _Fixed(design), workshop.publisher).system if from_now else None


class _Fixed:
    """Models of which one design is the current one."""

    def __init__(self, design: Design) -> None:
        self.design = design

    def current(self) -> Design:
        return self.design


def agree(workshop: Workshop, entity: str, *names: str) -> list[dict[str, Any]]:
    """The values before and after the publish, which have to be the same."""
    ahead = workshop.publisher.planner.look_ahead(workshop.publisher.sets.documents())
    before = seen(workshop, ahead, entity, *names)
    workshop.publish({})
    assert seen(workshop, workshop.design, entity, *names) == before
    return before


def fill(workshop: Workshop) -> None:
    for name, industry, revenue in (("A", "it", "10.25"), ("B", "retail", None), ("C", None, "3")):
        money = {"revenue": {"amount": revenue, "currency": "CNY"}} if revenue else {}
        account = workshop.make("account", name=name, **({"industry": industry} if industry else {}), **money)
        for number in range(len(money) + 1):
            amount = {"amount": f"{number + 1}.50", "currency": "CNY"}
            workshop.make("deal", name=f"{name}{number}", account=encode_id(account), amount=amount)


def formula(text: str, kind: str, **options: Any) -> dict[str, Any]:
    return {"type": "formula", "label": "F", "order": 990, "formula": text,
            "options": {"result": {"type": kind, "options": options}}}  # fmt: skip


def rollup(function: str, **more: Any) -> dict[str, Any]:
    options = {"over": "deal", "by": "account", "function": function, **more}
    return {"type": "rollup", "label": "R", "order": 991, "options": options}


def test_new_formulas_show_what_will_be_stored(workshop: Workshop) -> None:
    fill(workshop)
    sets = workshop.publisher.sets
    document = workshop.document("entity/account")
    document["fields"] |= {
        "said": formula("name & '-' & (label(industry) ?? 'none')", "text"),
        "third": formula("round(revenue / 3, 2)", "money"),
        "is_big": formula("revenue > 5", "yes_no"),
        "more": formula("third * 2", "decimal", scale=3),
    }
    sets.put("entity/account", document)
    found = agree(workshop, "account", "said", "third", "is_big", "more")
    assert found[0] == {
        "said": "A-IT", "third": {"amount": "3.42", "currency": "CNY"}, "is_big": True, "more": "6.840",
    }  # fmt: skip


def test_a_formula_that_says_something_else_shows_its_new_value(workshop: Workshop) -> None:
    fill(workshop)
    document = workshop.document("entity/account")
    document["fields"]["label_text"]["formula"] = "'* ' & name"
    workshop.publisher.sets.put("entity/account", document)
    assert [row["label_text"] for row in agree(workshop, "account", "label_text")] == ["* A", "* B", "* C"]


def test_new_roll_ups_are_counted(workshop: Workshop) -> None:
    fill(workshop)
    document = workshop.document("entity/account")
    document["fields"] |= {
        "deals": rollup("count"),
        "total": rollup("sum", of="amount", filter="amount > 2"),
        "largest": rollup("max", of="amount"),
        "latest": rollup("last", of="name"),
    }
    workshop.publisher.sets.put("entity/account", document)
    found = agree(workshop, "account", "deals", "total", "largest", "latest")
    assert [(row["deals"], row["latest"]) for row in found] == [(2, "A1"), (1, "B0"), (2, "C1")]


def test_what_is_worked_out_when_it_is_read_has_no_column_for_other_keys(workshop: Workshop) -> None:
    fill(workshop)
    document = workshop.document("entity/account")
    document["fields"]["late"] = formula("if(today() < d'1999-01-01', 'it', 'retail')", "choice", set="industry")
    workshop.publish({"entity/account": document})
    workshop.publisher.sets.rename(Rename("options/industry", "shops", entry="retail"))
    assert [row["late"] for row in agree(workshop, "account", "late", "industry")] == ["shops"] * 3


def test_choices_with_other_keys_are_told_by_the_new_ones(workshop: Workshop) -> None:
    fill(workshop)
    workshop.publish(with_field(workshop, "trades", {
        "type": "choices", "label": "All", "order": 999, "options": {"set": "industry"}}))  # fmt: skip
    workshop.make("account", name="D", industry="it", trades=["it"])
    workshop.publisher.sets.rename(Rename("options/industry", "tech", entry="it"))
    found = agree(workshop, "account", "industry", "trades")
    assert [row["industry"] for row in found] == ["tech", "retail", None, "tech"]
    assert found[-1]["trades"] == ["tech"]


ASKED = {
    "sum": ("amount", "net"),
    "avg": ("third", "weight", "days"),
    "median": ("lines_total", "probability", "days"),
    "min": ("net", "on"),
    "max": ("lines_total", "close_on"),
    "mode": ("third", "closer", "account.industry"),
    "distinct": ("words", "large"),
    "first": ("words", "net"),
    "last": ("lines_total", "name"),
    "count": ("",),
}
"""Every function of roll-ups, over plain fields, new formulas, changed ones, and roll-ups."""


def every_roll_up() -> dict[str, Any]:
    """Some of them with a filter, some with an order of their own."""
    filters = ({}, {"filter": "third > 1 and words != 'none'"}, {}, {"filter": "lines_total is not blank or large"})
    asked = [(function, of) for function, several in ASKED.items() for of in several]
    made = {}
    for place, (function, of) in enumerate(asked):
        more = {"of": of} if of else {}
        more |= {"order": "weight"} if function == "first" else {}
        made[f"r{place}_{function}"] = rollup(function, **more, **filters[place % 4])
    return made


def bigger_design(workshop: Workshop) -> list[str]:
    """Formulas and roll-ups over one another, four steps deep and through three entities; their names on accounts."""
    line, deal, account = (workshop.document(f"entity/{name}") for name in ("deal_line", "deal", "account"))
    line["fields"]["amount"]["formula"] = "quantity * unit_price / 3 * (1 - (parent.discount ?? 0))"
    deal["fields"] |= {
        "third": formula("amount / 3", "money"),
        "words": formula("' ' & name & text(lines_total) & ' '", "text"),
        "weight": formula("probability * 7 / 3", "decimal", scale=3),
        "days": formula("days(d'2026-07-01', close_on) * 2", "integer"),
        "net": formula("third - (lines_total ?? 0) / 7", "money"),
        "on": formula("close_on + 1", "date"),
        "large": formula("net > 1", "yes_no"),
        "closer": formula("case(net > 2, 'Ünüsual', 'usual')", "text"),
    }
    account["fields"] |= every_roll_up() | {
        "mean": rollup("avg", of="net"),
        "twice": formula("mean * 2 / 3", "money"),
        "said": formula("name & ': ' & text(twice)", "text"),
    }
    contact = workshop.document("entity/contact")
    contact["fields"] |= {
        "accounts": {**rollup("median", of="twice"), "options": {
            "over": "account", "by": "primary_contact", "function": "median", "of": "twice"}},
        "best": {**rollup("last"), "options": {
            "over": "account", "by": "primary_contact", "function": "last", "of": "said", "order": "twice"}},
    }  # fmt: skip
    sets = workshop.publisher.sets
    sets.put_all({f"entity/{name}": each for name, each in
                  {"deal_line": line, "deal": deal, "account": account, "contact": contact}.items()})  # fmt: skip
    return [*every_roll_up(), "mean", "twice", "said"]


def fill_at_random(workshop: Workshop) -> None:
    chance = Random(20261122)
    product = encode_id(workshop.make("product", name="Pump"))
    for number in range(4):
        account = workshop.make("account", name=f"A{number}", industry=chance.choice(["it", "retail"]))
        workshop.make("contact", name=f"C{number}", account=encode_id(account), email=f"c{number}@example.com")
        for place in range(number * 3):
            deal = {"name": chance.choice(["Ünit", "pump", "PUMP "]), "account": encode_id(account)}
            deal |= {"amount": {"amount": f"{chance.randint(0, 9)}.{chance.randint(10, 99)}", "currency": "CNY"}}
            deal |= {"probability": f"0.{chance.randint(100, 999)}"} if chance.random() < 0.8 else {}
            deal |= {"close_on": f"2026-0{chance.randint(1, 9)}-1{place}"} if chance.random() < 0.8 else {}
            if chance.random() < 0.6:
                price = {"amount": f"{chance.randint(1, 9)}.05", "currency": "CNY"}
                deal["lines"] = [{"product": product, "quantity": str(each), "unit_price": price} for each in (1, 2)]
            workshop.make("deal", **deal)


def test_everything_that_is_made_from_something_else_is_what_it_will_be(workshop: Workshop) -> None:
    fill_at_random(workshop)
    names = bigger_design(workshop)
    ahead = workshop.publisher.planner.look_ahead(workshop.publisher.sets.documents())
    asked = {"account": names, "deal": ["third", "words", "weight", "days", "net", "on", "large", "closer"],
             "deal_line": ["amount"], "contact": ["accounts", "best"]}  # fmt: skip
    before = {entity: seen(workshop, ahead, entity, *each) for entity, each in asked.items()}
    workshop.publish({})
    assert ahead.left == {("contact", "accounts"), ("contact", "best")}
    assert not any(value for row in before.pop("contact") for value in row.values())
    for entity in before:
        each = asked[entity]
        after = seen(workshop, workshop.design, entity, *each)
        assert after == before[entity]
        assert all(any(row[name] is not None for row in after) for name in each)


def test_telephone_numbers_are_left_to_the_publish_with_what_is_made_from_them(workshop: Workshop) -> None:
    document = workshop.document("entity/account")
    document["fields"] |= {"call": formula("phone", "phone"), "said": formula("'T ' & call", "text")}
    workshop.publisher.sets.put("entity/account", document)
    ahead = workshop.publisher.planner.look_ahead(workshop.publisher.sets.documents())
    assert ahead.left == {("account", "call"), ("account", "said")}


def test_what_publishing_converts_is_left_to_it_with_what_is_made_from_it(workshop: Workshop) -> None:
    document = workshop.document("entity/account")
    document["fields"] |= {"said": formula("'No. ' & tax_id", "text"), "called": formula("'T ' & name", "text")}
    workshop.publish({"entity/account": document})
    document = workshop.document("entity/account")
    document["fields"]["tax_id"] = {"type": "integer", "label": "Tax number", "order": 30}
    workshop.publisher.sets.put("entity/account", document)
    ahead = workshop.publisher.planner.look_ahead(workshop.publisher.sets.documents())
    assert ahead.left == {("account", "tax_id"), ("account", "said")}


def with_nested_roll_ups(workshop: Workshop, many: int) -> None:
    """Deals with the sum of ten new roll-ups over their lines, and accounts with so many sums of these."""
    deal, account = workshop.document("entity/deal"), workshop.document("entity/account")
    lines = {"over": "deal_line", "by": "deal", "function": "count"}
    deal["fields"] |= {f"r{n}": {**rollup("count"), "options": lines} for n in range(10)}
    deal["fields"]["every"] = formula(" + ".join(f"r{n}" for n in range(10)), "integer")
    account["fields"] |= {f"s{n}": {**rollup("sum", of="every"), "order": 1000 + n} for n in range(many)}
    account["fields"]["last"] = formula(f"s{many - 1} + 1", "integer")
    for key, document in (("entity/deal", deal), ("entity/account", account)):
        workshop.publisher.sets.put(key, document)


def test_statements_stay_short_however_many_roll_ups_are_new(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_nested_roll_ups(workshop, 90)
    fill(workshop)
    texts: list[str] = []
    compiled = Statement.compile.__func__  # type: ignore[attr-defined]

    def compiling(cls: type[Statement], *given: Any, **more: Any) -> Statement:
        made: Statement = compiled(cls, *given, **more)
        texts.append(made.sql)
        return made

    monkeypatch.setattr(Statement, "compile", classmethod(compiling))
    ahead = workshop.publisher.planner.look_ahead(workshop.publisher.sets.documents())
    seen(workshop, ahead, "account", "name", "s0")
    assert max(map(len, texts)) < 500_000
    assert ("account", "s0") not in ahead.left
    assert {("account", "s89"), ("account", "last")} <= ahead.left


def test_what_fits_is_worked_out_to_the_last_field(workshop: Workshop) -> None:
    with_nested_roll_ups(workshop, 5)
    assert workshop.publisher.planner.look_ahead(workshop.publisher.sets.documents()).left == frozenset()
    fill(workshop)
    assert agree(workshop, "account", "s0", "last") != []
