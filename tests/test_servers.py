"""The servers of the tests themselves: they answer, they are separate, and nothing of them is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
import redis
import sqlalchemy as sa

SUPPORT = Path(__file__).parent / "support"
HOLD_A_REDIS = "import servers, sys; print(servers.RedisServer()._kept.folder, flush=True); sys.stdin.read()"


def test_a_database_is_empty_on_either_engine(database_url):
    engine = sa.create_engine(database_url)
    assert sa.inspect(engine).get_table_names() == []
    engine.dispose()


@pytest.mark.postgres
def test_postgresql_sorts_by_bytes_and_speaks_utf8(postgres_url):
    with psycopg.connect(postgres_url) as connection:
        assert connection.execute("SELECT 'Z' < 'a', '张三' LIKE '张_'").fetchone() == (True, True)


@pytest.mark.postgres
def test_a_dropped_database_throws_its_guests_out(postgres_server):
    url = postgres_server.create()
    connection = psycopg.connect(url)
    postgres_server.drop(url)
    with pytest.raises(psycopg.OperationalError):
        connection.execute("SELECT 1")


def test_redis_is_empty_at_first(redis_url):
    with redis.Redis.from_url(redis_url) as client:
        assert client.keys() == []
        client.set("left", "over")


def test_redis_is_emptied_between_tests(redis_url):
    with redis.Redis.from_url(redis_url) as client:
        assert client.keys() == []


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL, signal.SIGINT])
def test_no_server_outlives_a_killed_test_run(how):
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD_A_REDIS], cwd=SUPPORT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    with process:
        folder = Path(process.stdout.readline().strip())
        assert folder.is_dir()
        os.kill(process.pid, how)
    deadline = time.monotonic() + 10
    while folder.exists():
        assert time.monotonic() < deadline, f"{folder} is still there"
        time.sleep(0.05)
