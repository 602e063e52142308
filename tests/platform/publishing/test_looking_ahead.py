"""What a look at an unpublished design shows is what publishing it stores."""

from __future__ import annotations

from typing import Any

from workshops import Workshop, with_field

from sartor.platform.model.ids import encode_id
from sartor.platform.publishing.models import Design
from sartor.platform.publishing.renaming import Rename
from sartor.platform.query.cursor import Cursors
from sartor.platform.query.question import Question, Term
from sartor.platform.query.reader import Reader


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


def test_choices_with_other_keys_are_told_by_the_new_ones(workshop: Workshop) -> None:
    fill(workshop)
    workshop.publish(with_field(workshop, "trades", {
        "type": "choices", "label": "All", "order": 999, "options": {"set": "industry"}}))  # fmt: skip
    workshop.make("account", name="D", industry="it", trades=["it"])
    workshop.publisher.sets.rename(Rename("options/industry", "tech", entry="it"))
    found = agree(workshop, "account", "industry", "trades")
    assert [row["industry"] for row in found] == ["tech", "retail", None, "tech"]
    assert found[-1]["trades"] == ["tech"]
