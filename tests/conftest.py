"""Fixtures that every test may use: servers, databases, a browser, and how hard hypothesis tries."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsers import launched
from hypothesis import HealthCheck, Phase, settings
from playwright.sync_api import Browser, Page
from servers import PostgresServer, RedisServer

from sartor.platform.text import use_language

EXAMPLES = int(os.environ.get("SARTOR_EXAMPLES", "50"))
DATA = Path(os.environ.get("SARTOR_TEST_DATA", Path(__file__).parent.parent.parent / "shared" / "data"))

settings.register_profile(
    "sartor",
    max_examples=EXAMPLES,
    phases=[phase for phase in Phase if phase is not Phase.explain],  # it traces every line, ten times the shrinking
    deadline=None,  # two busy cores: the time of one example says nothing
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,  # a database is made once per test; the test empties what it fills
        HealthCheck.too_slow,  # the same two cores
    ],
)
settings.load_profile("sartor")


@pytest.fixture(scope="session", autouse=True)
def _no_settings_from_outside() -> Iterator[None]:
    """A developer's own SARTOR_… settings must not reach the product under test."""
    keep = ("SARTOR_TEST_", "SARTOR_EXAMPLES", "SARTOR_KILLS")
    with pytest.MonkeyPatch.context() as patch:
        for name in os.environ:
            if name.startswith("SARTOR_") and not name.startswith(keep):
                patch.delenv(name)
        yield


@pytest.fixture(autouse=True)
def _english() -> None:
    """Each test begins in English, whatever language the one before it in this process spoke last."""
    use_language("en")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A PostgreSQL server of this test process; `create()` makes a database and returns its URL."""
    server = PostgresServer.start()
    yield server
    server.stop()


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """An empty PostgreSQL database for one test."""
    url = postgres_server.create()
    yield url
    postgres_server.drop(url)


@pytest.fixture(scope="module")
def postgres_module_url(postgres_server: PostgresServer) -> Iterator[str]:
    """An empty PostgreSQL database for the tests of one file."""
    url = postgres_server.create()
    yield url
    postgres_server.drop(url)


@pytest.fixture(scope="session")
def postgres_session_url(postgres_server: PostgresServer) -> str:
    """One PostgreSQL database for the whole run; whoever uses it names tables of their own."""
    return postgres_server.create()


BOTH_DATABASES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]


@pytest.fixture(params=BOTH_DATABASES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database for one test, which runs once on each engine."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'sartor.db'}"
    return request.getfixturevalue("postgres_url")


@pytest.fixture(scope="module", params=BOTH_DATABASES)
def module_database_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """An empty database for the tests of one file, which run once on each engine."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path_factory.mktemp('database') / 'sartor.db'}"
    return request.getfixturevalue("postgres_module_url")


@pytest.fixture(scope="session")
def redis_server() -> Iterator[RedisServer]:
    server = RedisServer()
    yield server
    server.stop()


@pytest.fixture
def redis_url(redis_server: RedisServer) -> str:
    """An empty Redis."""
    redis_server.clear()
    return redis_server.url


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Headless Chromium; `chromium.new_context(…)` is a person's own browser."""
    with launched() as browser:
        yield browser


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """An empty page at 1440 px in a context of its own."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900})
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real files (`SARTOR_TEST_DATA`); tests that need it run on a look-alike where it is absent."""
    return DATA


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Gives browsers another chance and puts the files that last longest first.

    A browser on a busy machine is slow in ways that nobody wrote; what fails twice is our own doing.

    Two processes share the run by file: what lasts long and is begun last keeps one of them waiting. Files that kill
    processes or drive browsers are the longest, then those of few tests, which walk a long way in each.
    """
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=2))
    long = {item.path for item in items if any(map(item.get_closest_marker, ("browser", "faults")))}
    sizes = Counter(item.path for item in items)
    items.sort(key=lambda item: (item.path not in long, sizes[item.path]))
