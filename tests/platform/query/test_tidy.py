"""Conditions that no row can say are still read as people say them, in both languages."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import crm
import pytest

from sartor.platform.definitions.compile.compiler import compile_documents
from sartor.platform.definitions.extensions import Extensions
from sartor.platform.definitions.kinds import Kinds
from sartor.platform.fields.base import Reading
from sartor.platform.query.rows import Rows, said
from sartor.platform.text import use_language

MODEL = compile_documents(crm.documents(), Kinds(Extensions.stock().seal()))
ROWS = Rows(MODEL, "deal", Reading(zone="Asia/Shanghai"), {"old": "deal"})


def told(text: str, language: str) -> str:
    use_language(language)
    desk: Any = SimpleNamespace(model=MODEL, reader=None, context=None, language=language)
    return said(desk, ROWS, ROWS.read(text))


@pytest.mark.parametrize(
    ("text", "en", "zh"),
    [
        ("old.id is not blank", "it is changed, not created", "仅在修改时（非新建）"),
        ("old.id is blank", "it is created, not changed", "仅在新建时"),
        ("stage != old.stage", "Stage changes", "Stage有变化"),
        ("amount = old.amount", "Amount stays the same", "Amount不变"),
        (
            "closed_at < now() - hours(1) - minutes(1)",
            "Closed at < now - 1 hour - 1 minute",
            "Closed at < 现在 - 1小时 - 1分钟",
        ),
        ("closed_at < now() - hours(24)", "Closed at < now - 24 hours", "Closed at < 现在 - 24小时"),
        ("date(closed_at) <= today() + 1", "Closed at ≤ today + 1", "Closed at ≤ 今天 + 1"),
        ("account.owner in reports()", None, None),
        ("days(close_on, today()) > 3", "days(Expected close, today) > 3", "days(Expected close, 今天) > 3"),
    ],
)
def test_it_is_said_as_people_say_it(text: str, en: str | None, zh: str | None) -> None:
    assert "old." not in told(text, "en") + told(text, "zh")
    assert "()" not in told(text, "en") + told(text, "zh")
    if en:
        assert (told(text, "en"), told(text, "zh")) == (en, zh)


@pytest.mark.parametrize("text", ["not (closed_at > now())", "old.id is blank or close_on > date(created_at)"])
def test_parts_and_negations_are_told_too(text: str) -> None:
    assert not {"not", "or", "is", "blank", "now"} & set(told(text, "zh").replace("(", " ").replace(")", " ").split())
