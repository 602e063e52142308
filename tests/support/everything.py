"""One entity with a field of every type that goes into files, and values that are easily lost on the way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from random import Random
from typing import Any

from crm import field
from example_fields import TYPES
from worlds import World

from sartor.platform.definitions.system import system_documents

TEXTS = (
    '上海 "华为"', "=1+1", "+86", "-5", "@sum(a)", "'quoted", '"', ",;|", "NULL", "0012", "1e5", "2026-01-01", "TRUE",
    "emoji 🎉", "a\u00a0b", "{{7*7}}", "<b>bold</b>", "#N/A", "null", "1,5", "(5)", "a; b", '["a"]', "北京、上海", "…",
)  # fmt: skip
LONG = ("two\nlines", "\nbegins", "a\n\nb\n", "tab\there", '=cmd|" /C calc"!A0', "繁體字\n简体字", 'he said ""so""')
CHOICES = {"choices": {name: {"label": label, "order": n} for n, (name, label) in enumerate(
    {"one": "One, of two", "two": {"en": 'Two "2"', "zh": "二"}, "three": "=3", "yes": "No"}.items())}}  # fmt: skip
OPTIONS: dict[str, dict[str, Any]] = {
    "auto_number": {"parts": {
        "prefix": {"kind": "text", "text": "T", "order": 1}, "count": {"kind": "counter", "digits": 4, "order": 2}}},
    "choice": CHOICES,
    "choices": CHOICES,
    "decimal": {"scale": 4},
    "link": {"entity": "other"},
    "lookup": {"entity": "other"},
    "reference": {"entities": {"other": {"order": 1}, "thing": {"order": 2}}},
    "stage": {"pipelines": ["thing"]},
}  # fmt: skip
WORKED_OUT = {"formula", "rollup", "identifier"}
SYSTEM = {"created_at", "created_by", "updated_at", "updated_by", "deleted_at", "version"}
KINDS = [kind.key for kind in TYPES if kind.in_files and kind.key not in SYSTEM | WORKED_OUT]
"""Every type whose values a file can carry: all but what is worked out, and lines."""


def documents() -> dict[str, Any]:
    fields = {f"its_{kind}": field(kind, kind, 10 + n, options=OPTIONS.get(kind, {})) for n, kind in enumerate(KINDS)}
    stages = {name: {"label": name.upper(), "order": n} for n, name in enumerate(("new", "old", "gone"))}
    stages["gone"]["outcome"] = "lost"
    pipeline = {"label": "Things", "entity": "thing", "field": "its_stage", "stages": stages,
                "transitions": {"any": {"from": ["new", "old", "gone"], "to": ["new", "old", "gone"]}}}  # fmt: skip
    name = field("text", "Name", 1, required=True)
    made = {
        "entity/other": {"label": "Other", "title": "name", "fields": {"name": {**name, "unique": True}}},
        "entity/thing": {"label": "Thing", "title": "name", "owned": True, "fields": {
            "name": name, "code": field("integer", "Code", 2, required=True, unique=True),
            "above": field("lookup", "Above", 3, options={"entity": "thing"}), **fields}},
        "pipeline/thing": pipeline,
    }  # fmt: skip
    return system_documents() | deepcopy(made)


def fill(world: World, chance: Random) -> None:
    """People, departments, others, and things with values by chance; a blank once in a while."""
    people = [world.make("user", name=name, email=f"{n}@example.com") for n, name in enumerate(("Ann", "李娜"))]
    homes = [world.make("department", name=name) for name in ("Sales", "华东, 二部")]
    others = [world.make("other", name=text) for text in TEXTS[:12]]
    around = {"user": people, "department": homes, "other": others, "thing": list[str]()}
    for number in range(40):
        values = {f"its_{kind}": VALUES[kind](chance, around) for kind in KINDS if kind in VALUES}
        values = {name: value for name, value in values.items() if chance.random() > 0.15}
        above = {"above": chance.choice(around["thing"])} if around["thing"] and number % 3 == 0 else {}
        owned = {"owner": chance.choice(people), "department": chance.choice(homes)} if number % 2 else {}
        text = chance.choice(TEXTS) + f" {number}"
        around["thing"].append(world.make("thing", name=text, code=number, **values, **above, **owned))


def _reference(chance: Random, around: Mapping[str, list[str]]) -> Any:
    entity = "thing" if around["thing"] and chance.random() < 0.4 else "other"
    return {"entity": entity, "id": chance.choice(around[entity])}


def _several(chance: Random, values: Any, most: int = 3) -> list[Any]:
    return chance.sample(list(values), k=chance.randint(1, most))


MONEY = ("CNY", "USD")
PLACE = {"province": "浙江省", "city": "杭州市", "district": "西湖区"}
VALUES: dict[str, Any] = {
    "address": lambda chance, around: {**PLACE, "street": chance.choice(TEXTS)},
    "barcode": lambda chance, around: chance.choice(("6901234567892", "036000291452", "96385074")),
    "choice": lambda chance, around: chance.choice(list(CHOICES["choices"])),
    "choices": lambda chance, around: _several(chance, CHOICES["choices"]),
    "date": lambda chance, around: f"{chance.choice((1000, 1899, 1969, 2026, 9998)):04}-02-0{chance.randint(1, 9)}",
    "datetime": lambda chance, around: f"2026-03-29T0{chance.randint(0, 9)}:59:59.{chance.randint(0, 999999):06}Z",
    "decimal": lambda chance, around: f"{chance.randint(-(10**14), 10**14)}.{chance.randint(0, 9999):04}",
    "department": lambda chance, around: chance.choice(around["department"]),
    "email": lambda chance, around: chance.choice(("a@example.com", "+tag@例子.中国", "o'neil@example.com")),
    "integer": lambda chance, around: chance.choice((0, -1, 10**15 - 1, -(10**14), 7)),
    "link": lambda chance, around: _several(chance, around["other"]),
    "long_text": lambda chance, around: chance.choice((*LONG, *TEXTS)),
    "lookup": lambda chance, around: chance.choice(around["other"]),
    "money": lambda chance, around: {"amount": f"{chance.randint(-99, 10**9)}.10", "currency": chance.choice(MONEY)},
    "percent": lambda chance, around: chance.choice(("0", "0.15", "-0.3333", "12.5")),
    "phone": lambda chance, around: chance.choice(("+86 138-0000-0000", "021-12345678", "+44 20 7946 0000")),
    "rating": lambda chance, around: chance.randint(1, 5),
    "reference": _reference,
    "stage": lambda chance, around: chance.choice(("new", "old", "gone")),
    "tags": lambda chance, around: _several(chance, TEXTS, 4),
    "text": lambda chance, around: chance.choice(TEXTS),
    "url": lambda chance, around: chance.choice(("https://example.com/?a=1,2&b=%22x", "https://例子.中国/路径")),
    "user": lambda chance, around: chance.choice(around["user"]),
    "yes_no": lambda chance, around: chance.random() < 0.5,
}  # fmt: skip


def untold(world: World) -> Iterator[str]:
    """Types of which no value is tried."""
    yield from (kind for kind in KINDS if kind not in VALUES and not TYPES[kind].computed)
