"""Lists follow the order in which choices and stages were arranged, on every page and in both directions."""

from random import Random

import crm
import pytest
import sqlalchemy as sa
from worlds import World, open_world

from sartor.platform.model.ids import encode_id
from sartor.platform.query.question import Question, Term

INDUSTRIES = ("zinc", "air", "1it", "mid", "beta")
"""As arranged, which is neither the order of their keys nor the one back."""
GONE = ("a gone one", "zz gone")


@pytest.fixture
def world(database_url):
    documents = {**crm.documents()}
    choices = {key: {"label": key, "order": place} for place, key in enumerate(INDUSTRIES)}
    documents["options/industry"] = {**documents["options/industry"], "choices": choices}
    made = open_world(database_url, documents)
    yield made
    made.database.close()


def fill(world: World, random: Random, many: int) -> list[tuple[str | None, str, int]]:
    """Accounts with choices that are there, that are gone and that are blank."""
    table, rows = world.tables.of("account"), []
    for number in range(1, many + 1):
        rows.append((random.choice([*INDUSTRIES, *GONE, None]), random.choice("xyz"), number))
    kept = [
        {"id": number, "version": 1, "industry": industry, "name": name, "name__fold": name, "name__sort": name}
        for industry, name, number in rows
    ]
    with world.database.work() as work:
        work.connection.execute(sa.insert(table), kept)
    return rows


def by_force(rows, sort):
    """The order worked out on plain lists: by the last term first, blanks last in both directions."""
    place = {key: (number, "") for number, key in enumerate(INDUSTRIES)}
    known = {"industry": lambda row: row[0] and place.get(row[0], (99, row[0])), "name": lambda row: row[1]}
    found = sorted(rows, key=lambda row: row[2], reverse=sort[-1].startswith("-"))
    for term in reversed(sort):
        value = known[term.removeprefix("-")]
        there = [row for row in found if value(row) is not None]
        blank = [row for row in found if value(row) is None]
        found = sorted(there, key=value, reverse=term.startswith("-")) + blank
    return [row[2] for row in found]


def pages(world, sort, limit):
    found, cursor = [], None
    while True:
        asked = Question("account", (("id",),), sort=tuple(map(Term.parse, sort)), limit=limit, cursor=cursor)
        page = world.reader.page(world.system, asked)
        found += [row["id"] for row in page.rows]
        cursor = page.next
        if cursor is None:
            return found


@pytest.mark.parametrize(
    "sort", [("industry",), ("-industry",), ("industry", "-name"), ("-industry", "name"), ("name", "industry")]
)
def test_a_list_is_in_the_order_that_was_designed(world, sort):
    rows = fill(world, Random(str(sort)), 60)
    expected = [encode_id(number) for number in by_force(rows, sort)]
    for limit in (7, 60):
        assert pages(world, sort, limit) == expected


def test_stages_follow_their_pipeline(world):
    account = world.make("account", name="A")
    for stage in ("won", "qualify", "lost", "proposal"):
        world.make("deal", name=stage, account=account, stage=stage, amount="1", loss_reason="why")
    assert world.names("deal", "stage") == ["qualify", "proposal", "won", "lost"]
    assert world.names("deal", "-stage", limit=2) == ["lost", "won"]
