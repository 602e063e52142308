"""Settings: environment variables, declared in one table, refused by name when they cannot work."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from sartor.platform.errors import BadSetting
from sartor.platform.text import LANGUAGES, near

FOR_TESTS = ("SARTOR_TEST_", "SARTOR_EXAMPLES", "SARTOR_KILLS")
"""Variables that steer the test suite and mean nothing to the product."""

LONGEST_NAME = 60
PLUGIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def _text(value: str) -> str:
    return value


def _one_of(*known: str) -> Callable[[str], str]:
    def parse(value: str) -> str:
        if value not in known:
            guess = near(value, known)
            raise ValueError(f"one of {', '.join(known)}" + (f"; did you mean {guess}?" if guess else ""))
        return value

    return parse


def _name(value: str) -> str:
    if len(value) > LONGEST_NAME or not value.isprintable():
        raise ValueError(f"a name of at most {LONGEST_NAME} characters in one line")
    return value


def _number(least: int, most: int) -> Callable[[str], int]:
    def parse(value: str) -> int:
        if not value.isascii() or not value.isdigit() or not least <= int(value) <= most:
            raise ValueError(f"a whole number from {least} to {most}")
        return int(value)

    return parse


def _names(value: str) -> str:
    if not all(PLUGIN.fullmatch(each.strip()) for each in value.split(",")):
        raise ValueError("names of plugins with commas between them, such as barcode,calendar")
    return value


def _yes_no(value: str) -> bool:
    words = {"1": True, "yes": True, "true": True, "on": True, "0": False, "no": False, "false": False, "off": False}
    if value.lower() not in words:
        raise ValueError("yes or no")
    return words[value.lower()]


def _zone(value: str) -> str:
    if value not in available_timezones():
        guess = near(value, available_timezones())
        raise ValueError("a time zone such as Asia/Shanghai" + (f"; did you mean {guess}?" if guess else ""))
    return ZoneInfo(value).key


def _currency(value: str) -> str:
    if len(value) != 3 or not value.isascii() or not value.isalpha() or not value.isupper():
        raise ValueError("a currency code of three capital letters, such as CNY")
    return value


def _database(value: str) -> str:
    scheme = value.partition("://")[0]
    if scheme == "postgresql+psycopg2":
        raise ValueError("postgresql://… (psycopg 3 is the driver; psycopg2 is not supported)")
    if scheme not in ("sqlite", "postgresql", "postgresql+psycopg"):
        raise ValueError("sqlite:///path/to/file or postgresql://user@host/name")
    if scheme == "sqlite" and value.partition("://")[2].strip("/ ") in ("", ":memory:"):
        raise ValueError("sqlite:///path/to/file: a database in memory would be lost with the process")
    return value


def _url(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("http://host… or https://host…")
    return value.rstrip("/")


def _broker(value: str) -> str:
    if "://" not in value:
        raise ValueError("redis://… or amqp://…; leave it out for folders on this machine")
    return value


def _secret(value: str) -> str:
    if len(value) < 32:
        raise ValueError("at least 32 characters (leave it out: one is made at the first start)")
    return value


@dataclass(frozen=True, slots=True)
class Setting:
    """One variable. `attribute` is its name in `Settings`, `example` what the documentation shows."""

    name: str
    attribute: str
    parse: Callable[[str], Any]
    default: str
    help: str


SETTINGS = (
    Setting("SARTOR_DATA", "data", Path, "./var", "Folder for everything that this workspace keeps on disk."),
    Setting(
        "SARTOR_DATABASE_URL", "database_url", _database, "",
        "`sqlite:///path` or `postgresql://user:password@host/name`; SQLite in the data folder when left out.",
    ),
    Setting(
        "SARTOR_BROKER_URL", "broker_url", _broker, "",
        "Celery broker, `redis://host/0` say; folders in the data folder when left out.",
    ),
    Setting(
        "SARTOR_SECRET_KEY", "secret_key", _secret, "",
        "Signs cursors and links. Made in the data folder at the first start when left out; keep it with backups.",
    ),
    Setting("SARTOR_HOST", "host", _text, "127.0.0.1", "Address that the web server listens on."),
    Setting("SARTOR_PORT", "port", _number(1, 65535), "8000", "Port that the web server listens on."),
    Setting(
        "SARTOR_BASE_URL", "base_url", _url, "",
        "How people reach this workspace, `https://crm.example.com` say; links to hand over use it and nothing else.",
    ),
    Setting("SARTOR_THREADS", "threads", _number(1, 64), "4", "Requests that one web process works on at a time."),
    Setting("SARTOR_NAME", "name", _name, "Sartor", "What this workspace is called on its pages; the company, say."),
    Setting("SARTOR_TIMEZONE", "timezone", _zone, "Asia/Shanghai", "The workspace's time zone: days and months."),
    Setting("SARTOR_LANGUAGE", "language", _one_of(*LANGUAGES), "en", "Language before a person chose one."),
    Setting("SARTOR_CURRENCY", "currency", _currency, "CNY", "Currency of new records, and of totals."),
    Setting(
        "SARTOR_QUERY_BUDGET_MS", "query_budget_ms", _number(100, 600_000), "10000",
        "Milliseconds that one question to the database may take before it is stopped.",
    ),
    Setting(
        "SARTOR_PREPARE", "prepare", _yes_no, "yes",
        "Prepared statements on PostgreSQL; `no` behind a pooler in transaction mode (PgBouncer before 1.21).",
    ),
    Setting(
        "SARTOR_PLUGINS_OFF", "plugins_off", _names, "",
        "Plugins that are installed and left out, by name with commas between; `sartor doctor` lists all.",
    ),
    Setting(
        "SARTOR_LOG_LEVEL", "log_level", _one_of("debug", "info", "warning", "error"), "info",
        "What is written to the log.",
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment says, parsed. Made by `from_environment`, passed on; nothing reads the environment again."""

    data: Path
    database_url: str
    broker_url: str
    secret_key: str
    host: str
    port: int
    base_url: str
    threads: int
    name: str
    timezone: str
    language: str
    currency: str
    query_budget_ms: int
    prepare: bool
    plugins_off: str
    log_level: str

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> Settings:
        """Read every variable of the table.

        :raises BadSetting: naming the variable, its value and what was expected.
        """
        _refuse_unknown(environ)
        values = {setting.attribute: _read(setting, environ) for setting in SETTINGS}
        settings = cls(**values)
        if not settings.database_url:
            settings = replace(settings, database_url=f"sqlite:///{settings.data.absolute() / 'sartor.db'}")
        if not settings.base_url:
            settings = replace(settings, base_url=f"http://{settings.host}:{settings.port}")
        return settings

    def with_secret_key(self) -> Settings:
        """These settings with the key of the data folder, which is made when it is not there yet."""
        if self.secret_key:
            return self
        path = self.data / "secret_key"
        self.data.mkdir(parents=True, exist_ok=True)
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return replace(self, secret_key=path.read_text(encoding="ascii").strip())
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32))
        return replace(self, secret_key=path.read_text(encoding="ascii"))


def _read(setting: Setting, environ: Mapping[str, str]) -> Any:
    given = environ.get(setting.name, "").strip() or setting.default
    if not given:
        return ""
    try:
        return setting.parse(given)
    except ValueError as error:
        shown = "a value" if setting.parse is _secret else repr(given)
        raise BadSetting(f"{setting.name} is {shown}; expected {error}.") from None


def _refuse_unknown(environ: Mapping[str, str]) -> None:
    known = {setting.name for setting in SETTINGS}
    for name in environ:
        if name.startswith("SARTOR_") and name not in known and not name.startswith(FOR_TESTS):
            guess = near(name, known)
            hint = f" Did you mean {guess}?" if guess else f" Known: {', '.join(sorted(known))}."
            raise BadSetting(f"There is no setting {name}.{hint}")
