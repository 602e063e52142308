"""The plugin of docs/extending.md is made of what stands there, and works."""

from __future__ import annotations

import re

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from sources import ROOT

from sartor.platform.definitions.extensions import Extensions
from sartor.platform.fields.refusal import Refused
from sartor.platform.model import Field
from sartor.platform.text import use_language

WRITTEN = re.compile(r"^`credit_code/(?P<path>\S+)`[^\n]*:\n\n```\w+\n(?P<text>.*?)```", re.MULTILINE | re.DOTALL)


@pytest.fixture
def field(install, tmp_path):
    told = (ROOT / "docs" / "extending.md").read_text("utf-8")
    files = {found["path"]: found["text"] for found in WRITTEN.finditer(told)}
    assert sorted(files) == ["__init__.py", "credit_code.py", "locale/zh_Hans/LC_MESSAGES/sartor.po"]
    package = install("credit_code", files)
    for path in tmp_path.glob(f"site*/{package}/locale/*/*/*.po"):
        with path.open("rb") as source, path.with_suffix(".mo").open("wb") as made:
            write_mo(made, read_po(source, locale="zh_Hans"))
    kind = Extensions.installed().fields["credit_code"]
    return Field(name="code", entity="account", type=kind, label="Code", stored_as="code")


def test_it_takes_what_it_shows_and_refuses_the_rest_in_both_languages(field):
    assert field.type.parse(field, field.type.example.lower()) == field.type.example
    with pytest.raises(Refused, match="holds a mistyped character"):
        field.type.parse(field, "91350100M000100Y44")
    use_language("zh")
    try:
        with pytest.raises(Refused, match="中有字符输错了"):
            field.type.parse(field, "91350100M000100Y44")
    finally:
        use_language("en")
