"""Changes of documents in sentences, in both languages."""

from copy import deepcopy

import crm
import pytest
from worlds import COMPILER

from sartor.platform.publishing.names.renaming import renamed
from sartor.platform.publishing.names.rewriting import Rename
from sartor.platform.publishing.words.moves import moved
from sartor.platform.publishing.words.telling import told
from sartor.platform.text import use_language

BEFORE = crm.documents()
MODEL = COMPILER.compile(BEFORE, 1)


def said(*edits, language="en"):
    """The sentences of edits: each gets the documents and changes them."""
    use_language(language)
    after = deepcopy(BEFORE)
    for edit in edits:
        edit(after)
    return [each.sentence for each in told(COMPILER.kinds, MODEL, BEFORE, after)]


def at(key, *names, **values):
    """An edit that sets properties of what stands at a place."""

    def edit(documents):
        here = documents[key]
        for name in names:
            here = here.setdefault(name, {})
        here.update(values)

    return edit


def without(key, *names):
    def edit(documents):
        here = documents
        for name in (key, *names)[:-1]:
            here = here[name]
        del here[(key, *names)[-1]]

    return edit


@pytest.mark.parametrize(
    ("edit", "english", "chinese"),
    [
        (
            at("entity/deal", "fields", "amount", required=True),
            "Field Amount of Deal: required, was optional",
            "商机的字段「Amount」：改为必填，原为选填",
        ),
        (
            at(
                "view/deal.all",
                "colours",
                late={"label": {"en": "Late", "zh": "逾期"}, "when": "amount > 5", "order": 1},
            ),
            "Row colour Late added to list All deals",
            "新增行着色规则「逾期」",
        ),
        (
            at("pipeline/deal", "stages", talks={"label": {"en": "Talks", "zh": "谈判"}, "order": 2.5}),
            "Stage Talks added to pipeline Deals after Proposal",
            "「商机」新增阶段「谈判」，位于「方案报价」之后",
        ),
        (
            without("view/deal.all", "columns", "account"),
            "Column Account taken out of list All deals",
            "从列表「全部商机」移除列「Account」",
        ),
        (
            at("role/rep", "grants", "deal", scope="all"),
            "Rights in Deal of role Sales: scope all, was one's own",
            "角色「销售」的权限「商机」：",
        ),
        (
            at("role/rep", "grants", "product", "fields", cost="read"),
            "Field Cost of rights in Product of role Sales: read, was hidden",
            "角色「销售」的权限「产品」的字段「Cost」：改为查看，原为隐藏",
        ),
        (
            at("view/deal.all", sort=["name", "-close_on"]),
            "List All deals: sort Name, Expected close ↓, was Amount ↓",
            "改为Name、Expected close ↓，原为Amount ↓",
        ),
        (without("view/deal.board"), "Board Board taken out", "移除看板「看板」"),
    ],
)
def test_a_change_is_a_sentence(edit, english, chinese):
    assert said(edit) == [english]
    (told,) = said(edit, language="zh")
    assert chinese in told  # words of schemas may be put better without this test


def test_values_are_quoted_and_named():
    assert said(at("entity/deal", "fields", "name", label="Title")) == [
        "Field Title of Deal: label “Title”, was “Name”"
    ]


def test_a_type_is_told_with_its_options():
    part = {"type": "choice", "options": {"set": "industry"}}
    assert said(at("entity/deal", "fields", "loss_reason", **part)) == [
        "Field Loss reason of Deal: type Choice, was Text"
    ]


def test_a_rename_is_told_once():
    def rename(documents):
        for key, document in renamed(documents, Rename("entity/deal", "worth", "amount"), COMPILER.kinds).items():
            documents[key] = document

    assert said(rename) == ["Field Amount of Deal: name worth, was amount; 5 other definitions follow"]
    assert said(rename, at("view/deal.all", "columns", "worth", width=3)) == [
        "Field Amount of Deal: name worth, was amount; 5 other definitions follow",
        "Column Amount of list All deals: width 3, was empty",
    ]


def test_only_what_moved_is_told_and_not_its_numbers():
    columns = {"amount": 0, "name": 10, "account": 20, "stage": 30}

    def edit(documents):
        for name, order in columns.items():
            documents["view/deal.all"]["columns"][name]["order"] = order

    assert said(edit) == ["List All deals: column Amount moved to the beginning"]


