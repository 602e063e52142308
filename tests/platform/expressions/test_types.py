"""Types are checked before anything runs, and a refusal says what would be right."""

from __future__ import annotations

import pytest
from deals import REGIONS, STAGES

from sartor.platform.errors import Invalid, InvalidExpression
from sartor.platform.expressions import (
    BOOLEAN,
    DATE,
    INTEGER,
    MONEY,
    TEXT,
    check,
    choice,
    decimal,
    list_of,
)
from sartor.platform.expressions.accepting import accepted
from sartor.platform.expressions.scope import NoNames
from sartor.platform.expressions.type_words import type_words
from sartor.platform.expressions.types import NAMES, Type
from sartor.platform.text import use_language

TYPES = [
    ("amount", "decimal"),
    ("quantity + 1", "integer"),
    ("quantity * 0.5", "decimal"),
    ("quantity / 2", "decimal"),
    ("name & amount", "text"),
    ("closed_on + 3", "date"),
    ("closed_on - due_on", "integer"),
    ("seen_at - made_at", "duration"),
    ("seen_at - hours(2)", "instant"),
    ("owner.manager", "record of user"),
    ("account.region", "choice"),
    ("stage.outcome", "text"),
    ("amount.currency", "text"),
    ("tags", "list of text"),
    ("this_month()", "range"),
    ("if(active, 1, null)", "integer"),
    ("if(active, stage, 'won')", "choice"),
    ("round(amount, 0)", "integer"),
    ("null", "null"),
]


@pytest.mark.parametrize(("text", "kind"), TYPES)
def test_an_expression_has_a_type(checked, text: str, kind: str) -> None:
    assert str(checked(text).type) == kind


REFUSED = [
    ("amont > 1", 0, "amount"),
    ("account.regio = 'east'", 8, "region"),
    ("owner.manager.nme", 14, "name"),
    ("stage.outcom = 'open'", 6, "outcome"),
    ("stage = 'wno'", 8, "won"),
    ("stage in ['won', 'lots']", 17, "lost"),
    ("stage = 'Won'", 8, "won"),
    ("金额 > 1", 0, "amount"),
    ("account.金额 > 1", 8, None),
    ("rond(amount)", 0, "round"),
    ("name = null", 7, "name is blank"),
    ("name != ''", 8, "name is not blank"),
    ("closed_on > '2026-05-01'", 0, "d'2026-05-01'"),
    ("amount = '12.5'", 0, "12.5"),
    ("active = 'yes'", 0, "true"),
    ("name & stage", 7, "label(stage)"),
    ("name & owner", 7, "owner.name"),
    ("tags = 'a'", 0, "any_of(tags, […])"),
    ("tags in ['a']", 0, "any_of(tags, ['a'])"),
    ("closed_on = this_month()", 0, "closed_on in this_month()"),
    ("name + 'x'", 0, "&"),
    ("name > 'x'", 0, None),
    ("amount and active", 0, None),
    ("owner = account", 0, None),
    ("owner = 'Zhang'", 8, None),
    ("quantity in 3", 12, None),
    ("round()", 0, None),
    ("if(1, 2, 3)", 3, None),
    ("if(active, 1, 'a')", 14, None),
    ("sum(amount)", 0, None),
    ("tags.name", 5, None),
    ("last(quantity)", 5, None),
    ("matches(name, note)", 14, None),
    ("matches(name, '(a')", 14, None),
    ("dateadd(closed_on, 1, 'moth')", 22, "month"),
    ("base(quantity)", 0, None),
    ("old.amount", 0, None),
]


@pytest.mark.parametrize(("text", "position", "near"), REFUSED)
def test_a_refusal_has_position_and_suggestion(checked, text: str, position: int, near: str | None) -> None:
    with pytest.raises(InvalidExpression) as fault:
        checked(text)
    assert (fault.value.position, fault.value.near) == (position, near)


EXPECTED = [
    ("quantity / 3", decimal(2)),
    ("'won'", choice(STAGES)),
    ("if(active, 'won', null)", choice(STAGES)),
    ("['east', 'north']", list_of(choice(REGIONS))),
    ("null", DATE),
    ("quantity", MONEY),
    ("round(amount, 0)", INTEGER),
]


@pytest.mark.parametrize(("text", "kind"), EXPECTED)
def test_a_wanted_type_is_met(checked, text: str, kind) -> None:
    assert checked(text, expect=kind).type.name == kind.name


