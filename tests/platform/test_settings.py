"""Settings."""

from pathlib import Path

import pytest
from sources import sources

from sartor.platform.errors import BadSetting
from sartor.platform.settings import SETTINGS, Settings


def test_everything_has_a_default():
    settings = Settings.from_environment({})
    assert settings.data == Path("./var")
    assert settings.database_url == f"sqlite:///{Path('var/sartor.db').absolute()}"
    assert (settings.port, settings.prepare, settings.base_url) == (8000, True, "http://127.0.0.1:8000")


WRONG = [
    ("SARTOR_DATABASE_URL", "postgresql+psycopg2://host/name", "psycopg 3"),
    ("SARTOR_DATABASE_URL", "mysql://host/name", "sqlite:///"),
    ("SARTOR_DATABASE_URL", "sqlite://", "in memory"),
    ("SARTOR_BROKER_URL", "redis", "redis://"),
    ("SARTOR_SECRET_KEY", "short", "32 characters"),
    ("SARTOR_PORT", "0", "from 1 to 65535"),
    ("SARTOR_PORT", "８０", "whole number"),
    ("SARTOR_BASE_URL", "crm.example.com", "https://host"),
    ("SARTOR_NAME", "a" * 61, "at most 60 characters"),
    ("SARTOR_NAME", "a\nb", "in one line"),
    ("SARTOR_TIMEZONE", "Asia/Shanghia", "did you mean Asia/Shanghai"),
    ("SARTOR_LANGUAGE", "german", "one of en, zh"),
    ("SARTOR_CURRENCY", "yuan", "CNY"),
    ("SARTOR_QUERY_BUDGET_MS", "fast", "whole number"),
    ("SARTOR_PREPARE", "maybe", "yes or no"),
    ("SARTOR_LOG_LEVEL", "warn", "did you mean warning"),
]


@pytest.mark.parametrize(("name", "value", "expected"), WRONG)
def test_a_wrong_value_is_refused_by_name_with_what_was_expected(name, value, expected):
    with pytest.raises(BadSetting, match=name) as caught:
        Settings.from_environment({name: value})
    assert expected in str(caught.value)


def test_a_secret_is_not_repeated_in_the_refusal():
    with pytest.raises(BadSetting) as caught:
        Settings.from_environment({"SARTOR_SECRET_KEY": "hunter2"})
    assert "hunter2" not in str(caught.value)


def test_an_unknown_setting_is_refused_with_the_near_match():
    with pytest.raises(BadSetting, match="Did you mean SARTOR_DATABASE_URL"):
        Settings.from_environment({"SARTOR_DATABSE_URL": "sqlite:///x.db", "PATH": "/bin"})


def test_variables_of_the_tests_are_left_alone():
    assert Settings.from_environment({"SARTOR_TEST_DATA": "x", "SARTOR_KILLS": "20"})


def test_a_secret_key_is_made_once_and_kept_private(tmp_path):
    settings = Settings.from_environment({"SARTOR_DATA": str(tmp_path / "new")})
    first, second = settings.with_secret_key(), settings.with_secret_key()
    assert first.secret_key == second.secret_key
    assert len(first.secret_key) >= 32
    assert (tmp_path / "new" / "secret_key").stat().st_mode & 0o077 == 0


def test_a_given_secret_key_is_used():
    settings = Settings.from_environment({"SARTOR_SECRET_KEY": "x" * 40})
    assert settings.with_secret_key() is settings


def test_every_setting_is_explained_and_has_a_place():
    assert {setting.attribute for setting in SETTINGS} == set(Settings.__slots__)
    assert all(setting.help.endswith(".") and setting.name.startswith("SARTOR_") for setting in SETTINGS)


def test_every_setting_is_asked_for_somewhere():
    others = "".join(each.text for each in sources() if each.name != "platform/settings.py")
    assert [each.name for each in SETTINGS if f".{each.attribute}" not in others] == []
