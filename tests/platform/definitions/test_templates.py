"""Templates as definitions: a fault is told with its place; renames, uses and retiring reach into texts."""

from __future__ import annotations

from typing import Any

import crm
import letters
import pytest
from worlds import COMPILER

from sartor.platform.publishing.names.renaming import renamed
from sartor.platform.publishing.names.rewriting import Rename
from sartor.platform.publishing.uses.references import Notes
from sartor.platform.publishing.uses.retiring import without
from sartor.platform.publishing.uses.usage import uses


def documents(**more: Any) -> dict[str, Any]:
    return crm.documents(**{"template/quote": letters.QUOTE, **more})


def told(template: Any) -> list[tuple[str, str]]:
    return [(each.field, each.message) for each in COMPILER.check(crm.documents(**{"template/wrong": template}))]


def test_a_right_template_has_no_problem():
    assert COMPILER.check(documents()) == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{{ amont }}", "Did you mean “amount”?"),
        ("{{ account.region }}", "no field “region”"),
        ("{{ uppper(name) }}", "upper"),
        ("{{ amount + }}", "amount +"),
        ("Dear {{ name", "not closed"),
        ("{{ lines }}", "table of lines"),
        ("{{ account.tags }}", "many values"),
        ("{{ me() }}", "cannot be written out"),
        ("{{ minutes(5) }}", "cannot be written out"),
    ],
)
def test_a_wrong_merge_field_is_refused_at_its_place(content, said):
    wrong = letters.one_text({"en": "fine {{ name }}", "zh": content})
    [(place, message)] = told(wrong)
    assert place == "/blocks/only/content/zh"
    assert said in message


@pytest.mark.parametrize(
    ("template", "place"),
    [
        ({**letters.MAIL, "subject": "{{ nobody }}"}, "/subject"),
        ({**letters.MAIL, "to": "amount"}, "/to"),
        ({name: each for name, each in letters.MAIL.items() if name != "subject"}, ""),
        ({**letters.MAIL, "paper": "portrait"}, "/paper"),
        ({**letters.MAIL, "page_numbers": True}, "/page_numbers"),
        ({**letters.QUOTE, "footer": "{{ nobody }}"}, "/footer"),
        ({**letters.QUOTE, "to": "account.name"}, "/to"),
        ({**letters.MAIL, "blocks": {"cut": {"kind": "break"}}}, "/blocks/cut/kind"),
        (letters.quote(text={"kind": "text"}), "/blocks/text"),
        (letters.quote(text=letters.text("x", numbered=True)), "/blocks/text/numbered"),
        (letters.quote(lines={"kind": "lines", "entity": "contact", "lookup": "account"}), "/blocks/lines/lookup"),
        (letters.quote(lines={"kind": "lines", "entity": "deal_line", "lookup": "deal", "columns": {"nil": {}}}),
         "/blocks/lines/columns/nil"),
        (letters.quote(facts={"kind": "fields", "fields": {"nil": {}}}), "/blocks/facts/fields/nil"),
        (letters.quote(big=letters.text("x", visible_if="amount")), "/blocks/big/visible_if"),
        ({**letters.QUOTE, "entity": "nobody"}, "/entity"),
    ],
)  # fmt: skip
def test_each_fault_is_told_once_where_it_stands(template, place):
    assert [each[0] for each in told(template)] == [place]


def test_a_retired_field_is_missed_where_a_text_reads_it():
    changed = without(documents(), COMPILER.kinds, "entity/deal", "close_on")
    left = {key: each for key, each in {**documents(), **changed}.items() if each is not None}
    places = {each.field for each in COMPILER.check(left) if each.file == "template/quote"}
    assert places == {"/blocks/text/content/en", "/blocks/text/content/zh"}


def test_a_field_that_is_taken_out_leaves_lists_and_tables():
    changed = without(documents(), COMPILER.kinds, "entity/deal_line", "quantity")
    assert "quantity" not in changed["template/quote"]["blocks"]["lines"]["columns"]


def test_a_template_goes_with_its_entity():
    changed = without(documents(), COMPILER.kinds, "entity/deal")
    assert changed["template/quote"] is None


def test_a_new_name_is_written_in_texts_lists_and_tables():
    changed = renamed(documents(), Rename("entity/deal", "value", "amount"), COMPILER.kinds)
    blocks = changed["template/quote"]["blocks"]
    assert "**{{ value }}**" in blocks["text"]["content"]["en"]
    assert blocks["facts"]["fields"]["words"]["value"] == "{{ rmbupper(value) }}"
    assert blocks["big"]["visible_if"] == "value > 1000"
    assert "amount" in blocks["lines"]["columns"]


def test_a_new_name_of_a_lookup_or_a_line_reaches_paths():
    to_owner = renamed(documents(), Rename("entity/deal", "customer", "account"), COMPILER.kinds)["template/quote"]
    assert "{{ customer.primary_contact.name ?? '客户' }}" in to_owner["blocks"]["text"]["content"]["zh"]
    assert to_owner["blocks"]["facts"]["fields"]["customer"]["path"] == "customer.name"


def test_an_entity_gets_its_new_name_in_its_templates():
    changed = renamed(documents(), Rename("entity/deal_line", "item"), COMPILER.kinds)
    assert changed["template/quote"]["blocks"]["lines"]["entity"] == "item"


def test_where_a_field_is_used_names_the_text():
    model = COMPILER.compile(documents(), 1)
    found = [each for each in uses(documents(), Notes(COMPILER.kinds), model, "entity/deal#close_on")
             if each.key == "template/quote"]  # fmt: skip
    assert [each.pointer for each in found] == ["/blocks/text/content/en", "/blocks/text/content/zh"]
    assert found[0].said.startswith("Block text of template Quotation")