UNMET = [
    ("amount", INTEGER, "round(amount, 0)"),
    ("seen_at", DATE, "date(seen_at)"),
    ("amount", TEXT, "text(amount)"),
    ("'wno'", choice(STAGES), "won"),
    ("amount", BOOLEAN, None),
]


@pytest.mark.parametrize(("text", "kind", "near"), UNMET)
def test_a_wanted_type_that_is_not_met_is_refused(checked, text: str, kind, near: str | None) -> None:
    with pytest.raises(InvalidExpression) as fault:
        checked(text, expect=kind)
    assert fault.value.near == near


MEANT = [
    ("待定", TEXT, "'待定'"),
    ("to be defined", TEXT, "'to be defined'"),
    ("洽谈", choice(STAGES), "'talk'"),
    ("in talks", choice(STAGES), "'talk'"),
    ("East", list_of(choice(REGIONS)), "['east']"),
    ("2026-12-01", DATE, "d'2026-12-01'"),
]


@pytest.mark.parametrize(("text", "kind", "value"), MEANT)
def test_a_plain_value_is_told_as_it_is_written(checked, text: str, kind, value: str) -> None:
    with pytest.raises(InvalidExpression) as fault:
        checked(text, expect=kind)
    assert fault.value.message.endswith(f"Did you mean {value}?")


@pytest.mark.parametrize(
    ("text", "kind"), [("nam", TEXT), ("round(待定)", TEXT), ("待定", DATE), ("待定", choice(STAGES))]
)
def test_what_is_no_plain_value_is_told_as_it_was(checked, text: str, kind) -> None:
    with pytest.raises(InvalidExpression) as fault:
        checked(text, expect=kind)
    assert "Did you mean '" not in fault.value.message


def test_roots_name_other_records(model) -> None:
    expression = check(
        "old.amount < amount and parent.name = name", model, "deal", roots={"old": "deal", "parent": "account"}
    )
    assert expression.paths == {("old", "amount"), ("amount",), ("parent", "name"), ("name",)}


def test_paths_functions_and_volatility_are_known(checked) -> None:
    expression = checked("days(today(), closed_on) > 3 and account.region = 'east'")
    assert expression.paths == {("closed_on",), ("account", "region")}
    assert expression.functions == {"days", "today"}
    assert expression.volatile


@pytest.mark.parametrize("text", ["amount * 2", "base(amount)", "round(rate, 2)", "date(seen_at)"])
def test_what_depends_on_the_record_alone_is_not_volatile(checked, text: str) -> None:
    assert not checked(text).volatile


@pytest.mark.parametrize(
    "text", ["today()", "owner = me()", "label(stage)", "closed_on in last(7)", "owner in reports()"]
)
def test_what_depends_on_time_or_reader_is_volatile(checked, text: str) -> None:
    assert checked(text).volatile


SAID = [
    ("quantity", TEXT, "“quantity” is a whole number; a text is expected.", "“quantity”是整数，此处应为文本。"),
    ("tags", INTEGER, "“tags” is a list of texts; a whole number is expected.", "“tags”是文本列表，此处应为整数。"),
    ("owner", BOOLEAN, "“owner” is a record of “user”; ", "“owner”是“user”的记录，此处应为是或否。"),
]


@pytest.mark.parametrize(("text", "kind", "english", "chinese"), SAID)
def test_a_type_is_said_in_words(checked, text: str, kind, english: str, chinese: str) -> None:
    for language, wanted in (("en", english), ("zh", chinese)):
        use_language(language)
        with pytest.raises(InvalidExpression) as fault:
            checked(text, expect=kind)
        use_language("en")
        assert fault.value.message.startswith(wanted)


def test_a_field_that_is_not_there_is_missed_in_the_readers_words(model, checked, monkeypatch) -> None:
    monkeypatch.setattr(type(model), "called", lambda _self, _entity: "商机")
    use_language("zh")
    with pytest.raises(InvalidExpression) as fault:
        checked("金额 > 1")
    use_language("en")
    assert fault.value.message == "“商机”没有字段“金额”。是否为“amount”？"


def test_every_type_has_words() -> None:
    assert all(type_words(Type(name), NoNames()) for name in NAMES)


@pytest.mark.parametrize(("language", "said"), [("en", "a text, not a whole number"), ("zh", "文本，而不是整数")])
def test_a_value_of_another_type_is_named_in_words(language: str, said: str) -> None:
    use_language(language)
    with pytest.raises(Invalid) as refused:
        accepted("5", INTEGER, ("amount",))
    use_language("en")
    assert said in refused.value.message
