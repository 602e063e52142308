"""Definitions that are not what they should be: each is refused with its place and what was meant, by no traceback."""

from __future__ import annotations

import json
from collections.abc import Mapping
from copy import deepcopy
from pathlib import Path
from random import Random
from typing import Any

import crm
import numbers_of_crm
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from worlds import COMPILER, open_world

from sartor.platform.definitions.json_text import strict_json
from sartor.platform.errors import BadRequest
from sartor.platform.packaging.files.check import check_folder
from sartor.platform.text import use_language

DOCUMENTS = crm.documents(**numbers_of_crm.DOCUMENTS)
MANIFEST = {"name": "odd", "label": "Odd", "version": "1.0.0"}
ENTITY = {"label": "Odd", "title": "name", "fields": {"name": {"type": "text", "label": "Name", "order": 1}}}

TEXTS: dict[str, bytes] = {
    "nothing": b"",
    "half an object": b'{"label": ',
    "two keys": b'{"label": "a", "label": "b"}',
    "not a number": b'{"label": "a", "order": NaN}',
    "endless": b'{"label": "a", "order": -Infinity}',
    "huge": b'{"label": "a", "order": 1e999}',
    "deep": b'{"label": ' * 3000 + b"1" + b"}" * 3000,
    "very deep": b"[" * 200_000,
    "no UTF-8": b'{"label": "\xff"}',
    "half a character": b'{"label": "\\ud800"}',
    "a list": b"[]",
    "a text": b'"label"',
    "null": b"null",
    "zeros": b"\x00" * 100,
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_file_that_is_no_definition_is_named(name: str, tmp_path: Path) -> None:
    (tmp_path / "entities").mkdir()
    (tmp_path / "blueprint.json").write_text(json.dumps(MANIFEST), encoding="utf-8")
    (tmp_path / "entities" / "odd.json").write_bytes(TEXTS[name])
    found = check_folder(tmp_path, COMPILER.kinds)
    assert [(each.file, bool(each.message)) for each in found] == [("entities/odd.json", True)]


TWICE = [
    (b'{"label": "a", "label": "b"}', "/label"),
    (b'{"fields": {"it": {"type": "text", "label": "It",\n"label": "That"}}}', "/fields/it/label"),
    (b'{"a/b": [{}, {"~": 1, "~": 2}]}', "/a~1b/1/~0"),
]


@pytest.mark.parametrize(("text", "place"), TWICE)
@pytest.mark.parametrize("file", ["blueprint.json", "entities/odd.json", "scenarios/odd.json"])
def test_a_key_that_stands_twice_is_told_with_its_place(file: str, text: bytes, place: str, tmp_path: Path) -> None:
    (tmp_path / "blueprint.json").write_text(json.dumps(MANIFEST), encoding="utf-8")
    (tmp_path / file).parent.mkdir(exist_ok=True)
    (tmp_path / file).write_bytes(text)
    assert [(each.file, each.field) for each in check_folder(tmp_path, COMPILER.kinds)] == [(file, place)]


UNREADABLE = [
    ('{"label": "a"\n"title": 1}', "a comma or the closing bracket is missing (line 2, column 1)", "缺少逗号或右括号"),
    ('{"label": }', "a value is missing (line 1, column 11)", "缺少一个值"),
    ('{"label" 1}', "the colon after a name is missing (line 1, column 10)", "名称后缺少冒号"),
    ('{label: 1}', "a name in double quotes is missing (line 1, column 2)", "缺少带双引号的名称"),
    ('{"label": "a', "the text that begins here does not end (line 1, column 11)", "这里开始的文本没有结束"),
    ('{"label": "a\nb"}', "a text holds a line break or another control character", "文本里有换行或其他控制字符"),
    ('{"label": "\\x"}', "after \\ stands what has no meaning there", "\\ 后面的字符没有意义"),
    ('{"label": "\\u12"}', "after \\u stand no four hexadecimal digits", "\\u 后面不是四位十六进制数字"),
    ("{} {}", "something stands behind the end (line 1, column 4)", "结尾之后还有内容"),
    ('{"label": NaN}', "NaN is not a JSON number", "NaN 不是 JSON 数字"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "english", "chinese"), UNREADABLE)
def test_what_is_no_json_is_said_in_words_with_its_line(text: str, english: str, chinese: str) -> None:
    for language, said in (("zh", chinese), ("en", english)):
        use_language(language)
        with pytest.raises(BadRequest) as refused:
            strict_json(text)
        assert said in refused.value.message


def told(folder: Path) -> list[str]:
    return [each.message for each in check_folder(folder, COMPILER.kinds)]


def test_what_is_wrong_with_a_folder_is_told_once_and_in_words(tmp_path: Path) -> None:
    (tmp_path / "blueprint.json").write_text(json.dumps(MANIFEST), encoding="utf-8")
    (tmp_path / "entites").mkdir()
    (tmp_path / "entites" / "odd.json").write_text("{}")
    assert told(tmp_path) == ["There is no kind of definition for the folder entites. Did you mean entities?"]
    (tmp_path / "entites").rename(tmp_path / "entities")
    (tmp_path / "entities" / "odd.json").write_bytes(b'{\n"label": "\xb0"}')
    assert told(tmp_path) == ["This is not JSON: line 2 is not text in UTF-8 (byte 0xB0)."]
    rollup = {"type": "rollup", "label": "N", "order": 3, "options": {"over": "odd", "by": "up", "function": "count"}}
    fields = field(type="lookup", options={"entity": "od"})["fields"]
    odd = {**ENTITY, "fields": {**fields, "n": rollup}}
    (tmp_path / "entities" / "odd.json").write_text(json.dumps(odd), encoding="utf-8")
    found = check_folder(tmp_path, COMPILER.kinds)
    assert len(found) == len(set(found)) > 1


@pytest.mark.parametrize(
    "path",
    [
        "entities/odd.yaml",
        "entities/more/odd.json",
        "extends/entities/odd.txt",
        "samples/odd.json",
        "with/other/views/odd.JSON",
    ],
)
def test_no_file_is_passed_over_in_silence(path: str, tmp_path: Path) -> None:
    (tmp_path / "blueprint.json").write_text(json.dumps(MANIFEST), encoding="utf-8")
    (tmp_path / path).parent.mkdir(parents=True)
    (tmp_path / path).write_text("{}")
    (tmp_path / path).with_name(".hidden").write_text("somebody's own")
    found = check_folder(tmp_path, COMPILER.kinds)
    assert [(each.file, each.code) for each in found] == [(path, "unread")]


@pytest.mark.parametrize("name", TEXTS)
def test_a_manifest_that_is_none_is_refused(name: str, tmp_path: Path) -> None:
    (tmp_path / "blueprint.json").write_bytes(TEXTS[name])
    assert check_folder(tmp_path, COMPILER.kinds) != []


def faults(document: Mapping[str, Any], key: str = "entity/odd") -> list[tuple[str, str | None]]:
    """Place and near match of each problem."""
    found = COMPILER.check(crm.documents(**{key: dict(document)}))
    return [(each.field, each.near) for each in found]


def field(**more: Any) -> dict[str, Any]:
    return {**ENTITY, "fields": {**ENTITY["fields"], "it": {"type": "text", "label": "It", "order": 2, **more}}}


WRONG: list[tuple[Mapping[str, Any], tuple[str, str | None]]] = [
    ({**ENTITY, "fieldz": {}}, ("/fieldz", "fields")),
    ({**ENTITY, "label": 5}, ("/label", None)),
    ({**ENTITY, "label": {"en": "Odd", "zhh": "怪"}}, ("/label/zhh", "zh")),
    ({**ENTITY, "fields": []}, ("/fields", None)),
    ({**ENTITY, "title": "nmae"}, ("/title", "name")),
    ({**field(type="tags"), "title": "it"}, ("/title", None)),
    (field(type="txt"), ("/fields/it/type", "text")),
    (field(requird=True), ("/fields/it/requird", "required")),
    (field(required="yes"), ("/fields/it/required", None)),
    (field(options={"max_lenght": 5}), ("/fields/it/options/max_lenght", "max_length")),
    (field(options={"max_length": "5"}), ("/fields/it/options/max_length", None)),
    (field(type="lookup", options={"entity": "acount"}), ("/fields/it/options/entity", "account")),
]


@pytest.mark.parametrize(("document", "problem"), WRONG, ids=lambda value: str(value)[:40])
def test_a_fault_is_told_with_its_place_and_the_near_match(document: Any, problem: Any) -> None:
    assert problem in faults(document)


NO_NAMES = ("Deal", "a" * 41, "1st", "a-b", "a b", "sys_user", "pg_x", "客户", "a__b", "x;--", "and")


@pytest.mark.parametrize("name", NO_NAMES)
def test_a_name_that_is_none_is_refused(name: str) -> None:
    assert COMPILER.check({**crm.documents(), f"entity/{name}": ENTITY}) != []
    wrong = {**ENTITY, "fields": {**ENTITY["fields"], name: {"type": "text", "label": "It", "order": 2}}}
    assert COMPILER.check(crm.documents(**{"entity/odd": wrong})) != []


SQL = ("select", "order", "group", "table", "from", "where", "primary", "values", "default", "check", "limit", "user2")


def test_words_of_sql_are_names_like_any_other(database_url: str) -> None:
    part = {word: {"type": "text", "label": word, "order": n, "searchable": True} for n, word in enumerate(SQL)}
    documents = crm.documents(**{f"entity/{word}": {**ENTITY, "title": word, "fields": part} for word in SQL[:4]})
    world = open_world(database_url, documents)
    for word in SQL[:4]:
        key = world.make(word, **{each: f"{each} 1" for each in SQL})
        world.change(word, key, **{each: f"{each} 2" for each in SQL})
        assert world.names(word, "-group", "order") == [f"{word} 2"]
        assert world.read(word, key, "select", "values")["values"] == "values 2"
    world.database.close()


# ---- anything, anywhere


ODD: tuple[Any, ...] = (
    None, True, 0, -1, 1e300, "", "x" * 5000, "select", "<script>alert(1)</script>", "a.b.c.d", "name =", "me()", [],
    {}, [1], ["name"], {"en": 5}, {"x": {"y": 1}}, [[[[[]]]]], "2026-01-01", "entity/deal", "\u0000", "客户",
)  # fmt: skip


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, each in inner for place in places(each, (*path, key)))]


