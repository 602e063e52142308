"""PostgreSQL answers a search from the token index, however it came to its plan."""

import random

import pytest
import sqlalchemy as sa

from sartor.platform.storage import steps
from sartor.platform.storage.engine import Database
from sartor.platform.storage.search import SearchTable, match_value
from sartor.platform.storage.statement import COMPILERS
from sartor.platform.storage.steps import CreateSearch
from sartor.platform.storage.tokens import field_code, query_tokens, tokens_for

LETTERS = random.Random(1)
WORDS = ["".join(LETTERS.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(6)) for _ in range(400)]


@pytest.fixture
def filled(postgres_url):
    """Twenty thousand entries, each of two words out of four hundred."""
    database = Database.open(postgres_url, node=3)
    search = SearchTable("account", "postgresql")
    code = field_code("name")
    with database.work() as work:
        steps.run(work.connection, [CreateSearch("account")])
        words = [" ".join(sorted(tokens_for(code, f"name {n % 400} of {n}"))) for n in range(20_000)]
        rows = [{"record": n, "owner": n % 50, "words": each} for n, each in enumerate(words)]
        text = (
            f"INSERT INTO {search.name} VALUES (:record, :owner, NULL, array_to_tsvector(string_to_array(:words, ' ')))"
        )
        work.connection.execute(sa.text(text), rows)
        work.connection.execute(sa.text("CREATE TABLE account (id bigint PRIMARY KEY, name text)"))
        work.connection.execute(sa.text("INSERT INTO account SELECT n, n::text FROM generate_series(0, 19999) n"))
    with database.engine.connect() as connection:
        connection.execute(sa.text("ANALYZE"))
        connection.commit()
    yield database, search
    database.close()


@pytest.mark.parametrize("mode", ["force_generic_plan", "force_custom_plan"])
def test_hits_come_from_the_token_index_and_are_joined_after(filled, mode):
    database, search = filled
    hits = search.hits(scope=search.table.c.owner == sa.bindparam("owner", type_=sa.BigInteger()), limit=50)
    account = sa.table("account", sa.column("id"), sa.column("name"))
    asked = sa.select(account.c.name).select_from(hits.join(account, account.c.id == hits.c.record))
    sql = asked.compile(dialect=COMPILERS["postgresql"]).string
    match = match_value([field_code("name")], query_tokens(WORDS[77]), "postgresql")
    with database.engine.connect() as connection:
        run = connection.exec_driver_sql
        run(f"SET plan_cache_mode = {mode}")
        run(f"PREPARE asked AS {sql}")
        plan = "\n".join(row[0] for row in run(f"EXPLAIN EXECUTE asked($${match}$$, 7, 50)"))
    assert f"{search.name}_tokens" in plan
    assert "Seq Scan on account" not in plan
