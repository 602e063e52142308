"""The small CRM with templates, on each engine; a deal with two lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import crm
import letters
import pytest
from worlds import NOON, World, open_world

from sartor.platform.access.context import Context
from sartor.platform.model.ids import decode_id
from sartor.platform.query.asking import Names
from sartor.platform.templating.filling import Templating
from sartor.platform.text import use_language
from sartor.platform.ui.pages.sheet import Sheet

TASK = {
    "label": "Task",
    "title": "name",
    "owned": True,
    "fields": {
        "name": {"type": "text", "label": "Name", "order": 1},
        "deal": {"type": "lookup", "label": "Deal", "order": 2, "options": {"entity": "deal"}},
    },
}
TEMPLATES = {
    "entity/task": TASK,
    "template/quote": letters.QUOTE,
    "template/mail": letters.MAIL,
    "template/phone": letters.one_text("{{ account.phone }}"),
    "template/people": {
        "label": "People",
        "entity": "deal",
        "blocks": {"all": {"kind": "lines", "entity": "task", "lookup": "deal", "columns": {"name": {}}}},
    },
    "template/won": letters.one_text("Won", offered_if="stage = 'won'"),
    "template/note": letters.one_text(
        "{{ name }} · {{ now() }} · {{ stage.outcome }} · {{ contacts }} · {{ probability }}"
    ),
    "template/slip": letters.one_text(
        "Goods", size="slip", paper="landscape", margins="wide", page_numbers=True,
        header="{{ name }}", footer="{{ account.name }}",
    ),
    "template/footed": letters.one_text("Fine", footer="{{ account.phone }}"),
}  # fmt: skip

READ = {"operations": ["read"], "scope": "all", "fields": {"*": "read"}}
CALLER = {
    "label": "Caller",
    "grants": {
        "deal": READ,
        "account": {**READ, "scope": "own"},
        "task": {**READ, "scope": "own"},
        "contact": {**READ, "fields": {"*": "read", "email": "hidden"}, "scope": "own"},
    },
}


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    use_language("en")
    yield
    use_language("en")


@pytest.fixture(scope="module")
def world(module_database_url: str) -> Iterator[World]:
    worker = {
        "label": "Worker",
        "grants": {"task": {**READ, "operations": ["create", "read"], "fields": {"*": "write"}}},
    }
    roles = {"role/caller": CALLER, "role/worker": worker}
    made = open_world(module_database_url, crm.documents(**TEMPLATES, **roles))
    made.database.clock = lambda: NOON
    yield made
    made.database.close()


@pytest.fixture(scope="module")
def deal(world: World) -> str:
    """Two lines of 1,200 and 34.50."""
    account = world.make("account", name="上海华为技术")
    product = world.make("product", name="Pump", list_price="1200")
    lines = [{"product": product, "quantity": "1"}, {"product": product, "quantity": "1.5", "unit_price": "23"}]
    made = world.make("deal", name="First", account=account, amount="1234.5", lines=lines)
    world.make("task", world.person(1, "worker", "seller"), name="Call", deal=made)
    return made


@pytest.fixture
def fill(world: World) -> Callable[..., Sheet]:
    def filled(name: str, record: str, language: str = "en", context: Context | None = None) -> Sheet:
        context = context or world.system
        names = Names(world.model, context.access)
        made = Templating(world.reader, names, context, language)
        return made.fill(world.model.templates[name], decode_id(record))

    return filled