def changed(chance: Random) -> dict[str, Any]:
    """The documents of the small CRM with one to three things in them that nobody meant."""
    documents = deepcopy(DOCUMENTS)
    for _number in range(chance.randint(1, 3)):
        name = chance.choice([key for key in sorted(documents) if not key.endswith(("/user", "/department"))])
        way = chance.choice([each for each in places(documents[name]) if each])
        holder = documents[name]
        for step in way[:-1]:
            holder = holder[step]
        kind = chance.randint(0, 3)
        if kind == 0:
            del holder[way[-1]]
        elif kind == 1 and isinstance(holder, dict):
            holder[str(chance.choice(ODD))[:60]] = holder.pop(way[-1])
        else:
            holder[way[-1]] = chance.choice(ODD)
    return documents


@example(2282)  # a formula whose result is of no type
@example(1472)  # a rule reads a roll-up over a field that is gone
@given(st.integers(0, 2**32))
def test_whatever_stands_in_a_definition_is_understood_or_refused(seed: int) -> None:
    documents = changed(Random(seed))
    problems = COMPILER.check(documents)
    assert [each for each in problems if not each.message or each.file not in documents] == []
    if not problems:
        assert COMPILER.compile(documents, 1).entities


@pytest.mark.parametrize(("language", "expected"), [("en", "There is no view nowhere."), ("zh", "没有视图 nowhere。")])
def test_what_is_not_there_is_of_a_kind_that_people_know(language: str, expected: str) -> None:
    app = DOCUMENTS["app/crm"]
    items = {**app["items"], "lost": {"target": "view/nowhere", "order": 9}}
    use_language(language)
    told = COMPILER.check({**DOCUMENTS, "app/crm": {**app, "items": items}})
    use_language("en")
    assert [each.message for each in told if each.field == "/items/lost/target"] == [expected]


@pytest.mark.parametrize(
    ("entity", "field"), [("user", "active"), ("user", "manager"), ("user", "email"), ("department", "parent")]
)
def test_what_people_sign_in_by_can_neither_be_taken_out_nor_be_of_another_type(entity: str, field: str) -> None:
    """The directory reads it at every request: without it nobody, and no page that could undo it, would work."""
    fields = DOCUMENTS[f"entity/{entity}"]["fields"]
    for changed in (
        {name: part for name, part in fields.items() if name != field},
        {**fields, field: {**fields[field], "type": "long_text"}},
    ):
        documents = {**DOCUMENTS, f"entity/{entity}": {**DOCUMENTS[f"entity/{entity}"], "fields": changed}}
        told = [each for each in COMPILER.check(documents) if each.code == "needed"]
        assert [(each.file, each.field) for each in told] == [(f"entity/{entity}", "/fields")]
        assert f"The field {field} " in told[0].message