def renumbered(documents):
    """The columns of a list stand as they stood, ten apart."""
    columns = documents["view/deal.all"]["columns"]
    for number, name in enumerate(sorted(columns, key=lambda name: columns[name]["order"])):
        columns[name]["order"] = 100 + 10 * number


def test_other_numbers_of_the_same_order_are_told_only_where_nothing_else_is():
    assert said(renumbered) == ["List All deals: the same order in other numbers"]
    assert said(renumbered, at("view/deal.all", "columns", "amount", width=3)) == [
        "Column Amount of list All deals: width 3, was empty"
    ]


def test_a_rule_goes_by_what_it_says():
    rule = {"test": "amount > 0", "message": {"en": "Nothing is free", "zh": "没有免费的"}}
    assert said(at("entity/deal", "checks", check=rule)) == ["Rule Nothing is free added to Deal"]
    assert "「没有免费的」" in said(at("entity/deal", "checks", check=rule), language="zh")[0]


def test_the_first_entries_of_a_map_are_told_one_by_one():
    late, early = ({"label": label, "when": "amount > 5"} for label in ("Late", "Early"))
    assert said(at("view/deal.all", "colours", late={**late, "order": 1}, early={**early, "order": 2})) == [
        "Row colour Late added to list All deals",
        "Row colour Early added to list All deals after Late",
    ]


def test_a_card_that_stands_elsewhere_is_moved():
    card = {"metric": "deal.value", "x": 0, "y": 0, "width": 3, "height": 2}
    board = {"label": "Sales", "cards": {"value": card}}
    after = {**board, "cards": {"value": {**card, "x": 3, "y": 2, "width": 6}}}
    found = told(COMPILER.kinds, MODEL, {"dashboard/sales": board}, {"dashboard/sales": after})
    assert [(each.sentence, each.places) for each in found] == [
        ("Card value of dashboard Sales: width 6, was 3", ("/cards/value/width",)),
        ("Card value of dashboard Sales moved", ("/cards/value/x", "/cards/value/y")),
    ]


def test_an_entry_that_is_called_order_is_no_move():
    put = at("form/deal.main", "sections", "basics", "fields", order={"order": 9})
    assert said(put) == ["Field order added to section Basics of form Deal after Loss reason"]


def test_entries_that_lose_all_their_numbers_stand_by_their_names():
    def edit(documents):
        for column in documents["view/deal.all"]["columns"].values():
            column.pop("order", None)

    assert all(each.startswith("List All deals: column ") for each in said(edit))


def test_documents_that_are_not_sound_are_told_all_the_same():
    assert said(lambda documents: documents.update({"entity/deal": {"label": "D"}, "odd/x": {"a": 1}}))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [("abcd", "abcd", ""), ("abcd", "dabc", "d"), ("abcd", "bcda", "a"), ("abc", "axcb", "b"), ("", "ab", "")],
)
def test_the_fewest_moves_explain_an_order(before, after, expected):
    found = moved(list(before), list(after))
    assert len(found) == len(expected)
    assert set(found) <= set(before)


RIGHT = ("role/rep", "grants", "deal")
NEW = {"type": "choice", "label": {"en": "Tier", "zh": "等级"},
       "options": {"choices": {"gold": {"label": {"en": "Gold", "zh": "金"}}}}}  # fmt: skip


@pytest.mark.parametrize(
    ("language", "condition", "words"),
    [
        ("en", "stage = 'won' and amount >= 1000", "Stage is Won and Amount is at least"),
        ("zh", "owner = me()", "负责人是我"),
        ("zh", "tier in ['gold']", "等级是其中一个 金"),
        ("en", "account.name = 'East'", "Name is East"),
        ("en", "amount * 2 > 4", "“amount * 2 > 4”"),
    ],
    ids=["two", "me", "not published yet", "of another record", "more than words can say"],
)
def test_a_condition_is_said_in_the_words_of_the_editors_of_conditions(language, condition, words):
    new = at("entity/deal", "fields", tier=NEW)
    assert words in " ".join(said(new, at(*RIGHT, condition=condition), language=language))


def test_where_a_definition_comes_from_is_said_by_label():
    came = {"blueprint/crm": {"label": {"en": "The works", "zh": "全套"}, "version": "1.0.0"}}
    told_ = said(lambda documents: documents.update(came), at("entity/account", origin="crm"))
    assert "Entity Account: origin The works, was empty" in told_
