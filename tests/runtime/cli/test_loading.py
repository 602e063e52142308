"""What each process imports when it starts: a start waits for all of it."""

from __future__ import annotations

import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from sartor.runtime.cli.main import COMMANDS, main


def modules_after(module: str) -> set[str]:
    """Names of the modules that a new Python process holds once it has imported one."""
    program = f"import sys, {module}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_the_web_server_loads_nothing_of_the_worker():
    loaded = modules_after("sartor.runtime.app, sartor.runtime.cli.common, sartor.runtime.starting")
    heavy = {"celery", "kombu", "alembic", "psycopg", "pypinyin", "sartor.runtime.worker", "sartor.platform.founding"}
    assert loaded & heavy == set()


def test_the_command_that_starts_everything_loads_next_to_nothing():
    loaded = modules_after("sartor.runtime.cli.main, sartor.runtime.cli.serve")
    assert loaded & {"sqlalchemy", "flask", "lark", "jsonschema", "marshmallow", "celery"} == set()


def test_what_a_start_looks_at_needs_no_migrations_and_no_pages():
    loaded = modules_after("sartor.runtime.cli.preparing")
    assert loaded & {"alembic", "flask", "celery", "xlsxwriter", "sartor.platform.workspace"} == set()


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_where_the_table_says(name):
    found = main.get_command(click.Context(main), name)
    assert found is not None
    assert found.name == name


def test_help_lists_every_command():
    said = CliRunner().invoke(main, ["--help"]).output
    assert [name for name in COMMANDS if f"\n  {name} " not in said] == []


def test_a_command_that_is_not_there_is_refused():
    refused = CliRunner().invoke(main, ["publsh"])
    assert refused.exit_code == 2
    assert "publsh" in refused.output
